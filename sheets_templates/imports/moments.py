"""Dates as people leave them in sheets: real dates, serial numbers, text, without a year, or a week's beginning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sheets_templates.dates import date_from_serial, parse_date
from sheets_templates.text import tidy

_WEEK = re.compile(
    r"^(?:w\s*/?\s*[bc]|week\s+(?:beginning|commencing)|from|by|on|before|due)\b[:.\s]*", re.IGNORECASE
)
_SLASHES = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})")
_YEAR = re.compile(r"(20\d\d)(?:\s*[-–/]\s*(?:20)?(\d\d))?")
_SHORT_YEAR = re.compile(r"\b(?:autumn|spring|summer|term|year)\b\D{0,8}(\d\d)\b", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1950, 2150
"""Years that a school's sheet may be about; a date elsewhere is a slip."""
_STARTS = 9


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A date as read. ``how`` says what was done to the text; ``other`` is what else it may mean."""

    day: date | None = None
    how: str = ""
    other: date | None = None
    ask: str = ""


def read_moment(value: object, year: date | None = None) -> Moment:
    """A cell as a date, day before month. ``year`` is the first day of the school year that lends a missing year."""
    if isinstance(value, datetime):
        return Moment(day=value.date())
    if isinstance(value, date):
        return Moment(day=value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = date_from_serial(value) if value > 366 else None
        return Moment(day=found, how="a date kept as a number") if found else Moment(ask="is not a date")
    return _of_text(tidy(str(value)), year)


def _of_text(text: str, year: date | None) -> Moment:
    bare = _WEEK.sub("", text).strip().rstrip(".,")
    how = "the first day of the week named" if bare != text and text.casefold().startswith("w") else ""
    found = parse_date(bare.replace("  ", " "))
    if found:
        return Moment(
            day=found, how=how or ("" if bare == found.isoformat() else "a date in words"), other=_swapped(bare)
        )
    if year and (lent := _with_year(bare, year)):
        return Moment(day=lent, how="the year was not written; taken from the sheet")
    month_first = _swapped(bare)
    if month_first:
        return Moment(ask=f"has no such day; month first it is {month_first:%-d %B %Y}", other=month_first)
    if re.fullmatch(r"[A-Za-z]{3,9}\.?,?\s+(?:20)?\d\d", bare):
        return Moment(ask="has no day, so it is not a whole date")
    return Moment(ask="is not a date we can read")


def _swapped(text: str) -> date | None:
    """The date with month before day, where that is another date."""
    match = _SLASHES.fullmatch(text)
    if not match or match[1] == match[2]:
        return None
    try:
        return date(int(match[3]) + (2000 if len(match[3]) == 2 else 0), int(match[1]), int(match[2]))
    except ValueError:
        return None


def _with_year(text: str, begins: date) -> date | None:
    """A day and month with the year in which it falls inside the school year."""
    for number in (begins.year, begins.year + 1):
        for glue in (" ", "/" if "/" in text else "."):
            found = parse_date(f"{text}{glue}{number}")
            if found and begins <= found < begins + timedelta(days=365):
                return found
    return None


def school_year(texts: list[str], dates: list[date]) -> date | None:
    """The first of September of the school year that a sheet's titles name, or else its dates lie in."""
    for text in texts:
        if match := _YEAR.search(text):
            span = match[2] and int(match[2]) == (int(match[1]) + 1) % 100
            later = not span and re.search(
                r"spring|summer|\bjan|\bfeb|\bmar|\bapr|\bmay|\bjun|\bjul", text, re.IGNORECASE
            )
            return date(int(match[1]) - bool(later), _STARTS, 1)
        if match := _SHORT_YEAR.search(text):
            later = re.search(r"spring|summer", text, re.IGNORECASE)
            return date(2000 + int(match[1]) - bool(later), _STARTS, 1)
    likely = sorted(day for day in dates if _FIRST_YEAR <= day.year <= _LAST_YEAR)
    if not likely:
        return None
    middle = likely[len(likely) // 2]
    return date(middle.year - (middle.month < _STARTS), _STARTS, 1)
