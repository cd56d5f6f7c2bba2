"""Functions that decide. Arguments are evaluated only when their branch is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sandbox.sheets.formulas.values import Area, FormulaError, Value, compare, operand, to_bool

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


def ifs(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    if len(arguments) % 2:
        raise FormulaError("#N/A", "Wrong number of arguments to IFS.")
    for condition, result in zip(arguments[::2], arguments[1::2], strict=True):
        if to_bool(frame.scalar(condition)):
            return frame.value(result)
    raise FormulaError("#N/A", "No match.")


def switch(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    wanted, rest = frame.scalar(arguments[0]), arguments[1:]
    for case, result in zip(rest[::2], rest[1::2], strict=False):
        if compare(wanted, frame.scalar(case)) == 0:
            return frame.value(result)
    if len(rest) % 2:
        return frame.value(rest[-1])
    raise FormulaError("#N/A", "No match.")


def choose(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    place = int(operand(frame.scalar(arguments[0]), "CHOOSE", 1))
    if not 1 <= place < len(arguments):
        most = len(arguments) - 1
        raise FormulaError(
            "#NUM!",
            f"Function CHOOSE parameter 1 value is {place}. Valid values are between 1 and {most} inclusive.",
        )
    return frame.value(arguments[place])


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
