"""What a live check makes in an account is gone afterwards, whatever happens; what was there before stays."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import clients
import pytest
import requests
from click.testing import CliRunner
from drive_helpers import make, refusal, upload, word
from ground import OWNER, SECOND, Google, NotHere
from live import account as live
from live.account import Account
from sheets_client import new_book

from sandbox import faults
from sandbox.oauth.state import Client, oauth_state
from sandbox.oauth.tokens import mint_refresh_token
from sandbox.server import RunningSandbox
from sandbox.state import User
from server import cli
from server.settings import Settings

CLIENT = Client(client_id="live.apps.example", secret="s3")
MORE = (*clients.SCOPES, "calendar.app.created")


@pytest.fixture
def asked(google: Google, sandbox_server: RunningSandbox, tmp_path: Path) -> SimpleNamespace:
    """What the command asks for: settings that name the senco's credentials file, at this sandbox."""
    workspace, path = sandbox_server.workspace, tmp_path / "credentials.json"
    workspace.users.setdefault(OWNER, User(email=OWNER))
    oauth_state(workspace).clients[CLIENT.client_id] = CLIENT
    token = mint_refresh_token(workspace, email=OWNER, client_id=CLIENT.client_id, scopes=MORE)
    secrets = {"client_id": CLIENT.client_id, "client_secret": CLIENT.secret, "refresh_token": token}
    path.write_text(json.dumps({"type": "authorized_user", **secrets}), "utf-8")
    settings = Settings(google_url=sandbox_server.url, live_credentials=str(path))
    return SimpleNamespace(settings=settings, ask=None, domain="", notes=[], trouble="")


def everything(google: Google) -> tuple[list[str], list[str]]:
    """Ids of all files, binned ones too, and of all calendars."""
    files = google.service("drive", "v3").files().list(pageSize=1000).execute()["files"]
    calendars = google.service("calendar", "v3").calendarList().list(showHidden=True).execute()["items"]
    return sorted(one["id"] for one in files), sorted(one["id"] for one in calendars)


@pytest.fixture
def before(google: Google) -> tuple[list[str], list[str]]:
    """An account in which somebody works: a file, a folder, a calendar."""
    make(google.service("drive", "v3"), "Mine", parents=[google.folder])
    assert google.calendar
    return everything(google)


def use(account: Account) -> None:
    """Make one of everything, in every way there is."""
    drive, docs = account.service("drive", "v3"), account.service("docs", "v1")
    new_book(account.service("sheets", "v4"))
    docs.documents().create(body={"title": "x"}).execute()
    doc = make(drive)["id"]
    drive.files().copy(fileId=doc, body={}).execute()
    drive.files().create(body={"name": "x"}, media_body=upload(word("x"))).execute()
    drive.files().create(media_body=upload(b"bare", "text/plain")).execute()
    account.spreadsheets().create("By gspread")
    account.request("POST", "/drive/v3/files", json={"name": "plain"})
    assert account.calendar


def test_all_that_was_made_stood_in_one_folder_and_is_gone(google: Google, before: Any, asked: Any) -> None:
    with live.opened(asked) as account:
        use(account)
        query = f"'{account.folder}' in parents"
        inside = google.service("drive", "v3").files().list(q=query).execute()["files"]
        assert len(inside) == 8
        assert set(everything(google)[0]) - set(before[0]) == {account.folder, *(one["id"] for one in inside)}
    assert everything(google) == before
    assert (asked.domain, asked.notes) == ("school.example", [])


@pytest.mark.parametrize("error", [AssertionError, KeyboardInterrupt, NotHere])
def test_nothing_stays_after_a_failure_or_an_interruption(
    google: Google, before: Any, asked: Any, error: type[BaseException]
) -> None:
    def interrupted() -> None:
        with live.opened(asked) as account:
            use(account)
            raise error("in the midst")

    with pytest.raises(error):
        interrupted()
    assert everything(google) == before


def test_what_a_killed_run_left_is_binned_by_the_next_one(google: Google, before: Any, asked: Any) -> None:
    killed = Account(asked.settings)
    killed.arrive()
    use(killed)
    killed.close()
    with live.opened(asked):
        kept = google.service("drive", "v3").files().list(q="trashed = false", pageSize=1000).execute()["files"]
        assert len(kept) == len(before[0]) + 1
    assert asked.notes == ["Removed what an earlier run had left: 1 folders, 1 calendars."]
    assert everything(google)[1] == before[1]


def test_a_file_that_somebody_put_into_the_folder_is_never_deleted(google: Google, before: Any, asked: Any) -> None:
    drive = google.service("drive", "v3")
    with live.opened(asked) as account:
        made = drive.files().create(body={"name": "Somebody's", "parents": [account.folder]}).execute()["id"]
    assert drive.files().get(fileId=made, fields="trashed").execute() == {"trashed": True}
    assert asked.notes == ["The folder held 1 files that this run knows nothing of: it is in the bin."]


def test_a_file_of_the_persons_own_is_never_touched(before: Any, asked: Any, google: Google) -> None:
    with live.opened(asked) as account:
        drive = account.service("drive", "v3")
        for call in (
            drive.files().delete(fileId=before[0][0]),
            drive.files().emptyTrash(),
            account.service("calendar", "v3").calendars().delete(calendarId=before[1][0]),
        ):
            with pytest.raises(NotHere):
                call.execute()
        assert account.request("DELETE", "/drive/v3/files/nothing").status_code == 404
    assert everything(google) == before


def test_what_cannot_be_removed_is_told(asked: Any, sandbox_server: RunningSandbox) -> None:
    with live.opened(asked) as account:
        assert account.calendar
        rule = faults.Rule(method="calendar.calendars.delete", status=500)
        faults.add(sandbox_server.workspace, rule)
    assert asked.notes == ["Left behind: a calendar, because Google answered 500."]


def test_a_call_that_came_too_fast_is_repeated_after_a_wait(asked: Any, sandbox_server: RunningSandbox) -> None:
    waited: list[float] = []
    account = Account(asked.settings, wait=waited.append)
    rule = faults.Rule(method="drive.files.list", status=429, nth=1)
    faults.add(sandbox_server.workspace, rule)
    assert "files" in account.service("drive", "v3").files().list().execute()
    assert waited == [live.PATIENCE[0]]
    account.close()


def test_rights_are_narrowed_where_they_were_granted(asked: Any) -> None:
    account = Account(asked.settings)
    own = account.service("calendar", "v3", scopes=["calendar.app.created"])
    assert refusal(own.calendarList().list(), 403)
    with pytest.raises(NotHere, match=r"calendar\.readonly"):
        account.service("calendar", "v3", scopes=["calendar.readonly"])
    for email, client in ((SECOND, clients.CLIENT_ID), (OWNER, "another")):
        with pytest.raises(NotHere):
            account.service("drive", "v3", email, client_id=client)
    account.close()


def test_credentials_that_do_not_work_stop_it_with_a_reason(asked: Any, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    for content, words in (
        ({"type": "authorized_user", "client_id": "x"}, "not the credentials file"),
        ({"client_id": "x", "client_secret": "y", "refresh_token": "z"}, "would not accept"),
        ({"type": "service_account"}, "SENPLANS_LIVE_SUBJECT"),
    ):
        path.write_text(json.dumps(content), "utf-8")
        asked.settings = Settings(google_url=asked.settings.google_url, live_credentials=str(path))
        with pytest.raises(pytest.exit.Exception), live.opened(asked):
            raise AssertionError("not reached")
        assert words in asked.trouble


class Browser:
    """Somebody who is asked for consent, ticks what they are asked for (or only ``ticked``) and agrees."""

    def __init__(self, ticked: int = 99) -> None:
        self.ticked = ticked

    def open(self, url: str, **_: Any) -> None:
        scopes = parse_qs(urlsplit(url).query)["scope"][0].split()[: self.ticked]
        form = {"email": OWNER, "scope": scopes, "decision": "allow"}
        threading.Thread(target=requests.post, args=(url,), kwargs={"data": form, "timeout": 10}).start()


@pytest.fixture
def client_file(asked: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a desktop client, as Google's console gives it, of this sandbox."""
    url, path = asked.settings.google_url, tmp_path / "client.json"
    places = {"auth_uri": f"{url}/o/oauth2/v2/auth", "token_uri": f"{url}/token"}
    secrets = {"client_id": CLIENT.client_id, "client_secret": CLIENT.secret}
    path.write_text(json.dumps({"installed": {**secrets, **places, "redirect_uris": ["http://localhost"]}}), "utf-8")
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("SENPLANS_LIVE_CREDENTIALS", str(tmp_path / "kept.json"))
    return path


def test_who_signs_in_gets_a_credentials_file_that_works(
    asked: Any, client_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.get", lambda *_: Browser())
    done = CliRunner().invoke(cli.main, ["live-check", "--sign-in", str(client_file)])
    assert done.exit_code == 0, done.output
    kept = tmp_path / "kept.json"
    assert kept.stat().st_mode & 0o077 == 0
    account = Account(Settings(google_url=asked.settings.google_url, live_credentials=str(kept)))
    assert account.owner == OWNER
    account.close()
    again = CliRunner().invoke(cli.main, ["live-check", "--sign-in", str(client_file)])
    assert "is there already. It was not changed" in again.stderr


def test_who_grants_less_is_asked_to_tick_every_box(
    client_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.get", lambda *_: Browser(ticked=2))
    done = CliRunner().invoke(cli.main, ["live-check", "--sign-in", str(client_file)])
    assert (done.exit_code, (tmp_path / "kept.json").exists()) == (1, False)
    assert "tick every box" in done.stderr
    client_file.write_text('{"type": "service_account"}', "utf-8")
    other = CliRunner().invoke(cli.main, ["live-check", "--sign-in", str(client_file)])
    assert "not the file of an OAuth client" in other.stderr
