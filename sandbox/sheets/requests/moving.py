"""insertRange and deleteRange: a block of cells comes or goes, and what stands below or beside it shifts.

Ranges and references that lie wholly in the shifted band follow; those that reach out of it stay."""

from __future__ import annotations

from dataclasses import replace

from sandbox.sheets import shift
from sandbox.sheets.box import Axis, Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import CUT_MERGE, Refused
from sandbox.sheets.formulas import refs
from sandbox.sheets.lines import Delete, Insert, LineEdit
from sandbox.sheets.model import EMPTY, Cell, Json, Sheet
from sandbox.sheets.requests.growth import grow


def insert_range(edit: Edit, request: Json) -> Json:
    sheet, box, axis = _asked(edit, request)
    start, count = (box.top, len(box.rows())) if axis == "ROWS" else (box.left, len(box.columns()))
    _shift(edit, sheet, box, axis, Insert(start, count))
    return {}


def delete_range(edit: Edit, request: Json) -> Json:
    sheet, box, axis = _asked(edit, request)
    start, end = (box.top, box.bottom or 0) if axis == "ROWS" else (box.left, box.right or 0)
    _shift(edit, sheet, box, axis, Delete(start, end))
    return {}


def _asked(edit: Edit, request: Json) -> tuple[Sheet, Box, Axis]:
    box = Box.from_json(request.get("range", {}))
    dimension = request.get("shiftDimension", "DIMENSION_UNSPECIFIED")
    if dimension not in ("ROWS", "COLUMNS"):
        raise Refused("A dimension must be specified.")
    return edit.sheet(box.sheet_id), edit.closed(box), "ROWS" if dimension == "ROWS" else "COLUMNS"


def _shift(edit: Edit, sheet: Sheet, box: Box, axis: Axis, lines: LineEdit) -> None:
    band = replace(box, bottom=None) if axis == "ROWS" else replace(box, right=None)
    edit.allow(band)
    if any(merge.boxes[0].meets(band) and not merge.boxes[0].within(band) for merge in sheet.merges):
        raise Refused(CUT_MERGE)
    _move_cells(edit, sheet, band, axis, lines)
    shift.follow_ranges(edit.book, sheet, lambda each: _moved(each, band, axis, lines))
    title = sheet.title.casefold()
    for other in edit.book.sheets:
        concerns = shift.points_at(title, unnamed=other is sheet)
        shift.rewrite_formulas(other, _follow(refs.follow(axis, lines, concerns), band))


def _move_cells(edit: Edit, sheet: Sheet, band: Box, axis: Axis, lines: LineEdit) -> None:
    taken = [(row, column, cell) for row, column, cell in sheet.filled() if band.holds(row, column)]
    landed: dict[tuple[int, int], Cell] = {}
    for row, column, cell in taken:
        sheet.put(row, column, EMPTY)
        point = lines.point(row if axis == "ROWS" else column)
        if point is not None:
            landed[(point, column) if axis == "ROWS" else (row, point)] = cell
    grow(
        edit,
        sheet,
        rows=max((row + 1 for row, _ in landed), default=0),
        columns=max((column + 1 for _, column in landed), default=0),
    )
    for (row, column), cell in landed.items():
        sheet.put(row, column, cell)


def _moved(box: Box, band: Box, axis: Axis, lines: LineEdit) -> Box | None:
    return shift.moved_box(box, axis, lines) if box.within(band) else box


def _follow(change: refs.Change, band: Box) -> refs.Change:
    return lambda ref: change(ref) if ref.box(band.sheet_id).within(band) else ref
