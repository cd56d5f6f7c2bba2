"""Typed dates and times, in the orders that a locale allows, and the number format that shows them as typed.

A date without a year is this year's. Seen live (https://github.com/mmedum/google-sheets-mcp, spike A): an American
``1-2`` becomes a date that shows as ``m-d``, ``2026-09-05`` one as ``yyyy-mm-dd``. That other separators and names of
months are kept in the same way is assumed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from sandbox.sheets import serial
from sandbox.sheets.locales import Locale

Read = tuple[float, Mapping[str, str]]
_Day = tuple[datetime, str]

_TIME = (
    r"(?P<hour>[0-9]{1,4}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}(?:\.[0-9]{1,3})?))?(?: ?(?P<half>[AaPp][Mm]))?"
)
_NUMERIC = r"(?P<a>[0-9]{1,2})(?P<mark>[/.-])(?P<b>[0-9]{1,2})(?:(?P=mark)(?P<year>[0-9]{2}|[0-9]{4})|(?P<open>\.))?"
_ISO = r"(?P<year>[0-9]{4})(?P<mark>[-/])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
_WORDS = r"(?P<day>[0-9]{1,2})\.?[ -](?P<name>[^\W\d]{3,9})\.?(?:[ -](?P<year>[0-9]{2}|[0-9]{4}))?"
_AMERICAN_WORDS = r"(?P<name>[^\W\d]{3,9}) (?P<day>[0-9]{1,2}),? (?P<year>[0-9]{4})"


def read(text: str, locale: Locale, year: int) -> Read | None:
    """The serial number and number format of a typed date, time or both; None where it is neither."""
    clock = re.fullmatch(_TIME, text)
    if clock:
        part = _time_of_day(clock, longest=9999)
        return None if part is None else (part, {"type": "TIME", "pattern": _clock_pattern(part, clock)})
    for shape, reader in _DATES:
        found = re.fullmatch(rf"{shape}(?:[ T]{_TIME})?", text)
        day = reader(found, locale, year) if found else None
        if found and day is not None:
            return _dated(found, day)
    return None


def _clock_pattern(part: float, clock: re.Match[str]) -> str:
    """More than a day is a length of time."""
    return "[h]:mm:ss" if part >= 1 else "h:mm AM/PM" if clock["half"] and not clock["second"] else "hh:mm:ss"


def _dated(found: re.Match[str], day: _Day) -> Read | None:
    """``""`` as a look is the locale's own."""
    when, look = day
    if found["hour"] is None:
        return serial.moment_number(when), {"type": "DATE", **({"pattern": look} if look else {})}
    part = _time_of_day(found, longest=23)
    clock = {"pattern": f"{look} h:mm:ss"} if look else {}
    return None if part is None else (serial.moment_number(when) + part, {"type": "DATE_TIME", **clock})


def _time_of_day(found: re.Match[str], *, longest: int) -> float | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), float(found["second"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    return (hour * 3600 + minute * 60 + second) / 86400 if hour <= longest and minute < 60 and second < 60 else None


def _numeric(found: re.Match[str], locale: Locale, year: int) -> _Day | None:
    mark = found["mark"]
    if found["open"] and (mark != "." or locale.date_separator != "."):
        return None
    day, month = (found["b"], found["a"]) if locale.month_first else (found["a"], found["b"])
    when = _day(found["year"], int(month), int(day), year)
    parts = ["m", "d"] if locale.month_first else ["d", "m"]
    if when is None:
        return None
    if found["year"]:
        return when, "" if mark == locale.date_separator else mark.join([*parts, "yyyy"])
    return when, mark.join(parts) + (found["open"] or "")


def _iso(found: re.Match[str], _locale: Locale, year: int) -> _Day | None:
    when = _day(found["year"], int(found["month"]), int(found["day"]), year)
    return None if when is None else (when, "yyyy-mm-dd" if found["mark"] == "-" else "yyyy/mm/dd")


def _worded(found: re.Match[str], locale: Locale, year: int) -> _Day | None:
    name = found["name"].casefold()
    month = next((number for number, full in enumerate(locale.months, 1) if full.casefold().startswith(name)), 0)
    when = _day(found["year"], month, int(found["day"]), year)
    if when is None:
        return None
    word = "mmmm" if len(name) > 3 else "mmm"
    mark = "-" if "-" in found[0] else " "
    return when, mark.join(["d", word, *(["yyyy"] if found["year"] else [])])


def _american(found: re.Match[str], locale: Locale, year: int) -> _Day | None:
    day = _worded(found, locale, year)
    word = "mmmm" if len(found["name"]) > 3 else "mmm"
    return None if day is None else (day[0], f"{word} d, yyyy" if "," in found[0] else f"{word} d yyyy")


def _day(year: str | None, month: int, day: int, this_year: int) -> datetime | None:
    full = this_year if year is None else int(year)
    if full < 100:
        full += 2000 if full < 50 else 1900
    try:
        return datetime(full, month, day)
    except ValueError:
        return None


_DATES: tuple[tuple[str, Callable[[re.Match[str], Locale, int], _Day | None]], ...] = (
    (_ISO, _iso),
    (_NUMERIC, _numeric),
    (_WORDS, _worded),
    (_AMERICAN_WORDS, _american),
)
