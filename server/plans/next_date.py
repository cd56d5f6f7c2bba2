"""The day by which the next turn is to be reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.plans import progress
from server.plans.cycle import started
from server.plans.model import Cycle, Pupil, Review, Settings
from server.plans.register import Register
from server.plans.terms import add_school_days, is_school_day, school_days_between

EARLY_YEARS = frozenset({"N1", "N2", "R"})
EARLY_WEEKS = 8
WEEK = 5


@dataclass(frozen=True, kw_only=True)
class NextDate:
    """``day`` is None where Settings name no half-terms so far ahead. ``shortened_from`` is the day somebody chose,
    or that is usual, where it was brought forward."""

    day: date | None
    shortened_from: date | None = None
    off_day: bool = False


def next_date(register: Register, cycle: Cycle, review: Review | None, ended: date) -> NextDate:
    """The day the review chose, else the school's interval after it; always a school day, and after weak progress
    never later than as many school days as the last turn was planned for (rule R24). Where that day is past already,
    the interval is counted from today."""
    chosen = review.next_review_date if review else None
    found = _counted(register, cycle, chosen if chosen is not None and chosen > ended else None, ended)
    is_past = found.day is not None and found.day <= register.today
    return _counted(register, cycle, None, register.today) if is_past else found


def _counted(register: Register, cycle: Cycle, chosen: date | None, start: date) -> NextDate:
    settings = register.settings
    wanted = chosen or _usual(settings, register.pupils.get(cycle.pupil), start)
    if wanted is None:
        return NextDate(day=None)
    latest = _latest(register, cycle, start)
    if latest is not None and latest < wanted:
        return NextDate(day=latest, shortened_from=wanted)
    return NextDate(day=wanted, off_day=not is_school_day(settings, wanted))


def _usual(settings: Settings, pupil: Pupil | None, ended: date) -> date | None:
    weeks = settings.review_interval_weeks
    if settings.is_early_years or (pupil is not None and pupil.year_group in EARLY_YEARS):
        weeks = min(weeks, EARLY_WEEKS)
    return _after(settings, ended, weeks * WEEK)


def _latest(register: Register, cycle: Cycle, ended: date) -> date | None:
    """As far ahead as the last turn was planned for, where its progress was weak."""
    weak = any(row.is_weak for row in progress.in_order(register, (cycle,)))
    start, due = started(cycle), cycle.review_due_date or cycle.review_held_date
    if not weak or start is None or due is None:
        return None
    return _after(register.settings, ended, school_days_between(register.settings, start, due))


def _after(settings: Settings, start: date, days: int) -> date | None:
    day = add_school_days(settings, start, days)
    return day if days > 0 and is_school_day(settings, day) else None
