"""What Google refuses, and in which words: one table over the four APIs, a row for each refusal.

In paths and bodies ``{sheet}``, ``{doc}``, ``{file}``, ``{calendar}``, ``{event}`` and ``{owner}`` stand for what
``things`` makes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import requests
from ground import Google

CELLS = "/v4/spreadsheets/{sheet}/values/A1?valueInputOption=RAW"
DOC = "/v1/documents/{doc}:batchUpdate"
UPDATE = "/v4/spreadsheets/{sheet}:batchUpdate"
ACL = "/calendar/v3/calendars/{calendar}/acl"
EVENTS = "/calendar/v3/calendars/{calendar}/events"
DAY = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
LONG = {"start": {"dateTime": "2026-11-25T10:00:00Z"}, "end": {"dateTime": "2026-11-25T11:00:00Z"}}
ARGUMENT, MISSING = "INVALID_ARGUMENT", "NOT_FOUND"
Things = dict[str, str]
Row = tuple[str, str, Any, int, str, str]


def requests_of(*several: Mapping[str, Any]) -> dict[str, Any]:
    return {"requests": list(several)}


SHEETS: list[Row] = [
    ("GET", "/v4/spreadsheets/nothing", None, 404, MISSING, r"^Requested entity was not found\.$"),
    ("GET", "/v4/spreadsheets/nothing/values/A1", None, 404, MISSING, r"^Requested entity was not found\.$"),
    ("GET", "/v4/spreadsheets/{sheet}/values/Nowhere!A1", None, 400, ARGUMENT, "^Unable to parse range: Nowhere!A1$"),
    ("GET", "/v4/spreadsheets/{sheet}/values/A1:B2:C3", None, 400, ARGUMENT, "^Unable to parse range: A1:B2:C3$"),
    ("GET", "/v4/spreadsheets/{sheet}/values/A0", None, 400, ARGUMENT, "^Unable to parse range: A0$"),
    ("GET", "/v4/spreadsheets/{sheet}/values/1A", None, 400, ARGUMENT, "^Unable to parse range: 1A$"),
    ("GET", "/v4/spreadsheets/{sheet}/values/ZZZ9999999", None, 400, ARGUMENT, "exceeds grid limits"),
    ("GET", "/v4/spreadsheets/{sheet}/values/A1?majorDimension=SIDEWAYS", None, 400, ARGUMENT,
     r"^Invalid value at 'major_dimension' \(type\.googleapis\.com/.+\), \"SIDEWAYS\"$"),
    ("GET", "/v4/spreadsheets/{sheet}/values/A1?valueRenderOption=PRETTY", None, 400, ARGUMENT,
     "^Invalid value at 'value_render_option'"),
    ("GET", "/v4/spreadsheets/{sheet}?includeGridData=perhaps", None, 400, ARGUMENT,
     r"^Invalid value at 'include_grid_data' \(TYPE_BOOL\), \"perhaps\"$"),
    ("GET", "/v4/spreadsheets/{sheet}?sideways=1", None, 400, ARGUMENT,
     r'^Invalid JSON payload received\. Unknown name "sideways": Cannot bind query parameter\.'),
    ("GET", "/v4/spreadsheets/{sheet}?fields=nothing", None, 400, ARGUMENT, "^Request contains an invalid argument"),
    ("PUT", "/v4/spreadsheets/{sheet}/values/A1", {"values": [["x"]]}, 400, ARGUMENT,
     "^'valueInputOption' is required but not specified$"),
    ("PUT", CELLS, {"values": "x"}, 400, ARGUMENT, "^Invalid value at 'data.values'"),
    ("PUT", CELLS, {"valeus": [["x"]]}, 400, ARGUMENT,
     "^Invalid JSON payload received. Unknown name \"valeus\" at 'data': Cannot find field.$"),
    ("PUT", CELLS, {"range": "B9", "values": [["x"]]}, 400, ARGUMENT,
     r"^Request range\[A1\] does not match value's range\[B9\]$"),
    ("PUT", CELLS.replace("A1", "A1:A2"), {"values": [["x", "y"]]}, 400, ARGUMENT,
     r"^Requested writing within range \["),
    ("PUT", CELLS.replace("RAW", "COOKED"), {"values": [["x"]]}, 400, ARGUMENT,
     "^Invalid value at 'value_input_option'"),
    ("POST", UPDATE, {}, 400, ARGUMENT, "^Must specify at least one request"),
    ("POST", UPDATE, requests_of({"addSheep": {}}), 400, ARGUMENT,
     "^Invalid JSON payload received. Unknown name \"addSheep\" at 'requests\\[0\\]': Cannot find field.$"),
    ("POST", UPDATE, requests_of({"addSheet": {"properties": {"title": 7}}}), 400, ARGUMENT,
     r"^Invalid value at 'requests\[0\]\.add_sheet\.properties\.title' \(TYPE_STRING\), 7$"),
    ("POST", UPDATE, requests_of({"addSheet": {"properties": {"sheetId": "x"}}}), 400, ARGUMENT,
     r"^Invalid value at 'requests\[0\]\.add_sheet\.properties\.sheet_id' \(TYPE_INT32\), \"x\"$"),
    ("POST", UPDATE, requests_of({"addSheet": {"properties": {"title": "Sheet1"}}}), 400, ARGUMENT,
     'A sheet with the name "Sheet1" already exists'),
    ("POST", UPDATE, requests_of({"deleteSheet": {"sheetId": 999}}), 400, ARGUMENT, r"No sheet with id: 999"),
    ("POST", UPDATE, requests_of({"deleteSheet": {"sheetId": 0}}), 400, ARGUMENT, "remove all the (visible )?sheets"),
    ("POST", UPDATE, requests_of({"addSheet": {}, "deleteSheet": {}}), 400, ARGUMENT,
     r"oneof field '.+' is already set\. Cannot set 'deleteSheet'$"),
    ("POST", UPDATE, requests_of({"updateSheetProperties": {"properties": {"title": "x"}}}), 400, ARGUMENT,
     r"^Invalid requests\[0\]\.updateSheetProperties: At least one field must be listed in 'fields'"),
    ("POST", UPDATE, requests_of({"deleteNamedRange": {"namedRangeId": "none"}}), 400, ARGUMENT,
     r"^Invalid requests\[0\]\.deleteNamedRange"),
    ("POST", "/v4/spreadsheets", {"properties": {"titel": "x"}}, 400, ARGUMENT,
     "Unknown name \"titel\" at 'spreadsheet.properties': Cannot find field"),
    ("POST", "/v4/spreadsheets/{sheet}/values:batchGetByDataFilter", {"dataFilters": {"a1Range": 4}}, 400, ARGUMENT,
     "^Invalid value at 'data_filters"),
]  # fmt: skip
DOCS: list[Row] = [
    ("GET", "/v1/documents/nothing", None, 404, MISSING, r"^Requested entity was not found\.$"),
    ("POST", "/v1/documents/nothing:batchUpdate", {"requests": []}, 404, MISSING, "^Requested entity was not found"),
    ("POST", "/v1/documents", {"titel": "x"}, 400, ARGUMENT,
     "Unknown name \"titel\" at 'document': Cannot find field"),
    ("POST", "/v1/documents", {"title": 7}, 400, ARGUMENT, r"^Invalid value at 'document.title' \(TYPE_STRING\), 7$"),
    ("POST", DOC, requests_of({"insertTxet": {}}), 400, ARGUMENT, "Unknown name \"insertTxet\" at 'requests"),
    ("POST", DOC, requests_of({"insertText": {"text": 7}}), 400, ARGUMENT, r"insert_text\.text' \(TYPE_STRING\), 7$"),
    ("POST", DOC, requests_of({"replaceAllText": {"containsText": {"matchCase": "so"}}}), 400, ARGUMENT,
     r"contains_text\.match_case' \(TYPE_BOOL\), \"so\"$"),
    ("POST", DOC, requests_of({"insertText": {}, "replaceAllText": {}}), 400, ARGUMENT,
     r"oneof field '.+' is already set\. Cannot set 'replaceAllText'$"),
    ("GET", "/v1/documents/{doc}?suggestionsViewMode=SOME", None, 400, ARGUMENT,
     "^Invalid value at 'suggestions_view_mode'"),
    ("GET", "/v1/documents/{doc}?fields=nothing", None, 400, ARGUMENT, "^Request contains an invalid argument"),
]  # fmt: skip
DRIVE: list[Row] = [
    ("GET", "/drive/v3/files/nothing", None, 404, "notFound", r"^File not found: nothing\.$"),
    ("DELETE", "/drive/v3/files/nothing", None, 404, "notFound", r"^File not found: nothing\.$"),
    ("PATCH", "/drive/v3/files/nothing", {"name": "x"}, 404, "notFound", r"^File not found: nothing\.$"),
    ("POST", "/drive/v3/files/nothing/copy", {}, 404, "notFound", r"^File not found: nothing\.$"),
    ("GET", "/drive/v3/files/nothing/permissions", None, 404, "notFound", r"^File not found: nothing\.$"),
    ("GET", "/drive/v3/files/{file}/permissions/nobody", None, 404, "notFound", r"^Permission not found: nobody\.$"),
    ("GET", "/drive/v3/files?q=nonsense", None, 400, "invalid", "^Invalid Value$"),
    ("GET", "/drive/v3/files?q=name%20=%20'a", None, 400, "invalid", "^Invalid Value$"),
    ("GET", "/drive/v3/files?orderBy=colour", None, 400, "invalid", "."),
    ("GET", "/drive/v3/files?pageToken=worn", None, 400, "invalid", "^Invalid Value$"),
    ("GET", "/drive/v3/files?fields=files(nothing)", None, 400, "invalidParameter",
     "^Invalid field selection nothing$"),
    ("GET", "/drive/v3/files?pageSize=many", None, 400, "invalid", r"^Invalid value at 'page_size' \(TYPE_INT32\)"),
    ("POST", "/drive/v3/files", {"name": 7}, 400, "invalid", r"\(TYPE_STRING\), 7$"),
    ("POST", "/drive/v3/files", {"parents": "x"}, 400, "invalid",
     r"payload\.parents' \(TYPE_STRING\)|'payload.parents"),
    ("POST", "/drive/v3/files", {"appProperties": ["x"]}, 400, "invalid",
     r"^Invalid value at 'payload' \(Map\), Cannot bind a list to map for field 'appProperties'\.$"),
    ("POST", "/drive/v3/files", {"name": "x", "parents": ["nothing"]}, 404, "notFound", "^File not found: nothing"),
    ("POST", "/drive/v3/files/{file}/permissions", {}, 400, ".+", "."),
    ("POST", "/drive/v3/files/{file}/permissions", {"type": "user"}, 400, ".+", "."),
    ("POST", "/drive/v3/files/{file}/permissions", {"role": "tsar", "type": "user", "emailAddress": "{owner}"},
     400, "invalid", "."),
    ("GET", "/drive/v3/files/{doc}/export", None, 400, "required", "^Required parameter: mimeType$"),
    ("GET", "/drive/v3/files/{file}/export?mimeType=application/pdf", None, 403, "fileNotExportable",
     "^Export only supports Docs Editors files"),
    ("GET", "/drive/v3/files/{doc}?alt=media", None, 403, "fileNotDownloadable",
     "^Only files with binary content can be downloaded"),
    ("GET", "/drive/v3/about", None, 400, "required", "'fields' parameter is required"),
]  # fmt: skip
CALENDAR: list[Row] = [
    ("GET", "/calendar/v3/calendars/nothing", None, 404, "notFound", "^Not Found$"),
    ("GET", EVENTS + "/nothing", None, 404, "notFound", "^Not Found$"),
    ("DELETE", EVENTS + "/nothing", None, 404, "notFound", "^Not Found$"),
    ("POST", EVENTS, {}, 400, "required", "^Missing (start|end) time"),
    ("POST", EVENTS, {"start": DAY["start"]}, 400, "required", r"^Missing end time\.$"),
    ("POST", EVENTS, {"end": DAY["end"]}, 400, "required", r"^Missing start time\.$"),
    ("POST", EVENTS, {**DAY, "end": LONG["end"]}, 400, "invalid", "."),
    ("POST", EVENTS, {**LONG, "end": {"dateTime": "2026-11-25T09:00:00Z"}}, 400, "timeRangeEmpty",
     r"^The specified time range is empty\.$"),
    ("POST", EVENTS, {**LONG, "start": {"dateTime": "2026-11-25T10:00:00"}}, 400, "required",
     r"^Missing time zone definition for start time\.$"),
    ("POST", EVENTS, {**LONG, "start": {"dateTime": "2026-11-25T10:00:00", "timeZone": "Mars"}}, 400, "invalid",
     r"^Invalid time zone definition for start time\.$"),
    ("POST", EVENTS, {**DAY, "recurrence": ["RRULE:FREQ=SOMETIMES"]}, 400, "invalid", "^Invalid recurrence rule"),
    ("POST", EVENTS, {**LONG, "recurrence": ["RRULE:FREQ=DAILY"]}, 400, "required", "^Missing time zone definition"),
    ("POST", EVENTS, {**DAY, "id": "XY"}, 400, "invalid", r"^Invalid resource id value\.$"),
    ("POST", EVENTS, {**DAY, "id": "{event}"}, 409, "duplicate", r"^The requested identifier already exists\.$"),
    ("POST", EVENTS, {**DAY, "attendees": [{"email": "nobody"}]}, 400, "invalid", r"^Invalid attendee email\.$"),
    ("POST", EVENTS, {**DAY, "attendees": [{}]}, 400, "required", r"^Missing attendee email\.$"),
    ("POST", EVENTS, {**DAY, "extendedProperties": {"private": ["x"]}}, 400, "invalid",
     "Cannot bind a list to map for field 'private'"),
    ("POST", EVENTS, {**DAY, "summary": 7}, 400, "invalid", r"\(TYPE_STRING\), 7$"),
    ("POST", EVENTS, {**DAY, "reminders": {"useDefault": True, "overrides": [{"method": "popup", "minutes": 5}]}},
     400,
     "cannotUseDefaultRemindersAndSpecifyOverride", "^Cannot specify both default reminders and overrides"),
    ("GET", EVENTS + "?timeMin=yesterday", None, 400, "badRequest", "^Bad Request$"),
    ("POST", EVENTS, {**LONG, "start": {"dateTime": "noon"}}, 400, "badRequest", "^Bad Request$"),
    ("POST", EVENTS, {**DAY, "end": {"date": "1 May 2026"}}, 400, "badRequest", "^Bad Request$"),
    ("GET", EVENTS + "?timeMin=2026-11-25T00:00:00", None, 400, "badRequest", "^Bad Request$"),
    ("GET", EVENTS + "?timeMin=2026-11-25T00:00:00Z&timeMax=2026-11-24T00:00:00Z", None, 400, "timeRangeEmpty",
     "^The specified time range is empty"),
    ("GET", EVENTS + "?orderBy=startTime", None, 400, "badRequest",
     r"^The requested ordering is not available for the particular query\.$"),
    ("GET", EVENTS + "?orderBy=colour", None, 400, "invalid|badRequest", "."),
    ("GET", EVENTS + "?updatedMin=2020-01-01T00:00:00Z", None, 410, "updatedMinTooLongAgo", "too far in the past"),
    ("GET", EVENTS + "?syncToken=worn", None, 410, "fullSyncRequired", "a full sync is required"),
    ("GET", EVENTS + "?syncToken=worn&q=x", None, 400, "invalid", "^Sync token cannot be used with"),
    ("GET", EVENTS + "?pageToken=worn", None, 400, "invalid", "^Invalid Value$"),
    ("POST", "/calendar/v3/calendars", {}, 400, "required", "^Missing (title|summary)"),
    ("POST", "/calendar/v3/calendars", {"summary": "x", "timeZone": "Mars"}, 400, "invalid", "."),
    ("DELETE", "/calendar/v3/calendars/primary", None, 403, "forbidden", "."),
    ("POST", ACL, {"scope": {"type": "user", "value": "{owner}"}}, 400, "required",
     "."),
    ("POST", ACL, {"role": "tsar", "scope": {"type": "default"}}, 400, "invalid", "."),
    ("POST", "/calendar/v3/freeBusy", {"items": [{"id": "primary"}]}, 400, "required", "^Missing timeMin"),
    ("POST", "/calendar/v3/channels/stop", {"id": "none", "resourceId": "x"}, 404, "notFound",
     "Channel 'none' not found"),
]  # fmt: skip

TABLE = {"Sheets": SHEETS, "Docs": DOCS, "Drive": DRIVE, "Calendar": CALENDAR}


def things(google: Google) -> Things:
    """One spreadsheet, one document, one file, one calendar with one event: what the rows' names stand for."""
    made = {"calendar": google.calendar, "event": google.event_id(), "owner": google.owner}

    def create(name: str, path: str, body: Any, key: str) -> None:
        made[name] = str(send(google, made, "POST", path, body).json()[key])

    properties = {"title": "Refusals", "locale": "en_GB"}
    sheets = [{"properties": {"title": "Sheet1", "sheetId": 0}}]
    create("sheet", "/v4/spreadsheets", {"properties": properties, "sheets": sheets}, "spreadsheetId")
    create("doc", "/v1/documents", {"title": "Plan"}, "documentId")
    create("file", "/drive/v3/files", {"name": "a.txt", "mimeType": "text/plain"}, "id")
    create("event", EVENTS, {**DAY, "id": "{event}"}, "id")
    return made


def send(google: Google, made: Things, verb: str, path: str, body: Any) -> requests.Response:
    """The answer to one row's request."""
    text = json.dumps(body)
    for name, value in made.items():
        path, text = path.replace("{" + name + "}", value), text.replace("{" + name + "}", value)
    return google.request(verb, path, json=json.loads(text))


def difference(row: Row, answer: requests.Response) -> str:
    """What the answer has otherwise than the row says; ``""`` where it is as expected."""
    _, _, _, status, reason, words = row
    try:
        error = answer.json()["error"]
    except (ValueError, LookupError, TypeError):
        return f"{answer.status_code} without a refusal"
    given = error["status"] if reason in (ARGUMENT, MISSING) else error["errors"][0]["reason"]
    fits = error["code"] == status and re.fullmatch(reason, given) and re.search(words, error["message"])
    as_expected = fits and answer.status_code == status
    return "" if as_expected else f"{answer.status_code} {given}: {error['message']}"
