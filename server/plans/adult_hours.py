"""How much of the adults' time the plans take, week by week, and who is promised more often than they can be there.

A row of help takes an adult's whole session, however many share it: children in one group are one session. Rows are
one group where adult, help, place, length and times a week are the same. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from server.plans.cycle import started
from server.plans.fidelity import per_week
from server.plans.model import Cycle, Provision, Settings
from server.plans.register import Register
from server.plans.terms import school_days_between, teaching_weeks
from sheets_templates.ids import leading_id
from sheets_templates.text import comparable

NOBODY = "Nobody named"
WEEK = timedelta(days=7)
WEEKS_AHEAD = 6
_EXACT = 6


@dataclass(frozen=True, kw_only=True)
class Week:
    """One school week from its Monday: hours by member of staff ("" for nobody named), and by role."""

    monday: date
    by_adult: Mapping[str, float]
    by_role: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class OverBooked:
    """An adult whose plans ask for more in a week than they can give; the fullest week, the first of several."""

    staff_id: str
    monday: date
    booked: float
    can_give: float


class _Group(NamedTuple):
    """What the rows of one group have in common. ``session_hours`` are those of a week."""

    help_given: str
    place: str
    size: float
    session_hours: float


def weeks(register: Register, first: date, count: int = WEEKS_AHEAD) -> tuple[Week, ...]:
    """The weeks with a school day from the one that holds ``first``, at most ``count`` calendar weeks on."""
    running = [(cycle, row) for cycle, row in _rows(register) if per_week(row) > 0 and row.minutes_per_session]
    mondays = _mondays(register.settings, first, count)
    return tuple(_week(register, monday, running) for monday in mondays)


def over_booked(register: Register, planned: Iterable[Week]) -> tuple[OverBooked, ...]:
    """Adults with hours of their own in Staff that a week asks more than, by id."""
    found: dict[str, OverBooked] = {}
    for week in planned:
        for staff_id, booked in week.by_adult.items():
            known = register.staff.get(staff_id)
            can_give = known.hours_per_week if known else None
            if can_give is None or booked <= can_give or booked <= _so_far(found, staff_id):
                continue
            found[staff_id] = OverBooked(staff_id=staff_id, monday=week.monday, booked=booked, can_give=can_give)
    return tuple(found[staff_id] for staff_id in sorted(found))


def _so_far(found: Mapping[str, OverBooked], staff_id: str) -> float:
    return found[staff_id].booked if staff_id in found else 0.0


def hours(rows: Iterable[Provision]) -> float:
    """Hours a week that one adult gives to these rows, groups counted once."""
    groups: dict[_Group, set[str]] = defaultdict(set)
    alone = 0.0
    for row in rows:
        if (row.group_size or 1) > 1:
            groups[_group(row, row.group_size or 1)].add(row.pupil)
        else:
            alone += _session_hours(row)
    shared = sum(group.session_hours * ceil(len(pupils) / group.size) for group, pupils in groups.items())
    return round(alone + shared, _EXACT)


def _group(row: Provision, size: float) -> _Group:
    help_given = leading_id(row.strategy) or comparable(row.what)
    return _Group(help_given, comparable(row.when_where), size, _session_hours(row))


def _session_hours(row: Provision) -> float:
    return (row.minutes_per_session or 0) * per_week(row) / 60


def _mondays(settings: Settings, first: date, count: int) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    for number in range(count):
        begins = monday + number * WEEK
        if school_days_between(settings, begins - timedelta(days=1), begins + WEEK - timedelta(days=1)):
            yield begins


def _rows(register: Register) -> Iterator[tuple[Cycle, Provision]]:
    return ((live.cycle, row) for live in register.live for row in live.provision)


def _week(register: Register, monday: date, rows: Iterable[tuple[Cycle, Provision]]) -> Week:
    taken: dict[str, list[Provision]] = defaultdict(list)
    for cycle, row in rows:
        if _runs(register.settings, cycle, row, monday):
            taken[leading_id(row.delivered_by)].append(row)
    by_adult = {staff_id: hours(taken[staff_id]) for staff_id in sorted(taken)}
    by_role: dict[str, float] = defaultdict(float)
    for staff_id, count in by_adult.items():
        by_role[role_of(register, staff_id)] += count
    return Week(
        monday=monday,
        by_adult=by_adult,
        by_role={role: round(by_role[role], _EXACT) for role in sorted(by_role)},
    )


def role_of(register: Register, staff_id: str) -> str:
    """What an adult is, by the Staff tab; "Nobody named" where it names nobody, or no role."""
    known = register.staff.get(staff_id)
    return (known.role.strip() if known else "") or NOBODY


def _runs(settings: Settings, cycle: Cycle, row: Provision, monday: date) -> bool:
    """Whether help that has not ended lies in that week: begun by its Friday, its weeks not yet used up."""
    start = row.start_date or started(cycle)
    if start is None or start >= monday + WEEK - timedelta(days=2):
        return False
    used = teaching_weeks(settings, start - timedelta(days=1), monday - timedelta(days=1))
    return row.weeks is None or used < row.weeks
