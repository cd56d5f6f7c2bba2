"""When a pupil's rights become the young person's own (Children and Families Act 2014 s.83; rule R52)."""

from __future__ import annotations

from datetime import date, timedelta

from server.plans.model import Pupil

COMPULSORY_SCHOOL_AGE = 16
FRIDAY = 4


def holds_own_rights(pupil: Pupil, today: date) -> bool:
    """Whether notice and agreement go to the pupil: from the last Friday in June of the school year
    (1 September to 31 August) in which the pupil turns 16. Without a date of birth, no."""
    if pupil.dob is None:
        return False
    turns_16_by_june_of = pupil.dob.year + COMPULSORY_SCHOOL_AGE + (1 if pupil.dob.month >= 9 else 0)
    return turns_16_by_june_of < date.max.year and today >= last_friday_in_june(turns_16_by_june_of)


def last_friday_in_june(year: int) -> date:
    end = date(year, 6, 30)
    return end - timedelta(days=(end.weekday() - FRIDAY) % 7)
