"""The school's calendar: which days are school days, and how many weeks of teaching lie between two dates.

Where Settings names no half-terms, every Monday to Friday that is not a closed day counts. Where it does, a day
outside them is not a school day. All counts run from after ``start`` up to and including ``end``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Settings, Term

DAYS_IN_A_SCHOOL_WEEK = 5


def is_school_day(settings: Settings, day: date) -> bool:
    """Whether pupils are in school that day."""
    if day.isoweekday() > DAYS_IN_A_SCHOOL_WEEK or day in settings.closed_days:
        return False
    return not settings.terms or term_of(settings, day) is not None


def term_of(settings: Settings, day: date) -> Term | None:
    """The half-term that holds this day, or None in the holidays."""
    return next((term for term in settings.terms if term.start <= day <= term.end), None)


def school_days_between(settings: Settings, start: date, end: date) -> int:
    """How many school days come after ``start`` up to and including ``end``; 0 if ``end`` is not later."""
    if end <= start:
        return 0
    weekdays = sum(
        _weekdays_up_to(min(end.toordinal(), last)) - _weekdays_up_to(max(start.toordinal(), first - 1))
        for first, last in _spans(settings)
        if first <= end.toordinal() and last > start.toordinal()
    )
    return weekdays - sum(1 for day in _closed_school_days(settings) if start < day <= end)


def teaching_weeks(settings: Settings, start: date, end: date) -> float:
    """The same span in weeks of five school days, so that holidays weigh nothing."""
    return school_days_between(settings, start, end) / DAYS_IN_A_SCHOOL_WEEK


def _closed_school_days(settings: Settings) -> Iterator[date]:
    for day in set(settings.closed_days):
        in_term = not settings.terms or term_of(settings, day) is not None
        if in_term and day.isoweekday() <= DAYS_IN_A_SCHOOL_WEEK:
            yield day


def _spans(settings: Settings) -> tuple[tuple[int, int], ...]:
    """The half-terms as ordinals, first to last day, merged where they overlap."""
    if not settings.terms:
        return ((date.min.toordinal(), date.max.toordinal()),)
    merged: list[tuple[int, int]] = []
    for first, last in sorted((term.start.toordinal(), term.end.toordinal()) for term in settings.terms):
        if last < first:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


def _weekdays_up_to(ordinal: int) -> int:
    """Mondays to Fridays from 1 January of year 1, itself a Monday, to this day."""
    weeks, days = divmod(ordinal, 7)
    return weeks * DAYS_IN_A_SCHOOL_WEEK + min(days, DAYS_IN_A_SCHOOL_WEEK)
