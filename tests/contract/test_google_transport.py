"""The one ``request()``: who may use it, what watches it, what renews a sign-in, and how quickly a door opens."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from doors import SENCO, StillTime, calls, fault, open_door

from sandbox import control
from sandbox.server import RunningSandbox
from server.google import credentials
from server.google.door import Door
from server.google.endpoints import Endpoints
from server.google.retry import Patience
from server.plans.trouble import Invalid, NotSignedIn, Unreachable

ACCOUNT = "nightly@senplans.iam.gserviceaccount.com"
SCOPE = "https://www.googleapis.com/auth/drive"


class Killed(BaseException):
    """What a test kills a run with: nothing may catch it."""


@dataclass
class Killer:
    """Kills at the nth request: before it is sent, or once its answer has come."""

    at: int
    before: bool
    seen: list[str] = field(default_factory=list)

    def sending(self, method: str, url: str) -> None:
        self.seen.append(f"{method} {url.partition('?')[0]}")
        if self.before and len(self.seen) == self.at:
            raise Killed

    def answered(self, method: str, url: str) -> None:
        if not self.before and len(self.seen) == self.at:
            raise Killed


@pytest.mark.parametrize(("before", "made"), [(True, 1), (False, 2)], ids=["before sending", "after the answer"])
def test_a_run_can_be_killed_at_any_request(sandbox_server: RunningSandbox, before: bool, made: int) -> None:
    killer = Killer(at=2, before=before)
    with open_door(sandbox_server, probe=killer) as door:
        door.drive.create_folder("First", {})
        with pytest.raises(Killed):
            door.drive.create_folder("Second", {})
    assert calls(sandbox_server) == {"drive.files.create": made}
    assert killer.seen == [f"POST {sandbox_server.url}/drive/v3/files"] * 2


def test_a_door_belongs_to_one_thread(sandbox_server: RunningSandbox) -> None:
    caught: list[str] = []

    def elsewhere(door: Door) -> None:
        try:
            door.drive.list_files()
        except RuntimeError as error:
            caught.append(str(error))

    with open_door(sandbox_server) as door:
        door.drive.list_files()
        thread = threading.Thread(target=elsewhere, args=(door,))
        thread.start()
        thread.join()
    assert caught
    assert calls(sandbox_server) == {"drive.files.list": 1}


def test_google_being_away_ends_within_our_patience() -> None:
    still = StillTime()
    door = Door(
        credentials.person("ya29.token"),
        Endpoints.at("http://127.0.0.1:9"),
        patience=Patience(total=20),
        waiting=still.waiting,
    )
    with door, pytest.raises(Unreachable) as caught:
        door.drive.create_folder("SEN Plans", {})
    assert caught.value.call == "drive.files.create"
    assert len(still.slept) >= 2
    assert sum(still.slept) <= 20


def test_a_slow_answer_is_not_waited_for(sandbox_server: RunningSandbox) -> None:
    fault(sandbox_server, method="drive.files.create", latency=0.2)
    with open_door(sandbox_server, patience=Patience(attempt=0.05)) as door, pytest.raises(Unreachable):
        door.drive.create_folder("SEN Plans", {})


def test_an_expired_token_is_a_missing_sign_in(sandbox_server: RunningSandbox) -> None:
    door = Door(credentials.person("ya29.expired"), Endpoints.at(sandbox_server.url))
    with door, pytest.raises(NotSignedIn):
        door.drive.list_files()
    assert calls(sandbox_server) == {"drive.files.list": 1}


def test_no_token_at_all_is_a_missing_sign_in(sandbox_server: RunningSandbox) -> None:
    with Door(credentials.person(""), Endpoints.at(sandbox_server.url)) as door, pytest.raises(NotSignedIn):
        door.drive.list_files()


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def account(sandbox_server: RunningSandbox, key: rsa.RSAPrivateKey) -> dict[str, str]:
    """The key file of a service account that the sandbox knows, trusted with SENCO's Drive."""
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    known = {"email": ACCOUNT, "client_id": "1", "public_key": public.decode(), "delegated": [SCOPE]}
    control.seed(sandbox_server.workspace, {"service_accounts": [known], "users": [{"email": SENCO}]})
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "type": "service_account",
        "client_email": ACCOUNT,
        "private_key": private.decode(),
        "token_uri": "https://oauth2.googleapis.com/token",
    }


def nightly(sandbox: RunningSandbox, account: dict[str, str], **options: Any) -> Door:
    endpoints = Endpoints.at(sandbox.url)
    held = credentials.service_account(account, scopes=[SCOPE], endpoints=endpoints, **options)
    return Door(held, endpoints, waiting=StillTime().waiting)


def test_a_service_account_signs_in_once_and_speaks_for_the_senco(
    sandbox_server: RunningSandbox, account: dict[str, str]
) -> None:
    with nightly(sandbox_server, account, subject=SENCO) as door:
        door.drive.list_files()
        door.drive.list_files()
    assert calls(sandbox_server) == {"oauth.token": 1, "drive.files.list": 2}
    assert {entry["user"] for entry in sandbox_server.workspace.journal} == {SENCO}


def test_a_service_account_renews_a_token_that_google_no_longer_takes(
    sandbox_server: RunningSandbox, account: dict[str, str]
) -> None:
    with nightly(sandbox_server, account) as door:
        door.drive.list_files()
        sandbox_server.workspace.services["oauth"].access.clear()
        door.drive.list_files()
    assert calls(sandbox_server) == {"oauth.token": 2, "drive.files.list": 3}


def test_a_service_account_that_nobody_knows_is_not_signed_in(
    sandbox_server: RunningSandbox, account: dict[str, str]
) -> None:
    sandbox_server.workspace.services.clear()
    with nightly(sandbox_server, account) as door, pytest.raises(NotSignedIn) as caught:
        door.drive.list_files()
    assert "PRIVATE" not in f"{caught.value} {caught.value.detail}"


def test_a_file_that_is_no_key_is_named_as_such(sandbox_server: RunningSandbox) -> None:
    with pytest.raises(Invalid):
        nightly(sandbox_server, {"client_email": ACCOUNT})
