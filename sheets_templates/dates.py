"""Dates and times as spreadsheets hold them (serial numbers) and as people in the UK write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_EPOCH = date(1899, 12, 30)
_EARLIEST, _LATEST = date(1950, 1, 1), date(2149, 12, 31)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s/.-]*([a-z]{3,9})[\s/.,-]*(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})[\s.]+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})")
_WEEKDAY = re.compile(r"([a-z]{3,9})[.,]*\s+(?=\d|[a-z])")
_CLOCK = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?(?::\d{2})?\s*(am|pm|a\.m\.?|p\.m\.?|noon|midday)?")


def to_serial(day: date) -> int:
    """The number a spreadsheet holds for a date; day 0 is 30 December 1899."""
    return (day - _EPOCH).days


def time_fraction(moment: time) -> float:
    """The part of a day that has passed at a time."""
    return (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86400


def moment_serial(moment: datetime) -> float:
    return to_serial(moment.date()) + time_fraction(moment.time())


def date_from_serial(serial: float) -> date | None:
    """The date of a serial number, None outside 1950 to 2149."""
    if not to_serial(_EARLIEST) <= serial < to_serial(_LATEST) + 1:
        return None
    return _EPOCH + timedelta(days=int(serial))


def time_from_serial(serial: float) -> time | None:
    """The time of day of a serial number, to the minute. A whole date, or a number that is no serial, has none."""
    fraction = serial % 1
    if serial < 0 or (serial >= 1 and (not fraction or date_from_serial(serial) is None)):
        return None
    minutes = round(fraction * 1440) % 1440
    return time(minutes // 60, minutes % 60)


def parse_date(text: str) -> date | None:
    """A date written the UK way, day first, None where it can't be read or does not exist.

    ``3/9/26``, ``03.09.2026``, ``3rd Sept 2026``, ``Thu 3 September 2026``, ``2026-09-03``."""
    words = " ".join(text.casefold().split())
    weekday, words = _split_weekday(words)
    found = _read_date(words)
    if found is None or (weekday is not None and found.weekday() != weekday):
        return None
    return found if _EARLIEST <= found <= _LATEST else None


def _split_weekday(words: str) -> tuple[int | None, str]:
    match = _WEEKDAY.match(words)
    name = match[1] if match else ""
    for number, day in enumerate(_DAYS):
        if match and day.startswith(name):
            return number, words[match.end() :]
    return None, words


def _read_date(words: str) -> date | None:
    if match := _YEAR_FIRST.fullmatch(words):
        return _date(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(words):
        return _date(match[3], match[2], match[1])
    if match := _NAMED.fullmatch(words):
        return _date(match[3], _month(match[2]), match[1])
    if match := _MONTH_FIRST.fullmatch(words):
        return _date(match[3], _month(match[1]), match[2])
    return None


def _month(name: str) -> int:
    short = name[:3]
    known = short in _MONTHS and _FULL[_MONTHS.index(short)].startswith(name)
    return _MONTHS.index(short) + 1 if known or name == "sept" else 0


def _date(year: str | int, month: str | int, day: str | int) -> date | None:
    full_year = int(year) + (2000 if len(str(year)) == 2 else 0)
    try:
        return date(full_year, int(month), int(day))
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """A time of day as written: ``15:30``, ``3.30pm``, ``9am``, ``noon``. None where it can't be read.

    ``3.30`` alone is refused: a school means the afternoon, a clock the night. ``03:30`` says which."""
    words = "".join(text.casefold().split())
    if words in {"noon", "midday", "12noon", "12midday"}:
        return time(12)
    match = _CLOCK.fullmatch(words)
    if not match or not (match[2] or match[3]):
        return None
    return _time(match[1], int(match[2] or 0), (match[3] or "")[:1])


def _time(hours: str, minutes: int, half: str) -> time | None:
    hour = int(hours)
    if half in {"a", "p"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 1 <= hour <= 6 and len(hours) == 1:
        return None
    return time(hour, minutes) if hour < 24 and minutes < 60 else None
