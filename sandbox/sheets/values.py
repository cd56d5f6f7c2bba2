"""The ``values`` part of the API: rectangles of plain values, read and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sandbox.sheets import a1, entry
from sandbox.sheets.box import Axis, Box
from sandbox.sheets.celljson import number
from sandbox.sheets.edit import Edit, within
from sandbox.sheets.errors import Refused
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.formulas.values import Formatted, FormulaError
from sandbox.sheets.model import EMPTY, Cell, Formula, Sheet
from sandbox.sheets.requests.growth import grow
from sandbox.sheets.show import DATES, shown

Values = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """How values are answered; the defaults are Google's."""

    value: str = "FORMATTED_VALUE"
    moment: str = "SERIAL_NUMBER"
    axis: Axis = "ROWS"

    @classmethod
    def of(cls, asked: Mapping[str, Any], prefix: str = "") -> Rendering:
        """The options among a request's parameters or body fields, whose names may begin with ``response``."""
        names = ("valueRenderOption", "dateTimeRenderOption")
        value, moment = (prefix + name[0].upper() + name[1:] if prefix else name for name in names)
        return cls(
            value=asked.get(value, "FORMATTED_VALUE"),
            moment=asked.get(moment, "SERIAL_NUMBER"),
            axis="COLUMNS" if asked.get("majorDimension") == "COLUMNS" else "ROWS",
        )


def read(evaluator: Evaluator, box: Box, how: Rendering) -> dict[str, Any]:
    """A ValueRange of the box, without trailing empty rows and cells; no ``values`` when all are empty."""
    sheet = _sheet(evaluator, box)
    within(sheet, box)
    box = sheet.clamp(box)
    rows = [
        [_output(evaluator, sheet, row, column, how) for column in box.columns()]
        for row in evaluator.used(box).rows()
    ]
    if how.axis == "COLUMNS":
        rows = [list(column) for column in zip(*rows, strict=True)]
    values = trimmed(rows)
    made = {"range": a1.write(box, sheet.title), "majorDimension": how.axis}
    return {**made, "values": values} if values else made


def trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """Rows without their trailing Nones and without trailing empty rows; other Nones are ``""``."""
    cut = []
    for row in rows:
        length = next((n for n in range(len(row), 0, -1) if row[n - 1] is not None), 0)
        cut.append(["" if value is None else value for value in row[:length]])
    while cut and not cut[-1]:
        cut.pop()
    return cut


def _sheet(evaluator: Evaluator, box: Box) -> Sheet:
    sheet = evaluator.book.find(box.sheet_id)
    if sheet is None:
        raise Refused(f"No grid with id: {box.sheet_id}")
    return sheet


def _output(evaluator: Evaluator, sheet: Sheet, row: int, column: int, how: Rendering) -> Any:
    cell = sheet.cell(row, column)
    if cell.value is None:
        return None
    if how.value == "FORMULA" and isinstance(cell.value, Formula):
        return cell.value.text
    value = evaluator.outcome(sheet.sheet_id, row, column)
    if isinstance(value, FormulaError):
        return value.code
    if how.value == "FORMATTED_VALUE":
        return shown(value, cell.number_format(), evaluator.book.locale)
    if isinstance(value, float) and not (how.moment == "FORMATTED_STRING" and _is_moment(cell, value)):
        return number(value)
    return value if isinstance(value, bool) else shown(value, cell.number_format(), evaluator.book.locale)


def _is_moment(cell: Cell, value: float) -> bool:
    number_format: Mapping[str, Any] = cell.number_format() or (value.pattern if isinstance(value, Formatted) else {})
    return number_format.get("type") in DATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write touched: the box from its first to its last cell, and how many cells were given."""

    box: Box
    cells: int

    def to_json(self, title: str) -> dict[str, Any]:
        made = {"updatedRange": a1.write(self.box, title)}
        if not self.cells:
            return made
        counts = {"updatedRows": len(self.box.rows()), "updatedColumns": len(self.box.columns())}
        return {**made, **counts, "updatedCells": self.cells}


def write(edit: Edit, target: Box, values: Values, *, axis: Axis, option: str) -> Written:
    """Put values into a box from its first cell on. A single cell is a starting point; a larger box is a limit.

    The grid grows with values that begin inside it, but not past an open side of the box: that ends with the grid.
    None leaves a cell as it is and ``""`` empties it. Raises Refused where the values don't fit. Source: pygsheets'
    live tests for growth, reported refusals for the limits."""
    rows = _transposed(values) if axis == "COLUMNS" else values
    sheet = edit.sheet(target.sheet_id)
    within(sheet, target)
    size = (len(rows), max((len(row) for row in rows), default=0))
    _check_fit(sheet, target, size)
    bottom, right = target.top + max(1, size[0]), target.left + max(1, size[1])
    box = replace(target, bottom=bottom, right=right)
    edit.allow(box)
    grow(edit, sheet, rows=bottom, columns=right)
    cells, manner = 0, edit.manner()
    for row, line in enumerate(rows, target.top):
        for column, value in enumerate(line, target.left):
            if value is not None:
                _put(sheet, row, column, value, manner if option == "USER_ENTERED" else None)
                cells += 1
    return Written(box=box, cells=cells)


def _transposed(values: Values) -> Values:
    height = max((len(column) for column in values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(height)]


def _check_fit(sheet: Sheet, target: Box, size: tuple[int, int]) -> None:
    if target.is_single():
        return
    bottom = sheet.row_count if target.bottom is None else target.bottom
    right = sheet.column_count if target.right is None else target.right
    asked = a1.write(replace(target, bottom=bottom, right=right), sheet.title)
    if target.top + size[0] > bottom:
        raise Refused(f"Requested writing within range [{asked}], but tried writing to row [{bottom + 1}]")
    if target.left + size[1] > right:
        letters = a1.column_letters(right)
        raise Refused(f"Requested writing within range [{asked}], but tried writing to column [{letters}]")


def _put(sheet: Sheet, row: int, column: int, value: Any, manner: entry.Manner | None) -> None:
    if isinstance(value, (list, dict)):
        raise Refused(f"Invalid values[{row}][{column}]: a cell takes a text, a number, a boolean or null.")
    cell = sheet.cell(row, column)
    entered = entry.typed(value, cell, manner) if manner else entry.raw(value)
    made = entry.enter(cell, entered)
    sheet.put(row, column, EMPTY if made == EMPTY else made)


def clear(edit: Edit, target: Box) -> Box:
    """Empty the values of a box; formats, notes and rules stay. Returns the box cut to the grid."""
    sheet = edit.sheet(target.sheet_id)
    box = edit.closed(target)
    edit.allow(box)
    for row, column, cell in list(sheet.filled()):
        if cell.value is not None and box.holds(row, column):
            sheet.put(row, column, replace(cell, value=None, extra={}))
    return box
