"""What other people's clients do to a workspace, and what they take for granted in its answers."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError
from sheets_client import SENCO, Book, grid, new_book, refusal


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
