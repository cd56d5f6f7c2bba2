"""autoFill: lines of cells go on downwards, upwards, right or left, with formats, rules and shifted formulas.

How values go on is in ``series``. Source: discovery document (AutoFillRequest, SourceAndDestination)."""

from __future__ import annotations

from dataclasses import replace

from sandbox.sheets import series, shift
from sandbox.sheets.box import Axis, Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.formulas import refs
from sandbox.sheets.model import EMPTY, Cell, Formula, Json, Sheet
from sandbox.sheets.requests.growth import grow
from sandbox.sheets.show import DATES


def auto_fill(edit: Edit, request: Json) -> Json:
    """Fill the rest of a range from where it has data, or a number of lines from an explicit source."""
    alternate = bool(request.get("useAlternateSeries"))
    if ("range" in request) == ("sourceAndDestination" in request):
        raise Refused("Must specify either a range or a source and destination to fill.")
    if "range" in request:
        source, axis, length = _detected(edit, edit.closed(Box.from_json(request["range"])))
    else:
        source, axis, length = _given(edit, request["sourceAndDestination"])
    if length:
        _fill(edit, source, axis, length, alternate=alternate)
    return {}


def _given(edit: Edit, asked: Json) -> tuple[Box, Axis, int]:
    dimension = asked.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension not in ("ROWS", "COLUMNS"):
        raise Refused("A dimension must be specified.")
    return edit.closed(Box.from_json(asked.get("source", {}))), dimension, asked.get("fillLength", 0)


def _detected(edit: Edit, box: Box) -> tuple[Box, Axis, int]:
    """The part of the range that has data, and how far the rest reaches below, above, right or left of it."""
    places = [
        (row, column)
        for row, column, cell in edit.sheet(box.sheet_id).filled()
        if cell.value is not None and box.holds(row, column)
    ]
    if not places:
        return box, "ROWS", 0
    rows, columns = [row for row, _ in places], [column for _, column in places]
    data = replace(box, top=min(rows), bottom=max(rows) + 1, left=min(columns), right=max(columns) + 1)
    below, above = (box.bottom or 0) - (data.bottom or 0), data.top - box.top
    right, left = (box.right or 0) - (data.right or 0), data.left - box.left
    if below or above:
        return replace(data, left=box.left, right=box.right), "ROWS", below or -above
    return data, "COLUMNS", right or -left


def _fill(edit: Edit, source: Box, axis: Axis, length: int, *, alternate: bool) -> None:
    sheet, target = edit.sheet(source.sheet_id), _target(source, axis, length)
    if target.top < 0 or target.left < 0:
        raise Refused("Cannot fill beyond the first row or column of the sheet.")
    grow(edit, sheet, rows=target.bottom or 0, columns=target.right or 0)
    edit.allow(target)
    for line in source.columns() if axis == "ROWS" else source.rows():
        _continue(sheet, source, target, axis, line, alternate=alternate)


def _target(source: Box, axis: Axis, length: int) -> Box:
    start, end = (source.top, source.bottom or 0) if axis == "ROWS" else (source.left, source.right or 0)
    first, last = (end, end + length) if length > 0 else (start + length, start)
    return replace(source, top=first, bottom=last) if axis == "ROWS" else replace(source, left=first, right=last)


def _continue(sheet: Sheet, source: Box, target: Box, axis: Axis, line: int, *, alternate: bool) -> None:
    start = source.top if axis == "ROWS" else source.left
    along = source.rows() if axis == "ROWS" else source.columns()
    cells = [_at(sheet, axis, line, place) for place in along]
    dated = all(cell.number_format().get("type") in DATES for cell in cells)
    value = series.continued([cell.value for cell in cells], dated=dated, alternate=alternate)
    for place in target.rows() if axis == "ROWS" else target.columns():
        model = (place - start) % len(cells)
        made = replace(cells[model], note="", value=value(place - start))
        if isinstance(made.value, Formula):
            away = place - start - model
            made = shift.rewritten_formula(made, refs.shifted(*((away, 0) if axis == "ROWS" else (0, away))))
        where = (place, line) if axis == "ROWS" else (line, place)
        sheet.put(*where, EMPTY if made == EMPTY else made)


def _at(sheet: Sheet, axis: Axis, line: int, place: int) -> Cell:
    return sheet.cell(place, line) if axis == "ROWS" else sheet.cell(line, place)
