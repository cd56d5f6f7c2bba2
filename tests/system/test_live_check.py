"""``senplans live-check`` as a person runs it, with a sandbox in Google's place."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from drive_helpers import make
from ground import Google
from live.all import CHECKS

from sandbox import faults
from sandbox.oauth.state import Client, oauth_state
from sandbox.oauth.tokens import mint_refresh_token
from sandbox.server import RunningSandbox
from sandbox.state import User
from server import cli
from server.commands import live_check

ROOT = Path(__file__).parents[2]
PEOPLE = ("it.test@school.example", "second.test@school.example")
SCOPES = ("drive", "spreadsheets", "documents", "calendar", "calendar.app.created", "calendar.calendarlist.readonly")
COMMAND = [sys.executable, "-c", "from server.cli import main; main()", "live-check"]


@pytest.fixture
def environment(google: Google, sandbox_server: RunningSandbox, tmp_path: Path) -> dict[str, str]:
    """Two people who signed in, the first with work of their own, and a mailbox that is no account."""
    workspace = sandbox_server.workspace
    client = Client(client_id="live.apps.example", secret="s3")
    oauth_state(workspace).clients[client.client_id] = client
    for number, email in enumerate(PEOPLE):
        workspace.users[email] = User(email=email)
        token = mint_refresh_token(workspace, email=email, client_id=client.client_id, scopes=SCOPES)
        secrets = {"client_id": client.client_id, "client_secret": client.secret, "refresh_token": token}
        (tmp_path / f"{number}.json").write_text(json.dumps({"type": "authorized_user", **secrets}), "utf-8")
    make(google.service("drive", "v3", PEOPLE[0]), "Mine")
    google.service("calendar", "v3", PEOPLE[0]).calendars().insert(body={"summary": "Mine"}).execute()
    return {
        **os.environ,
        "SENPLANS_GOOGLE_URL": sandbox_server.url,
        "SENPLANS_LIVE_CREDENTIALS": str(tmp_path / "0.json"),
        "SENPLANS_LIVE_SECOND_CREDENTIALS": str(tmp_path / "1.json"),
        "SENPLANS_LIVE_NO_ACCOUNT": "parent@family.example",
    }


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_every_assumption_is_tried_and_reported_and_nothing_is_left(
    environment: dict[str, str], google: Google, tmp_path: Path
) -> None:
    page, data = tmp_path / "report.md", tmp_path / "report.json"
    words = ("--only", "assumption", "--only", "test_docs_documents", "--report", str(page), "--report", str(data))
    done = run(environment, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(data.read_text("utf-8"))
    assumptions = {one["title"]: one for one in told["checked"] if one["sort"] == "assumption"}
    assert list(assumptions) == [*live_check.assumptions()]
    assert len(assumptions) == len(CHECKS)
    assert {one["kind"] for one in assumptions.values()} <= {"held", "needs a person", "could not be tried here"}
    assert all(one["saw"] or one["steps"] for one in assumptions.values())
    assert all(one["steps"] for one in assumptions.values() if one["kind"] == "needs a person")
    assert any(one["sort"] == "contract test" and one["kind"] == "held" for one in told["checked"])
    assert (told["domain"], told["ok"], told["notes"]) == ("school.example", True, [])
    assert "@" not in data.read_text("utf-8") + page.read_text("utf-8")
    assert left(google) == [(1, 2), (0, 1)]


def left(google: Google) -> list[tuple[int, int]]:
    """How many files, binned ones too, and how many calendars each person has."""
    found = []
    for email in PEOPLE:
        files = google.service("drive", "v3", email).files().list(pageSize=1000).execute()["files"]
        calendars = google.service("calendar", "v3", email).calendarList().list(showHidden=True).execute()["items"]
        found.append((len(files), len(calendars)))
    return found


def test_what_does_not_hold_is_reported_with_what_was_seen_and_fails(
    environment: dict[str, str], sandbox_server: RunningSandbox, tmp_path: Path
) -> None:
    faults.add(sandbox_server.workspace, faults.Rule(method="drive.files.copy", status=403, reason="forbidden"))
    done = run(environment, "--only", "Copies by hand", "--report", str(tmp_path / "report.md"))
    assert done.returncode == 1
    page = (tmp_path / "report.md").read_text("utf-8")
    assert "| Drive | Copies by hand. | did not hold | Google answered 403" in page
    assert "Traceback" not in done.stdout + done.stderr


def test_being_told_to_end_cleans_up_first(environment: dict[str, str], google: Google) -> None:
    with subprocess.Popen(
        [*COMMAND, "--only", "assumption"], cwd=ROOT, env=environment, stderr=subprocess.PIPE
    ) as ran:
        assert ran.stderr
        ran.stderr.readline()
        ran.send_signal(signal.SIGTERM)
        ran.stderr.read()
    assert ran.returncode == 1
    assert left(google) == [(1, 2), (0, 1)]


def test_the_list_names_assumptions_and_contract_tests_and_calls_nobody(tmp_path: Path) -> None:
    done = run({**os.environ, "SENPLANS_GOOGLE_URL": "http://127.0.0.1:9"}, "--list")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "Sheets (assumption): The lock's 400." in lines
    assert sum("(assumption)" in line for line in lines) == len(CHECKS)
    assert sum("(contract test)" in line for line in lines) > 200


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("SENPLANS_")]:
        monkeypatch.delenv(name)
    return


@pytest.mark.parametrize(
    ("words", "settings", "told"),
    [
        ([], {}, "Set SENPLANS_LIVE_CREDENTIALS"),
        (["--report", "report.pdf"], {}, "its name ends with .md or .json"),
        ([], {"SENPLANS_LIVE_CREDENTIALS": "nowhere.json"}, "not there. Nothing was tried. (nowhere.json)"),
    ],
)
@pytest.mark.usefixtures("no_settings")
def test_what_is_missing_is_said_in_a_sentence(words: list[str], settings: dict[str, str], told: str) -> None:
    result = CliRunner().invoke(cli.main, ["live-check", *words], env=settings)
    assert result.exit_code == 1
    assert told in result.stderr


@pytest.mark.usefixtures("no_settings")
def test_without_a_checkout_it_says_where_the_tests_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(live_check, "ROOT", tmp_path)
    result = CliRunner().invoke(cli.main, ["live-check"])
    assert result.exit_code == 1
    assert "runs from a checkout of the source code" in result.stderr
