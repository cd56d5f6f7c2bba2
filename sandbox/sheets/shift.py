"""Rows and columns inserted, deleted or moved: cells, metadata, ranges and formulas all follow in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from sandbox.sheets import criteria, objects
from sandbox.sheets.box import Axis, Box
from sandbox.sheets.formulas import refs
from sandbox.sheets.lines import OPEN_END, Delete, Insert, LineEdit, Move
from sandbox.sheets.model import EMPTY, Cell, Formula, Json, Line, Ranged, Row, Sheet, Spreadsheet

T = TypeVar("T")


def apply(book: Spreadsheet, sheet: Sheet, axis: Axis, edit: LineEdit) -> None:
    """Reorder the lines of a sheet, and make everything in the book that points at them follow."""
    objects.follow_anchors(book, sheet.sheet_id, axis, edit)
    _reorder(sheet, axis, edit)
    if axis == "COLUMNS":
        _follow_columns(sheet, edit)
    follow_ranges(book, sheet, lambda box: moved_box(box, axis, edit))
    title = sheet.title.casefold()
    for other in book.sheets:
        rewrite_formulas(other, refs.follow(axis, edit, points_at(title, unnamed=other is sheet)))


def points_at(title: str, *, unnamed: bool) -> Callable[[str | None], bool]:
    """Whether a reference means the sheet of that (folded) title."""
    return lambda named: unnamed if named is None else named.casefold() == title


def moved_box(box: Box, axis: Axis, edit: LineEdit) -> Box | None:
    """Where a box is after the edit; None when all of it is gone. Open sides stay open."""
    start, end = (box.top, box.bottom) if axis == "ROWS" else (box.left, box.right)
    if not start and end is None:
        return box
    span = edit.span(start, OPEN_END if end is None else end)
    if span is None:
        return None
    last = None if end is None else span[1]
    if axis == "ROWS":
        return replace(box, top=span[0], bottom=last)
    return replace(box, left=span[0], right=last)


def rewrite_formulas(sheet: Sheet, change: refs.Change, *, mentioning: str = "") -> None:
    """Apply a change of references to every formula in cells, in dropdown ranges and in conditional formats.

    With ``mentioning`` a cell's formula without that sheet's title in it is passed over, as nothing in it changes."""
    title = mentioning.replace("'", "''").casefold()
    for row in sheet.rows:
        for column, cell in enumerate(row.cells):
            named = isinstance(cell.value, Formula) and title in cell.value.text.casefold()
            if named or cell.validation:
                row.cells[column] = rewritten(cell, change)
    sheet.conditional_formats = tuple(
        replace(rule, body=_rule_rewritten(rule.body, change)) for rule in sheet.conditional_formats
    )


def rewritten(cell: Cell, change: refs.Change) -> Cell:
    """The cell with its formula and its rule's ranges changed; the very same cell where nothing did."""
    cell = rewritten_formula(cell, change)
    if cell.validation:
        condition = _condition_rewritten(cell.validation["condition"], change)
        if condition != cell.validation["condition"]:
            cell = replace(cell, validation={**cell.validation, "condition": condition})
    return cell


def rewritten_formula(cell: Cell, change: refs.Change) -> Cell:
    """The cell with its formula's references changed and nothing else."""
    if not isinstance(cell.value, Formula):
        return cell
    text = refs.rewrite(cell.value.text, change)
    return cell if text == cell.value.text else replace(cell, value=Formula(text))


def _rule_rewritten(rule: Json, change: refs.Change) -> Json:
    boolean = rule.get("booleanRule")
    if not boolean or "condition" not in boolean:
        return rule
    return {**rule, "booleanRule": {**boolean, "condition": _condition_rewritten(boolean["condition"], change)}}


def _condition_rewritten(condition: Json, change: refs.Change) -> Json:
    values = condition.get("values", ())
    if not any(value.get("userEnteredValue", "").startswith("=") for value in values):
        return condition
    return {**condition, "values": [_value_rewritten(value, change) for value in values]}


def _value_rewritten(value: Json, change: refs.Change) -> Json:
    text = value.get("userEnteredValue", "")
    return {**value, "userEnteredValue": refs.rewrite(text, change)} if text.startswith("=") else value


def _reorder(sheet: Sheet, axis: Axis, edit: LineEdit) -> None:
    if axis == "ROWS":
        sheet.rows = _reordered(sheet.rows, edit, Row)
        sheet.row_count += growth(edit)
        return
    sheet.columns = _reordered(sheet.columns, edit, Line)
    sheet.column_count += growth(edit)
    for row in sheet.rows:
        row.cells = _reordered(row.cells, edit, lambda: EMPTY)


def growth(edit: LineEdit) -> int:
    """How many lines longer the axis becomes."""
    if isinstance(edit, Insert):
        return edit.count
    return edit.start - edit.end if isinstance(edit, Delete) else 0


def _reordered(items: list[T], edit: LineEdit, blank: Callable[[], T]) -> list[T]:
    """``items`` in their new order; the list only reaches as far as the last of them."""
    reach = len(items)
    if isinstance(edit, Move) and reach > edit.start:
        reach = max(reach, edit.end, edit.to)
    elif isinstance(edit, Move) and reach > edit.to:
        reach = max(reach, edit.end)
    padded = items + [blank() for _ in range(reach - len(items))]
    if isinstance(edit, Insert):
        new = [blank() for _ in range(edit.count)] if edit.at < len(items) else []
        if 0 < edit.at < len(items):
            _join_groups(items[edit.at - 1], items[edit.at], new)
        return padded[: edit.at] + new + padded[edit.at :]
    if isinstance(edit, Delete):
        return padded[: edit.start] + padded[edit.end :]
    placed = {edit.point(n): item for n, item in enumerate(padded)}
    return [placed[n] for n in range(len(padded))]


def _join_groups(before: object, after: object, new: list[T]) -> None:
    """Lines that come in the middle of a group belong to it."""
    for line in new:
        if isinstance(line, Line) and isinstance(before, Line) and isinstance(after, Line):
            line.depth = min(before.depth, after.depth)


def follow_ranges(book: Spreadsheet, sheet: Sheet, move: Callable[[Box], Box | None]) -> None:
    """Everything that covers cells of the sheet goes where ``move`` says; None takes it away."""

    def follow(thing: Ranged) -> Ranged | None:
        kept = [move(box) if box.sheet_id == sheet.sheet_id else box for box in thing.boxes]
        boxes = tuple(box for box in kept if box is not None)
        return replace(thing, boxes=boxes) if boxes else None

    def all_of(things: tuple[Ranged, ...]) -> tuple[Ranged, ...]:
        return tuple(found for found in map(follow, things) if found)

    book.names = {name: found for name, thing in book.names.items() if (found := follow(thing))}
    sheet.merges = tuple(merge for merge in all_of(sheet.merges) if not merge.boxes[0].is_single())
    sheet.bands = all_of(sheet.bands)
    sheet.conditional_formats = all_of(sheet.conditional_formats)
    sheet.protections = all_of(tuple(p for p in sheet.protections if move(p.boxes[0])))
    sheet.filter_views, sheet.tables = all_of(sheet.filter_views), all_of(sheet.tables)
    sheet.basic_filter = follow(sheet.basic_filter) if sheet.basic_filter else None
    objects.follow(book, lambda box: move(box) if box.sheet_id == sheet.sheet_id else box)


def _follow_columns(sheet: Sheet, edit: LineEdit) -> None:
    """What is said of single columns, in filters and tables, stays with them."""
    if sheet.basic_filter:
        sheet.basic_filter = criteria.moved(sheet.basic_filter, edit.point)
    sheet.filter_views = tuple(criteria.moved(view, edit.point) for view in sheet.filter_views)
    sheet.tables = tuple(_table_columns(table, edit) for table in sheet.tables)


def _table_columns(table: Ranged, edit: LineEdit) -> Ranged:
    """The table with each column's type on the column that it was on."""
    box = moved_box(table.boxes[0], "COLUMNS", edit)
    if box is None:
        return table
    left, types = table.boxes[0].left, table.body.get("columns", {})
    moved = {edit.point(left + index): kind for index, kind in types.items()}
    inside = {place - box.left: kind for place, kind in moved.items() if place is not None and place in box.columns()}
    return replace(table, body={**table.body, "columns": inside})
