"""Rows and columns that move: values, metadata, ranges and formulas stay together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sandbox.call import ApiError
from sandbox.sheets import batch, metadata
from sandbox.sheets.edit import Edit
from sandbox.sheets.lines import Delete, Insert, Move
from sandbox.sheets.model import Sheet, Spreadsheet
from sandbox.state import Ids

ROWS, SPARE = 8, 6


def new_edit(**options: Any) -> Edit:
    sheets = [
        Sheet(sheet_id=0, title="Main", row_count=ROWS + SPARE, column_count=6),
        Sheet(sheet_id=1, title="Other"),
    ]
    book = Spreadsheet(id="b", title="Book", locale="en_GB", sheets=sheets)
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    who: dict[str, str] = {
        "editor": "senco@school.example",
        "client": "app",
        "owner": "senco@school.example",
        **options,
    }
    return Edit(book=book, now=now, ids=Ids(), **who)


def cells(edit: Edit, rows: list[list[Any]], *, sheet_id: int = 0) -> None:
    """Enter rows from A1; texts with an equals sign as formulas."""
    data = [{"values": [_cell(value) for value in row]} for row in rows]
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    batch.run(edit, [{"updateCells": {"rows": data, "start": start, "fields": "userEnteredValue"}}])


def _cell(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    kind = (
        "formulaValue" if str(value).startswith("=") else "stringValue" if isinstance(value, str) else "numberValue"
    )
    return {"userEnteredValue": {kind: value}}


def shown(edit: Edit, row: int, column: int, *, sheet_id: int = 0) -> Any:
    return edit.evaluator().outcome(sheet_id, row, column)


def formula(edit: Edit, row: int, column: int, *, sheet_id: int = 0) -> str:
    value = edit.sheet(sheet_id).cell(row, column).value
    return getattr(value, "text", "")


def tag(edit: Edit, axis: str, index: int, value: str) -> None:
    location = {"dimensionRange": {"sheetId": 0, "dimension": axis, "startIndex": index, "endIndex": index + 1}}
    made = {"metadataKey": "key", "metadataValue": value, "visibility": "DOCUMENT", "location": location}
    batch.run(edit, [{"createDeveloperMetadata": {"developerMetadata": made}}])


def lines(kind: str, start: int, end: int, axis: str = "ROWS", **more: Any) -> dict[str, Any]:
    name = "source" if kind == "moveDimension" else "range"
    return {kind: {name: {"sheetId": 0, "dimension": axis, "startIndex": start, "endIndex": end}, **more}}


def sort(column: int, *, top: int = 0, order: str = "ASCENDING", bottom: int | None = None) -> dict[str, Any]:
    box: dict[str, Any] = {"sheetId": 0, "startRowIndex": top}
    if bottom is not None:
        box["endRowIndex"] = bottom
    return {"sortRange": {"range": box, "sortSpecs": [{"dimensionIndex": column, "sortOrder": order}]}}


class Together(RuleBasedStateMachine):
    """A sheet of tagged rows against a list of names: each name keeps its tag, number and formulas."""

    def __init__(self) -> None:
        super().__init__()
        self.edit = new_edit()
        self.rows: list[str | None] = [f"r{n}" for n in range(ROWS)] + [None] * SPARE
        names = [
            [f"r{n}", (n * 5) % ROWS, f"=B{n + 1}*10", f'=IFERROR(VLOOKUP($A{n + 1},Other!A:B,2,FALSE),"")']
            for n in range(ROWS)
        ]
        cells(self.edit, names)
        cells(self.edit, [[f"r{n}", f"=Main!B{n + 1}"] for n in range(ROWS)], sheet_id=1)
        for n in range(ROWS):
            tag(self.edit, "ROWS", n, f"r{n}")

    def at(self, place: float) -> int:
        return int(place * (len(self.rows) - 1))

    @rule(place=st.floats(0, 1), count=st.integers(1, 3))
    def insert(self, place: float, count: int) -> None:
        at = self.at(place)
        batch.run(self.edit, [lines("insertDimension", at, at + count)])
        self.rows[at:at] = [None] * count

    @rule(place=st.floats(0, 1), count=st.integers(1, 2))
    def delete(self, place: float, count: int) -> None:
        at = self.at(place)
        if at + count < len(self.rows):
            batch.run(self.edit, [lines("deleteDimension", at, at + count)])
            del self.rows[at : at + count]

    @rule(place=st.floats(0, 1), count=st.integers(1, 3), to=st.floats(0, 1))
    def move(self, place: float, count: int, to: float) -> None:
        start, target = self.at(place), self.at(to)
        end = min(start + count, len(self.rows))
        if start < target < end:
            return
        batch.run(self.edit, [lines("moveDimension", start, end, destinationIndex=target)])
        block = self.rows[start:end]
        del self.rows[start:end]
        landing = target if target <= start else target - (end - start)
        self.rows[landing:landing] = block

    @rule(place=st.floats(0, 1), descending=st.booleans(), column=st.sampled_from([0, 1]))
    def sort(self, place: float, descending: bool, column: int) -> None:
        top = self.at(place)
        batch.run(self.edit, [sort(column, top=top, order="DESCENDING" if descending else "ASCENDING")])
        filled = [name for name in self.rows[top:] if name]
        by = (lambda name: name) if column == 0 else (lambda name: str((int(name[1:]) * 5) % ROWS))
        self.rows[top:] = [
            *sorted(filled, key=by, reverse=descending),
            *[None] * (len(self.rows) - top - len(filled)),
        ]

    @invariant()
    def every_row_is_whole(self) -> None:
        sheet, evaluator = self.edit.sheet(0), self.edit.evaluator()
        assert sheet.row_count == len(self.rows)
        for row, name in enumerate(self.rows):
            assert sheet.cell(row, 0).value == name
            if name:
                number = (int(name[1:]) * 5) % ROWS
                assert evaluator.outcome(0, row, 1) == number
                assert evaluator.outcome(0, row, 2) == number * 10

    @invariant()
    def tags_are_on_their_rows(self) -> None:
        tags = {found.value: place.index for found, place in metadata.every(self.edit.book, "app")}
        assert tags == {name: row for row, name in enumerate(self.rows) if name}


TestTogether = Together.TestCase
TestTogether.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)


@given(st.lists(st.integers(), min_size=1, max_size=12), st.data())
def test_a_line_edit_moves_points_as_a_list_moves_items(items: list[int], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(items) - 1))
    end = data.draw(st.integers(start + 1, len(items)))
    to = data.draw(st.integers(0, len(items)).filter(lambda n: n <= start or n >= end))
    moved = list(range(len(items)))
    block = moved[start:end]
    del moved[start:end]
    landing = to if to <= start else to - len(block)
    moved[landing:landing] = block
    assert [Move(start, end, to).point(n) for n in range(len(items))] == [moved.index(n) for n in range(len(items))]


def test_ranges_grow_shrink_and_vanish_with_their_lines() -> None:
    assert Insert(3, 2).span(2, 5) == (2, 7)
    assert Insert(5, 2).span(2, 5) == (2, 5)
    assert Insert(2, 2).span(2, 5) == (4, 7)
    assert Delete(0, 3).span(2, 5) == (0, 2)
    assert Delete(2, 5).span(2, 5) is None
    assert Move(2, 3, 8).span(2, 3) == (7, 8)


def test_formulas_follow_inserted_columns_and_deleted_rows() -> None:
    edit = new_edit()
    cells(edit, [["=B2+$B$3", "=SUM(B2:B4)"], [None, 1], [None, 2], [None, 3]])
    cells(edit, [["=Main!B2", '=VLOOKUP("x",Main!A:B,2,FALSE)']], sheet_id=1)
    batch.run(edit, [lines("insertDimension", 1, 2, "COLUMNS"), lines("deleteDimension", 2, 3)])
    assert formula(edit, 0, 0) == "=C2+#REF!"
    assert formula(edit, 0, 2) == "=SUM(C2:C3)"
    assert formula(edit, 0, 0, sheet_id=1) == "=Main!C2"
    assert formula(edit, 0, 1, sheet_id=1) == '=VLOOKUP("x",Main!A:C,2,FALSE)'


def test_a_renamed_sheet_keeps_every_formula_working() -> None:
    edit = new_edit()
    cells(edit, [["hello"]])
    cells(edit, [["=Main!A1"]], sheet_id=1)
    rename = {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "New name"}, "fields": "title"}}
    batch.run(edit, [rename])
    assert (formula(edit, 0, 0, sheet_id=1), shown(edit, 0, 0, sheet_id=1)) == ("='New name'!A1", "hello")


def test_a_deleted_sheet_leaves_reference_errors() -> None:
    edit = new_edit()
    cells(edit, [["=Other!A1"]])
    batch.run(edit, [{"deleteSheet": {"sheetId": 1}}])
    assert formula(edit, 0, 0) == "=#REF!"


def test_sorting_puts_numbers_before_text_and_empty_cells_last_either_way() -> None:
    edit = new_edit()
    cells(edit, [["b"], [2], [None], ["A"], [10], ["=1/0"]])
    batch.run(edit, [sort(0, bottom=6)])
    values = [edit.sheet(0).cell(row, 0).value for row in range(6)]
    assert values[:4] == [2, 10, "A", "b"]
    assert values[5] is None
    batch.run(edit, [sort(0, bottom=6, order="DESCENDING")])
    assert [edit.sheet(0).cell(row, 0).value for row in (1, 2, 3, 4, 5)] == ["b", "A", 10, 2, None]


def test_column_metadata_follows_its_column() -> None:
    edit = new_edit()
    tag(edit, "COLUMNS", 1, "target")
    batch.run(
        edit, [lines("insertDimension", 0, 2, "COLUMNS"), lines("moveDimension", 3, 4, "COLUMNS", destinationIndex=0)]
    )
    assert [place.index for _, place in metadata.every(edit.book, "app")] == [0]


def test_dropdown_ranges_and_colour_rules_follow_too() -> None:
    edit = new_edit()
    condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Main!$A$2:$A$5"}]}
    box = {"sheetId": 1, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    custom = {"condition": {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=$B2>1"}]}, "format": {}}
    rule_box = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4}
    batch.run(
        edit,
        [
            {"setDataValidation": {"range": box, "rule": {"condition": condition}}},
            {"addConditionalFormatRule": {"rule": {"ranges": [rule_box], "booleanRule": custom}, "index": 0}},
            lines("insertDimension", 0, 1, "COLUMNS"),
            lines("insertDimension", 0, 1),
        ],
    )
    validation = edit.sheet(1).cell(0, 0).validation
    assert validation is not None
    assert validation["condition"]["values"] == [{"userEnteredValue": "=Main!$B$3:$B$6"}]
    rule_ = edit.sheet(0).conditional_formats[0]
    assert (rule_.boxes[0].top, rule_.boxes[0].bottom) == (2, 5)
    assert rule_.body["booleanRule"]["condition"]["values"] == [{"userEnteredValue": "=$C3>1"}]


def test_inserted_rows_take_format_and_rule_but_no_note_or_value() -> None:
    edit = new_edit()
    data = {
        "userEnteredFormat": {"textFormat": {"bold": True}},
        "note": "help",
        "userEnteredValue": {"stringValue": "x"},
    }
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    batch.run(
        edit,
        [
            {"updateCells": {"rows": [{"values": [data]}], "start": start, "fields": "*"}},
            lines("insertDimension", 1, 2, inheritFromBefore=True),
        ],
    )
    made = edit.sheet(0).cell(1, 0)
    assert (made.format, made.note, made.value) == ({"textFormat": {"bold": True}}, "", None)


def test_rows_that_do_not_exist_cannot_be_deleted() -> None:
    edit = new_edit()
    with pytest.raises(ApiError, match="Tried to delete row index 14 but there are only 14 rows"):
        batch.run(edit, [lines("deleteDimension", 14, 15)])
    with pytest.raises(ApiError, match="not possible to delete all non-frozen rows"):
        batch.run(edit, [lines("deleteDimension", 0, 14)])
