"""The authorization-code grant: the consent page, what the person ticks, the code, and what comes of it."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from echo import TEACHER, Echo
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials

from sandbox.control import seed
from sandbox.server import RunningSandbox
from sandbox.state import Workspace

CLIENT, SECRET, BACK = "web.apps.googleusercontent.com", "s3", "http://localhost:9155/back"
AUTH = "https://www.googleapis.com/auth/"
DRIVE, CALENDAR = f"{AUTH}drive.file", f"{AUTH}calendar"


@pytest.fixture
def app(echo: Echo) -> Echo:
    clients = [{"client_id": CLIENT, "secret": SECRET, "redirect_uris": [BACK]}, {"client_id": "local"}]
    seed(echo.server.workspace, {"users": [{"email": TEACHER}], "clients": clients})
    return echo


def query(**changed: str) -> dict[str, str]:
    asked = {
        "client_id": CLIENT,
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": f"openid {DRIVE} {CALENDAR}",
    }
    return {
        key: value for key, value in (asked | {"state": "st&1", "access_type": "offline"} | changed).items() if value
    }


def ask(app: Echo, **changed: str) -> requests.Response:
    url = f"{app.server.url}/o/oauth2/v2/auth"
    return requests.get(url, params=query(**changed), timeout=10, allow_redirects=False)


def decide(app: Echo, *ticked: str, decision: str = "allow", email: str = TEACHER, **changed: str) -> dict[str, str]:
    """Press the button; what the app hears at its address."""
    form = {"decision": decision, "email": email, "scope": list(ticked)}
    url = f"{app.server.url}/o/oauth2/v2/auth"
    answer = requests.post(url, params=query(**changed), data=form, timeout=10, allow_redirects=False)
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"].startswith(BACK)
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def exchange(app: Echo, code: str, **changed: str) -> requests.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uri": BACK,
    }
    return requests.post(f"{app.server.url}/token", data=form | changed, timeout=10)


def test_a_code_gives_tokens_that_open_the_apis(app: Echo) -> None:
    page = ask(app).text
    assert CLIENT in page
    assert all(f'value="{scope}" checked' in page for scope in (DRIVE, CALENDAR, "openid"))
    said = decide(app, "openid", DRIVE, CALENDAR)
    assert said["state"] == "st&1"
    told = exchange(app, said["code"]).json()
    assert set(told) == {"access_token", "expires_in", "refresh_token", "scope", "token_type", "id_token"}
    assert app.send("GET", "/drive/v3/files", token=told["access_token"]).ok
    held = Credentials(
        None,
        refresh_token=told["refresh_token"],
        token_uri=f"{app.server.url}/token",
        client_id=CLIENT,
        client_secret=SECRET,
    )
    with requests.Session() as session:
        held.refresh(Request(session=session))
    assert app.send("GET", "/drive/v3/files", token=held.token).ok


def test_a_person_may_grant_some_of_it(app: Echo) -> None:
    said = decide(app, DRIVE)
    assert said["scope"] == DRIVE
    told = exchange(app, said["code"]).json()
    assert told["scope"] == DRIVE
    assert "id_token" not in told
    assert app.send("GET", "/drive/v3/files", token=told["access_token"]).ok
    refused = app.send("GET", "/calendar/v3/calendars/c/events", token=told["access_token"])
    assert refused.status_code == 403


def test_a_person_may_refuse_all_of_it(app: Echo) -> None:
    assert decide(app, DRIVE, decision="deny") == {"error": "access_denied", "state": "st&1"}
    assert decide(app)["error"] == "access_denied"


def test_a_code_is_good_once_for_its_own_app_and_for_ten_minutes(app: Echo) -> None:
    code = decide(app, DRIVE)["code"]
    assert exchange(app, code).ok
    again = exchange(app, code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert exchange(app, decide(app, DRIVE)["code"], client_id="local").json()["error"] == "invalid_grant"
    assert exchange(app, decide(app, DRIVE)["code"], client_secret="x").json()["error"] == "invalid_client"
    assert exchange(app, decide(app, DRIVE)["code"], redirect_uri=f"{BACK}2").json()["error"] == "invalid_grant"
    late = decide(app, DRIVE)["code"]
    app.server.workspace.clock.advance(601)
    assert exchange(app, late).json()["error"] == "invalid_grant"


def test_a_refresh_token_comes_with_the_first_consent_only(app: Echo) -> None:
    assert "refresh_token" in exchange(app, decide(app, DRIVE)["code"]).json()
    assert "refresh_token" not in exchange(app, decide(app, DRIVE)["code"]).json()
    assert "refresh_token" in exchange(app, decide(app, DRIVE, prompt="consent")["code"]).json()
    assert "refresh_token" not in exchange(app, decide(app, CALENDAR, access_type="online")["code"]).json()


def test_what_was_granted_before_is_not_asked_again(app: Echo) -> None:
    first = ask(app, login_hint=TEACHER, prompt="none", scope=DRIVE)
    assert "error=interaction_required" in first.headers["Location"]
    decide(app, DRIVE)
    again = ask(app, login_hint=TEACHER, prompt="none", scope=DRIVE)
    assert "code=" in again.headers["Location"]
    assert ask(app, login_hint=TEACHER, scope=f"{DRIVE} {CALENDAR}").status_code == 200


def test_granted_scopes_are_included_on_demand(app: Echo) -> None:
    decide(app, DRIVE)
    alone = exchange(app, decide(app, CALENDAR, scope=CALENDAR)["code"]).json()
    both = exchange(app, decide(app, CALENDAR, scope=CALENDAR, include_granted_scopes="true")["code"]).json()
    assert (alone["scope"], both["scope"]) == (CALENDAR, f"{CALENDAR} {DRIVE}")


@pytest.mark.parametrize("method", ["plain", "S256"])
def test_a_challenge_wants_its_verifier(app: Echo, method: str) -> None:
    verifier = "v" * 43
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {"code_challenge": digest if method == "S256" else verifier, "code_challenge_method": method}
    assert exchange(app, decide(app, DRIVE, **asked)["code"]).json()["error"] == "invalid_grant"
    assert exchange(app, decide(app, DRIVE, **asked)["code"], code_verifier=verifier).ok


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"redirect_uri": "http://localhost:9155/else"}, 400, "redirect_uri_mismatch"),
        ({"client_id": "local", "redirect_uri": "https://example.org/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": ""}, 400, "invalid_request"),
        ({"response_type": "token"}, 400, "unsupported_response_type"),
        ({"scope": ""}, 400, "invalid_request"),
    ],
)
def test_a_request_that_is_wrong_never_sends_the_browser_back(
    app: Echo, changed: dict[str, str], status: int, error: str
) -> None:
    answer = ask(app, **changed)
    assert (answer.status_code, error in answer.text) == (status, True)


def test_revoking_ends_every_token_and_the_consent(app: Echo) -> None:
    told = exchange(app, decide(app, DRIVE)["code"]).json()
    revoked = requests.post(f"{app.server.url}/revoke", data={"token": told["refresh_token"]}, timeout=10)
    assert (revoked.status_code, revoked.json()) == (200, {})
    assert app.send("GET", "/drive/v3/files", token=told["access_token"]).status_code == 401
    form = {"grant_type": "refresh_token", "client_id": CLIENT, "client_secret": SECRET}
    again = requests.post(f"{app.server.url}/token", data=form | {"refresh_token": told["refresh_token"]}, timeout=10)
    assert again.json() == {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
    assert "error=interaction_required" in ask(app, login_hint=TEACHER, prompt="none").headers["Location"]
    twice = requests.post(f"{app.server.url}/revoke", data={"token": told["refresh_token"]}, timeout=10)
    assert (twice.status_code, twice.json()["error"]) == (400, "invalid_token")


def info(app: Echo, path: str, **params: str) -> Any:
    return requests.get(f"{app.server.url}{path}", params=params, timeout=10).json()


def test_tokeninfo_says_as_much_as_the_scopes_allow(app: Echo) -> None:
    plain = exchange(app, decide(app, DRIVE)["code"]).json()
    told = info(app, "/tokeninfo", access_token=plain["access_token"])
    assert set(told) == {"azp", "aud", "scope", "exp", "expires_in", "access_type"}
    assert (told["aud"], told["access_type"]) == (CLIENT, "offline")
    wide = {"scope": f"openid email {DRIVE}"}
    full = exchange(app, decide(app, "openid", "email", DRIVE, **wide)["code"]).json()
    told = info(app, "/oauth2/v3/tokeninfo", access_token=full["access_token"])
    assert (told["email"], told["email_verified"], told["sub"].isdigit()) == (TEACHER, "true", True)
    first = info(app, "/oauth2/v1/tokeninfo", access_token=full["access_token"])
    assert (first["issued_to"], first["email"], first["verified_email"]) == (CLIENT, TEACHER, True)
    claims = info(app, "/tokeninfo", id_token=full["id_token"])
    assert (claims["aud"], claims["email"], claims["email_verified"]) == (CLIENT, TEACHER, "true")
    assert info(app, "/tokeninfo", id_token=full["id_token"][:-9] + "AAAAAAAAA")["error"] == "invalid_token"


def test_userinfo_keeps_an_address_that_was_not_granted(app: Echo) -> None:
    told = exchange(app, decide(app, "openid", scope="openid")["code"]).json()
    seen = app.send("GET", "/oauth2/v3/userinfo", token=told["access_token"]).json()
    assert seen["sub"].isdigit()
    assert "email" not in seen


def test_an_open_sandbox_refreshes_whatever_it_is_given(sandbox_server: RunningSandbox) -> None:
    sandbox_server.use(Workspace(open_access=True))
    form = {"grant_type": "refresh_token", "client_id": "any", "client_secret": "any", "refresh_token": "any"}
    told = requests.post(f"{sandbox_server.url}/oauth2/v4/token", data=form, timeout=10).json()
    headers = {"Authorization": f"Bearer {told['access_token']}"}
    assert requests.get(f"{sandbox_server.url}/drive/v3/files", headers=headers, timeout=10).ok
