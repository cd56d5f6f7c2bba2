"""``/_sandbox/``: what a person or a test can do to the sandbox from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import requests
from echo import Echo

PERSON = {"email": "senco@school.example", "name": "Leela Udaharan", "time_zone": "Europe/London"}


def ask(echo: Echo, verb: str, name: str, **options: Any) -> Any:
    return requests.request(verb, f"{echo.server.url}/_sandbox/{name}", timeout=10, **options).json()


def test_the_index_names_every_route(echo: Echo) -> None:
    index = ask(echo, "GET", "")
    assert "POST reset" in index
    for route in index:
        verb, name = route.split()
        assert requests.request(verb, f"{echo.server.url}/_sandbox/{name}", timeout=10).status_code in (200, 400)


def test_people_clients_and_service_accounts_are_seeded(echo: Echo) -> None:
    body = {
        "users": [PERSON],
        "clients": [{"client_id": "c", "secret": "s"}],
        "service_accounts": [{"email": "r@x.example", "client_id": "9", "public_key": "", "delegated": ["calendar"]}],
    }
    assert ask(echo, "POST", "seed", json=body) == {"users": ["r@x.example", "senco@school.example"]}
    assert echo.server.workspace.users["r@x.example"].service_account
    assert echo.server.workspace.users["senco@school.example"].name == "Leela Udaharan"


def test_a_minted_token_opens_the_apis(echo: Echo) -> None:
    ask(echo, "POST", "seed", json={"users": [PERSON]})
    body = {"email": PERSON["email"], "client_id": "c", "scopes": ["drive.file"]}
    token = ask(echo, "POST", "tokens", json=body)["access_token"]
    assert echo.send("GET", "/drive/v3/files", token=token).ok
    assert ask(echo, "POST", "tokens", json=body | {"refresh": True})["refresh_token"].startswith("1//")
    named = {"email": PERSON["email"], "audience": "https://addon.example"}
    assert ask(echo, "POST", "tokens", json=named)["id_token"].count(".") == 2


def test_what_cannot_be_done_says_why(echo: Echo) -> None:
    stranger = {"email": "nobody@x.example", "client_id": "c", "scopes": []}
    assert "nobody@x.example" in ask(echo, "POST", "tokens", json=stranger)["error"]
    assert "statuss" in ask(echo, "POST", "faults", json={"statuss": 500})["error"]
    assert "JSON object" in ask(echo, "POST", "seed", json=[])["error"]
    assert "email" in ask(echo, "POST", "seed", json={"users": [{}]})["error"]


def test_the_clock_is_set_and_moved_on(echo: Echo) -> None:
    ask(echo, "POST", "clock", json={"now": "2026-11-23T09:00:00Z"})
    now = datetime.fromisoformat(ask(echo, "POST", "clock", json={"advance": 3600})["now"])
    assert now.isoformat().startswith("2026-11-23T10:00:0")
    assert ask(echo, "GET", "clock")["now"].startswith("2026-11-23T10:00:0")


def test_the_journal_is_read_and_forgotten(echo: Echo) -> None:
    echo.send("GET", "/v4/spreadsheets/s")
    entry = ask(echo, "GET", "journal")[0]
    assert (entry["method"], entry["target"], entry["status"], entry["write"]) == (
        "sheets.spreadsheets.get",
        "s",
        200,
        False,
    )
    ask(echo, "DELETE", "journal")
    assert ask(echo, "GET", "journal") == []


def test_the_journal_tells_writes_from_reads_sent_as_posts(echo: Echo) -> None:
    echo.send("POST", "/v4/spreadsheets/s/values:batchGetByDataFilter", json={})
    echo.send("POST", "/v4/spreadsheets/s:batchUpdate", json={})
    echo.send("POST", "/drive/v3/files", json={})
    told = [(one["write"], one["target"]) for one in ask(echo, "GET", "journal")]
    assert told == [(False, "s"), (True, "s"), (True, "made-1")]


def test_faults_are_set_and_removed_from_outside(echo: Echo) -> None:
    rules = ask(echo, "POST", "faults", json={"method": "drive.*", "status": 503, "nth": 1})
    assert rules[0]["method"] == "drive.*"
    assert echo.send("GET", "/drive/v3/files").status_code == 503
    assert ask(echo, "GET", "faults")[0]["seen"] == 1
    assert ask(echo, "DELETE", "faults") == []


def test_the_outbox_is_read(echo: Echo) -> None:
    echo.server.workspace.outbox.append({"to": "parent@home.example"})
    assert ask(echo, "GET", "outbox") == [{"to": "parent@home.example"}]


def test_a_reset_forgets_everything(echo: Echo) -> None:
    ask(echo, "POST", "seed", json={"users": [PERSON]})
    echo.send("GET", "/drive/v3/files")
    ask(echo, "POST", "reset")
    workspace = echo.server.workspace
    assert [workspace.users, workspace.journal, workspace.outbox, workspace.services] == [{}, [], [], {}]


def test_another_machine_is_turned_away(echo: Echo) -> None:
    answer = echo.server.app.test_client().get("/_sandbox/journal", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert answer.status_code == 403
