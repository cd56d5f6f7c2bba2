"""How answers look on the wire: routes, partial responses, formats, uploads."""

from __future__ import annotations

import io
from typing import Any

import pytest
from clients import Api
from echo import EVENT, FILE, TEACHER, Echo
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload, MediaIoBaseUpload

QUOTED = {"range": "'A/B &'!A1"}


def test_a_method_that_is_not_built_answers_501_with_its_name(echo: Echo, api: Api) -> None:
    with pytest.raises(HttpError) as drive:
        api("drive", "v3", TEACHER).files().copy(fileId="x", body={}).execute()
    with pytest.raises(HttpError) as sheets:
        api("sheets", "v4", TEACHER).spreadsheets().sheets().copyTo(spreadsheetId="x", sheetId=1, body={}).execute()
    assert drive.value.status_code == 501
    assert "drive.files.copy" in drive.value.reason
    assert drive.value.error_details[0]["reason"] == "notImplemented"
    assert "sheets.spreadsheets.sheets.copyTo" in sheets.value.reason
    assert b'"UNIMPLEMENTED"' in sheets.value.content


def test_the_second_version_of_drive_answers_501_too(echo: Echo) -> None:
    answer = echo.send("PUT", "/upload/drive/v2/files/x?uploadType=media&convert=True", data=b"a,b")
    assert answer.status_code == 501
    assert "drive.v2.files.update" in answer.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/drive/v3/nothing", "/v4/spreadsheets/x/y/z", "/", "/v9", "/calendar/v3"])
def test_a_path_of_no_api_is_a_404_page(echo: Echo, path: str) -> None:
    answer = echo.send("GET", path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("verb", "path", "method", "params"),
    [
        ("GET", "/v4/spreadsheets/s/", "sheets.spreadsheets.get", {"spreadsheetId": "s"}),
        ("POST", "/v4/spreadsheets/s/:batchUpdate", "sheets.spreadsheets.batchUpdate", {"spreadsheetId": "s"}),
        ("GET", "/v4/spreadsheets/s/values/A1:B2", "sheets.spreadsheets.values.get", {"range": "A1:B2"}),
        ("GET", "/v4/spreadsheets/s/values/%27A%2FB%20%26%27%21A1", "sheets.spreadsheets.values.get", QUOTED),
        (
            "POST",
            "/v4/spreadsheets/s/values/A1%3AB2:append?valueInputOption=RAW",
            "sheets.spreadsheets.values.append",
            {"range": "A1:B2", "valueInputOption": "RAW"},
        ),
        (
            "POST",
            "/v4/spreadsheets/s/values:batchGetByDataFilter",
            "sheets.spreadsheets.values.batchGetByDataFilter",
            {"spreadsheetId": "s"},
        ),
        ("GET", "/calendar/v3/calendars/a%40b.example/events", "calendar.events.list", {"calendarId": "a@b.example"}),
        ("DELETE", "/drive/v3/files/x", "drive.files.delete", {"fileId": "x"}),
    ],
)  # fmt: skip
def test_a_path_finds_its_method_with_decoded_parameters(
    echo: Echo, verb: str, path: str, method: str, params: dict[str, Any]
) -> None:
    assert echo.send(verb, path, json={} if verb == "POST" else None).ok
    assert echo.seen[0].method == method
    assert params.items() <= echo.seen[0].params.items()


@pytest.mark.parametrize(
    ("mask", "expected"),
    [
        ("files(id)", {"files": [{"id": "made-1"}] * 2}),
        ("files/id", {"files": [{"id": "made-1"}] * 2}),
        ("files.id", {"files": [{"id": "made-1"}] * 2}),
        ("nextPageToken, files(id, name)", {"files": [{"id": "made-1", "name": "Plan"}] * 2}),
        ("kind,files/id,files/name", {"kind": "drive#fileList", "files": [{"id": "made-1", "name": "Plan"}] * 2}),
        ("*", {"kind": "drive#fileList", "incompleteSearch": False, "files": [FILE, FILE]}),
        ("*/id", {"files": [{"id": "made-1"}] * 2}),
        ("files", {"files": [FILE, FILE]}),
        ("files/*", {"files": [FILE, FILE]}),
        ("nextPageToken", {}),
    ],
)
def test_a_field_mask_selects_what_it_names(echo: Echo, api: Api, mask: str, expected: Any) -> None:
    assert api("drive", "v3", TEACHER).files().list(fields=mask).execute() == expected


def test_a_mask_goes_through_lists_of_messages(echo: Echo, api: Api) -> None:
    get = (
        api("sheets", "v4", TEACHER).spreadsheets().get(spreadsheetId="s", fields="sheets.properties(title,sheetId)")
    )
    assert get.execute() == {
        "sheets": [{"properties": {"sheetId": 7, "title": "Pupils"}}, {"properties": {"sheetId": 8, "title": "Plan"}}]
    }


@pytest.mark.parametrize(
    "mask", ["nope", "files(nope)", "files(id", "files)", "(id)", "a,,b", "files//id", ",", "id;x"]
)
def test_a_bad_mask_is_refused_before_anything_is_done(echo: Echo, api: Api, mask: str) -> None:
    with pytest.raises(HttpError) as refused:
        api("drive", "v3", TEACHER).files().list(fields=mask).execute()
    assert refused.value.status_code == 400
    assert refused.value.error_details[0]["location"] == "fields"
    assert not echo.seen


def test_sheets_names_a_bad_mask_in_the_details(echo: Echo) -> None:
    error = echo.send("GET", "/v4/spreadsheets/s?fields=sheets(properties(titel))").json()["error"]
    assert error["message"] == "Request contains an invalid argument."
    assert error["details"][0]["fieldViolations"] == [
        {
            "field": "sheets(properties(titel))",
            "description": "Error expanding 'fields' parameter. "
            "Cannot find matching fields for path 'sheets.properties.titel'.",
        }
    ]


def test_json_is_indented_as_each_api_indents_it(echo: Echo) -> None:
    assert echo.send("GET", "/v4/spreadsheets/s").text.startswith(
        '{\n  "spreadsheetId": "made-2",\n  "properties": {\n    '
    )
    assert echo.send("GET", "/calendar/v3/calendars/c/events").text.startswith(
        '{\n "kind": "calendar#events",\n "items": [\n  '
    )
    assert echo.send("GET", "/v1/documents/d?prettyPrint=false").text == '{"documentId":"d","title":"Plan"}'


def test_a_delete_answers_204_without_a_body(echo: Echo) -> None:
    answer = echo.send("DELETE", "/drive/v3/files/x")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Content-Type"] == "text/html"


def test_a_404_of_drive_has_googles_envelope(echo: Echo) -> None:
    assert echo.send("GET", "/drive/v3/files/x").json() == {
        "error": {
            "code": 404,
            "message": "File not found: x.",
            "errors": [
                {
                    "message": "File not found: x.",
                    "domain": "global",
                    "reason": "notFound",
                    "location": "fileId",
                    "locationType": "parameter",
                }
            ],
        }
    }


def test_bytes_come_back_as_they_are(echo: Echo, api: Api) -> None:
    export = api("drive", "v3", TEACHER).files().export(fileId="x", mimeType="application/pdf")
    assert export.execute() == b"%PDF-"


def test_a_long_query_sent_as_a_post_is_the_get_it_means(echo: Echo, api: Api) -> None:
    api("calendar", "v3", TEACHER).events().list(calendarId="c", q="née & " * 600).execute()
    assert echo.seen[0].params["q"] == "née & " * 600
    assert echo.journal[0]["method"] == "calendar.events.list"


def test_a_file_uploaded_with_its_metadata_arrives_whole(echo: Echo, api: Api) -> None:
    data = bytes(range(256)) * 50 + b"\r\n--x--\r\n"
    media = MediaInMemoryUpload(data, "application/octet-stream")
    made = api("drive", "v3", TEACHER).files().create(body={"name": "é"}, media_body=media, fields="id").execute()
    assert made == {"id": "made-1"}
    assert echo.seen[0].body == {"name": "é"}
    assert echo.seen[0].media is not None
    assert (echo.seen[0].media.content_type, echo.seen[0].media.data) == ("application/octet-stream", data)


def test_a_file_uploaded_alone_arrives_whole(echo: Echo, api: Api) -> None:
    media = MediaInMemoryUpload(b"a,b\r\n\r\n1,2\n", "text/csv")
    api("drive", "v3", TEACHER).files().update(fileId="x", media_body=media).execute()
    assert echo.seen[0].params["fileId"] == "x"
    assert echo.seen[0].media is not None
    assert (echo.seen[0].media.content_type, echo.seen[0].media.data) == ("text/csv", b"a,b\r\n\r\n1,2\n")


def test_a_resumable_upload_arrives_whole_in_one_call(echo: Echo, api: Api) -> None:
    data = b"0123456789" * 60_000
    media = MediaIoBaseUpload(io.BytesIO(data), "text/plain", chunksize=256 * 1024, resumable=True)
    made = api("drive", "v3", TEACHER).files().create(body={"name": "x"}, media_body=media).execute()
    assert made == FILE
    assert len(echo.seen) == 1
    assert echo.seen[0].media is not None
    assert echo.seen[0].media.data == data
    assert echo.seen[0].body == {"name": "x"}
    assert [entry["kind"] for entry in echo.journal] == ["upload", "call"]


def test_an_upload_that_came_through_a_proxy_goes_on_through_it(echo: Echo) -> None:
    headers = {"Host": "www.googleapis.com"}
    answer = echo.send("POST", "/upload/drive/v3/files?uploadType=resumable", json={"name": "x"}, headers=headers)
    assert answer.headers["Location"].startswith("https://www.googleapis.com/upload/drive/v3/files?")


def test_a_resumable_upload_with_bad_metadata_opens_no_session(echo: Echo) -> None:
    answer = echo.send("POST", "/upload/drive/v3/files?uploadType=resumable", json={"name": ["x"]})
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_a_malformed_multipart_upload_is_refused(echo: Echo) -> None:
    headers = {"Content-Type": "multipart/related; boundary=x"}
    path = "/upload/drive/v3/files?uploadType=multipart"
    assert echo.send("POST", path, data=b"--x\r\n\r\n{}\r\n--x--", headers=headers).status_code == 400
    assert echo.send("POST", path, data=b"--x\r\n\r\n{}\r\n", headers=headers).status_code == 400
    assert echo.send("POST", path, data=b"{}").status_code == 400
    assert not echo.seen


def test_an_event_comes_back_as_calendar_wrote_it(echo: Echo, api: Api) -> None:
    assert api("calendar", "v3", TEACHER).events().insert(calendarId="c", body={"summary": "x"}).execute() == EVENT
