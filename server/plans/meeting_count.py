"""How many meetings with parents a school year has seen, and how many it asks for (rules R33 and R34)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from server.plans.cycle import started
from server.plans.model import Meeting, Pupil, StatusChange
from server.plans.register import Register
from server.plans.rights import holds_own_rights
from server.plans.school_year import SUMMER, SchoolYear, last_day, term_number, year_of

A_YEAR = 3
PARENTS_EVENING = "parents' evening"
SENCO, ASSISTANT = "senco", "assistant"
TOOK_PART = ("whole meeting", "start only", "part")


@dataclass(frozen=True, kw_only=True)
class Count:
    """One pupil's school year. ``due`` is what the whole year asks for, ``due_by_now`` what the terms that are over
    ask for; ``is_over`` whether the year is. ``evenings`` are parents' evenings at which no outcome was reviewed."""

    year: SchoolYear
    held: tuple[Meeting, ...]
    with_senco: int
    evenings: int
    due: int
    due_by_now: int
    is_over: bool

    @property
    def is_short(self) -> bool:
        """Whether a year that is over saw fewer than it asks for, or a running one fewer than its terms so far."""
        return len(self.held) < (self.due if self.is_over else self.due_by_now)


def applies(register: Register, pupil: Pupil) -> bool:
    """Pupils with SEN support in a school: the Code asks it of schools, for children without an EHC plan."""
    return pupil.sen_status == "K" and not register.settings.is_early_years


def counts(register: Register, pupil: Pupil) -> Iterator[Count]:
    """The school year before this one, and this one."""
    yield from register.once(_both_years, pupil)


def _both_years(register: Register, pupil: Pupil) -> tuple[Count, Count]:
    this = year_of(register.today)
    return count(register, pupil, this.before), count(register, pupil, this)


def count(register: Register, pupil: Pupil, year: SchoolYear) -> Count:
    """What one school year saw and asks for."""
    first = _first_term(register, pupil, year)
    met = [m for m in register.meetings.get(pupil.pupil_id, ()) if _was_met(register, pupil, m, year)]
    held = tuple(meeting for meeting in met if not _is_evening(meeting))
    over = [term for term in range(first, SUMMER + 1) if last_day(register.settings, year, term) < register.today]
    return Count(
        year=year,
        held=held,
        with_senco=sum(_senco_was_there(register, pupil, meeting) for meeting in held),
        evenings=len(met) - len(held),
        due=A_YEAR + 1 - first,
        due_by_now=len(over),
        is_over=year.end < register.today,
    )


def _was_met(register: Register, pupil: Pupil, meeting: Meeting, year: SchoolYear) -> bool:
    """Held, and with a parent; from the day the rights are the young person's own, with them."""
    if not meeting.is_held or meeting.date is None or not year.holds(meeting.date) or meeting.date > register.today:
        return False
    if holds_own_rights(pupil, meeting.date):
        return _pupil_was_there(register, meeting)
    return meeting.parent_present


def _is_evening(meeting: Meeting) -> bool:
    """A parents' evening without outcomes reviewed and recorded, which doesn't count."""
    return meeting.type.strip().replace("’", "'").casefold() == PARENTS_EVENING and not meeting.outcomes_reviewed


def _senco_was_there(register: Register, pupil: Pupil, meeting: Meeting) -> bool:
    """By the meeting's own tick, else by a SENCO among its staff; an assistant SENCO is not one."""
    return meeting.senco_present or any(_is_senco(register, pupil, staff_id) for staff_id in meeting.staff)


def _is_senco(register: Register, pupil: Pupil, staff_id: str) -> bool:
    known = register.staff.get(staff_id)
    role = known.role.strip().casefold() if known else ""
    return role == SENCO or (staff_id == pupil.senco_staff and not role.startswith(ASSISTANT))


def _pupil_was_there(register: Register, meeting: Meeting) -> bool:
    """By the meeting's own tick, else by what the review of its cycle says of the pupil's part."""
    reviews = register.reviews.get(meeting.cycle, ()) if meeting.cycle else ()
    return meeting.pupil_present or any(row.child_participation.casefold() in TOOK_PART for row in reviews)


def _first_term(register: Register, pupil: Pupil, year: SchoolYear) -> int:
    """The term of this year in which SEN support began here; 4 where it began after it.

    Of the time before the workbooks' first day nothing can be said."""
    began = [day for day in (support_began(register, pupil), pupil.joined, register.first_day) if day]
    latest = max(began, default=year.start)
    if latest > year.end:
        return A_YEAR + 1
    return term_number(register.settings, max(latest, year.start))


def support_began(register: Register, pupil: Pupil) -> date | None:
    """The day SEN support began: by the history of the status; else the first plan, where it came in the school year
    in which SEN was identified; else the day it was identified."""
    if since := _status_since(register.of(StatusChange, pupil.pupil_id)):
        return since
    plans = [day for cycle in register.cycles.get(pupil.pupil_id, ()) if (day := started(cycle))]
    identified, first = pupil.sen_identified, min(plans, default=None)
    if identified is None or first is None:
        return identified or first
    return max(identified, first) if year_of(identified) == year_of(first) else identified


def _status_since(changes: Iterable[StatusChange]) -> date | None:
    """The first day of the last unbroken time with SEN support."""
    since: date | None = None
    for change in sorted((row for row in changes if row.since), key=lambda row: row.since or date.min):
        since = (since or change.since) if change.sen_status == "K" else None
    return since
