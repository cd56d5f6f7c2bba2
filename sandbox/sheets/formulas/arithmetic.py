"""Operators. Adding days to a date keeps it a date; two dates subtracted are a plain number."""

from __future__ import annotations

import math
from collections.abc import Callable

from sandbox.sheets.formulas.values import Formatted, FormulaError, Scalar, compare, operand, to_text

_NAMES = {"+": "ADD", "-": "MINUS", "*": "MULTIPLY", "/": "DIVIDE", "^": "POW"}
_UNARY = {"-": "UMINUS", "+": "UPLUS", "%": "UNARY_PERCENT"}


def binary(sign: str, left: Scalar, right: Scalar) -> Scalar:
    if sign == "&":
        return to_text(left) + to_text(right)
    if sign in _COMPARISONS:
        return _COMPARISONS[sign](compare(left, right))
    return _arithmetic(sign, left, right)


def unary(sign: str, value: Scalar) -> Scalar:
    number = operand(value, _UNARY[sign], 1)
    if sign == "%":
        return number / 100
    return -number if sign == "-" else number


_COMPARISONS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


def _arithmetic(sign: str, left: Scalar, right: Scalar) -> float:
    a, b = operand(left, _NAMES[sign], 1), operand(right, _NAMES[sign], 2)
    if sign == "/":
        if b == 0:
            raise FormulaError("#DIV/0!", "Function DIVIDE parameter 2 cannot be zero.")
        return a / b
    if sign == "*":
        return a * b
    if sign == "^":
        return _power(a, b)
    total = a + b if sign == "+" else a - b
    dated = [value for value in (left, right) if isinstance(value, Formatted)]
    return Formatted(total, dated[0].pattern) if len(dated) == 1 else total


def _power(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except (OverflowError, ValueError):
        raise FormulaError("#NUM!", "The result is not a number that can be shown.") from None
