"""Requests that write cells: updateCells, repeatCell, and formats and rules over a range."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.fields import Mask
from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.celljson import updated
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.formulas import refs
from sandbox.sheets.model import Cell, Json, Sheet
from sandbox.sheets.validation import check_rule


def update_cells(edit: Edit, request: Json) -> Json:
    """Rows of cells from ``start``, or over ``range``, where cells without data are cleared."""
    mask = masks.read("CellData", request.get("fields", ""))
    rows: Sequence[Json] = request.get("rows", ())
    if "range" in request:
        box = Box.from_json(request["range"])
        sheet, closed = edit.sheet(box.sheet_id), edit.closed(box)
        _write_over(edit, sheet, closed, rows, mask)
        return {}
    start = request.get("start", {})
    sheet = edit.sheet(start.get("sheetId", 0))
    origin = (start.get("rowIndex", 0), start.get("columnIndex", 0))
    width = max((len(row.get("values", ())) for row in rows), default=0)
    box = Box(
        sheet_id=sheet.sheet_id,
        top=origin[0],
        bottom=origin[0] + len(rows),
        left=origin[1],
        right=origin[1] + width,
    )
    _check_reach(box, sheet.box())
    write(edit, sheet, box, rows, mask)
    return {}


def _write_over(edit: Edit, sheet: Sheet, box: Box, rows: Sequence[Json], mask: Mask) -> None:
    width = max((len(row.get("values", ())) for row in rows), default=0)
    reach = Box(
        sheet_id=sheet.sheet_id, top=box.top, bottom=box.top + len(rows), left=box.left, right=box.left + width
    )
    _check_reach(reach, box)
    edit.allow(box)
    for row, column in box.cells():
        if row < len(sheet.rows) and column < len(sheet.rows[row].cells):
            sheet.put(row, column, updated(sheet.cell(row, column), {}, mask))
    write(edit, sheet, reach, rows, mask)


def write(edit: Edit, sheet: Sheet, box: Box, rows: Sequence[Json], mask: Mask) -> None:
    """Rows of CellData from the box's first cell on. Raises Refused where the editor may not write."""
    edit.allow(box)
    for row, data in enumerate(rows, box.top):
        for column, cell in enumerate(data.get("values", ()), box.left):
            _put(sheet, row, column, _ready(cell), mask)


def _check_reach(box: Box, limit: Box) -> None:
    """Raises Refused where the data stick out of where they may go."""
    if (box.bottom or 0) > (limit.bottom or 0):
        raise Refused(
            f"Attempting to write row: {limit.bottom}, beyond the last requested row of: {(limit.bottom or 0) - 1}"
        )
    if (box.right or 0) > (limit.right or 0):
        raise Refused(
            f"Attempting to write column: {limit.right}, "
            f"beyond the last requested column of: {(limit.right or 0) - 1}"
        )


def repeat_cell(edit: Edit, request: Json) -> Json:
    """One cell over a range; a formula's relative references shift for each cell as if it was copied there."""
    mask = masks.read("CellData", request.get("fields", ""))
    sheet, box = _allowed(edit, request)
    cell = _ready(request.get("cell", {}))
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is None:
        _paint(sheet, box, cell, mask)
        return {}
    for row, column in box.cells():
        text = refs.rewrite(formula, refs.shifted(row - box.top, column - box.left))
        _put(sheet, row, column, {**cell, "userEnteredValue": {"formulaValue": text}}, mask)
    return {}


def set_data_validation(edit: Edit, request: Json) -> Json:
    """A rule on every cell of a range, or none where the request has no rule."""
    sheet, box = _allowed(edit, request)
    rule = request.get("rule")
    check_rule(edit.book, rule)
    if rule is None:
        box = box.clamp(len(sheet.rows), sheet.column_count)
    _paint(sheet, box, {"dataValidation": rule}, {"dataValidation": {}})
    return {}


def _allowed(edit: Edit, request: Json) -> tuple[Sheet, Box]:
    """The request's range, closed, once the editor may write to it."""
    asked = Box.from_json(request.get("range", {}))
    sheet, box = edit.sheet(asked.sheet_id), edit.closed(asked)
    edit.allow(box)
    return sheet, box


def _paint(sheet: Sheet, box: Box, data: Json, mask: Mask) -> None:
    """The same data on every cell; cells that are alike share what they become."""
    known: dict[int, tuple[Cell, Cell]] = {}
    for row, column in box.cells():
        old = sheet.cell(row, column)
        if id(old) not in known:
            known[id(old)] = (old, updated(old, data, mask))
        sheet.put(row, column, known[id(old)][1])


def _put(sheet: Sheet, row: int, column: int, data: Json, mask: Mask) -> None:
    sheet.put(row, column, updated(sheet.cell(row, column), data, mask))


def _ready(cell: Json) -> Json:
    ready: Json = masks.both_colours(cell)
    return ready
