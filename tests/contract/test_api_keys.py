"""An API key instead of a token: nobody in particular, who reads what is public."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.server import RunningSandbox

SENCO, KEY = "senco@school.example", "AIzaSandbox"
PUBLIC = {"type": "anyone", "role": "writer"}


@pytest.fixture
def send(sandbox_server: RunningSandbox) -> Any:
    """``send("GET", "/drive/v3/files/x")``: a request with a known API key and no token."""
    seed = {"api_keys": [{"key": KEY, "client_id": "project"}]}
    requests.post(f"{sandbox_server.url}/_sandbox/seed", json=seed, timeout=10)

    def ask(verb: str, path: str, body: Any = None, *, key: str = KEY) -> requests.Response:
        return requests.request(verb, sandbox_server.url + path, params={"key": key}, json=body, timeout=10)

    return ask


@pytest.fixture
def book(api: Any) -> str:
    made = api("sheets", "v4", SENCO).spreadsheets().create(body={"properties": {"title": "Open"}}).execute()
    return str(made["spreadsheetId"])


def told(answer: requests.Response) -> tuple[int, str]:
    error = answer.json()["error"]
    return answer.status_code, error["errors"][0]["reason"] if "errors" in error else error["status"]


def test_a_key_reads_what_everybody_may_and_writes_nothing(send: Any, api: Any, book: str) -> None:
    values = f"/v4/spreadsheets/{book}/values/A1"
    assert told(send("GET", values)) == (403, "PERMISSION_DENIED")
    assert told(send("GET", f"/drive/v3/files/{book}")) == (404, "notFound")
    api("drive", "v3", SENCO).permissions().create(fileId=book, body=PUBLIC).execute()
    assert send("GET", values).json()["range"] == "Sheet1!A1"
    assert send("GET", f"/drive/v3/files/{book}").json()["name"] == "Open"
    assert send("GET", f"/v4/spreadsheets/{book}").json()["properties"]["title"] == "Open"
    assert told(send("PUT", f"{values}?valueInputOption=RAW", {"values": [[1]]})) == (401, "UNAUTHENTICATED")
    assert told(send("PATCH", f"/drive/v3/files/{book}", {"name": "x"})) == (401, "required")
    assert send("GET", "/drive/v3/files").json()["files"] == []


def test_a_key_reads_public_calendars_and_nobodys_own_list(send: Any, api: Any) -> None:
    calendar = api("calendar", "v3", SENCO)
    events = f"/calendar/v3/calendars/{SENCO}/events"
    assert told(send("GET", events)) == (404, "notFound")
    calendar.acl().insert(calendarId=SENCO, body={"role": "reader", "scope": {"type": "default"}}).execute()
    assert send("GET", events).json()["accessRole"] == "reader"
    for path in (
        "/calendar/v3/users/me/calendarList",
        "/drive/v3/about?fields=user",
        "/drive/v3/changes/startPageToken",
    ):
        assert told(send("GET", path)) == (401, "required")


def test_a_key_that_is_none_and_docs_are_refused(send: Any, book: str) -> None:
    refused = send("GET", f"/v4/spreadsheets/{book}", key="forged")
    assert told(refused) == (400, "INVALID_ARGUMENT")
    assert refused.json()["error"]["details"][0]["reason"] == "API_KEY_INVALID"
    assert told(send("GET", "/v1/documents/any")) == (401, "UNAUTHENTICATED")
