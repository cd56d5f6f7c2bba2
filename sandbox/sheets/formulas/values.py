"""What a formula's value can be, and how one kind becomes another as Sheets does it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.sheets.box import Box

ERROR_TYPES = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "#ERROR!": "ERROR",
}


class FormulaError(Exception):
    """An error value, raised where it arises and shown by every cell that depends on it."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message

    @property
    def type(self) -> str:
        return ERROR_TYPES[self.code]


class Formatted(float):
    """A number that remembers the number format it came with, so ``=TODAY()`` and ``=A1`` show as dates."""

    pattern: dict[str, str]

    def __new__(cls, number: float, number_format: dict[str, str]) -> Formatted:
        made = super().__new__(cls, number)
        made.pattern = number_format
        return made


class Linked(str):
    """The label of a HYPERLINK, with its address."""

    url: str

    def __new__(cls, label: str, url: str) -> Linked:
        made = super().__new__(cls, label)
        made.url = url
        return made


@dataclass(frozen=True, slots=True)
class Area:
    """A reference to cells, before anyone asked for their values."""

    box: Box


Scalar = str | float | bool | None
Value = Scalar | Area


def to_number(value: Scalar) -> float:
    """A number for arithmetic. Empty is 0, TRUE is 1, text that reads as a number is that number."""
    if value is None or value == "":
        return 0.0
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, str):
        try:
            return float(value.replace(",", ""))
        except ValueError:
            raise FormulaError("#VALUE!", f"The value '{value}' is text and cannot be coerced to a number.") from None
    return value


def operand(value: Scalar, function: str, place: int) -> float:
    """A number for a function's parameter; the error names both, in Google's words."""
    try:
        return to_number(value)
    except FormulaError:
        raise FormulaError(
            "#VALUE!",
            f"Function {function} parameter {place} expects number values. "
            f"But '{value}' is a text and cannot be coerced to a number.",
        ) from None


def to_text(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return str(value)
    return number_text(value)


def number_text(number: float) -> str:
    """A number in General format: up to ten significant digits, no trailing noughts; six where it needs a power."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    if 1e-9 < abs(number) < 1e15:
        return f"{Decimal(f'{number:.10g}'):f}"
    digits, _, power = f"{number:.5e}".partition("e")
    return f"{digits.rstrip('0').rstrip('.')}E{power[0]}{power[1:].zfill(2)}"


def to_bool(value: Scalar) -> bool:
    if isinstance(value, bool):
        return value
    if value is None:
        return False
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            return value.upper() == "TRUE"
        if value == "":
            return False
        raise FormulaError("#VALUE!", f"The value '{value}' is text and cannot be coerced to a boolean.")
    return value != 0


def key(value: Scalar) -> tuple[str, object]:
    """What two values must share to be equal: kind and value, text without regard to case, empty like nothing."""
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, str):
        return ("text", value.casefold())
    if value is None:
        return ("empty", None)
    return ("number", float(value))


_RANK = {"number": 0, "text": 1, "bool": 2}


def compare(left: Scalar, right: Scalar) -> int:
    """-1, 0 or 1. Numbers come before text, text before booleans; an empty cell equals 0, "" and FALSE."""
    left, right = _fill(left, right), _fill(right, left)
    (kind_a, a), (kind_b, b) = key(left), key(right)
    if kind_a != kind_b:
        return -1 if _RANK[kind_a] < _RANK[kind_b] else 1
    return 0 if a == b else (-1 if a < b else 1)  # type: ignore[operator]  # same kind, so comparable


def _fill(value: Scalar, other: Scalar) -> Scalar:
    if value is not None:
        return value
    if isinstance(other, bool):
        return False
    return "" if isinstance(other, str) else 0.0
