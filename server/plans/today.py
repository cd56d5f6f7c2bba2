"""The day's list of sessions: which help is to be given on a day, and what was written down of it so far.

Help with named days stands on those days. Help without stands on every school day until the week has seen as many
sessions as were planned; rarer help until one took place in its turn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from server.plans.cycle import DO, started
from server.plans.fidelity import per_week
from server.plans.model import LogEntry, Provision, Pupil
from server.plans.model.setting import DAYS_IN_A_SCHOOL_WEEK
from server.plans.register import LiveCycle, Register
from server.plans.terms import is_school_day, teaching_weeks, weeks_from
from sheets_templates.ids import ALPHABET

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_A_DAY = 8
ID_LENGTH = 10
LONGEST_PAUSE = 13
"""Weeks; help that comes once a term."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """One session of a day. ``number`` counts those of the same help on that day from 1; ``entry`` is its row in Do,
    None until somebody wrote one; ``is_fixed`` that its day is named, ``so_far`` how many took place in the week, or
    in the weeks between two sessions of rarer help."""

    pupil: Pupil
    cycle_id: str
    provision: Provision
    day: date
    number: int = 1
    entry: LogEntry | None = None
    is_fixed: bool = False
    so_far: int = 0

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet if it took place."""
        return self.entry is None

    @property
    def key(self) -> tuple[str, int]:
        """Which session of the day it is."""
        return self.provision.provision_id, self.number


def sessions(register: Register, day: date, *, staff_id: str = "") -> tuple[Session, ...]:
    """The day's sessions in the order of the Provision tab: all, or those a colleague gives or answers for.

    A key person, who answers for a child, so sees the help that others give too. None on a day without school."""
    if not is_school_day(register.settings, day):
        return ()
    return tuple(
        session
        for live in register.live
        if live.step >= DO
        for provision in live.provision
        if not staff_id or is_for(live.pupil, provision, staff_id)
        for session in _of_day(register, live, provision, day)
    )


def is_for(pupil: Pupil, provision: Provision, staff_id: str) -> bool:
    """Whether a colleague gives this help, or answers for the pupil."""
    return staff_id == provision.delivered_by.strip() or staff_id in pupil.accountable_staff


def _of_day(register: Register, live: LiveCycle, provision: Provision, day: date) -> Iterator[Session]:
    first = _first_day(provision, day)
    log = register.log.get(provision.provision_id, ())
    today = [row for row in log if row.date == day]
    before = sum(row.delivered for row in log if row.date and first <= row.date < day)
    planned = _planned(register, live, provision, day, before)
    entries = _slots(provision.provision_id, day, today, planned)
    for number, entry in enumerate(entries, 1):
        yield Session(
            pupil=live.pupil,
            cycle_id=live.cycle.cycle_id,
            provision=provision,
            day=day,
            number=number,
            entry=entry,
            is_fixed=bool(provision.days),
            so_far=before + sum(row.delivered for row in today),
        )


def row_id(provision_id: str, day: date, number: int) -> str:
    """The id of the row of Do that a tap writes for a session: the same however often it is tapped."""
    digest = hashlib.sha256(f"{provision_id}\0{day.isoformat()}\0{number}".encode("utf-8", "surrogatepass")).digest()
    return "L-" + "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:ID_LENGTH])


def _slots(provision_id: str, day: date, rows: list[LogEntry], planned: int) -> list[LogEntry | None]:
    """The day's rows in the places of its sessions: a tapped one in its own, the others from the first free one."""
    count = max(planned, len(rows))
    own = {row.log_id: row for row in rows}
    slots = [own.pop(row_id(provision_id, day, number), None) for number in range(1, count + 1)]
    others = iter(own.values())
    return [slot or next(others, None) for slot in slots]


def _first_day(provision: Provision, day: date) -> date:
    """The Monday from which sessions are counted: this week's; earlier for help that comes less than once a week."""
    weekly = per_week(provision)
    weeks = min(round(1 / weekly), LONGEST_PAUSE) if 0 < weekly < 1 else 1
    return weeks_from(day - timedelta(days=day.weekday()), 1 - weeks)


def _planned(register: Register, live: LiveCycle, provision: Provision, day: date, before: int) -> int:
    """How many sessions this day is to see, ``before`` of the week's having taken place on earlier days."""
    weekly = per_week(provision)
    if weekly <= 0 or not _runs(register, live, provision, day):
        return 0
    named = _named(provision.days)
    if provision.days:
        return min(ceil(weekly / max(len(named), 1)), MOST_A_DAY) if day.weekday() in named else 0
    left = ceil(weekly) - before
    return max(min(ceil(weekly / DAYS_IN_A_SCHOOL_WEEK), left, MOST_A_DAY), 0)


def _runs(register: Register, live: LiveCycle, provision: Provision, day: date) -> bool:
    """Whether the help has begun, and not yet lasted its weeks."""
    start = provision.start_date or started(live.cycle)
    if start is None or start > day:
        return False
    if provision.weeks is None:
        return True
    return teaching_weeks(register.settings, start - timedelta(days=1), day - timedelta(days=1)) < provision.weeks


def _named(days: Iterable[str]) -> frozenset[int]:
    names = (day.strip().casefold()[:3] for day in days)
    return frozenset(WEEKDAYS.index(name) for name in names if name in WEEKDAYS)
