"""Functions on numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

from sandbox.sheets.formulas.values import (
    Area,
    FormulaError,
    Scalar,
    Value,
    compare,
    key,
    operand,
    to_number,
)

if TYPE_CHECKING:
    from sandbox.sheets.formulas.evaluate import Frame
    from sandbox.sheets.formulas.parser import Node

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


def countblank(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    """Empty cells and empty texts, down to the end of the range."""
    return float(sum(_blanks(frame, node) for node in arguments))


def _blanks(frame: Frame, node: Node) -> int:
    value = frame.value(node)
    if not isinstance(value, Area):
        return int(value is None or value == "")
    box = frame.evaluator.closed(value.box)
    filled = sum(found is not None and found != "" for found in _tolerant(frame, node))
    return len(box.rows()) * len(box.columns()) - filled


def countifs(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    """Rows at which every range fulfils its criterion."""
    found = [
        [not isinstance(v, FormulaError) and wanted(v) for v in _tolerant(frame, node)]
        for node, wanted in _pairs(frame, arguments)
    ]
    return float(sum(all(each) for each in zip_longest(*found, fillvalue=False)))


def _pairs(frame: Frame, arguments: tuple[Node, ...]) -> list[tuple[Node, Callable[[Scalar], bool]]]:
    if len(arguments) % 2:
        raise FormulaError("#N/A", "Wrong number of arguments to COUNTIFS.")
    nodes = zip(arguments[::2], arguments[1::2], strict=True)
    return [(node, _criterion(frame.scalar(criterion))) for node, criterion in nodes]


def sumif(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    wanted, summed = _criterion(frame.scalar(arguments[1])), arguments[2] if len(arguments) > 2 else arguments[0]
    pairs = zip(_tolerant(frame, arguments[0]), _tolerant(frame, summed), strict=False)
    return sum(
        (_size(number) for value, number in pairs if not isinstance(value, FormulaError) and wanted(value)), 0.0
    )


def _size(value: Scalar | FormulaError) -> float:
    """A number as itself, anything else as nothing."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


def average(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    numbers = list(_numbers(frame, arguments))
    if not numbers:
        raise FormulaError("#DIV/0!", "Evaluation of function AVERAGE caused a divide by zero error.")
    return sum(numbers) / len(numbers)


def absolute(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return abs(operand(frame.scalar(arguments[0]), "ABS", 1))


def integer(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return float(math.floor(operand(frame.scalar(arguments[0]), "INT", 1)))


def modulo(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    number, by = (operand(frame.scalar(node), "MOD", place) for place, node in enumerate(arguments, 1))
    if by == 0:
        raise FormulaError("#DIV/0!", "Function MOD parameter 2 cannot be zero.")
    return number - by * math.floor(number / by)


def rounded(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    """Half goes away from nought."""
    number = operand(frame.scalar(arguments[0]), "ROUND", 1)
    places = int(operand(frame.scalar(arguments[1]), "ROUND", 2)) if len(arguments) > 1 else 0
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def root(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    number = operand(frame.scalar(arguments[0]), "SQRT", 1)
    if number < 0:
        raise FormulaError("#NUM!", "Function SQRT parameter 1 value is negative. It should be positive or zero.")
    return math.sqrt(number)


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
    wild = _wildcard(found[2])
    if wild is not None and sign in ("=", "<>"):
        return lambda value: (isinstance(value, str) and bool(wild.fullmatch(value))) == (sign == "=")
    if sign in ("=", "<>"):
        return lambda value: (key(value) == key(target)) == (sign == "=")
    return lambda value: (
        value is not None and key(value)[0] == key(target)[0] and _COMPARE[sign](compare(value, target))
    )


def _wildcard(text: str) -> re.Pattern[str] | None:
    """A criterion with ``*`` or ``?`` in it as an expression; a tilde before one takes it as it is."""
    parts = re.findall(r"~[*?~]|[*?]|[^*?~]+|~", text)
    if not any(part in ("*", "?") for part in parts):
        return None
    shapes = {"*": ".*", "?": "."}
    made = (shapes.get(part) or re.escape(part[1:] if len(part) > 1 and part[0] == "~" else part) for part in parts)
    return re.compile("".join(made), re.IGNORECASE | re.DOTALL)


def _literal(text: str) -> Scalar:
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    try:
        return float(text)
    except ValueError:
        return text
