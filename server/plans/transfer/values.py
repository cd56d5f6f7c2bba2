"""What one cell says, as JSON and back. A value that would not survive a cell of its column is refused."""

from __future__ import annotations

import re
from datetime import date, time

from sheets_templates.cells import number_text, raw
from sheets_templates.ids import is_id
from sheets_templates.readback_values import is_blank, read_cells
from sheets_templates.schema import REFERENCES, TEXTUAL, Cell, Column
from sheets_templates.text import tidy

Json = str | int | float | bool | list[str]
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}")
_EXPECTED = {
    "bool": "true or false",
    "number": "a number",
    "integer": "a whole number",
    "rating": "a whole number",
    "date": "a date as YYYY-MM-DD",
    "time": "a time as HH:MM",
}


class BadValue(Exception):
    """Why a value of a file can't stand in its column: a sentence."""


def told(value: object) -> Json | None:
    """A cell's value as JSON; None for what the file leaves out: nothing, and a box without a tick."""
    if isinstance(value, bool):
        return value or None
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, tuple):
        return [str(item) for item in value] or None
    return str(value) if value else None


def _number(value: float) -> int | float:
    """Whole numbers without a point, so that 5 and 5.0 are one."""
    return int(value) if value == int(value) and abs(value) < 2**53 else value


def unread(column: Column, cell: Cell) -> Json | None:
    """What stands in a cell that nobody can read as its column wants it; None where it can be read, or is empty."""
    if column.kind in REFERENCES or is_blank(cell) or not read_one(column, cell)[1]:
        return None
    if isinstance(cell, str):
        return tidy(cell)
    if column.kind in TEXTUAL or cell is None:
        return str(cell).upper() if isinstance(cell, bool) else number_text(cell or 0)
    return cell if isinstance(cell, bool) else _number(cell)


def read_one(column: Column, cell: Cell) -> tuple[object, str]:
    """The value of one cell as its column reads it, and why it can't be read; "" where it can."""
    values, why = read_cells(column, [cell], None, "")
    return values[0], why.get(0, "")


def value_of(column: Column, given: object) -> object:
    """The value that JSON gives for a column; None for nothing. Raises BadValue."""
    found = _typed(column, given)
    if found is None or found == ():
        return None
    back, why = read_one(column, raw(column, found))
    again, _ = read_one(column, raw(column, back))
    if why or back != again:
        raise BadValue(why or "this can't be kept in a cell as it is")
    return None if back is False else back


def _typed(column: Column, given: object) -> object:
    """By its kind; raises BadValue for another type."""
    match column.kind:
        case "bool" if isinstance(given, bool):
            return given
        case "number" if _is_number(given):
            return given
        case "integer" | "rating" if _is_number(given) and str(given).removesuffix(".0").lstrip("-").isdigit():
            return given
        case "date" if isinstance(given, str) and _DATE.fullmatch(given):
            return _moment(date.fromisoformat, given, "a date that exists")
        case "time" if isinstance(given, str) and _TIME.fullmatch(given):
            return _moment(time.fromisoformat, given, "a time that exists")
    if column.kind in _EXPECTED:
        raise BadValue(f"this should be {_EXPECTED[column.kind]}")
    return _texts(column, given) if column.many else _text(column, given)


def _is_number(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and abs(given) < 1e300


def _moment(read: object, given: str, expected: str) -> object:
    try:
        return read(given)  # type: ignore[operator]
    except ValueError as error:
        raise BadValue(f"this should be {expected}") from error


def _texts(column: Column, given: object) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise BadValue("this should be a list of texts")
    return tuple(_text(column, item) for item in given)


def _text(column: Column, given: object) -> str:
    if not isinstance(given, str):
        raise BadValue("this should be text")
    if column.kind in REFERENCES and not is_id(given):
        raise BadValue("this should be the id of a row")
    return given
