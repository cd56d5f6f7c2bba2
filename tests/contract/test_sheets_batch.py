"""``spreadsheets.batchUpdate`` through Google's own client: workbooks made in one call, all or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError
from sheets_client import SENCO, Book, grid, new_book, refusal

pytestmark = pytest.mark.any_google


@pytest.fixture
def book(api: Any) -> Book:
    return new_book(api("sheets", "v4", SENCO))


def add(sheet_id: int, title: str, **properties: Any) -> dict[str, Any]:
    return {"addSheet": {"properties": {"sheetId": sheet_id, "title": title, **properties}}}


def text(value: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": value}}


def rows_at(sheet_id: int, rows: list[list[dict[str, Any]]], fields: str = "*", row: int = 0) -> dict[str, Any]:
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": 0}
    return {"updateCells": {"rows": [{"values": cells} for cells in rows], "start": start, "fields": fields}}


def validate(box: dict[str, Any], kind: str, *values: str) -> dict[str, Any]:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    return {"setDataValidation": {"range": box, "rule": {"condition": condition, "strict": True}}}


def test_a_workbook_is_made_whole_in_one_batch(book: Book) -> None:
    red = {"red": 1}
    header = [text("Id"), {**text("Name"), "note": "As on the register"}]
    answer = book.batch(
        add(101, "Pupils", gridProperties={"rowCount": 50, "columnCount": 4, "frozenRowCount": 1}, tabColor=red),
        add(102, "_status", hidden=True, index=0),
        {"deleteSheet": {"sheetId": 0}},
        rows_at(101, [header]),
        validate(grid(101, (1, 50), (2, 3)), "ONE_OF_LIST", "Yes", "No"),
        validate(grid(101, (1, 50), (3, 4)), "BOOLEAN"),
        {
            "repeatCell": {
                "range": grid(101, (1, 50), (0, 1)),
                "cell": {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}},
                "fields": "userEnteredFormat.numberFormat",
            }
        },
        {
            "addConditionalFormatRule": {
                "rule": {
                    "ranges": [grid(101, (1, 50), (0, 4))],
                    "booleanRule": {
                        "condition": {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": '=$C2="No"'}]},
                        "format": {"backgroundColor": red},
                    },
                }
            }
        },
        {"addBanding": {"bandedRange": {"range": grid(101), "rowProperties": {"firstBandColor": {"green": 1}}}}},
        {"setBasicFilter": {"filter": {"range": grid(101, (0, 50), (0, 4))}}},
        includeSpreadsheetInResponse=True,
    )
    assert [reply.get("addSheet", {}).get("properties", {}).get("sheetId") for reply in answer["replies"][:2]] == [
        101,
        102,
    ]
    sheets = answer["updatedSpreadsheet"]["sheets"]
    assert [(s["properties"]["title"], s["properties"].get("hidden", False)) for s in sheets] == [
        ("_status", True),
        ("Pupils", False),
    ]
    pupils = sheets[1]
    assert pupils["properties"]["gridProperties"] == {"rowCount": 50, "columnCount": 4, "frozenRowCount": 1}
    assert pupils["properties"]["tabColorStyle"] == {"rgbColor": red}
    assert {"conditionalFormats", "bandedRanges", "basicFilter"} <= pupils.keys()
    book.put("Pupils!A2", [["007", "Amara", "No", "TRUE"]])
    assert book.values("Pupils!A2:D2", "UNFORMATTED_VALUE") == [["007", "Amara", "No", True]]
    assert book.cell("Pupils!B1")["note"] == "As on the register"
    assert book.cell("Pupils!C2")["dataValidation"]["condition"]["values"][1] == {"userEnteredValue": "No"}
    assert book.cell("Pupils!A2")["effectiveFormat"]["backgroundColor"] == red


def test_a_failing_batch_changes_nothing_and_names_its_request(book: Book) -> None:
    with pytest.raises(HttpError) as error:
        book.batch(add(7, "New"), rows_at(7, [[text("x")]]), add(8, "new"))
    message = 'Invalid requests[2].addSheet: A sheet with the name "new" already exists. Please enter another name.'
    assert refusal(error) == (400, message)
    assert [sheet["properties"]["sheetId"] for sheet in book.get()["sheets"]] == [0]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"deleteSheet": {"sheetId": 0}}, "deleteSheet: You can't remove all the sheets in a document."),
        ({"deleteSheet": {"sheetId": 5}}, "deleteSheet: No sheet with id: 5"),
        ({"repeatCell": {"range": grid(5), "cell": {}, "fields": "*"}}, "repeatCell: No grid with id: 5"),
        (
            {"repeatCell": {"range": grid(0, (1000, 1001)), "cell": {}, "fields": "note"}},
            "repeatCell: Range (Sheet1!A1001:1001) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        (
            {"repeatCell": {"range": grid(), "cell": {}, "fields": ""}},
            "repeatCell: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        ),
        (
            rows_at(0, [[text("x")] * 27]),
            "updateCells: Attempting to write column: 26, beyond the last requested column of: 25",
        ),
        (rows_at(0, [[text("x" * 50_001)]]), "updateCells: Your input contains more than the maximum of 50000"),
        (
            {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 500_000}},
            "appendDimension: This action would increase the number of cells in the workbook above the limit",
        ),
        (add(0, "Twice"), "addSheet: "),
        (add(9, "x" * 101), "addSheet: The sheet name cannot be greater than 100 characters."),
        (
            {"updateSheetProperties": {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}},
            "updateSheetProperties: You can't hide all the sheets",
        ),
    ],
)
def test_what_sheets_refuses_is_refused_in_its_words(book: Book, request_: dict[str, Any], message: str) -> None:
    with pytest.raises(HttpError) as error:
        book.batch(request_)
    assert refusal(error)[0] == 400
    assert refusal(error)[1].startswith(f"Invalid requests[0].{message}")


@pytest.mark.sandbox_only("it says what the sandbox lacks")
def test_a_request_that_is_not_built_says_its_name(book: Book) -> None:
    with pytest.raises(HttpError) as error:
        book.batch({"refreshDataSource": {"isAll": True}})
    assert error.value.status_code == 501
    assert "sheets.spreadsheets.batchUpdate.refreshDataSource" in error.value.reason


def test_a_mask_with_an_unknown_field_is_refused(book: Book) -> None:
    with pytest.raises(HttpError) as error:
        book.batch({"repeatCell": {"range": grid(0, (0, 1)), "cell": {}, "fields": "userEnteredFormat.bold"}})
    assert error.value.status_code == 400
    assert "userEnteredFormat.bold" in str(error.value)


def test_a_mask_touches_only_what_it_names(book: Book) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True, "fontSize": 14}}}
    book.batch(rows_at(0, [[{**text("x"), **bold, "note": "n"}]]))
    italic = {"userEnteredFormat": {"textFormat": {"italic": True}}}
    book.batch(rows_at(0, [[italic]], "userEnteredFormat.textFormat(bold,italic)"))
    cell = book.cell("A1")
    assert (cell["note"], cell["formattedValue"]) == ("n", "x")
    assert cell["userEnteredFormat"]["textFormat"] == {"fontSize": 14, "italic": True}


def test_a_string_value_is_never_a_formula(book: Book) -> None:
    book.batch(rows_at(0, [[text("=1+1"), {"userEnteredValue": {"formulaValue": "=1+1"}}]]))
    assert book.values("A1:B1") == [["=1+1", "2"]]


def test_a_repeated_formula_counts_up_for_each_cell(book: Book) -> None:
    book.put("A1", [[1], [2], [3]])
    cell = {"userEnteredValue": {"formulaValue": "=A1*$A$3"}}
    book.batch({"repeatCell": {"range": grid(0, (0, 3), (1, 2)), "cell": cell, "fields": "userEnteredValue"}})
    assert book.values("B1:B3", "FORMULA") == [["=A1*$A$3"], ["=A2*$A$3"], ["=A3*$A$3"]]
    assert book.values("B1:B3") == [["3"], ["6"], ["9"]]


def test_update_cells_over_a_range_clears_what_it_gives_no_data_for(book: Book) -> None:
    book.put("A1", [["a", "b"], ["c", "d"]])
    over = {"rows": [{"values": [text("x")]}], "range": grid(0, (0, 2), (0, 2)), "fields": "userEnteredValue"}
    book.batch({"updateCells": over})
    assert book.values("A1:B2") == [["x"]]


def test_appended_cells_land_below_the_last_value(book: Book) -> None:
    book.put("B3", [["last"]])
    book.batch({"appendCells": {"sheetId": 0, "rows": [{"values": [text("new")]}], "fields": "*"}})
    assert book.values("A4:A4") == [["new"]]


def test_a_lookup_follows_a_column_insert_and_a_sort(book: Book) -> None:
    book.batch(add(5, "_status", hidden=True))
    book.put("_status!A1", [["p1", "ready"], ["p2", "shared"], ["p3", "late"]])
    lookup = '=IFERROR(VLOOKUP($A{n},_status!$A:$B,2,FALSE),"")'
    book.put("Sheet1!A1", [[f"p{n}", lookup.format(n=n)] for n in (1, 2, 3)])
    insert = {"sheetId": 5, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    spec = {"dimensionIndex": 0, "sortOrder": "DESCENDING"}
    book.batch(
        {"insertDimension": {"range": insert}},
        {"sortRange": {"range": grid(0, (0, 3)), "sortSpecs": [spec]}},
    )
    assert book.values("A1:B3") == [["p3", "late"], ["p2", "shared"], ["p1", "ready"]]
    assert book.values("B1", "FORMULA") == [['=IFERROR(VLOOKUP($A1,_status!$B:$C,2,FALSE),"")']]


def test_a_hyperlink_formula_shows_its_label_and_carries_its_address(book: Book) -> None:
    book.put("A1", [['=HYPERLINK("https://example.org/doc","Open the plan")']])
    cell = book.cell("A1")
    assert (cell["formattedValue"], cell["hyperlink"]) == ("Open the plan", "https://example.org/doc")


def test_a_field_mask_decides_whether_cells_are_read(book: Book) -> None:
    book.put("A1", [["x"]])
    assert "data" not in book.get()["sheets"][0]
    assert "data" not in book.get(includeGridData=True, fields="sheets.properties")["sheets"][0]
    found = book.get(fields="sheets.data.rowData.values.formattedValue")
    assert found == {"sheets": [{"data": [{"rowData": [{"values": [{"formattedValue": "x"}]}]}]}]}


def test_a_duplicate_is_a_sheet_of_its_own(book: Book) -> None:
    book.put("A1", [["x", "=A1"]])
    copy = {"sourceSheetId": 0, "newSheetId": 3, "newSheetName": "Copy", "insertSheetIndex": 1}
    book.batch({"duplicateSheet": copy})
    book.put("Copy!A1", [["y"]])
    assert (book.values("Sheet1!A1:B1"), book.values("Copy!A1:B1")) == ([["x", "x"]], [["y", "y"]])


def test_merging_keeps_the_first_value_and_its_row_may_be_sorted(book: Book) -> None:
    book.put("A1", [["a", "b"], ["c", "d"]])
    box = grid(0, (0, 1), (0, 2))
    book.batch({"mergeCells": {"range": box, "mergeType": "MERGE_ALL"}})
    assert book.values("A1:B2") == [["a"], ["c", "d"]]
    assert book.get()["sheets"][0]["merges"] == [{name: edge for name, edge in box.items() if name != "sheetId"}]
    down = {"dimensionIndex": 0, "sortOrder": "DESCENDING"}
    book.batch({"sortRange": {"range": grid(0, (0, 2)), "sortSpecs": [down]}})
    assert book.values("A1:B2") == [["c", "d"], ["a"]]
    assert book.get()["sheets"][0]["merges"][0]["startRowIndex"] == 1


def test_rows_held_together_by_a_merge_are_neither_sorted_nor_parted(book: Book) -> None:
    book.batch({"mergeCells": {"range": grid(0, (1, 3), (1, 2)), "mergeType": "MERGE_ALL"}})
    with pytest.raises(HttpError) as error:
        book.batch({"sortRange": {"range": grid(0, (0, 5)), "sortSpecs": [{"dimensionIndex": 0}]}})
    assert refusal(error)[1] == (
        "Invalid requests[0].sortRange: You can't sort a range containing vertical merges. "
        "There is a vertical merge at B2:B3"
    )
    for start, to in ((1, 5), (4, 2)):
        lines = {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": start + 1}
        with pytest.raises(HttpError, match="to move a row to a position that crosses a merged cell"):
            book.batch({"moveDimension": {"source": lines, "destinationIndex": to}})
    both = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    book.batch({"moveDimension": {"source": both, "destinationIndex": 6}})
    assert book.get()["sheets"][0]["merges"][0]["startRowIndex"] == 4


def test_copying_shifts_formulas_and_cutting_does_not(book: Book) -> None:
    book.put("A1", [[1, "=A1+1"], [5]])
    copy = {"source": grid(0, (0, 1), (1, 2)), "destination": grid(0, (1, 2), (1, 2)), "pasteType": "PASTE_NORMAL"}
    cut = {"source": grid(0, (0, 1), (1, 2)), "destination": {"sheetId": 0, "rowIndex": 4, "columnIndex": 2}}
    book.batch({"copyPaste": copy}, {"cutPaste": {**cut, "pasteType": "PASTE_NORMAL"}})
    assert book.values("A1:C5", "FORMULA") == [[1], [5, "=A2+1"], [], [], ["", "", "=A1+1"]]


def test_find_and_replace_counts_what_it_changed(book: Book) -> None:
    book.put("A1", [["Sam and Sam"], ["=LEN(A1)"]])
    asked = {"find": "sam", "replacement": "Alex", "allSheets": True}
    reply = book.batch({"findReplace": asked})["replies"][0]["findReplace"]
    assert reply == {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 2}
    assert book.values("A1:A1") == [["Alex and Alex"]]


def test_a_spreadsheet_can_be_created_with_its_sheets_cells_and_names(api: Any) -> None:
    properties = {"sheetId": 7, "title": "Given", "gridProperties": {"rowCount": 5, "columnCount": 2}}
    row = {"values": [text("x"), {"note": "n"}]}
    sheets = [
        {"properties": properties, "data": [{"startRow": 1, "rowData": [row]}], "merges": [grid(7, (0, 1), (0, 2))]}
    ]
    names = [{"namedRangeId": "n1", "name": "here", "range": grid(7, (1, 2), (0, 1))}]
    made = new_book(api("sheets", "v4", SENCO), sheets=sheets, namedRanges=names)
    assert [sheet["properties"]["title"] for sheet in made.get()["sheets"]] == ["Given"]
    assert (made.values("here"), made.cell("B2")["note"]) == ([["x"]], "n")


def test_sheets_move_by_the_places_they_had_before(book: Book) -> None:
    book.batch(add(1, "B"), add(2, "C"))
    for index, order in ((1, ["Sheet1", "B", "C"]), (2, ["B", "Sheet1", "C"]), (0, ["Sheet1", "B", "C"])):
        book.batch({"updateSheetProperties": {"properties": {"sheetId": 0, "index": index}, "fields": "index"}})
        assert [sheet["properties"]["title"] for sheet in book.get()["sheets"]] == order
