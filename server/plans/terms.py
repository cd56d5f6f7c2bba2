"""The school's calendar: which days are school days, and how many weeks of teaching lie between two dates.

Where Settings names no half-terms, every Monday to Friday that is not a closed day counts. Where it does, a day
outside them is not a school day. All counts run from after ``start`` up to and including ``end``.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from server.plans.model import Settings, Term
from server.plans.model.setting import DAYS_IN_A_SCHOOL_WEEK


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
        for first, last in settings.spans
        if first <= end.toordinal() and last > start.toordinal()
    )
    lost = settings.days_lost
    return weekdays - (bisect_right(lost, end.toordinal()) - bisect_right(lost, start.toordinal()))


def teaching_weeks(settings: Settings, start: date, end: date) -> float:
    """The same span in weeks of five school days, so that holidays weigh nothing."""
    return school_days_between(settings, start, end) / DAYS_IN_A_SCHOOL_WEEK


def _weekdays_up_to(ordinal: int) -> int:
    """Mondays to Fridays from 1 January of year 1, itself a Monday, to this day."""
    weeks, days = divmod(ordinal, 7)
    return weeks * DAYS_IN_A_SCHOOL_WEEK + min(days, DAYS_IN_A_SCHOOL_WEEK)
