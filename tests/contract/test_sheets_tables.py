"""Tables: typed columns whose names are their header cells, footers, rows added, copies and refusals."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError
from sheets_client import SENCO, Book, grid, new_book, refusal

pytestmark = pytest.mark.any_google

LIST = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Open"}]}}
BOX = grid(0, (0, 4), (0, 3))


@pytest.fixture
def book(api: Any) -> Book:
    found = new_book(api("sheets", "v4", SENCO))
    found.put("A1", [["Pupil", "Tier", "Seen"], ["Ada", 1, "maybe"], ["Ben", 2, ""]])
    return found


def add(book: Book, *columns: dict[str, Any], **more: Any) -> dict[str, Any]:
    asked = {"name": "Pupils", "range": BOX, **({"columnProperties": list(columns)} if columns else {}), **more}
    made: dict[str, Any] = book.batch({"addTable": {"table": asked}})["replies"][0]["addTable"]["table"]
    return made


def tables(book: Book, sheet: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = book.get()["sheets"][sheet].get("tables", [])
    return found


def update(book: Book, table: dict[str, Any], fields: str, **values: Any) -> None:
    book.batch({"updateTable": {"table": {"tableId": table["tableId"], **values}, "fields": fields}})


def names(table: dict[str, Any]) -> list[str]:
    return [column["columnName"] for column in table["columnProperties"]]


def cells(*values: str) -> list[dict[str, Any]]:
    return [{"values": [{"userEnteredValue": {"stringValue": value}} for value in values]}]


def test_columns_are_named_by_their_header_cells_or_write_them(book: Book) -> None:
    made = add(book, {"columnIndex": 1, "columnType": "DOUBLE"}, {"columnIndex": 2, "columnName": "Done"})
    assert names(made) == ["Pupil", "Column 1", "Done"]
    assert book.values("A1:C1") == [["Pupil", "Column 1", "Done"]]
    book.put("A1", [["Child", "=1+2"]])
    assert names(tables(book)[0]) == ["Child", "Column 2", "Done"]
    assert book.values("B1", "FORMULA") == [["Column 2"]]


def test_a_column_of_checkboxes_starts_unticked(book: Book) -> None:
    add(book, {"columnIndex": 2, "columnName": "Seen", "columnType": "BOOLEAN"})
    assert book.values("C1:C4", "UNFORMATTED_VALUE") == [["Seen"], [False], [False], [False]]


def test_changed_columns_are_replaced_as_a_whole(book: Book) -> None:
    table = add(
        book,
        {"columnIndex": 0, "columnName": "Pupil", "columnType": "TEXT"},
        {"columnIndex": 1, "columnName": "Tier", "columnType": "DROPDOWN", "dataValidationRule": LIST},
    )
    update(book, table, "columnProperties", columnProperties=[{"columnName": "Child", "columnType": "TEXT"}])
    assert tables(book)[0]["columnProperties"] == [
        {"columnName": "Child", "columnType": "TEXT"},
        {"columnIndex": 1, "columnName": "Tier"},
        {"columnIndex": 2, "columnName": "Seen"},
    ]
    with pytest.raises(HttpError) as error:
        update(book, table, "columnProperties", columnProperties=[{"columnType": "TEXT"}])
    assert refusal(error)[1] == "Invalid requests[0].updateTable: Table header row cell must have a value."


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ({"columnIndex": 1, "columnType": "DROPDOWN"}, "Condition must be set for dropdown column type."),
        (
            {"columnType": "DOUBLE", "dataValidationRule": LIST},
            "Cannot set condition for non-dropdown column type.",
        ),
        ({"columnIndex": 3, "columnType": "DATE"}, "A table column index must lie within the table's range."),
    ],
)
def test_a_column_that_cannot_be_is_refused(book: Book, column: dict[str, Any], message: str) -> None:
    with pytest.raises(HttpError) as error:
        add(book, column)
    assert refusal(error) == (400, f"Invalid requests[0].addTable: {message}")
    assert tables(book) == []


def test_a_footer_makes_the_table_a_row_longer(book: Book) -> None:
    table = add(book)
    update(book, table, "rowsProperties", rowsProperties={"footerColorStyle": {"rgbColor": {"red": 1}}})
    assert tables(book)[0]["range"]["endRowIndex"] == 5
    update(book, table, "rowsProperties", rowsProperties={})
    assert tables(book)[0]["range"]["endRowIndex"] == 4


def test_rows_added_by_id_fill_the_table_and_then_make_it_longer(book: Book) -> None:
    footed = {"footerColorStyle": {"rgbColor": {"red": 1}}}
    table = add(book, rowsProperties=footed)
    book.put("A4", [["Total"]])
    book.put("A6", [["below"]])
    for name in ("Cora", "Dan"):
        book.batch({"appendCells": {"tableId": table["tableId"], "rows": cells(name), "fields": "userEnteredValue"}})
    assert [row[:1] for row in book.values("A3:A8")] == [["Ben"], ["Cora"], ["Dan"], ["Total"], [], ["below"]]
    assert tables(book)[0]["range"]["endRowIndex"] == 6


def test_values_appended_below_a_table_belong_to_it(book: Book) -> None:
    book.put("A4", [["Cora", 3, "x"]])
    add(book)
    answer = book.api.values().append(
        spreadsheetId=book.id, range="Sheet1!A1", valueInputOption="RAW", body={"values": [["Dan", 4]]}
    )
    assert answer.execute()["updates"]["updatedRange"] == "Sheet1!A5:B5"
    assert tables(book)[0]["range"]["endRowIndex"] == 5


def test_a_table_follows_its_columns(book: Book) -> None:
    add(book, {"columnIndex": 2, "columnName": "Seen", "columnType": "BOOLEAN"})
    lines = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    book.batch({"insertDimension": {"range": lines}})
    assert names(tables(book)[0]) == ["Pupil", "Column 2", "Tier", "Seen"]
    assert tables(book)[0]["columnProperties"][3]["columnType"] == "BOOLEAN"
    book.batch({"deleteDimension": {"range": {**lines, "startIndex": 0, "endIndex": 3}}})
    assert tables(book)[0]["columnProperties"] == [{"columnName": "Seen", "columnType": "BOOLEAN"}]


def test_a_copied_sheet_has_a_table_of_its_own(book: Book) -> None:
    table = add(book)
    book.batch({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 9, "insertSheetIndex": 1}})
    copied = tables(book, 1)[0]
    assert copied["tableId"] != table["tableId"]
    assert (copied["name"], copied["range"]["sheetId"], names(copied)) == ("Pupils_2", 9, names(table))


def test_a_deleted_table_takes_its_cells_and_their_colour_rules(book: Book) -> None:
    table = add(book)
    ruled = {"condition": {"type": "NOT_BLANK"}, "format": {"backgroundColor": {"red": 1}}}
    book.batch(
        {"addConditionalFormatRule": {"rule": {"ranges": [BOX], "booleanRule": ruled}}},
        {"deleteTable": {"tableId": table["tableId"]}},
    )
    assert "conditionalFormats" not in book.get()["sheets"][0]
    assert book.values("A1:C4") == []
    with pytest.raises(HttpError, match="No table with id"):
        update(book, table, "name", name="x")
