"""Groups, blocks of cells, borders, rules, filter views and tables through Google's own client."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError
from ground import Google
from sheets_client import SENCO, TEACHER, Book, grid, new_book

pytestmark = pytest.mark.any_google


@pytest.fixture
def book(api: Any) -> Book:
    return new_book(api("sheets", "v4", SENCO))


def lines(start: int, end: int, dimension: str = "ROWS") -> dict[str, Any]:
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def group(start: int, end: int) -> dict[str, Any]:
    return {"addDimensionGroup": {"range": lines(start, end)}}


def groups(book: Book) -> list[tuple[int, int, int]]:
    found = book.get()["sheets"][0].get("rowGroups", [])
    return [(each["range"]["startIndex"], each["range"]["endIndex"], each["depth"]) for each in found]


def test_a_new_group_is_answered_with_all_groups_and_puts_its_control_after_it(book: Book) -> None:
    answer = book.batch({"addDimensionGroup": {"range": lines(0, 2, "COLUMNS")}})
    made = {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 2}, "depth": 1}
    assert answer["replies"] == [{"addDimensionGroup": {"dimensionGroups": [made]}}]
    sheet = book.get()["sheets"][0]
    assert sheet["columnGroups"] == [made]
    assert sheet["properties"]["gridProperties"]["columnGroupControlAfter"] is True


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((2, 4), (1, 5), [(1, 5, 1), (2, 4, 2)]),
        ((1, 5), (2, 4), [(1, 5, 1), (2, 4, 2)]),
        ((1, 4), (2, 5), [(1, 5, 1), (2, 4, 2)]),
    ],
)
def test_groups_over_in_and_across_each_other_nest_as_the_reference_says(
    book: Book, first: tuple[int, int], second: tuple[int, int], expected: list[tuple[int, int, int]]
) -> None:
    book.batch(group(*first), group(*second))
    assert groups(book) == expected


def test_deleting_over_the_end_of_two_groups_shortens_both(book: Book) -> None:
    book.batch(group(1, 5), group(2, 4))
    answer = book.batch({"deleteDimensionGroup": {"range": lines(3, 5)}})
    assert groups(book) == [(1, 4, 1), (2, 3, 2)]
    assert len(answer["replies"][0]["deleteDimensionGroup"]["dimensionGroups"]) == 2
    gone = book.batch({"deleteDimensionGroup": {"range": lines(1, 4)}})
    assert gone["replies"][0]["deleteDimensionGroup"]["dimensionGroups"][0]["depth"] == 1


def test_rows_inserted_in_a_group_belong_to_it(book: Book) -> None:
    book.batch(group(1, 3), {"insertDimension": {"range": lines(2, 4)}})
    assert groups(book) == [(1, 5, 1)]


def test_collapsing_a_group_hides_its_rows_and_opening_shows_them(book: Book) -> None:
    def collapse(collapsed: bool) -> dict[str, Any]:
        asked = {"range": lines(1, 3), "depth": 1, "collapsed": collapsed}
        return {"updateDimensionGroup": {"dimensionGroup": asked, "fields": "collapsed"}}

    def hidden() -> list[bool]:
        data = book.get(ranges="A1:A4", includeGridData=True)["sheets"][0]["data"][0]
        return [row.get("hiddenByUser", False) for row in data["rowMetadata"]]

    book.batch(group(1, 3), collapse(True))
    assert hidden() == [False, True, True, False]
    assert book.get()["sheets"][0]["rowGroups"][0]["collapsed"] is True
    book.batch(collapse(False))
    assert hidden() == [False] * 4
    with pytest.raises(HttpError) as error:
        book.batch({"deleteDimensionGroup": {"range": lines(7, 9)}})
    assert error.value.status_code == 400


def test_cells_inserted_and_deleted_shift_their_columns_only_and_references_follow(book: Book) -> None:
    book.put("A1", [["a", "x", "=A2"], ["b", "y"], ["c", "z"]])
    book.batch({"insertRange": {"range": grid(0, (1, 2), (0, 1)), "shiftDimension": "ROWS"}})
    assert book.values("A1:B4") == [["a", "x"], ["", "y"], ["b", "z"], ["c"]]
    assert book.values("C1", "FORMULA") == [["=A3"]]
    book.batch({"deleteRange": {"range": grid(0, (0, 2), (0, 1)), "shiftDimension": "ROWS"}})
    assert book.values("A1:B3") == [["b", "x"], ["c", "y"], ["", "z"]]
    assert book.values("C1", "FORMULA") == [["=A1"]]


def test_cells_inserted_beside_others_push_them_right(book: Book) -> None:
    book.put("A1", [["a", "b"], ["c", "d"]])
    book.batch({"insertRange": {"range": grid(0, (0, 1), (0, 1)), "shiftDimension": "COLUMNS"}})
    assert book.values("A1:C2") == [["", "a", "b"], ["c", "d"]]


def test_borders_that_a_request_leaves_out_stay_and_none_takes_one_away(book: Book) -> None:
    def borders(place: str) -> list[str]:
        return list(book.cell(place).get("userEnteredFormat", {}).get("borders", {}))

    solid = {"style": "SOLID", "color": {"red": 1}}
    book.batch({"updateBorders": {"range": grid(0, (0, 2), (0, 2)), "top": solid, "innerVertical": solid}})
    book.batch({"updateBorders": {"range": grid(0, (0, 2), (0, 2)), "left": {"style": "DOUBLE"}}})
    assert borders("A1") == ["top", "left", "right"]
    assert borders("B2") == ["left"]
    book.batch({"updateBorders": {"range": grid(0, (0, 1), (0, 2)), "top": {"style": "NONE"}}})
    assert borders("A1") == ["left", "right"]
    left = book.cell("A1")["userEnteredFormat"]["borders"]["left"]
    assert left["width"] == 3
    assert left["colorStyle"] == {"rgbColor": {}}


def test_a_conditional_format_is_replaced_and_moved(book: Book) -> None:
    def rule(value: str) -> dict[str, Any]:
        condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": value}]}
        made = {"condition": condition, "format": {"textFormat": {"bold": True}}}
        return {"ranges": [grid(0, (0, 5), (0, 1))], "booleanRule": made}

    def order() -> list[str]:
        found = book.get()["sheets"][0]["conditionalFormats"]
        return [each["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for each in found]

    for place, value in enumerate(("a", "b", "c")):
        book.batch({"addConditionalFormatRule": {"rule": rule(value), "index": place}})
    moved = book.batch({"updateConditionalFormatRule": {"sheetId": 0, "index": 2, "newIndex": 0}})["replies"][0]
    assert order() == ["c", "a", "b"]
    assert moved["updateConditionalFormatRule"]["oldIndex"] == 2
    book.batch({"updateConditionalFormatRule": {"index": 1, "rule": rule("new")}})
    assert order() == ["c", "new", "b"]


def test_texts_are_trimmed_split_pasted_and_freed_of_doubles(book: Book) -> None:
    book.put("A1", [["  Amara   Iheatu "], ["Amara Iheatu"], ["AMARA IHEATU"], ["Leo, 7"]], "RAW")
    trimmed = book.batch({"trimWhitespace": {"range": grid(0, (0, 4), (0, 1))}})["replies"][0]
    assert trimmed == {"trimWhitespace": {"cellsChangedCount": 1}}
    removed = book.batch({"deleteDuplicates": {"range": grid(0, (0, 4), (0, 1))}})["replies"][0]
    assert removed == {"deleteDuplicates": {"duplicatesRemovedCount": 2}}
    book.batch({"textToColumns": {"source": grid(0, (0, 2), (0, 1)), "delimiterType": "COMMA"}})
    assert book.values("A1:B2", "UNFORMATTED_VALUE") == [["Amara Iheatu"], ["Leo", 7]]
    paste = {"coordinate": {"rowIndex": 998, "columnIndex": 0}, "data": "1;2\n3;=1+1\n5", "delimiter": ";"}
    book.batch({"pasteData": {**paste, "type": "PASTE_NORMAL"}})
    assert book.values("A999:B1001", "UNFORMATTED_VALUE") == [[1, 2], [3, 2], [5]]


def test_a_filter_view_says_its_criteria_in_both_spellings(book: Book) -> None:
    shown = {"range": grid(0, (0, 9), (0, 3)), "title": "Mine", "criteria": {"1": {"hiddenValues": ["x"]}}}
    view = book.batch({"addFilterView": {"filter": shown}})["replies"][0]["addFilterView"]["filter"]
    assert view["filterSpecs"] == [{"columnIndex": 1, "filterCriteria": {"hiddenValues": ["x"]}}]
    update = {"filter": {"filterViewId": view["filterViewId"], "title": "Ours"}, "fields": "title"}
    copy = book.batch({"updateFilterView": update}, {"duplicateFilterView": {"filterId": view["filterViewId"]}})
    other = copy["replies"][1]["duplicateFilterView"]["filter"]
    assert [each["title"] for each in book.get()["sheets"][0]["filterViews"]] == ["Ours", "Copy of Ours"]
    book.batch({"deleteFilterView": {"filterId": other["filterViewId"]}})
    assert len(book.get()["sheets"][0]["filterViews"]) == 1


def test_a_basic_filter_over_a_sheet_covers_the_grid_that_there_is(book: Book) -> None:
    book.batch({"setBasicFilter": {"filter": {"range": {"sheetId": 0}}}})
    assert book.get()["sheets"][0]["basicFilter"]["range"] == {
        "startRowIndex": 0,
        "endRowIndex": 1000,
        "startColumnIndex": 0,
        "endColumnIndex": 26,
    }


def test_a_table_names_its_columns_and_overlaps_no_other(book: Book) -> None:
    book.put("A1", [["Pupil"]])
    columns = [{"columnIndex": 1, "columnName": "Born", "columnType": "DATE"}]
    asked = {"name": "Pupils", "range": grid(0, (0, 5), (0, 3)), "columnProperties": columns}
    table = book.batch({"addTable": {"table": asked}})["replies"][0]["addTable"]["table"]
    assert book.values("A1:C1") == [["Pupil", "Born", "Column 3"]]
    with pytest.raises(HttpError) as error:
        book.batch({"addTable": {"table": {"name": "Other", "range": grid(0, (4, 6), (2, 4))}}})
    assert error.value.status_code == 400
    book.batch({"updateTable": {"table": {"tableId": table["tableId"], "name": "Children"}, "fields": "name"}})
    assert book.get()["sheets"][0]["tables"][0]["name"] == "Children"
    book.batch({"deleteTable": {"tableId": table["tableId"]}})
    assert "tables" not in book.get()["sheets"][0]
    assert book.values("A1:C5") == []


def test_a_sheet_is_copied_to_another_spreadsheet_for_whoever_may_write_there(api: Any, book: Book) -> None:
    book.put("A1", [["kept", "=A1"]])
    other = new_book(api("sheets", "v4", SENCO), "Target")
    asked = {"destinationSpreadsheetId": other.id}
    made = book.api.sheets().copyTo(spreadsheetId=book.id, sheetId=0, body=asked).execute()
    assert made["title"] == "Copy of Sheet1"
    assert made["index"] == 1
    assert other.values("'Copy of Sheet1'!A1:B1") == [["kept", "kept"]]
    teacher = new_book(api("sheets", "v4", TEACHER))
    with pytest.raises(HttpError) as error:
        book.api.sheets().copyTo(
            spreadsheetId=book.id, sheetId=0, body={"destinationSpreadsheetId": teacher.id}
        ).execute()
    assert error.value.status_code in (403, 404)


def test_a_range_may_be_in_r1c1_or_a_name_behind_its_sheet(book: Book) -> None:
    book.put("Sheet1!R1C1:R2C2", [[1, 2], [3, 4]])
    assert book.values("R2C1:R2C2") == [["3", "4"]]
    book.batch({"addNamedRange": {"namedRange": {"name": "Corner", "range": grid(0, (0, 1), (1, 2))}}})
    assert book.values("Sheet1!Corner") == [["2"]]


def test_a_mask_may_be_in_snake_case_with_spaces_and_one_request_without_a_list(book: Book) -> None:
    properties = {"sheet_id": 0, "grid_properties": {"frozen_row_count": 3, "frozen_column_count": 1}}
    mask = "grid_properties(frozen_row_count, frozen_column_count)"
    body = {"requests": {"update_sheet_properties": {"properties": properties, "fields": mask}}}
    book.api.batchUpdate(spreadsheetId=book.id, body=body).execute()
    grid_properties = book.get()["sheets"][0]["properties"]["gridProperties"]
    assert (grid_properties["frozenRowCount"], grid_properties["frozenColumnCount"]) == (3, 1)


def test_rows_and_columns_written_twice_are_counted_once(book: Book) -> None:
    data = [{"range": "A1:D1", "values": [[1, 2, 3, 4]]}, {"range": "A4:D4", "values": [[1, 2, 3, 4]]}]
    body = {"valueInputOption": "RAW", "data": data}
    answer = book.api.values().batchUpdate(spreadsheetId=book.id, body=body).execute()
    counts = (answer["totalUpdatedRows"], answer["totalUpdatedColumns"], answer["totalUpdatedCells"])
    assert counts == (2, 4, 8)


def test_a_date_typed_year_first_is_shown_so(book: Book) -> None:
    book.put("A1", [["2020-01-01", "1/2/2020"]])
    assert book.values("A1:B1") == [["2020-01-01", "01/02/2020"]]


def test_a_protection_shows_its_owner_once_it_is_read(google: Google, book: Book) -> None:
    asked = {"range": grid(0, (0, 2)), "warningOnly": True, "editors": None}
    made = book.batch({"addProtectedRange": {"protectedRange": asked}})["replies"][0]["addProtectedRange"]
    assert made["protectedRange"]["editors"] == {}
    found = book.get()["sheets"][0]["protectedRanges"][0]
    assert found["editors"] == {"users": [google.owner]}
    assert found["warningOnly"] is True


def test_a_column_grows_with_its_longest_text(book: Book) -> None:
    book.put("A1", [["A" * 1024]])
    book.batch({"autoResizeDimensions": {"dimensions": lines(0, 1, "COLUMNS")}})
    data = book.get(ranges="A1", includeGridData=True)["sheets"][0]["data"][0]
    assert data["columnMetadata"][0]["pixelSize"] == 8691


def test_a_cell_says_how_it_is_aligned_and_whether_it_shows_a_link(book: Book) -> None:
    book.put("A1", [["Name", 7, True, "=1/0", '=HYPERLINK("https://school.example", "Plan")']])
    shown = [book.cell(f"Sheet1!{column}1")["effectiveFormat"] for column in "ABCDE"]
    assert [each["horizontalAlignment"] for each in shown] == ["LEFT", "RIGHT", "CENTER", "CENTER", "LEFT"]
    assert [each["hyperlinkDisplayType"] for each in shown] == ["PLAIN_TEXT"] * 4 + ["LINKED"]
    assert {each["textFormat"]["fontFamily"] for each in shown} == {"Arial"}
