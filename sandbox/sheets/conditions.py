"""Which conditional formats a cell shows. Colour scales (gradient rules) are kept and shown to clients, not drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sandbox.sheets import entry
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.formulas.values import FormulaError, Scalar, compare, to_text
from sandbox.sheets.model import EMPTY, Json, Sheet


def applied(evaluator: Evaluator, sheet: Sheet, row: int, column: int) -> dict[str, Any]:
    """The format that the sheet's rules give a cell; an earlier rule wins over a later one."""
    made: dict[str, Any] = {}
    for rule in sheet.conditional_formats:
        boolean = rule.body.get("booleanRule")
        if not boolean or not any(box.holds(row, column) for box in rule.boxes):
            continue
        moved = (row - rule.boxes[0].top, column - rule.boxes[0].left)
        if met(evaluator, sheet, boolean["condition"], (row, column), moved):
            made = {**boolean.get("format", {}), **made}
    return made


def met(evaluator: Evaluator, sheet: Sheet, condition: Json, place: tuple[int, int], moved: tuple[int, int]) -> bool:
    """Whether a cell fulfils a BooleanCondition; its formulas are as if copied ``moved`` rows and columns on."""
    kind: str = condition.get("type", "")
    operands = list(_operands(evaluator, sheet, condition, moved))
    if any(isinstance(operand, FormulaError) for operand in operands):
        return False
    if kind == "CUSTOM_FORMULA":
        return isinstance(operands[0], (bool, float)) and bool(operands[0])
    value = evaluator.outcome(sheet.sheet_id, *place)
    if kind in ("BLANK", "NOT_BLANK"):
        return (value is None or value == "") == (kind == "BLANK")
    test = _TESTS.get(kind)
    return bool(test and not isinstance(value, FormulaError) and test(value, [o for o in operands if _plain(o)]))


def _plain(operand: Scalar | FormulaError) -> bool:
    return not isinstance(operand, FormulaError)


def _operands(
    evaluator: Evaluator, sheet: Sheet, condition: Json, moved: tuple[int, int]
) -> Iterator[Scalar | FormulaError]:
    for operand in condition.get("values", ()):
        if "relativeDate" in operand:
            yield evaluator.relative_day(operand["relativeDate"])
            continue
        text = operand.get("userEnteredValue", "")
        if text.startswith("="):
            yield evaluator.formula(sheet.sheet_id, text, moved=moved)
        else:
            manner = entry.Manner(evaluator.book.locale, evaluator.today.year)
            value = entry.typed(text, EMPTY, manner).value
            yield value if isinstance(value, (str, float, bool)) else None


Test = Callable[[Scalar, list[Any]], bool]


def _number(order: Callable[[int], bool]) -> Test:
    return lambda value, wanted: _is_number(value) and order(compare(value, wanted[0]))


def _between(inside: bool) -> Test:
    return lambda value, wanted: (
        _is_number(value) and ((compare(value, wanted[0]) >= 0 and compare(value, wanted[1]) <= 0) == inside)
    )


def _text(test: Callable[[str, str], bool]) -> Test:
    return lambda value, wanted: test(to_text(value).casefold(), to_text(wanted[0]).casefold())


def _is_number(value: Scalar) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_ORDERS: dict[str, Test] = {
    "GREATER": _number(lambda order: order > 0),
    "GREATER_THAN_EQ": _number(lambda order: order >= 0),
    "LESS": _number(lambda order: order < 0),
    "LESS_THAN_EQ": _number(lambda order: order <= 0),
    "EQ": _number(lambda order: order == 0),
    "NOT_EQ": _number(lambda order: order != 0),
    "BETWEEN": _between(True),
    "NOT_BETWEEN": _between(False),
}
_DAYS = {
    "AFTER": "GREATER",
    "ON_OR_AFTER": "GREATER_THAN_EQ",
    "BEFORE": "LESS",
    "ON_OR_BEFORE": "LESS_THAN_EQ",
    "EQ": "EQ",
    "NOT_EQ": "NOT_EQ",
    "BETWEEN": "BETWEEN",
    "NOT_BETWEEN": "NOT_BETWEEN",
}
_TESTS: Mapping[str, Test] = {
    **{f"NUMBER_{name}": test for name, test in _ORDERS.items()},
    **{f"DATE_{name}": _ORDERS[order] for name, order in _DAYS.items()},
    "TEXT_CONTAINS": _text(lambda text, wanted: wanted in text),
    "TEXT_NOT_CONTAINS": _text(lambda text, wanted: wanted not in text),
    "TEXT_STARTS_WITH": _text(str.startswith),
    "TEXT_ENDS_WITH": _text(str.endswith),
    "TEXT_EQ": _text(str.__eq__),
    "TEXT_NOT_EQ": _text(str.__ne__),
}
