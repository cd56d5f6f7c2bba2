"""The Settings tab: one fact a row, one row for each half-term and closed day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from server.plans.model import Problem, Settings, Term
from server.plans.setting_facts import BY_FIELD, BY_NAME, FACTS, Fact
from sheets_templates.readback import Row
from sheets_templates.text import comparable
from sheets_templates.words import words_in

HALF_TERM, CLOSED_DAY = "half-term", "closed day"
LONGEST_CLOSURE = 366
SHORTEST, LONGEST = "shortest_cycle_weeks", "longest_cycle_weeks"
CROSSED = "The shortest cycle is longer than the longest, so the usual 4 and 14 weeks are used. Correct one of them."
LIKENESS = 0.85
UNKNOWN = "“{said}” is no setting, so nothing follows it. Did you mean “{name}”?"


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
            elif fact := BY_NAME.get(comparable(name)):
                cells[fact.field] = row.cells.get("value", "")
                facts |= _fact(fact, row)
            else:
                _refuse_slip(name)
        except ValueError as error:
            problems.append(Problem(cell=row.cells.get("setting", ""), message=str(error)))
    terms.sort(key=lambda term: term.start)
    words = tuple((word.choice, word.said) for word in words_in(rows))
    settings = Settings(**facts, cells=cells, terms=tuple(terms), closed_days=tuple(closed), words=words)
    if settings.shortest_cycle_weeks > settings.longest_cycle_weeks:
        problems.append(Problem(cell=settings.cell(SHORTEST), message=CROSSED))
        settings = replace(settings, **{field: BY_FIELD[field].default for field in (SHORTEST, LONGEST)})
    return settings, tuple(problems)


def _fact(fact: Fact, row: Row) -> dict[str, Any]:
    value, start = row.values.get("value"), row.values.get("start")
    if fact.kind == "day" and isinstance(start, date):
        return {fact.field: start}
    text = "" if value is None else str(value).strip()
    return {fact.field: fact.read(text)} if text else {}


def _refuse_slip(name: str) -> None:
    """A row of the school's own is its own business; one that is nearly a setting is a slip."""
    known = {fact.name.casefold(): fact.name for fact in FACTS}
    for near in get_close_matches(name, (*known, HALF_TERM, CLOSED_DAY), n=1, cutoff=LIKENESS):
        raise ValueError(UNKNOWN.format(said=name, name=known.get(near, near)))


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
