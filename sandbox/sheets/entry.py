"""What a value becomes when it is written: RAW keeps it, USER_ENTERED reads it as if typed into the cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.sheets import serial
from sandbox.sheets.errors import CELL_TOO_LONG, Refused
from sandbox.sheets.model import Cell, Entered, Formula
from sandbox.sheets.show import DATES, british

LONGEST = 50_000


@dataclass(frozen=True, slots=True)
class Manner:
    """How typing is read: the spreadsheet's locale, and the year that a date without one is in."""

    locale: str
    year: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A value and the number format that typing it suggests."""

    value: Entered
    format: Mapping[str, Any] = field(default_factory=dict)


def check_length(text: str) -> str:
    """The text itself. Raises Refused where a cell can't hold it."""
    if len(text) > LONGEST:
        raise Refused(CELL_TOO_LONG)
    return text


def raw(value: str | float | bool) -> Typed:
    """The value as it is: text stays text, whatever it starts with."""
    if isinstance(value, str):
        return Typed(check_length(value) or None)
    return Typed(value if isinstance(value, bool) else float(value))


def typed(value: str | float | bool, cell: Cell, manner: Manner) -> Typed:
    """The value as a person's typing would be read in a cell of that format and a sheet of that locale."""
    if not isinstance(value, str):
        return raw(value)
    check_length(value)
    if cell.number_format().get("type") == "TEXT" or not value:
        return Typed(value or None)
    if value.startswith("'"):
        return Typed(value[1:] or None)
    if value.startswith("=") and len(value) > 1:
        return Typed(Formula(value))
    text = value.strip()
    for reader in (_boolean, _number, _moment):
        found = reader(text, manner)
        if found is not None:
            return found
    return Typed(value)


def enter(cell: Cell, entered: Typed) -> Cell:
    """The cell with the new value. A typed date, per cent or sum of money brings its format where none fits it."""
    number_format = cell.format
    if entered.format and not _suits(cell.number_format().get("type", ""), entered.format["type"]):
        number_format = {**cell.format, "numberFormat": entered.format}
    return Cell(
        value=entered.value, format=number_format, note=cell.note, validation=cell.validation, extra=_kept(cell)
    )


def _kept(cell: Cell) -> Mapping[str, Any]:
    """Chips and coloured runs belong to the text that goes."""
    return {} if cell.extra else cell.extra


def _suits(has: str, wants: str) -> bool:
    return has == wants or (has in DATES and wants in DATES)


def _boolean(text: str, _manner: Manner) -> Typed | None:
    return Typed(text.upper() == "TRUE") if text.upper() in ("TRUE", "FALSE") else None


_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<money>[£$€]?)(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?)"
    r"(?P<power>[eE][+-]?[0-9]{1,3})?(?P<percent> ?%)?"
)


def _number(text: str, _manner: Manner) -> Typed | None:
    found = _NUMBER.fullmatch(text)
    if not found or not any(letter.isdigit() for letter in found["digits"]):
        return None
    number = float(found["sign"] + found["digits"].replace(",", "") + (found["power"] or ""))
    decimals = found["digits"].partition(".")[2]
    if found["percent"]:
        return Typed(number / 100, {"type": "PERCENT", "pattern": "0.00%" if decimals else "0%"})
    if found["money"]:
        shape = "#,##0.00" if decimals else "#,##0"
        return Typed(number, {"type": "CURRENCY", "pattern": found["money"] + shape})
    if "," in found["digits"]:
        return Typed(number, {"type": "NUMBER", "pattern": "#,##0.00" if decimals else "#,##0"})
    return Typed(number)


_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?(?: ?(?P<half>[AaPp][Mm]))?"
_NUMERIC = r"(?P<a>[0-9]{1,2})[/.-](?P<b>[0-9]{1,2})(?:[/.-](?P<year>[0-9]{2}|[0-9]{4}))?"
_ISO = r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})[-/](?P<day>[0-9]{1,2})"
_WORDS = r"(?P<day>[0-9]{1,2})[ -](?P<name>[A-Za-z]{3,9})(?:[ -](?P<year>[0-9]{2}|[0-9]{4}))?"
_AMERICAN_WORDS = r"(?P<name>[A-Za-z]{3,9}) (?P<day>[0-9]{1,2}),? (?P<year>[0-9]{4})"
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def _moment(text: str, manner: Manner) -> Typed | None:
    """A date, a time or both, in the orders that the locale allows. Without a year it is this year's."""
    clock = re.fullmatch(_TIME, text)
    if clock:
        part = _time_of_day(clock)
        return None if part is None else Typed(part, {"type": "TIME", "pattern": "hh:mm:ss"})
    for shape, reader in _DATES:
        found = re.fullmatch(rf"{shape}(?:[ T]{_TIME})?", text)
        day = reader(found, manner) if found else None
        if found and day is not None:
            return _dated(found, day)
    return None


def _dated(found: re.Match[str], day: datetime) -> Typed | None:
    """A date typed year first keeps that look; any other is shown in the locale's own order."""
    shape = {"pattern": "yyyy-mm-dd"} if re.match("[0-9]{4}-", found[0]) else {}
    if found["hour"] is None:
        return Typed(serial.moment_number(day), {"type": "DATE", **shape})
    part = _time_of_day(found)
    clock = {"pattern": f"{shape['pattern']} h:mm:ss"} if shape else {}
    return None if part is None else Typed(serial.moment_number(day) + part, {"type": "DATE_TIME", **clock})


def _time_of_day(found: re.Match[str]) -> float | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    return (hour * 3600 + minute * 60 + second) / 86400 if hour < 24 and minute < 60 and second < 60 else None


def _numeric(found: re.Match[str], manner: Manner) -> datetime | None:
    day, month = (found["a"], found["b"]) if british(manner.locale) else (found["b"], found["a"])
    return _day(found["year"], int(month), int(day), manner)


def _iso(found: re.Match[str], manner: Manner) -> datetime | None:
    return _day(found["year"], int(found["month"]), int(found["day"]), manner)


def _worded(found: re.Match[str], manner: Manner) -> datetime | None:
    name = found["name"].lower()
    month = next((number for number, full in enumerate(_MONTHS, 1) if full.startswith(name)), 0)
    return _day(found["year"], month, int(found["day"]), manner)


def _day(year: str | None, month: int, day: int, manner: Manner) -> datetime | None:
    full = manner.year if year is None else int(year)
    if full < 100:
        full += 2000 if full < 50 else 1900
    try:
        return datetime(full, month, day)
    except ValueError:
        return None


_DATES: tuple[tuple[str, Callable[[re.Match[str], Manner], datetime | None]], ...] = (
    (_ISO, _iso),
    (_NUMERIC, _numeric),
    (_WORDS, _worded),
    (_AMERICAN_WORDS, _worded),
)
