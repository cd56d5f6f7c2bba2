"""Who is calling: real ID tokens, checked against certificates fetched over HTTP."""

from __future__ import annotations

import time
from typing import Any

import pytest
from doors import calls

from sandbox.oauth.keys import unknown_key
from sandbox.oauth.tokens import mint_id_token
from sandbox.server import RunningSandbox
from sandbox.state import Workspace
from server.google.endpoints import Endpoints
from server.google.identity import Verifier
from server.plans.trouble import NotSignedIn, Trouble, Unreachable

ADDRESS = "https://plans.school.example/addon/home"
RUNTIME = "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
CLIENT = "senplans.apps.googleusercontent.com"


@pytest.fixture
def clock() -> list[float]:
    """The seconds of the verifier's clock, in its first item."""
    return [5000.0]


@pytest.fixture
def verifier(sandbox_server: RunningSandbox, clock: list[float]) -> Verifier:
    return Verifier(
        Endpoints.at(sandbox_server.url),
        system_audiences=[ADDRESS],
        service_account=RUNTIME,
        oauth_client_id=CLIENT,
        clock=lambda: clock[0],
    )


def system_token(workspace: Workspace, **changed: Any) -> str:
    return mint_id_token(workspace, **{"email": RUNTIME, "audience": ADDRESS, **changed})


def user_token(workspace: Workspace, **changed: Any) -> str:
    return mint_id_token(workspace, **{"email": "Senco@School.example", "audience": CLIENT, "sub": "42", **changed})


def test_googles_own_runtime_is_let_in(verifier: Verifier, workspace: Workspace) -> None:
    verifier.system(system_token(workspace))


def test_a_person_is_known_by_number_and_address(verifier: Verifier, workspace: Workspace) -> None:
    identity = verifier.user(user_token(workspace))
    assert (identity.sub, identity.email) == ("42", "senco@school.example")


NOW = time.time()
WRONG = {
    "another address": {"audience": "https://plans.school.example/addon/home/"},
    "another issuer": {"issuer": "https://accounts.example"},
    "expired": {"issued_at": NOW - 7200, "expires_at": NOW - 3600},
    "from the future": {"issued_at": NOW + 3600, "expires_at": NOW + 7200},
    "unverified address": {"email_verified": False},
    "another caller": {"email": "somebody@school.example"},
}


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG)
def test_a_system_token_that_is_wrong_in_one_thing_is_refused(
    verifier: Verifier, workspace: Workspace, changed: dict[str, Any]
) -> None:
    with pytest.raises(NotSignedIn):
        verifier.system(system_token(workspace, **changed))


@pytest.mark.parametrize("name", [name for name in WRONG if name not in ("another caller", "another address")])
def test_a_users_token_that_is_wrong_in_one_thing_is_refused(
    verifier: Verifier, workspace: Workspace, name: str
) -> None:
    with pytest.raises(NotSignedIn):
        verifier.user(user_token(workspace, **WRONG[name]))


def test_a_forged_signature_is_refused(verifier: Verifier, workspace: Workspace) -> None:
    with pytest.raises(NotSignedIn):
        verifier.system(system_token(workspace, key=unknown_key()))


def test_a_body_swapped_under_a_true_signature_is_refused(verifier: Verifier, workspace: Workspace) -> None:
    head, _, signature = system_token(workspace, email="somebody@school.example").split(".")
    body = system_token(workspace).split(".")[1]
    with pytest.raises(NotSignedIn):
        verifier.system(f"{head}.{body}.{signature}")


def test_a_system_token_is_not_a_persons_nor_the_other_way_round(verifier: Verifier, workspace: Workspace) -> None:
    with pytest.raises(NotSignedIn):
        verifier.user(system_token(workspace))
    with pytest.raises(NotSignedIn):
        verifier.system(user_token(workspace))


def test_nobody_is_let_in_where_nothing_is_configured(sandbox_server: RunningSandbox, workspace: Workspace) -> None:
    empty = Verifier(Endpoints.at(sandbox_server.url), system_audiences=[], service_account="", oauth_client_id="")
    with pytest.raises(NotSignedIn):
        empty.system(system_token(workspace, audience="", email=""))
    with pytest.raises(NotSignedIn):
        empty.user(user_token(workspace, audience=""))


def test_seconds_of_clock_skew_are_forgiven(verifier: Verifier, workspace: Workspace) -> None:
    verifier.system(system_token(workspace, issued_at=time.time() + 5))


GARBAGE = ["", "x", "a.b.c", "....", "é.ü.ß", "e30.e30.e30", "eyJhbGciOiJub25lIn0.e30.", "a" * 20_000]


@pytest.mark.parametrize("token", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_refused_before_anything_is_fetched(
    verifier: Verifier, sandbox_server: RunningSandbox, token: str
) -> None:
    with pytest.raises(NotSignedIn):
        verifier.system(token)
    assert calls(sandbox_server) == {}


def test_certificates_are_fetched_once_an_hour(
    verifier: Verifier, sandbox_server: RunningSandbox, workspace: Workspace, clock: list[float]
) -> None:
    for _ in range(3):
        verifier.system(system_token(workspace))
    assert calls(sandbox_server) == {"oauth.certs": 1}
    clock[0] += 3601
    verifier.system(system_token(workspace))
    assert calls(sandbox_server) == {"oauth.certs": 2}


def test_unknown_keys_make_us_fetch_at_most_once_a_minute(
    verifier: Verifier, sandbox_server: RunningSandbox, workspace: Workspace, clock: list[float]
) -> None:
    forged = system_token(workspace, key=unknown_key())
    for seconds in (0, 59, 2, 1):
        clock[0] += seconds
        with pytest.raises(NotSignedIn):
            verifier.system(forged)
    assert calls(sandbox_server) == {"oauth.certs": 2}


def test_no_error_repeats_a_token(verifier: Verifier, workspace: Workspace) -> None:
    tokens = [system_token(workspace, email_verified=False), "header0.claims0.signed0", "verysecret"]
    for token in tokens:
        with pytest.raises(Trouble) as caught:
            verifier.system(token)
        error = caught.value
        told = f"{error} {error!r} {error.detail} {error.__cause__!r}"
        assert not any(piece in told for piece in token.split("."))


def test_without_certificates_nobody_is_let_in(workspace: Workspace) -> None:
    endpoints = Endpoints.at("http://127.0.0.1:9")
    verifier = Verifier(endpoints, system_audiences=[ADDRESS], service_account=RUNTIME, oauth_client_id=CLIENT)
    with pytest.raises(Unreachable):
        verifier.system(system_token(workspace))
