"""The token endpoint and the certificates, through google-auth."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from typing import Any

import google.auth.transport.requests
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from echo import TEACHER, Echo
from google.auth import crypt, jwt
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.oauth2 import id_token, service_account
from google.oauth2.credentials import Credentials

from sandbox.control import seed
from sandbox.oauth.grants import JWT_BEARER
from sandbox.oauth.keys import SigningKey, new_key, signing_key, unknown_key
from sandbox.oauth.tokens import mint_id_token, mint_refresh_token

ROBOT = "plans@project.iam.gserviceaccount.com"
DRIVE = "https://www.googleapis.com/auth/drive"
CALENDAR = "https://www.googleapis.com/auth/calendar"
ADDON = "addon-client.apps.googleusercontent.com"


@pytest.fixture(scope="module")
def robot_key() -> SigningKey:
    return new_key()


@pytest.fixture
def session() -> Iterator[google.auth.transport.requests.Request]:
    with requests.Session() as opened:
        yield google.auth.transport.requests.Request(session=opened)


@pytest.fixture
def robot(echo: Echo, robot_key: SigningKey) -> service_account.Credentials:
    """A service account that may act for others in Calendar only."""
    account = {
        "email": ROBOT,
        "client_id": "1234",
        "public_key": robot_key.certificate,
        "delegated": [CALENDAR],
    }
    seed(echo.server.workspace, {"users": [{"email": TEACHER}], "service_accounts": [account]})
    return credentials(echo, robot_key)


def credentials(echo: Echo, key: SigningKey, **changed: str) -> service_account.Credentials:
    info = {"client_email": ROBOT, "token_uri": f"{echo.server.url}/token", "private_key": key.private_pem} | changed
    return service_account.Credentials.from_service_account_info(info, scopes=[DRIVE])


def sign(claims: dict[str, Any], key: SigningKey) -> str:
    """An assertion of the service account's that says just this."""
    return bytes(jwt.encode(crypt.RSASigner.from_string(key.private_pem), claims)).decode()


def post(echo: Echo, **form: str) -> requests.Response:
    return echo.send("POST", "/token", token="", data=form)


def refreshable(echo: Echo, **changed: Any) -> Credentials:
    workspace = echo.server.workspace
    seed(workspace, {"users": [{"email": TEACHER}], "clients": [{"client_id": "c", "secret": "s"}]})
    token = mint_refresh_token(workspace, email=TEACHER, client_id="c", scopes=["drive.file", "openid"])
    given = {"refresh_token": token, "client_id": "c", "client_secret": "s"} | changed
    return Credentials(None, token_uri=f"{echo.server.url}/token", **given)


def test_a_refresh_token_gives_a_working_access_token(echo: Echo, session: Any) -> None:
    held = refreshable(echo)
    held.refresh(session)
    assert echo.send("GET", "/drive/v3/files", token=held.token).ok
    assert echo.seen[0].caller.email == TEACHER
    assert held.id_token
    assert (echo.journal[0]["kind"], echo.journal[0]["method"]) == ("oauth", "oauth.token")


@pytest.mark.parametrize("changed", [{"refresh_token": "forged"}, {"client_id": "other"}, {"client_secret": "wrong"}])
def test_a_refresh_that_does_not_fit_gives_nothing(echo: Echo, session: Any, changed: dict[str, str]) -> None:
    with pytest.raises(RefreshError):
        refreshable(echo, **changed).refresh(session)


def test_a_refresh_never_widens_the_scopes(echo: Echo, session: Any) -> None:
    with pytest.raises(RefreshError, match="invalid_scope"):
        refreshable(echo, scopes=[DRIVE]).refresh(session)


def test_a_service_account_acts_for_itself(echo: Echo, session: Any, robot: service_account.Credentials) -> None:
    robot.refresh(session)
    assert echo.send("GET", "/drive/v3/files", token=robot.token).ok
    assert echo.seen[0].caller.email == ROBOT


def test_a_service_account_acts_for_others_only_as_delegated(
    echo: Echo, session: Any, robot: service_account.Credentials
) -> None:
    delegated = robot.with_subject(TEACHER).with_scopes([CALENDAR])
    delegated.refresh(session)
    assert echo.send("GET", "/calendar/v3/calendars/c/events", token=delegated.token).ok
    assert echo.seen[0].caller.email == TEACHER
    with pytest.raises(RefreshError, match="unauthorized_client"):
        robot.with_subject(TEACHER).refresh(session)


def test_nobody_acts_for_a_stranger(session: Any, robot: service_account.Credentials) -> None:
    with pytest.raises(RefreshError, match="invalid_grant"):
        robot.with_subject("nobody@school.example").with_scopes([CALENDAR]).refresh(session)


def test_an_assertion_signed_by_another_key_gives_nothing(
    echo: Echo, session: Any, robot: service_account.Credentials
) -> None:
    with pytest.raises(RefreshError, match="Invalid JWT Signature"):
        credentials(echo, unknown_key()).refresh(session)


def test_an_unknown_service_account_gets_nothing(echo: Echo, session: Any, robot_key: SigningKey) -> None:
    with pytest.raises(RefreshError, match="account not found"):
        credentials(echo, robot_key).refresh(session)


@pytest.mark.parametrize(
    "changed", [{"aud": "https://elsewhere.example/token"}, {"exp": -1000.0}, {"exp": 7200.0}, {"scope": ""}]
)
def test_an_assertion_that_says_the_wrong_thing_gives_nothing(
    echo: Echo, robot: service_account.Credentials, robot_key: SigningKey, changed: dict[str, Any]
) -> None:
    now = time.time()
    claims = {"iss": ROBOT, "scope": DRIVE, "aud": f"{echo.server.url}/token", "iat": now, "exp": 3600.0} | changed
    claims |= {"exp": now + claims["exp"], "iat": min(now, now + claims["exp"])}
    assertion = jwt.encode(crypt.RSASigner.from_string(robot_key.private_pem), claims)
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
    answer = echo.send("POST", "/oauth2/v4/token", token="", data=form)
    assert answer.status_code == 400
    assert answer.json()["error"] in ("invalid_grant", "invalid_scope")


def test_other_grants_are_refused(echo: Echo) -> None:
    answer = echo.send("POST", "/token", token="", data={"grant_type": "password"})
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


@pytest.fixture
def verified(echo: Echo, session: Any) -> Any:
    """Verifies an ID token for ADDON with google-auth against the sandbox's certificates."""

    def verify(token: str) -> Any:
        certificates = f"{echo.server.url}/oauth2/v1/certs"
        return id_token.verify_token(token, session, audience=ADDON, certs_url=certificates)

    return verify


def test_an_id_token_is_verified_with_the_published_certificates(echo: Echo, verified: Any) -> None:
    seed(echo.server.workspace, {"users": [{"email": TEACHER, "name": "Poppy Mockford"}]})
    claims = verified(mint_id_token(echo.server.workspace, email=TEACHER, audience=ADDON))
    assert (claims["email"], claims["email_verified"], claims["iss"]) == (
        TEACHER,
        True,
        "https://accounts.google.com",
    )
    assert claims["sub"].isdigit()


@pytest.mark.parametrize(
    "changed",
    [
        {"audience": "somebody-else"},
        {"key": unknown_key()},
        {"issued_at": time.time() - 7200, "expires_at": time.time() - 3600},
        {"issued_at": time.time() + 3600},
    ],
    ids=["another audience", "an unknown key", "expired", "from the future"],
)
def test_a_wrong_id_token_is_refused_by_google_auth(echo: Echo, verified: Any, changed: dict[str, Any]) -> None:
    token = mint_id_token(echo.server.workspace, **({"email": TEACHER, "audience": ADDON} | changed))
    with pytest.raises((ValueError, GoogleAuthError)):
        verified(token)


def test_an_altered_id_token_is_refused(echo: Echo, verified: Any) -> None:
    head, payload, signature = mint_id_token(echo.server.workspace, email=TEACHER, audience=ADDON).split(".")
    other = mint_id_token(echo.server.workspace, email="head@school.example", audience=ADDON).split(".")[1]
    with pytest.raises(ValueError):
        verified(f"{head}.{other}.{signature}")
    assert payload != other


def test_an_id_token_can_carry_another_issuer_and_subject(echo: Echo, verified: Any) -> None:
    token = mint_id_token(echo.server.workspace, email=ROBOT, audience=ADDON, sub="42", issuer="https://x.example")
    claims = verified(token)
    assert (claims["sub"], claims["iss"]) == ("42", "https://x.example")


def test_the_certificates_carry_the_key_that_signs(echo: Echo) -> None:
    told = echo.send("GET", "/oauth2/v1/certs", token="").json()
    assert told == {signing_key().kid: signing_key().certificate}
    (jwk,) = echo.send("GET", "/oauth2/v3/certs", token="").json()["keys"]
    public = x509.load_pem_x509_certificate(signing_key().certificate.encode()).public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    numbers = [int.from_bytes(base64.urlsafe_b64decode(jwk[name] + "==")) for name in ("n", "e")]
    assert numbers == [public.public_numbers().n, public.public_numbers().e]
    assert (jwk["kid"], jwk["alg"]) == (signing_key().kid, "RS256")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"aud": "https://elsewhere.example/token"}, "Failed audience check. The right audience is"),
        ({"exp": -1000.0}, "in a reasonable timeframe. Check your iat and exp values"),
        ({"exp": 7200.0}, "in a reasonable timeframe. Check your iat and exp values"),
        ({"iat": 4000.0, "exp": 5000.0}, "in a reasonable timeframe. Check your iat and exp values"),
    ],
)
def test_a_refused_assertion_says_what_is_wrong_with_it(
    echo: Echo, robot: service_account.Credentials, robot_key: SigningKey, changed: dict[str, Any], words: str
) -> None:
    now = int(time.time())
    times = {name: now + value for name, value in changed.items() if name in ("iat", "exp")}
    said = {"iss": ROBOT, "scope": DRIVE, "aud": f"{echo.server.url}/token", "iat": now, "exp": now + 3600}
    answer = post(echo, grant_type=JWT_BEARER, assertion=sign(said | changed | times, robot_key))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert words in answer.json()["error_description"]


@pytest.mark.parametrize(("kind", "name"), [("refresh_token", "refresh_token"), ("authorization_code", "code")])
def test_a_grant_without_its_parameter_is_an_invalid_request(echo: Echo, kind: str, name: str) -> None:
    refreshable(echo)
    answer = post(echo, grant_type=kind, client_id="c", client_secret="s")
    assert answer.json() == {
        "error": "invalid_request",
        "error_description": f"Missing required parameter: {name}",
    }


def test_tokens_are_not_kept_and_keys_are(
    echo: Echo, robot: service_account.Credentials, robot_key: SigningKey
) -> None:
    now = int(time.time())
    said = {"iss": ROBOT, "scope": DRIVE, "aud": f"{echo.server.url}/token", "iat": now, "exp": now + 3600}
    answer = post(echo, grant_type=JWT_BEARER, assertion=sign(said, robot_key))
    assert answer.ok
    assert "no-store" in answer.headers["Cache-Control"]
    for path in ("/oauth2/v1/certs", "/oauth2/v3/certs"):
        assert "max-age=19800" in echo.send("GET", path, token="").headers["Cache-Control"]


def test_a_client_finds_every_endpoint_by_the_configuration(echo: Echo) -> None:
    found = echo.send("GET", "/.well-known/openid-configuration", token="").json()
    assert found["issuer"] == "https://accounts.google.com"
    places = {name: where for name, where in found.items() if name.endswith(("_endpoint", "_uri"))}
    named = {f"{one}_endpoint" for one in ("authorization", "token", "userinfo", "revocation")}
    assert set(places) == named | {"jwks_uri"}
    for where in places.values():
        verb = "POST" if where.endswith("/token") else "GET"
        assert echo.send(verb, where.removeprefix(echo.server.url), token="").status_code != 404
