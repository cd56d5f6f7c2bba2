"""Functions on numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sandbox.sheets.formulas.values import (
    Area,
    Formatted,
    FormulaError,
    Scalar,
    Value,
    compare,
    key,
    to_number,
)
from sandbox.sheets.serial import day_number

if TYPE_CHECKING:
    from sandbox.sheets.formulas.evaluate import Frame
    from sandbox.sheets.formulas.parser import Node

_DATE = {"type": "DATE"}
_CRITERION = re.compile(r"(<=|>=|<>|<|>|=)?(.*)", re.DOTALL)
_COMPARE: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


def total(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return sum(_numbers(frame, arguments), 0.0)


def maximum(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return max(_numbers(frame, arguments), default=0.0)


def minimum(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return min(_numbers(frame, arguments), default=0.0)


def count(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return float(len(list(_numbers(frame, arguments))))


def counta(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return float(sum(value is not None for node in arguments for value in _tolerant(frame, node)))


def countif(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    wanted = _criterion(frame.scalar(arguments[1]))
    return float(sum(not isinstance(v, FormulaError) and wanted(v) for v in _tolerant(frame, arguments[0])))


def today(frame: Frame, _arguments: tuple[Node, ...]) -> Value:
    return Formatted(day_number(frame.evaluator.today), _DATE)


def date_(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    year, month, day = (int(to_number(frame.scalar(node))) for node in arguments)
    year += 1900 if 0 <= year < 1900 else 0
    months = year * 12 + month - 1
    try:
        made = date(months // 12, months % 12 + 1, 1) + timedelta(days=day - 1)
    except (ValueError, OverflowError):
        raise FormulaError("#NUM!", "The date is out of range.") from None
    return Formatted(day_number(made), _DATE)


def _numbers(frame: Frame, arguments: tuple[Node, ...]) -> Iterator[float]:
    for node in arguments:
        ranged = isinstance(frame.value(node), Area)
        for value in frame.each(node):
            if not ranged:
                yield to_number(value)
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                yield value


def _tolerant(frame: Frame, node: Node) -> Iterator[Scalar | FormulaError]:
    value = frame.value(node)
    if not isinstance(value, Area):
        yield value
        return
    box = frame.evaluator.used(value.box)
    for row, column in box.cells():
        yield frame.evaluator.outcome(box.sheet_id, row, column)


def _criterion(wanted: Scalar) -> Callable[[Scalar], bool]:
    if not isinstance(wanted, str):
        return lambda value: value is not None and key(value) == key(wanted)
    found = _CRITERION.fullmatch(wanted)
    assert found is not None  # the pattern takes any text
    sign, target = found[1] or "=", _literal(found[2])
    if sign in ("=", "<>"):
        return lambda value: (key(value) == key(target)) == (sign == "=")
    return lambda value: (
        value is not None and key(value)[0] == key(target)[0] and _COMPARE[sign](compare(value, target))
    )


def _literal(text: str) -> Scalar:
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    try:
        return float(text)
    except ValueError:
        return text
