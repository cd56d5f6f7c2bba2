"""Functions that find. Exact look-ups down a column go through an index made once per request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.sheets.box import Box
from sandbox.sheets.formulas.values import Area, FormulaError, Scalar, Value, compare, key, to_bool, to_number

if TYPE_CHECKING:
    from sandbox.sheets.formulas.evaluate import Frame
    from sandbox.sheets.formulas.parser import Node


def vlookup(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    wanted, box = frame.scalar(arguments[0]), frame.evaluator.closed(frame.area(arguments[1]))
    offset = int(to_number(frame.scalar(arguments[2])))
    ranked = to_bool(frame.scalar(arguments[3])) if len(arguments) > 3 else True
    if offset < 1:
        raise FormulaError("#VALUE!", f"Function VLOOKUP parameter 3 value is {offset}. It should be at least 1.")
    if offset > len(box.columns()):
        raise FormulaError("#REF!", "VLOOKUP evaluates to an out of bounds range.")
    keys = replace(box, right=box.left + 1)
    row = _last_not_above(frame, keys, wanted) if ranked else frame.evaluator.row_of(keys, wanted)
    if row is None or wanted is None:
        raise _missing("VLOOKUP", wanted)
    return _at(box.sheet_id, row, box.left + offset - 1)


def xlookup(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    wanted = frame.scalar(arguments[0])
    keys, results = (frame.evaluator.closed(frame.area(node)) for node in arguments[1:3])
    if len(arguments) > 4 and to_number(frame.scalar(arguments[4])) != 0:
        raise FormulaError("#VALUE!", "The sandbox knows XLOOKUP with exact match only.")
    place = _position(frame, keys, wanted)
    if place is not None:
        if len(keys.columns()) == 1:
            return _at(results.sheet_id, results.top + place, results.left)
        return _at(results.sheet_id, results.top, results.left + place)
    if len(arguments) > 3:
        return frame.value(arguments[3])
    raise _missing("XLOOKUP", wanted)


def match(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    wanted, box = frame.scalar(arguments[0]), frame.evaluator.closed(frame.area(arguments[1]))
    kind = to_number(frame.scalar(arguments[2])) if len(arguments) > 2 else 1
    if kind != 0:
        raise FormulaError("#VALUE!", "The sandbox knows MATCH with exact match (0) only.")
    place = _position(frame, box, wanted)
    if place is None:
        raise _missing("MATCH", wanted)
    return float(place + 1)


def index(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    box = frame.evaluator.closed(frame.area(arguments[0]))
    numbers = [int(to_number(frame.scalar(node))) for node in arguments[1:]]
    row, column = [*numbers, 0, 0][:2]
    if len(numbers) == 1 and len(box.rows()) == 1:
        row, column = 0, row  # one number counts along a single row
    if not (0 <= row <= len(box.rows()) and 0 <= column <= len(box.columns())):
        raise FormulaError("#REF!", "INDEX evaluates to an out of bounds range.")
    if row:
        box = replace(box, top=box.top + row - 1, bottom=box.top + row)
    if column:
        box = replace(box, left=box.left + column - 1, right=box.left + column)
    return Area(box)


def row(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return float(frame.area(arguments[0]).top + 1)


def column(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return float(frame.area(arguments[0]).left + 1)


def rows(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return float(len(frame.evaluator.closed(frame.area(arguments[0])).rows()))


def columns(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return float(len(frame.evaluator.closed(frame.area(arguments[0])).columns()))


def _position(frame: Frame, box: Box, wanted: Scalar) -> int | None:
    if wanted is None:
        return None
    if len(box.columns()) == 1:
        row = frame.evaluator.row_of(box, wanted)
        return None if row is None else row - box.top
    for place, column in enumerate(box.columns()):
        found = frame.evaluator.cell(box.sheet_id, box.top, column)
        if found is not None and key(found) == key(wanted):
            return place
    return None


def _last_not_above(frame: Frame, keys: Box, wanted: Scalar) -> int | None:
    best = None
    for row in frame.evaluator.used(keys).rows():
        found = frame.evaluator.cell(keys.sheet_id, row, keys.left)
        if found is not None and key(found)[0] == key(wanted)[0]:
            if compare(found, wanted) > 0:
                break
            best = row
    return best


def _at(sheet_id: int, row: int, column: int) -> Area:
    return Area(Box(sheet_id=sheet_id, top=row, bottom=row + 1, left=column, right=column + 1))


def _missing(function: str, wanted: Scalar) -> FormulaError:
    return FormulaError("#N/A", f"Did not find value '{wanted}' in {function} evaluation.")
