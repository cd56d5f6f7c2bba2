"""On somebody's account a run changes only what it made, and writes to nobody it was not told of."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ground import NotHere
from live.keeper import MARK, Keeper

HOST = "https://www.googleapis.com"
OWN, FOREIGN = "1" * 33, "2" * 33
CALENDAR = "/calendar/v3/calendars/own@group.calendar.google.com"


@pytest.fixture
def keeper() -> Keeper:
    made = Keeper(frozenset({"it@school.example"}))
    made.folder = "f" * 33
    made.files.add(OWN)
    made.calendars.add("own@group.calendar.google.com")
    made.events.add("event0")
    return made


@pytest.mark.parametrize(
    ("verb", "path", "body"),
    [
        ("DELETE", f"/drive/v3/files/{FOREIGN}", None),
        ("PATCH", f"/drive/v3/files/{FOREIGN}?fields=id", {"trashed": True}),
        ("PATCH", f"/upload/drive/v3/files/{FOREIGN}?uploadType=media", None),
        ("POST", f"/drive/v3/files/{FOREIGN}/copy", {}),
        ("POST", f"/drive/v3/files/{FOREIGN}/permissions", {"emailAddress": "it@school.example"}),
        ("PATCH", "/drive/v3/files/root", {"name": "x"}),
        ("DELETE", "/drive/v3/files/trash", None),
        ("POST", "/drive/v3/drives?requestId=x", {"name": "x"}),
        ("POST", "/drive/v3/files", {"name": "x", "parents": ["root"]}),
        ("POST", "/drive/v3/files", {"name": "x", "parents": [FOREIGN]}),
        ("POST", "/drive/v3/files?fields=name", {"name": "x"}),
        ("POST", f"/v4/spreadsheets/{FOREIGN}:batchUpdate", {}),
        ("PUT", f"/v4/spreadsheets/{FOREIGN}/values/A1", {}),
        ("POST", "/v4/spreadsheets?fields=properties", {}),
        ("POST", f"/v1/documents/{FOREIGN}:batchUpdate", {}),
        ("DELETE", "/calendar/v3/calendars/primary", None),
        ("POST", "/calendar/v3/calendars/primary/clear", None),
        ("POST", "/calendar/v3/calendars/primary/events", {"summary": "x"}),
        ("DELETE", "/calendar/v3/calendars/primary/events/event1", None),
        ("DELETE", "/calendar/v3/calendars/it%40school.example", None),
        ("PATCH", "/calendar/v3/users/me/calendarList/primary", {"hidden": True}),
        ("POST", "/calendar/v3/users/me/calendarList", {"id": "x"}),
        ("POST", f"{CALENDAR}/events/watch", {"address": "x"}),
        ("POST", f"/drive/v3/files/{OWN}/permissions", {"emailAddress": "mum@home.example"}),
        (
            "POST",
            "/calendar/v3/calendars/own@group.calendar.google.com/acl",
            {"scope": {"value": "mum@home.example"}},
        ),
        ("POST", f"{CALENDAR}/events", {"attendees": [{"email": "mum@home.example"}]}),
    ],
)
def test_a_call_beyond_the_runs_own_things_never_leaves(keeper: Keeper, verb: str, path: str, body: Any) -> None:
    with pytest.raises(NotHere):
        keeper.before(verb, HOST + path, json.dumps(body))


@pytest.mark.parametrize(
    ("verb", "path", "body"),
    [
        ("GET", f"/drive/v3/files/{FOREIGN}", None),
        ("DELETE", f"/drive/v3/files/{OWN}", None),
        ("PATCH", "/drive/v3/files/nothing", {"name": "x"}),
        ("POST", f"/drive/v3/files/{OWN}/permissions", {"emailAddress": "IT@school.example"}),
        ("POST", "/calendar/v3/calendars/own%40group.calendar.google.com/events", {"summary": "x"}),
        ("PATCH", "/calendar/v3/calendars/primary/events/event0", {"summary": "x"}),
        ("DELETE", "/calendar/v3/calendars/nothing/events/x", None),
        ("POST", "/calendar/v3/freeBusy", {"items": [{"id": "primary"}]}),
    ],
)
def test_reading_anything_and_changing_what_it_made_is_left_as_it_is(
    keeper: Keeper, verb: str, path: str, body: Any
) -> None:
    sent = json.dumps(body)
    assert keeper.before(verb, HOST + path, sent) == sent


def test_a_new_file_goes_into_the_folder_unless_it_has_a_place_in_it(keeper: Keeper) -> None:
    def places(path: str, body: Any) -> Any:
        return json.loads(keeper.before("POST", HOST + path, json.dumps(body)))["parents"]

    assert places("/drive/v3/files", {"name": "x"}) == [keeper.folder]
    assert places(f"/drive/v3/files/{OWN}/copy", {}) == [keeper.folder]
    assert places("/drive/v3/files", {"name": "x", "parents": [OWN]}) == [OWN]
    assert places("/resumable/upload/drive/v3/files?uploadType=resumable", {"name": "x"}) == [keeper.folder]


def test_an_upload_in_parts_goes_into_the_folder_and_keeps_its_content(keeper: Keeper) -> None:
    content = b"\r\n--x--\r\n\x00\xff"
    head = b'--b\nContent-Type: application/json\nMIME-Version: 1.0\n\n{"name": "x"}\n--b\n'
    body = head + b"Content-Type: text/plain\n\n" + content + b"\n--b--"
    sent = keeper.before("POST", f"{HOST}/upload/drive/v3/files?uploadType=multipart", body)
    assert f'"parents": ["{keeper.folder}"]'.encode() in sent
    assert sent.endswith(b"\n--b\nContent-Type: text/plain\n\n" + content + b"\n--b--")


def test_a_batch_makes_files_only_where_it_says_that_they_go_into_the_folder(keeper: Keeper) -> None:
    part = "POST /drive/v3/files?alt=json HTTP/1.1\n\n{}\n"
    inside = json.dumps({"parents": [keeper.folder]})
    keeper.before("POST", f"{HOST}/batch/drive/v3", part.format(inside))
    for bad in (part.format('{"name": "x"}'), f"DELETE /drive/v3/files/{FOREIGN} HTTP/1.1\n"):
        with pytest.raises(NotHere):
            keeper.before("POST", f"{HOST}/batch/drive/v3", bad)


def test_what_was_made_is_remembered_and_a_calendar_carries_the_mark(keeper: Keeper) -> None:
    calendar = json.loads(keeper.before("POST", f"{HOST}/calendar/v3/calendars", '{"summary": "x"}'))
    assert calendar == {"summary": "x", "description": MARK}
    for path, answer in (
        ("/calendar/v3/calendars", {"id": "c@group.calendar.google.com"}),
        ("/drive/v3/files", {"id": "made-file"}),
        ("/v4/spreadsheets", {"spreadsheetId": "made-sheet"}),
        ("/upload/drive/v3/files?uploadType=media", {"id": "made-media"}),
    ):
        keeper.after("POST", HOST + path, 200, json.dumps(answer).encode())
    keeper.after("POST", f"{HOST}/drive/v3/files", 400, b'{"id": "refused"}')
    assert "c@group.calendar.google.com" in keeper.calendars
    assert keeper.files == {OWN, "made-file", "made-sheet", "made-media"}
    assert keeper.loose == ["made-sheet", "made-media"]
