"""The school's calendar: which days are school days, and how many weeks of teaching lie between two dates.

Where Settings names no half-terms, every Monday to Friday that is not a closed day counts. Where it does, a day
outside them is not a school day. All counts run from after ``start`` up to and including ``end``.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta

from server.plans.model import Settings, Term
from server.plans.model.setting import DAYS_IN_A_SCHOOL_WEEK, FIRST_MONTH

FIRST_SUMMER_MONTH = 6
LONGEST_SEARCH = 366


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
    if days := settings.school_days:
        return bisect_right(days, end.toordinal()) - bisect_right(days, start.toordinal())
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


def school_year(day: date) -> tuple[date, date]:
    """The school year that holds this day: 1 September to 31 August."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    start = date(first, FIRST_MONTH, 1) if first >= date.min.year else date.min
    return start, date(first + 1, FIRST_MONTH - 1, 31) if first < date.max.year else date.max


def last_school_day(settings: Settings, day: date) -> date | None:
    """The last day of the summer term of the school year that holds ``day``; None where Settings doesn't say."""
    start, end = school_year(day)
    in_year = (term.end for term in settings.terms if start <= term.end <= end)
    ends = [day for day in in_year if FIRST_SUMMER_MONTH <= day.month < FIRST_MONTH]
    return max(ends, default=None)


def add_school_days(settings: Settings, start: date, count: int) -> date:
    """The day by which ``count`` school days have passed after ``start``, or at most a year later."""
    day = start
    for _ in range(LONGEST_SEARCH):
        if count <= 0 or day == date.max:
            break
        day += timedelta(days=1)
        count -= is_school_day(settings, day)
    return day


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last; the last day there is, where the years run out."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weeks_from(day: date, weeks: int) -> date:
    """So many weeks later, or earlier where it is negative; the first or last day there is where years run out."""
    number = day.toordinal() + 7 * weeks
    return date.fromordinal(min(max(number, date.min.toordinal()), date.max.toordinal()))
