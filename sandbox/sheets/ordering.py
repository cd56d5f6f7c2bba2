"""In which order rows stand when they are sorted.

Numbers come first, then text without regard to case, then booleans, then errors; descending turns that round, and
empty cells are last either way. Cells of a wanted colour come first (discovery document: SortSpec). Numbers below
text, and text above numbers when descending, were seen live: see ``requests.sorting``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key

from sandbox.sheets.colours import same_colour
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.formulas.values import FormulaError, Scalar, compare
from sandbox.sheets.model import Json, Sheet

Found = Scalar | FormulaError


def ordered(evaluator: Evaluator, sheet: Sheet, rows: Sequence[int], specs: Sequence[Json]) -> list[int]:
    """The row numbers in their new order; rows that compare equal keep theirs."""
    found = list(rows)
    for spec in reversed(specs):
        found = _by_value(evaluator, sheet, found, spec)
        for name in ("backgroundColorStyle", "foregroundColorStyle"):
            if name in spec:
                found = _coloured_first(evaluator, sheet, found, spec, name)
    return found


def _by_value(evaluator: Evaluator, sheet: Sheet, rows: list[int], spec: Json) -> list[int]:
    column, descending = spec.get("dimensionIndex", 0), spec.get("sortOrder") == "DESCENDING"
    found: dict[int, Found] = {row: evaluator.outcome(sheet.sheet_id, row, column) for row in rows}
    filled = [row for row in rows if found[row] is not None]
    empty = [row for row in rows if found[row] is None]

    def by_value(a: int, b: int) -> int:
        return _compare(found[a], found[b])

    # reverse=True keeps the order of equals, so descending stays stable too.
    return sorted(filled, key=cmp_to_key(by_value), reverse=descending) + empty


def _coloured_first(evaluator: Evaluator, sheet: Sheet, rows: list[int], spec: Json, name: str) -> list[int]:
    column = spec.get("dimensionIndex", 0)
    return sorted(rows, key=lambda row: not same_colour(evaluator, sheet, (row, column), name, spec[name]))


def _compare(left: Found, right: Found) -> int:
    broken = (isinstance(left, FormulaError), isinstance(right, FormulaError))
    if any(broken):
        return broken[0] - broken[1]
    return compare(_scalar(left), _scalar(right))


def _scalar(value: Found) -> Scalar:
    assert not isinstance(value, FormulaError)
    return value
