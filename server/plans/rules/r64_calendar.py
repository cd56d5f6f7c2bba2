"""R64: the school's year is known: three terms, six half-terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from server.plans.model import Finding, Record, Settings, Term
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days
from server.plans.school_year import SchoolYear, year_of
from server.plans.terms import last_school_day

RULE = Rule(
    id="R64",
    force="default",
    source="SEN Plans default: three terms, six half-terms",
    title="The half-terms of the school year are known",
    mover="senco",
    of_school=True,
)
TERMS, HALF_TERMS = 3, 6
NOTICE = 42
ACTION = "Enter each half-term in Settings, a row each, with its first and last school day."


def check(register: Register, today: date) -> Iterator[Finding]:
    """Of the school as a whole: info where Settings name no half-term of this school year, amber where they name
    some but not six (or three terms), or two that overlap; info for next year's from six weeks before the summer."""
    settings = register.settings
    if not register.sees_contacts or not register.school.pupils:
        return
    year = year_of(today)
    yield from _of_year(settings, year)
    end = last_school_day(settings, today)
    if end is not None and (end - today).days <= NOTICE and not _terms(settings, SchoolYear(year.first + 1)):
        message = f"Settings name no half-term of {SchoolYear(year.first + 1).name} yet"
        yield RULE.finding("info", *_place(settings), message, ACTION)


def _of_year(settings: Settings, year: SchoolYear) -> Iterator[Finding]:
    found = _terms(settings, year)
    if not found:
        message = f"Settings name no half-term of {year.name}, so every Monday to Friday counts as a school day"
        if settings.terms:
            message = f"Settings name no half-term of {year.name}, so it has no school days"
        yield RULE.finding("amber" if settings.terms else "info", *_place(settings), message, ACTION)
    elif len(found) not in (TERMS, HALF_TERMS):
        message = f"Settings name {days(len(found), 'half-term')} of {year.name}, not {HALF_TERMS}"
        yield RULE.finding("amber", found[-1], "start", message, ACTION)
    for before, term in pairwise(found):
        if term.start <= before.end:
            message = f"The half-term that starts on {term.start} begins before the one of {before.start} is over"
            yield RULE.finding("amber", term, "start", message, "Correct the dates in Settings.")


def _terms(settings: Settings, year: SchoolYear) -> tuple[Term, ...]:
    """By their first day."""
    found = (term for term in settings.terms if year.holds(term.start))
    return tuple(sorted(found, key=lambda term: (term.start, term.end)))


def _place(settings: Settings) -> tuple[Record, str]:
    """The last half-term there is, below which the next belongs; else the first fact of Settings."""
    return (settings.terms[-1], "start") if settings.terms else (settings, "name")
