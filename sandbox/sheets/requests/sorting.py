"""sortRange: whole cells change rows, and each row's metadata goes with them.

Numbers come first, then text without regard to case, then booleans, then errors; empty cells are always last. A
formula's relative references shift with its row, as if it was copied. Whether live Sheets also shifts references
to other sheets in a sort is not documented; the sandbox treats them alike."""

from __future__ import annotations

from functools import cmp_to_key

from sandbox.sheets import shift
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.formulas import refs
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.formulas.values import FormulaError, Scalar, compare
from sandbox.sheets.model import EMPTY, Cell, Json, Metadata, Sheet

Found = Scalar | FormulaError


def sort_range(edit: Edit, request: Json) -> Json:
    box = Box.from_json(request.get("range", {}))
    sheet, closed = edit.sheet(box.sheet_id), edit.closed(box)
    specs = request.get("sortSpecs", [])
    if not specs:
        raise Refused("At least one sort spec must be given.")
    for spec in specs:
        if spec.get("dimensionIndex", 0) not in closed.columns():
            raise Refused("Sort column index is outside of the range.")
    if any(merge.boxes[0].meets(closed) for merge in sheet.merges):
        raise Refused("You can't sort a range containing merged cells.")
    edit.allow(closed)
    _permute(sheet, closed, _order(edit.evaluator(), closed, specs))
    return {}


def _order(evaluator: Evaluator, box: Box, specs: list[Json]) -> list[int]:
    """The old row numbers in their new order; rows that compare equal keep theirs."""
    rows = list(box.rows())
    for spec in reversed(specs):
        column, descending = spec.get("dimensionIndex", 0), spec.get("sortOrder") == "DESCENDING"
        found = {row: evaluator.outcome(box.sheet_id, row, column) for row in rows}
        filled = [row for row in rows if found[row] is not None]
        empty = [row for row in rows if found[row] is None]

        def by_value(a: int, b: int, found: dict[int, Found] = found) -> int:
            return _compare(found[a], found[b])

        # reverse=True keeps the order of equals, so descending stays stable too.
        rows = sorted(filled, key=cmp_to_key(by_value), reverse=descending) + empty
    return rows


def _compare(left: Found, right: Found) -> int:
    broken = (isinstance(left, FormulaError), isinstance(right, FormulaError))
    if any(broken):
        return broken[0] - broken[1]
    return compare(_scalar(left), _scalar(right))


def _scalar(value: Found) -> Scalar:
    assert not isinstance(value, FormulaError)
    return value


def _permute(sheet: Sheet, box: Box, order: list[int]) -> None:
    taken: list[tuple[list[Cell], tuple[Metadata, ...]]] = [_taken(sheet, box, row) for row in order]
    for new, (old, (cells, metadata)) in enumerate(zip(order, taken, strict=True), box.top):
        if new == old:
            continue
        change = refs.shifted(new - old, 0)
        for column, cell in zip(box.columns(), cells, strict=True):
            if cell is not EMPTY or sheet.cell(new, column) is not EMPTY:
                sheet.put(new, column, shift.rewritten_formula(cell, change))
        if metadata or _metadata(sheet, new):
            sheet.row(new).metadata = metadata


def _taken(sheet: Sheet, box: Box, row: int) -> tuple[list[Cell], tuple[Metadata, ...]]:
    return [sheet.cell(row, column) for column in box.columns()], _metadata(sheet, row)


def _metadata(sheet: Sheet, row: int) -> tuple[Metadata, ...]:
    return sheet.rows[row].metadata if row < len(sheet.rows) else ()
