"""Functions on text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.sheets.formulas.values import (
    Formatted,
    FormulaError,
    Linked,
    Scalar,
    Value,
    operand,
    to_bool,
    to_number,
    to_text,
)
from sandbox.sheets.show import formatted, number_as

_LONGEST = 32_000

if TYPE_CHECKING:
    from sandbox.sheets.formulas.evaluate import Frame
    from sandbox.sheets.formulas.parser import Node


def length(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return float(len(_text(frame, arguments[0])))


def trim(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return " ".join(part for part in _text(frame, arguments[0]).split(" ") if part)


def upper(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return _text(frame, arguments[0]).upper()


def lower(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return _text(frame, arguments[0]).lower()


def left(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return _text(frame, arguments[0])[: _count(frame, arguments[1:])]


def right(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    source, count = _text(frame, arguments[0]), _count(frame, arguments[1:])
    return source[max(0, len(source) - count) :]


def mid(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    source, count = _text(frame, arguments[0]), _count(frame, arguments[2:])
    start = int(to_number(frame.scalar(arguments[1])))
    if start < 1:
        raise FormulaError("#VALUE!", f"Function MID parameter 2 value is {start}. It should be at least 1.")
    return source[start - 1 : start - 1 + count]


def find(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    wanted, within = _text(frame, arguments[0]), _text(frame, arguments[1])
    start = int(to_number(frame.scalar(arguments[2]))) if len(arguments) > 2 else 1
    place = within.find(wanted, start - 1) if start >= 1 else -1
    if place < 0:
        raise FormulaError("#VALUE!", f"In FIND evaluation, cannot find '{wanted}' within '{within}'.")
    return float(place + 1)


def search(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    """As FIND, without regard to case."""
    wanted, within = _text(frame, arguments[0]), _text(frame, arguments[1])
    start = int(to_number(frame.scalar(arguments[2]))) if len(arguments) > 2 else 1
    place = within.casefold().find(wanted.casefold(), start - 1) if start >= 1 else -1
    if place < 0:
        raise FormulaError("#VALUE!", f"In SEARCH evaluation, cannot find '{wanted}' within '{within}'.")
    return float(place + 1)


def substitute(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    """Every occurrence, or only the one of that number."""
    source, old, new = (_text(frame, node) for node in arguments[:3])
    if len(arguments) < 4 or not old:
        return source.replace(old, new) if old else source
    parts, which = source.split(old), int(to_number(frame.scalar(arguments[3])))
    if not 1 <= which < len(parts):
        return source
    return old.join(parts[:which]) + new + old.join(parts[which:])


def exact(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return _text(frame, arguments[0]) == _text(frame, arguments[1])


def proper(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return _text(frame, arguments[0]).title()


def rept(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return _repeated(_text(frame, arguments[0]), _count(frame, arguments[1:]))


def _repeated(source: str, times: int) -> str:
    """The text so many times. ``#VALUE!`` where that is more than a cell holds."""
    if len(source) * times > _LONGEST:
        raise FormulaError("#VALUE!", f"Text result of REPT is longer than the limit of {_LONGEST} characters.")
    return source * times


def value(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    found = frame.scalar(arguments[0])
    if isinstance(found, bool):
        raise FormulaError("#VALUE!", "Function VALUE parameter 1 expects text values.")
    return float(operand(found, "VALUE", 1))


def concatenate(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return "".join(_shown(frame, value) for node in arguments for value in frame.each(node))


def textjoin(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    glue, skip = _text(frame, arguments[0]), to_bool(frame.scalar(arguments[1]))
    parts = [_shown(frame, value) for node in arguments[2:] for value in frame.each(node)]
    return glue.join(part for part in parts if part or not skip)


def text(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    value, pattern = frame.scalar(arguments[0]), _text(frame, arguments[1])
    if isinstance(value, (str, bool)):
        return to_text(value)
    return number_as(to_number(value), pattern, frame.evaluator.book.locale)


def hyperlink(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    url = _text(frame, arguments[0])
    label = _text(frame, arguments[1]) if len(arguments) > 1 else url
    return Linked(label, url)


def _text(frame: Frame, node: Node) -> str:
    return _shown(frame, frame.scalar(node))


def _shown(frame: Frame, value: Scalar) -> str:
    if isinstance(value, Formatted):
        return formatted(float(value), value.pattern, frame.evaluator.book.locale)
    return to_text(value)


def _count(frame: Frame, nodes: tuple[Node, ...]) -> int:
    count = int(to_number(frame.scalar(nodes[0]))) if nodes else 1
    if count < 0:
        raise FormulaError("#VALUE!", f"The number of characters is {count}. It should not be negative.")
    return count
