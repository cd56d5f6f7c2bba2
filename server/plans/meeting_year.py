"""When to meet the parents this school year: a day for each term that has no meeting yet (rules R22 and R33)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from server.plans import meeting_count
from server.plans.model import Meeting, Pupil, Settings
from server.plans.register import Register
from server.plans.school_year import AUTUMN, SUMMER, SchoolYear, last_day, year_of
from server.plans.terms import is_school_day

MINUTES = 60
BEFORE_THE_END = 15
"""School days before a term ends: late enough to see what helped, early enough to write the next plan in term."""
NOTICE = 21
"""Days that the first reminder needs."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One meeting to book. ``term`` is 1 to 3."""

    term: int
    day: date
    minutes: int = MINUTES


def proposals(register: Register, pupil: Pupil) -> tuple[Proposal, ...]:
    """A day for each term of this school year, from today on, without a meeting booked or held; soonest first."""
    if not meeting_count.applies(register, pupil):
        return ()
    year, meetings = year_of(register.today), register.meetings.get(pupil.pupil_id, ())
    return tuple(_in_terms(register, year, meetings))


def _in_terms(register: Register, year: SchoolYear, meetings: Iterable[Meeting]) -> Iterator[Proposal]:
    taken = [m.date for m in meetings if m.date and (m.is_booked or m.is_held)]
    begins = year.start
    for term in range(AUTUMN, SUMMER + 1):
        ends = last_day(register.settings, year, term)
        met = any(begins <= day <= ends for day in taken)
        day = None if met else _day(register.settings, max(begins, register.today + timedelta(days=NOTICE)), ends)
        if day is not None:
            yield Proposal(term=term, day=day)
        begins = ends + timedelta(days=1)


def _day(settings: Settings, earliest: date, ends: date) -> date | None:
    """The last school day that leaves fifteen after it; else the first there is; None where the term is too short."""
    found, after = None, 0
    for number in range(ends.toordinal(), earliest.toordinal() - 1, -1):
        if is_school_day(settings, day := date.fromordinal(number)):
            found = day
            if after == BEFORE_THE_END:
                break
            after += 1
    return found
