"""Functions that ask what kind of value something is. An empty cell, or what is looked up from one, is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.sheets.formulas.values import FormulaError, Scalar, Value

if TYPE_CHECKING:
    from sandbox.sheets.formulas.evaluate import Frame
    from sandbox.sheets.formulas.parser import Node


def na(_frame: Frame, _arguments: tuple[Node, ...]) -> Value:
    raise FormulaError("#N/A")


def iserror(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return isinstance(_outcome(frame, arguments), FormulaError)


def isna(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    found = _outcome(frame, arguments)
    return isinstance(found, FormulaError) and found.code == "#N/A"


def istext(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return isinstance(_outcome(frame, arguments), str)


def isnumber(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return _is_number(_outcome(frame, arguments))


def islogical(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return isinstance(_outcome(frame, arguments), bool)


def n(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    """Numbers as they are, TRUE as 1, all else as 0."""
    value = frame.scalar(arguments[0])
    return float(value) if isinstance(value, (bool, float)) else 0.0


def t(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    value = frame.scalar(arguments[0])
    return value if isinstance(value, str) else ""


def type_(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    """1 for numbers and nothing at all, 2 texts, 4 booleans, 16 errors."""
    found = _outcome(frame, arguments)
    if isinstance(found, FormulaError):
        return 16.0
    if isinstance(found, bool):
        return 4.0
    return 2.0 if isinstance(found, str) else 1.0


def _outcome(frame: Frame, arguments: tuple[Node, ...]) -> Scalar | FormulaError:
    try:
        return frame.scalar(arguments[0])
    except FormulaError as error:
        return error


def _is_number(value: object) -> bool:
    return isinstance(value, float) and not isinstance(value, bool)
