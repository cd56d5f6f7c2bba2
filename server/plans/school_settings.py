"""The Settings tab: one fact a row, one row for each half-term and closed day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from server.plans.groups import SHAPES, shape_named
from server.plans.model import Problem, Settings, Term
from sheets_templates.readback import Row
from sheets_templates.words import words_in

FACTS: Mapping[str, str] = {
    "school id": "school_id",
    "school name": "name",
    "phase": "phase",
    "kind of school": "kind",
    "local authority": "local_authority",
    "email domain": "email_domain",
    "time zone": "time_zone",
    "review every (weeks)": "review_interval_weeks",
    "advice service": "advice_service",
    "logo file": "logo",
    "plan workbooks": "shape",
}
HALF_TERM, CLOSED_DAY = "half-term", "closed day"
LONGEST_CLOSURE = 366
WEEKS = range(1, 53)


def read_settings(rows: Iterable[Row]) -> tuple[Settings, tuple[Problem, ...]]:
    """The school's settings, and the rows that could not be used: for those the default stands."""
    facts: dict[str, Any] = {}
    cells: dict[str, str] = {}
    terms: list[Term] = []
    closed: list[date] = []
    problems: list[Problem] = []
    rows = tuple(rows)
    for row in rows:
        name = " ".join(str(row.values.get("setting") or "").casefold().split())
        try:
            if name == HALF_TERM:
                terms.append(_term(row))
            elif name == CLOSED_DAY:
                closed.extend(_closure(row))
            elif field := FACTS.get(name):
                cells[field] = row.cells.get("value", "")
                facts |= _fact(field, row.values.get("value"))
        except ValueError as error:
            problems.append(Problem(cell=row.cells.get("setting", ""), message=str(error)))
    terms.sort(key=lambda term: term.start)
    words = tuple((word.choice, word.said) for word in words_in(rows))
    settings = Settings(**facts, cells=cells, terms=tuple(terms), closed_days=tuple(closed), words=words)
    return settings, tuple(problems)


def _fact(field: str, value: Any) -> dict[str, Any]:
    text = "" if value is None else str(value).strip()
    if not text:
        return {}
    if field == "review_interval_weeks":
        return {field: _weeks(text)}
    if field == "time_zone":
        return {field: _time_zone(text)}
    if field == "shape":
        return {field: _shape(text)}
    return {field: text}


def _shape(text: str) -> str:
    found = shape_named(text)
    if not found:
        known = ", ".join(SHAPES[:-1])
        raise ValueError(f'"{text}" is not known, so the workbooks stay as they are. Write {known} or {SHAPES[-1]}.')
    return found


def _weeks(text: str) -> int:
    try:
        weeks = int(float(text))
    except (ValueError, OverflowError):
        weeks = 0
    if weeks not in WEEKS:
        raise ValueError(f'"{text}" is not a number of weeks from 1 to 52; the usual 12 is used. Write a number.')
    return weeks


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        message = f'"{text}" is not a time zone; Europe/London is used. Write one like Europe/London.'
        raise ValueError(message) from None
    return text


def _term(row: Row) -> Term:
    start, end = row.values.get("start"), row.values.get("end")
    if not isinstance(start, date) or not isinstance(end, date):
        raise ValueError("This half-term lacks its first or last day, so it is left out. Enter both dates.")
    if end < start:
        raise ValueError("This half-term ends before it starts, so it is left out. Correct its dates.")
    return Term(name=str(row.values.get("value") or ""), start=start, end=end, cells=row.cells)


def _closure(row: Row) -> Iterator[date]:
    start, end = row.values.get("start"), row.values.get("end")
    if not isinstance(start, date):
        raise ValueError("This closed day lacks its date, so it is left out. Enter it under From.")
    last = end if isinstance(end, date) and end > start else start
    for number in range(min((last - start).days, LONGEST_CLOSURE) + 1):
        yield start + timedelta(days=number)
