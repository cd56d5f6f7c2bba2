"""What other people's clients do to a workspace, and what they take for granted in its answers."""

from __future__ import annotations

import json
from typing import Any

import google.auth.transport.requests
import pytest
import requests
from echo import Echo
from google.oauth2 import id_token, service_account
from googleapiclient.errors import HttpError
from sheets_client import SENCO, Book, grid, new_book, refusal

from sandbox.oauth.keys import new_key
from sandbox.server import RunningSandbox
from sandbox.state import Workspace


@pytest.fixture
def book(api: Any) -> Book:
    return new_book(api("sheets", "v4", SENCO))


def test_a_colour_style_is_answered_as_it_was_sent_without_its_parts_of_nought(book: Book) -> None:
    red = {"rgbColor": {"red": 1, "green": 0, "blue": 0}}
    cell = {"userEnteredFormat": {"backgroundColorStyle": red}}
    mask = "userEnteredFormat.backgroundColorStyle.rgbColor.red,userEnteredFormat.backgroundColorStyle.rgbColor.green"
    book.batch({"repeatCell": {"range": grid(0, (0, 1), (0, 1)), "cell": cell, "fields": mask}})
    assert book.cell("A1")["userEnteredFormat"] == {
        "backgroundColor": {"red": 1},
        "backgroundColorStyle": {"rgbColor": {"red": 1}},
    }


def test_a_mask_that_names_parts_of_a_list_sets_the_whole_list(book: Book) -> None:
    book.put("A1", [["Label A"]])
    for runs in ([{"format": {"bold": True}}], [{"format": {"bold": True}}, {"startIndex": 6, "format": {}}]):
        mask = "textFormatRuns.format.bold,textFormatRuns.startIndex"
        cell = {"textFormatRuns": runs}
        book.batch({"repeatCell": {"range": grid(0, (0, 1), (0, 1)), "cell": cell, "fields": mask}})
    assert [run.get("startIndex", 0) for run in book.cell("A1")["textFormatRuns"]] == [0, 6]


def test_rows_are_inserted_for_an_append_even_where_there_is_no_table(book: Book) -> None:
    def append(*rows: list[str]) -> dict[str, Any]:
        asked: dict[str, Any] = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS", "range": "A1:Z1000"}
        values = book.api.values()
        answer: dict[str, Any] = values.append(spreadsheetId=book.id, body={"values": rows}, **asked).execute()
        return answer

    def height() -> int:
        found: int = book.get()["sheets"][0]["properties"]["gridProperties"]["rowCount"]
        return found

    first = append(["a", "b"], ["c"])
    assert (first["updates"]["updatedRange"], height()) == ("Sheet1!A1:B2", 1002)
    assert "tableRange" not in first
    assert (append(["d"])["tableRange"], height()) == ("Sheet1!A1:B2", 1003)


def size(book: Book) -> tuple[int, int]:
    found = book.get()["sheets"][0]["properties"]["gridProperties"]
    return found["rowCount"], found["columnCount"]


def shrink(book: Book) -> None:
    grid_properties = {"rowCount": 2, "columnCount": 2}
    asked = {"properties": {"sheetId": 0, "gridProperties": grid_properties}, "fields": "gridProperties"}
    book.batch({"updateSheetProperties": asked})


@pytest.mark.parametrize("place", ["A2", "A2:C4"])
def test_the_grid_grows_with_values_that_begin_inside_it(book: Book, place: str) -> None:
    shrink(book)
    assert book.put(place, [["a", "b", "c"]] * 3)["updatedRange"] == "Sheet1!A2:C4"
    assert size(book) == (4, 3)


@pytest.mark.parametrize(
    ("place", "range_said"), [("Sheet1", "A1:B2"), ("A1:B", "A1:B2"), ("A2:3", "A2:B3"), ("A1:A2", "A1:A2")]
)
def test_values_past_an_open_or_said_end_are_refused(book: Book, place: str, range_said: str) -> None:
    shrink(book)
    with pytest.raises(HttpError) as error:
        book.put(place, [["a", "b", "c"], ["d"]])
    column = "B" if place == "A1:A2" else "C"
    words = f"Requested writing within range [Sheet1!{range_said}], but tried writing to column [{column}]"
    assert refusal(error) == (400, words)
    assert size(book) == (2, 2)


def test_a_field_mask_may_be_said_as_a_message_of_paths(book: Book) -> None:
    asked = {"properties": {"title": "Spring", "locale": "fr_FR"}, "fields": {"paths": ["title"]}}
    before = book.get()["properties"]["locale"]
    book.batch({"updateSpreadsheetProperties": asked})
    kept = book.get()["properties"]
    assert (kept["title"], kept["locale"]) == ("Spring", before)


def test_an_upload_that_names_no_type_is_read_by_its_content_type(sandbox_server: RunningSandbox) -> None:
    sandbox_server.use(Workspace(open_access=True))
    part = "--x\r\nContent-Type: {}\r\n\r\n{}\r\n"
    body = (
        part.format("application/json", json.dumps({"name": "Plan"})) + part.format("text/plain", "hello") + "--x--"
    )
    headers = {"Authorization": "Bearer t", "Content-Type": "multipart/related; boundary=x"}
    address = sandbox_server.url + "/upload/drive/v3/files?fields=name,size,mimeType"
    made = requests.post(address, data=body, headers=headers, timeout=10).json()
    assert made == {"name": "Plan", "size": "5", "mimeType": "text/plain"}


def test_an_open_sandbox_gives_any_service_account_the_id_token_it_asks_for(sandbox_server: RunningSandbox) -> None:
    sandbox_server.use(Workspace(open_access=True))
    info = {"client_email": "robot@p.example", "token_uri": f"{sandbox_server.url}/token"}
    asking = service_account.IDTokenCredentials.from_service_account_info(
        {**info, "private_key": new_key().private_pem}, target_audience="https://addon.example"
    )
    with requests.Session() as session:
        request = google.auth.transport.requests.Request(session=session)
        asking.refresh(request)
        certificates = f"{sandbox_server.url}/oauth2/v1/certs"
        claims = id_token.verify_token(asking.token, request, certs_url=certificates)
    assert claims["aud"] == "https://addon.example"


def test_an_open_sandbox_lets_go_of_any_token(sandbox_server: RunningSandbox) -> None:
    sandbox_server.use(Workspace(open_access=True))
    assert Echo(sandbox_server).send("POST", "/revoke", token="", data={"token": "anything"}).status_code == 200
