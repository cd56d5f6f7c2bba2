"""Values through Google's own client: written, read, appended, cleared and refused."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError
from sheets_client import SENCO, Book, new_book, refusal

pytestmark = pytest.mark.any_google


@pytest.fixture
def book(api: Any) -> Book:
    return new_book(api("sheets", "v4", SENCO))


HOSTILE = [
    '=HYPERLINK("https://evil.example","x")',
    "+1",
    "@SUM(A1)",
    "{{ 7*7 }}",
    "<b>&",
    "'quoted",
    "007",
    "\u202eright to left",
    "x" * 50_000,
]


@pytest.mark.sandbox_only("a person's account has a locale and zone of its own")
def test_a_new_spreadsheet_has_one_sheet_and_its_owners_locale(api: Any) -> None:
    made = api("sheets", "v4", SENCO).spreadsheets().create(body={}).execute()
    assert made["properties"]["locale"] == "en_GB"
    assert made["properties"]["timeZone"] == "Europe/London"
    assert [sheet["properties"] for sheet in made["sheets"]] == [
        {
            "sheetId": 0,
            "title": "Sheet1",
            "index": 0,
            "sheetType": "GRID",
            "gridProperties": {"rowCount": 1000, "columnCount": 26},
        }
    ]


def test_hostile_text_written_raw_arrives_as_the_same_text(book: Book) -> None:
    book.put("A1", [HOSTILE], "RAW")
    assert book.values("A1:Z1") == [HOSTILE]
    assert book.values("A1:Z1", "FORMULA") == [HOSTILE]
    assert "formulaValue" not in book.cell("A1")["userEnteredValue"]


def test_typing_is_parsed_and_shown_in_uk_order(book: Book) -> None:
    book.put("A1", [["05/09/2026", "007", "50%", "TRUE", "=A1+1", "£3.50"]])
    assert book.values("A1:F1") == [["05/09/2026", "7", "50%", "TRUE", "06/09/2026", "£3.50"]]
    assert book.values("A1:F1", "UNFORMATTED_VALUE") == [[46270, 7, 0.5, True, 46271, 3.5]]
    as_text = book.values("A1:B1", "UNFORMATTED_VALUE", dateTimeRenderOption="FORMATTED_STRING")
    assert as_text == [["05/09/2026", 7]]


def test_null_skips_a_cell_and_an_empty_text_clears_it(book: Book) -> None:
    book.put("A1", [["a", "b", "c"]])
    answer = book.put("A1", [[None, "", "z"]])
    assert book.values("A1:C1") == [["a", "", "z"]]
    assert answer["updatedCells"] == 2


def test_trailing_empty_cells_and_rows_are_left_out(book: Book) -> None:
    book.put("A1", [["a", "", ""], [""], ["", "b"], ["", ""]])
    assert book.values("A1:D10") == [["a"], [], ["", "b"]]
    assert book.values("A1:D10", majorDimension="COLUMNS") == [["a"], ["", "", "b"]]
    empty = book.api.values().get(spreadsheetId=book.id, range="D1:D5").execute()
    assert empty == {"range": "Sheet1!D1:D5", "majorDimension": "ROWS"}


def test_an_empty_formula_result_is_no_empty_cell(book: Book) -> None:
    book.put("A1", [['=""'], ["=1/0"]])
    assert book.values("A1:A9") == [[""], ["#DIV/0!"]]
    assert book.cell("A2")["effectiveValue"]["errorValue"]["type"] == "DIVIDE_BY_ZERO"


def test_a_cell_of_more_than_fifty_thousand_characters_is_refused_whole(book: Book) -> None:
    with pytest.raises(HttpError) as error:
        book.put("A1", [["ok", "x" * 50_001]], "RAW")
    assert refusal(error) == (400, "Your input contains more than the maximum of 50000 characters in a single cell.")
    assert book.values("A1:B1") == []


@pytest.mark.parametrize(
    ("place", "rows", "message"),
    [
        ("Nowhere!A1", [["x"]], "Unable to parse range: Nowhere!A1"),
        ("A1001", [["x"]], "Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("A1:B1", [["x"], ["y"]], "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"),
        (
            "A1:B1",
            [["x", "y", "z"]],
            "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]",
        ),
    ],
)
def test_writes_that_do_not_fit_are_refused_in_googles_words(
    book: Book, place: str, rows: list[list[Any]], message: str
) -> None:
    with pytest.raises(HttpError) as error:
        book.put(place, rows)
    assert refusal(error) == (400, message)


def test_a_batch_of_values_is_written_whole_or_not_at_all(book: Book) -> None:
    data = [{"range": "A1", "values": [["x"]]}, {"range": "Nowhere!A1", "values": [["y"]]}]
    body = {"valueInputOption": "RAW", "data": data}
    with pytest.raises(HttpError) as error:
        book.api.values().batchUpdate(spreadsheetId=book.id, body=body).execute()
    assert refusal(error) == (400, "Invalid data[1]: Unable to parse range: Nowhere!A1")
    assert book.values("A1") == []
    body["data"] = data[:1]
    done = book.api.values().batchUpdate(spreadsheetId=book.id, body=body).execute()
    assert (done["totalUpdatedCells"], done["responses"][0]["updatedRange"]) == (1, "Sheet1!A1")


def test_append_finds_the_table_and_writes_below_it(book: Book) -> None:
    book.put("B2", [["id", "name"], ["1", "a"]])
    asked = {"spreadsheetId": book.id, "range": "A1:Z", "valueInputOption": "RAW"}
    done = book.api.values().append(**asked, body={"values": [["2", "b"]]}).execute()
    assert done["tableRange"] == "Sheet1!B2:C3"
    assert done["updates"]["updatedRange"] == "Sheet1!B4:C4"


def test_append_past_the_grid_adds_rows(book: Book) -> None:
    book.put("A1000", [["last"]])
    asked = {"spreadsheetId": book.id, "range": "Sheet1", "valueInputOption": "RAW"}
    book.api.values().append(**asked, body={"values": [["more"]]}).execute()
    assert book.values("A1000:A1001") == [["last"], ["more"]]


def test_clearing_keeps_notes_formats_and_rules(book: Book) -> None:
    cell = {"userEnteredValue": {"stringValue": "x"}, "note": "help"}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    book.batch({"updateCells": {"rows": [{"values": [cell]}], "start": start, "fields": "*"}})
    done = book.api.values().clear(spreadsheetId=book.id, range="A:A", body={}).execute()
    assert done["clearedRange"] == "Sheet1!A1:A1000"
    assert book.cell("A1") == {"note": "help"}


def test_one_read_by_sheet_id_survives_a_renamed_tab(book: Book) -> None:
    book.put("A1", [["id", "05/09/2026"]])
    rename = {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "Bob's plan"}, "fields": "title"}}
    book.batch(rename)
    filters = [{"gridRange": {"sheetId": 0}}]
    body = {"dataFilters": filters, "valueRenderOption": "UNFORMATTED_VALUE"}
    found = book.api.values().batchGetByDataFilter(spreadsheetId=book.id, body=body).execute()
    value_range = {"range": "'Bob''s plan'!A1:Z1000", "majorDimension": "ROWS", "values": [["id", 46270]]}
    assert found["valueRanges"] == [{"valueRange": value_range, "dataFilters": filters}]


def test_values_can_be_cleared_and_written_by_filter(book: Book) -> None:
    book.put("A1", [["a", "b"]])
    filters = {"dataFilters": [{"a1Range": "A1"}]}
    book.api.values().batchClearByDataFilter(spreadsheetId=book.id, body=filters).execute()
    data = [{"dataFilter": {"a1Range": "C1"}, "values": [["c"]]}]
    body = {"valueInputOption": "RAW", "data": data}
    done = book.api.values().batchUpdateByDataFilter(spreadsheetId=book.id, body=body).execute()
    assert done["responses"][0]["updatedRange"] == "Sheet1!C1"
    assert book.values("A1:C1") == [["", "b", "c"]]
