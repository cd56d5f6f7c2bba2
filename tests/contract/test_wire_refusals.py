"""A request that the discovery document doesn't allow is refused in Google's words and reaches no handler."""

from __future__ import annotations

from typing import Any

import pytest
from echo import Echo

UPDATE = "/v4/spreadsheets/s:batchUpdate"
CREATE = "/v4/spreadsheets"
VALUES = "/v4/spreadsheets/s/values/A1?valueInputOption=RAW"
DOC = "/v1/documents/d:batchUpdate"
FILES = "/drive/v3/files"
EVENTS = "/calendar/v3/calendars/c@group.calendar.google.com/events"
UNKNOWN = 'Invalid JSON payload received. Unknown name "{}"{}: Cannot find field.'

BODIES: list[tuple[str, str, Any, str]] = [
    ("POST", CREATE, {"foo": 1}, UNKNOWN.format("foo", " at 'spreadsheet'")),
    ("POST", UPDATE, {"foo": 1}, UNKNOWN.format("foo", "")),
    ("POST", UPDATE, {"requests": [{"addShet": {}}]}, UNKNOWN.format("addShet", " at 'requests[0]'")),
    (
        "POST",
        UPDATE,
        {"requests": [{"addSheet": {"properties": {"titel": "x"}}}]},
        UNKNOWN.format("titel", " at 'requests[0].add_sheet.properties'"),
    ),
    (
        "POST",
        UPDATE,
        {"requests": [{"addSheet": "x"}]},
        "Invalid value at 'requests[0].add_sheet' (type.googleapis.com/google.apps.sheets.v4.AddSheetRequest), \"x\"",
    ),
    (
        "POST",
        UPDATE,
        {"requests": [{"deleteSheet": {"sheetId": "abc"}}]},
        "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"abc\"",
    ),
    (
        "POST",
        UPDATE,
        {"requests": [{"deleteSheet": {"sheetId": 2**31}}]},
        f"Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), {2**31}",
    ),
    (
        "POST",
        UPDATE,
        {"requests": [{"addSheet": {"properties": {"title": 5}}}]},
        "Invalid value at 'requests[0].add_sheet.properties.title' (TYPE_STRING), 5",
    ),
    (
        "POST",
        UPDATE,
        {"requests": [{"addSheet": {"properties": {"hidden": "perhaps"}}}]},
        "Invalid value at 'requests[0].add_sheet.properties.hidden' (TYPE_BOOL), \"perhaps\"",
    ),
    (
        "POST",
        UPDATE,
        {"requests": [{"addSheet": {"properties": {"sheetType": "GRIDS"}}}]},
        "Invalid value at 'requests[0].add_sheet.properties.sheet_type' "
        '(type.googleapis.com/google.apps.sheets.v4.SheetType), "GRIDS"',
    ),
    (
        "POST",
        UPDATE,
        {"requests": [{"addSheet": {}, "deleteSheet": {}}]},
        "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. Cannot set 'deleteSheet'",
    ),
    (
        "POST",
        UPDATE,
        {"requests": [{"addSheet": [{}]}]},
        "Invalid JSON payload received. Unknown name \"addSheet\" at 'requests[0]': "
        "Proto field is not repeating, cannot start list.",
    ),
    (
        "PUT",
        VALUES,
        {"values": "X"},
        "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\"",
    ),
    (
        "POST",
        DOC,
        {"requests": [{"insertText": {"location": {"index": "abc"}}}]},
        "Invalid value at 'requests[0].insert_text.location.index' (TYPE_INT32), \"abc\"",
    ),
    ("POST", FILES, {"name": 7}, "Invalid value at 'payload.name' (TYPE_STRING), 7"),
    (
        "POST",
        FILES,
        {"appProperties": []},
        "Invalid value at 'payload' (Map), Cannot bind a list to map for field 'appProperties'.",
    ),
    ("POST", FILES, {"appProperties": {"a": 1}}, "Invalid value at 'payload.app_properties.a' (TYPE_STRING), 1"),
    ("POST", EVENTS, {"attendees": "x"}, "Invalid value at 'attendees' (type.googleapis.com/google.apps.calendar"),
    ("POST", EVENTS, {"start": {"date": 7}}, "Invalid value at 'start.date' (TYPE_STRING), 7"),
]


@pytest.mark.parametrize(("verb", "path", "body", "message"), BODIES, ids=[message for *_, message in BODIES])
def test_a_body_that_does_not_fit_is_refused_with_googles_sentence(
    echo: Echo, verb: str, path: str, body: Any, message: str
) -> None:
    answer = echo.send(verb, path, json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith(message)
    assert not echo.seen


QUERIES = [
    ("GET", "/v4/spreadsheets/s?foo=1", "could not be found in request message."),
    ("GET", "/v4/spreadsheets/s?includeGridData=perhaps", "Invalid value at 'include_grid_data' (TYPE_BOOL)"),
    ("GET", "/v4/spreadsheets/s/values/A1?majorDimension=ROW", "Invalid value at 'major_dimension' (type.google"),
    ("GET", "/drive/v3/files?pageSize=ten", "Invalid value at 'page_size' (TYPE_INT32), \"ten\""),
    ("GET", "/drive/v3/files/x/export", "Required parameter: mimeType"),
    ("GET", EVENTS + "?orderBy=colour", "Invalid value at 'order_by'"),
    ("GET", EVENTS + "?timeMin=yesterday", "Bad Request"),
]


@pytest.mark.parametrize(("verb", "path", "words"), QUERIES, ids=[path for _, path, _ in QUERIES])
def test_a_query_that_does_not_fit_is_refused(echo: Echo, verb: str, path: str, words: str) -> None:
    answer = echo.send(verb, path)
    assert answer.status_code == 400
    assert words in answer.json()["error"]["message"]
    assert not echo.seen


def test_every_violation_is_told_at_once(echo: Echo) -> None:
    error = echo.send("POST", UPDATE, json={"requests": [{"nope": {}}, {"deleteSheet": {"sheetId": "x"}}]}).json()[
        "error"
    ]
    assert error["status"] == "INVALID_ARGUMENT"
    assert error["details"][0]["@type"] == "type.googleapis.com/google.rpc.BadRequest"
    assert [one["field"] for one in error["details"][0]["fieldViolations"]] == [
        "requests[0]",
        "requests[1].delete_sheet.sheet_id",
    ]
    assert error["message"].count("\n") == 1


def test_sheets_and_drive_wrap_a_refusal_each_in_its_own_envelope(echo: Echo) -> None:
    sheets = echo.send("POST", UPDATE, json={"foo": 1}).json()["error"]
    drive = echo.send("POST", FILES, json={"name": 1}).json()["error"]
    assert "errors" not in sheets
    assert drive["errors"] == [{"message": drive["message"], "reason": "invalid"}]


def test_a_missing_parameter_is_named_as_drive_names_it(echo: Echo) -> None:
    error = echo.send("GET", "/drive/v3/files/x/export").json()["error"]
    assert error["errors"][0]["reason"] == "required"
    assert error["errors"][0]["location"] == "mimeType"


@pytest.mark.parametrize("text", ["{", "{'a': 1}", "undefined", '{"a": NaN}', '{"a": "\\ud800"}', "[" * 100_000])
@pytest.mark.parametrize("path", [UPDATE, FILES])
def test_what_is_no_json_is_refused(echo: Echo, path: str, text: str) -> None:
    answer = echo.send("POST", path, data=text, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith("Invalid JSON payload received. Unexpected token.")


def test_a_list_is_no_body(echo: Echo) -> None:
    answer = echo.send("POST", UPDATE, json=[])
    assert "Root element must be a message" in answer.json()["error"]["message"]


ACCEPTED: list[tuple[str, str, Any, Any]] = [
    (
        "POST",
        UPDATE,
        {"requests": [{"deleteSheet": {"sheetId": "7"}}]},
        {"requests": [{"deleteSheet": {"sheetId": 7}}]},
    ),
    ("POST", UPDATE, {"requests": {"addSheet": {}}}, {"requests": [{"addSheet": {}}]}),
    ("POST", UPDATE, {"requests": [[{"addSheet": {}}], []]}, {"requests": [{"addSheet": {}}]}),
    ("POST", UPDATE, {"requests": [{"add_sheet": {}}]}, {"requests": [{"addSheet": {}}]}),
    ("PUT", VALUES, {"values": [[1, None]], "majorDimension": None}, {"values": [[1, None]]}),
    ("POST", FILES, {"name": "x", "size": 5, "createdTime": None}, {"name": "x", "size": "5", "createdTime": None}),
    ("POST", EVENTS, {"etag": '"1"', "htmlLink": "x", "id": "abc"}, {"etag": '"1"', "htmlLink": "x", "id": "abc"}),
]


@pytest.mark.parametrize(("verb", "path", "body", "typed"), ACCEPTED)
def test_what_google_takes_leniently_arrives_typed(echo: Echo, verb: str, path: str, body: Any, typed: Any) -> None:
    assert echo.send(verb, path, json=body).status_code == 200
    assert echo.seen[0].body == typed


def test_query_parameters_arrive_typed(echo: Echo) -> None:
    path = "/drive/v3/files?pageSize=5&supportsAllDrives=True&q=&fields=files(id)&key=k&quotaUser=u"
    assert echo.send("GET", path).status_code == 200
    assert echo.seen[0].params == {"pageSize": 5, "supportsAllDrives": True, "q": "", "fields": "files(id)"}


def test_drive_and_calendar_pass_over_names_they_do_not_know(echo: Echo) -> None:
    for verb, path in (("PATCH", "/drive/v3/files/x"), ("PATCH", "/calendar/v3/calendars/x/events/y")):
        body = {"description": "known", "withLink": True}
        assert echo.send(verb, f"{path}?includeItemsFromAllDrives=true&maxSize=9", json=body).status_code == 200
    assert [set(call.params) - {"fileId", "calendarId", "eventId"} for call in echo.seen] == [set(), set()]
    assert [call.body for call in echo.seen] == [{"description": "known"}] * 2


def test_sheets_passes_over_a_null_in_a_list_but_keeps_an_empty_cell(echo: Echo) -> None:
    body = {"requests": [None, {"addSheet": {}}, None]}
    assert echo.send("POST", "/v4/spreadsheets/x:batchUpdate", json=body).status_code == 200
    values = {"values": [[1, None, 2]]}
    assert echo.send("PUT", "/v4/spreadsheets/x/values/A1?valueInputOption=RAW", json=values).status_code == 200
    assert [call.body for call in echo.seen] == [{"requests": [{"addSheet": {}}]}, values]


def test_a_handlers_bug_is_a_500_that_names_the_method(echo: Echo, caplog: pytest.LogCaptureFixture) -> None:
    answer = echo.send("POST", "/v1/documents", json={})
    assert answer.status_code == 500
    assert "docs.documents.create" in answer.json()["error"]["message"]
    assert "a bug in a handler" in caplog.text
