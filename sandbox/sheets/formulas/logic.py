"""Functions that decide. Arguments are evaluated only when their branch is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sandbox.sheets.formulas.values import Area, FormulaError, Value, to_bool

if TYPE_CHECKING:
    from sandbox.sheets.formulas.evaluate import Frame
    from sandbox.sheets.formulas.parser import Node


def if_(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    if to_bool(frame.scalar(arguments[0])):
        return frame.value(arguments[1])
    return frame.value(arguments[2]) if len(arguments) > 2 else False


def iferror(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    try:
        return _settled(frame, arguments[0])
    except FormulaError:
        return frame.scalar(arguments[1]) if len(arguments) > 1 else ""


def ifna(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    try:
        return _settled(frame, arguments[0])
    except FormulaError as error:
        if error.code != "#N/A":
            raise
        return frame.scalar(arguments[1])


def _settled(frame: Frame, node: Node) -> Value:
    value = frame.value(node)
    if isinstance(value, Area):
        frame.first(value)
    return value


def and_(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return all(list(_booleans(frame, arguments)))


def or_(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return any(list(_booleans(frame, arguments)))


def _booleans(frame: Frame, arguments: tuple[Node, ...]) -> Iterator[bool]:
    for node in arguments:
        ranged = isinstance(frame.value(node), Area)
        for value in frame.each(node):
            if not (ranged and (value is None or isinstance(value, str))):
                yield to_bool(value)


def not_(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return not to_bool(frame.scalar(arguments[0]))


def isblank(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    try:
        return frame.scalar(arguments[0]) is None
    except FormulaError:
        return False


def true(_frame: Frame, _arguments: tuple[Node, ...]) -> Value:
    return True


def false(_frame: Frame, _arguments: tuple[Node, ...]) -> Value:
    return False
