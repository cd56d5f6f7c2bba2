"""Requests about rows and columns: insert, delete, move, append, size and hide.

Source of the refusals of insertDimension and of moves that a merge forbids: live answers in a public inbox agent's
tests; a merge whose lines all move goes along (assumed)."""

from __future__ import annotations

from sandbox.sheets import mask as masks
from sandbox.sheets import shift
from sandbox.sheets.box import Axis, Box, line_box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.letters import text_width
from sandbox.sheets.lines import Delete, Insert, Move
from sandbox.sheets.model import Cell, Json, Sheet
from sandbox.sheets.requests.growth import check, grow
from sandbox.sheets.show import shown

_READ_ONLY = ("hiddenByFilter",)


def insert_dimension(edit: Edit, request: Json) -> Json:
    sheet, axis, start, end = lines_of(edit, request.get("range", {}))
    before = bool(request.get("inheritFromBefore"))
    if before and start == 0:
        raise Refused("inheritFromBefore cannot be true when inserting at index 0.")
    _check_insert(start, end, sheet.count(axis), before=before)
    if start < sheet.count(axis):
        edit.allow(line_box(sheet.sheet_id, axis, start, start + 1))
    shift.apply(edit.book, sheet, axis, Insert(start, end - start))
    check(edit)
    _inherit(sheet, axis, start, end, start - 1 if before else end)
    return {}


def _check_insert(start: int, end: int, count: int, *, before: bool) -> None:
    if start > count:
        raise Refused(f"range.startIndex is larger than current grid size ({count})")
    if start == count and not before:
        raise Refused(f"range.startIndex must be less than the grid size ({count}) if inheritFromBefore is false.")
    if end <= start:
        raise Refused("range.endIndex must be larger than range.startIndex.")


def delete_dimension(edit: Edit, request: Json) -> Json:
    sheet, axis, start, end = lines_of(edit, request.get("range", {}))
    count = sheet.count(axis)
    last = end - 1
    if last >= count or start >= count:
        gone = max(start, last)
        raise Refused(
            f"Cannot delete a {_noun(axis)} that doesn't exist. "
            f"Tried to delete {_noun(axis)} index {gone} but there are only {count} {_noun(axis)}s."
        )
    frozen = sheet.grid.get("frozenRowCount" if axis == "ROWS" else "frozenColumnCount", 0)
    if count - frozen <= sum(index >= frozen for index in range(start, end)):
        raise Refused(f"Sorry, it is not possible to delete all non-frozen {_noun(axis)}s.")
    edit.allow(line_box(sheet.sheet_id, axis, start, end))
    shift.apply(edit.book, sheet, axis, Delete(start, end))
    return {}


def move_dimension(edit: Edit, request: Json) -> Json:
    sheet, axis, start, end = lines_of(edit, request.get("source", {}))
    to = request.get("destinationIndex", 0)
    if end > sheet.count(axis) or not 0 <= to <= sheet.count(axis):
        raise Refused(f"Cannot move {_noun(axis)}s that don't exist: there are only {sheet.count(axis)}.")
    if start < to < end:
        raise Refused("The destination must be outside of the lines that move.")
    if any(_cut(merge.boxes[0], axis, start, end, to) for merge in sheet.merges):
        raise Refused(
            f"Sorry, it is not possible to move a {_noun(axis)} to a position that crosses a merged cell. "
            "Please unmerge and try again."
        )
    edit.allow(line_box(sheet.sheet_id, axis, min(start, to), max(end, to)))
    shift.apply(edit.book, sheet, axis, Move(start, end, to))
    return {}


def _cut(merge: Box, axis: Axis, start: int, end: int, to: int) -> bool:
    """Whether a move would part the lines of a merge, or put others between them."""
    first, last = (merge.top, merge.bottom or 0) if axis == "ROWS" else (merge.left, merge.right or 0)
    moving = [start <= line < end for line in range(first, last)]
    return first < to < last or (any(moving) and not all(moving))


def append_dimension(edit: Edit, request: Json) -> Json:
    sheet = edit.sheet(request.get("sheetId", 0))
    length = request.get("length", 0)
    if length < 1:
        raise Refused("Length must be greater than 0.")
    if _axis(request) == "ROWS":
        grow(edit, sheet, rows=sheet.row_count + length)
    else:
        grow(edit, sheet, columns=sheet.column_count + length)
    return {}


def update_dimension_properties(edit: Edit, request: Json) -> Json:
    mask = masks.read("DimensionProperties", request.get("fields", ""))
    sheet, axis, start, end = lines_of(edit, request.get("range", {}))
    edit.allow(line_box(sheet.sheet_id, axis, start, end))
    for index in range(start, min(end, sheet.count(axis))):
        line = sheet.line(axis, index)
        filtered = {name: line.properties[name] for name in _READ_ONLY if name in line.properties}
        asked = {name: v for name, v in request.get("properties", {}).items() if name not in _READ_ONLY}
        line.properties = {**masks.merged(mask, line.properties, asked), **filtered}
    return {}


def auto_resize_dimensions(edit: Edit, request: Json) -> Json:
    """Sizes follow the longest text, letter by letter in Arial's widths, however long it is."""
    sheet, axis, start, end = lines_of(edit, request.get("dimensions", {}))
    for index in range(start, min(end, sheet.count(axis))):
        if axis == "COLUMNS":
            evaluator = edit.evaluator()
            texts = [
                shown(evaluator.outcome(sheet.sheet_id, row, index), cell.number_format(), edit.book.locale)
                for row, column, cell in sheet.filled()
                if column == index and cell.value is not None
            ]
            if texts:
                sheet.column(index).properties["pixelSize"] = max(21, max(map(text_width, texts)))
        else:
            sheet.row(index).properties.pop("pixelSize", None)
    return {}


def lines_of(edit: Edit, lines: Json) -> tuple[Sheet, Axis, int, int]:
    """The sheet, axis and lines of a DimensionRange, open ends closed."""
    sheet = edit.sheet(lines.get("sheetId", 0))
    axis = _axis(lines)
    start, end = lines.get("startIndex", 0), lines.get("endIndex", sheet.count(axis))
    if start < 0 or end < start:
        raise Refused(f"Invalid range: startIndex {start} must be before endIndex {end}.")
    return sheet, axis, start, end


def _axis(request: Json) -> Axis:
    found = request.get("dimension", "DIMENSION_UNSPECIFIED")
    if found == "ROWS":
        return "ROWS"
    if found == "COLUMNS":
        return "COLUMNS"
    raise Refused("A dimension must be specified.")


def _noun(axis: Axis) -> str:
    return "row" if axis == "ROWS" else "column"


def _inherit(sheet: Sheet, axis: Axis, start: int, end: int, model: int) -> None:
    """New lines take format, rule and size from their neighbour; text, notes and metadata are not taken."""
    if model >= sheet.count(axis):
        return
    size = sheet.line(axis, model).properties.get("pixelSize") if _reaches(sheet, axis, model) else None
    for index in range(start, end):
        if size:
            sheet.line(axis, index).properties["pixelSize"] = size
        across = sheet.column_count if axis == "ROWS" else len(sheet.rows)
        for other in range(across):
            old = sheet.cell(model, other) if axis == "ROWS" else sheet.cell(other, model)
            if old.format or old.validation:
                place = (index, other) if axis == "ROWS" else (other, index)
                sheet.put(*place, Cell(format=old.format, validation=old.validation))


def _reaches(sheet: Sheet, axis: Axis, index: int) -> bool:
    return index < len(sheet.rows if axis == "ROWS" else sheet.columns)
