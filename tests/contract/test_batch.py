"""Batches: several calls in one request, each with its own answer."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from clients import Api
from echo import EVENT, FILE, TEACHER, Echo
from googleapiclient.errors import HttpError

from sandbox.oauth.state import oauth_state

HEADERS = {"Content-Type": "multipart/mixed; boundary=b"}


def multipart(*calls: str) -> bytes:
    """A batch body with these calls in it, numbered."""
    parts = [
        f"--b\r\nContent-Type: application/http\r\nContent-ID: <part-{at}>\r\n\r\n{call}\r\n\r\n"
        for at, call in enumerate(calls)
    ]
    return ("".join(parts) + "--b--\r\n").encode()


def statuses(answer: requests.Response) -> list[int]:
    return [int(line.split()[1]) for line in answer.text.splitlines() if line.startswith("HTTP/1.1 ")]


def test_each_call_of_a_batch_has_its_own_answer(echo: Echo, api: Api) -> None:
    drive = api("drive", "v3", TEACHER)
    answers: dict[str, Any] = {}
    batch = drive.new_batch_http_request(callback=lambda at, answer, error: answers.update({at: error or answer}))
    batch.add(drive.files().create(body={"name": "ünï"}), request_id="made")
    batch.add(drive.files().get(fileId="gone"), request_id="missing")
    batch.add(drive.files().create(body={"name": ["x"]}), request_id="refused")
    batch.add(drive.files().copy(fileId="x", body={}), request_id="unbuilt")
    batch.execute()
    assert answers["made"] == FILE
    assert answers["missing"].status_code == 404
    assert answers["refused"].status_code == 400
    assert answers["unbuilt"].status_code == 501
    assert echo.seen[0].body == {"name": "ünï"}


def test_calendar_has_a_batch_endpoint_of_its_own(echo: Echo, api: Api) -> None:
    calendar = api("calendar", "v3", TEACHER)
    answers: list[Any] = []
    batch = calendar.new_batch_http_request(callback=lambda at, answer, error: answers.append(error or answer))
    for number in range(150):
        batch.add(calendar.events().insert(calendarId="c", body={"summary": str(number)}))
    batch.execute()
    assert answers == [EVENT] * 150
    assert [call.body["summary"] for call in echo.seen] == [str(number) for number in range(150)]


def test_the_journal_has_the_envelope_and_every_call_in_it(echo: Echo, api: Api) -> None:
    drive = api("drive", "v3", TEACHER)
    batch = drive.new_batch_http_request()
    batch.add(drive.permissions().create(fileId="f", body={"type": "user"}))
    batch.add(drive.files().list())
    batch.execute()
    told = [(one["kind"], one["method"], one["target"], one["in_batch"], one["status"]) for one in echo.journal]
    assert told == [
        ("batch", "batch.drive", "", False, 200),
        ("call", "drive.permissions.create", "f", True, 200),
        ("call", "drive.files.list", "", True, 200),
    ]


def test_a_part_with_its_own_token_acts_for_that_person(echo: Echo, api: Api) -> None:
    api("drive", "v3", "head@school.example")
    other = next(iter(oauth_state(echo.server.workspace).access))
    call = f"GET /drive/v3/files HTTP/1.1\r\nAuthorization: Bearer {other}"
    answer = echo.send("POST", "/batch/drive/v3", data=multipart(call, "GET /drive/v3/files"), headers=HEADERS)
    assert statuses(answer) == [200, 200]
    assert [seen.caller.email for seen in echo.seen] == ["head@school.example", TEACHER]


def test_drive_refuses_the_calls_after_the_hundredth(echo: Echo, api: Api) -> None:
    drive = api("drive", "v3", TEACHER)
    errors: list[HttpError | None] = []
    batch = drive.new_batch_http_request(callback=lambda at, answer, error: errors.append(error))
    for _ in range(102):
        batch.add(drive.files().list())
    batch.execute()
    assert [error.status_code if error else 200 for error in errors] == [200] * 100 + [403] * 2
    assert len(echo.seen) == 100


def test_more_than_a_thousand_calls_are_refused_as_a_whole(echo: Echo) -> None:
    data = multipart(*["GET /calendar/v3/calendars/c/events"] * 1001)
    answer = echo.send("POST", "/batch/calendar/v3", data=data, headers=HEADERS)
    assert answer.status_code == 400
    assert not echo.seen


@pytest.mark.parametrize(
    "call",
    [
        "POST /upload/drive/v3/files?uploadType=media HTTP/1.1\r\nContent-Type: text/plain\r\n\r\nx",
        "GET /drive/v3/files/x?alt=media HTTP/1.1",
        "GET /drive/v3/files/x/export?mimeType=text/plain HTTP/1.1",
        "GET /calendar/v3/calendars/c/events HTTP/1.1",
        "GET",
    ],
)
def test_a_batch_of_drive_takes_no_media_and_no_other_api(echo: Echo, call: str) -> None:
    answer = echo.send("POST", "/batch/drive/v3", data=multipart(call), headers=HEADERS)
    assert answer.status_code == 400
    assert not echo.seen


def test_a_batch_without_an_end_is_refused(echo: Echo) -> None:
    data = b"--b\r\nContent-Type: application/http\r\n\r\nGET /drive/v3/files HTTP/1.1\r\n"
    assert echo.send("POST", "/batch/drive/v3", data=data, headers=HEADERS).status_code == 400


def test_a_batch_with_a_bad_token_refuses_each_call(echo: Echo) -> None:
    answer = echo.send(
        "POST", "/batch/drive/v3", data=multipart("GET /drive/v3/files"), headers=HEADERS, token="forged"
    )
    assert statuses(answer) == [401]
    assert not echo.seen


def test_sheets_and_docs_share_the_plain_batch_path(echo: Echo) -> None:
    data = multipart("GET /v4/spreadsheets/s HTTP/1.1", "GET /v1/documents/d HTTP/1.1")
    assert statuses(echo.send("POST", "/batch", data=data, headers=HEADERS)) == [200, 200]
