"""Functions on text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.sheets.formulas.values import (
    Formatted,
    FormulaError,
    Linked,
    Scalar,
    Value,
    to_bool,
    to_number,
    to_text,
)
from sandbox.sheets.show import formatted, number_as

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
