"""A school at hand as worklists, as the day's sessions, and as the help by adult."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from addon.work_views import MOVERS, AdultLine, CountLine, SessionLine, TodayView, WorkLine, WorkView
from server.plans.practitioners import Practitioner, practitioners
from server.plans.register import Register
from server.plans.terms import is_school_day
from server.plans.today import Session, sessions
from server.plans.worklists import Item, Listed, by_mover, mine, worklists
from server.web.ports import AtHand

OPEN, TOOK_PLACE, MISSED = "", "yes", "no"
MINE = "mine"


def lists_of(at_hand: AtHand) -> tuple[Listed, ...]:
    return worklists(Register(at_hand.school, at_hand.today), at_hand.findings)


def list_counts(lists: Iterable[Listed]) -> tuple[CountLine, ...]:
    """Each worklist with how many lines it has."""
    return tuple(CountLine(key=row.key, title=row.title, count=len(row.items), late=row.late) for row in lists)


def mover_counts(lists: Iterable[Listed], me: str) -> tuple[CountLine, ...]:
    """How many lines wait for whom; first for the person at the panel, where it is known who that is."""
    lists = tuple(lists)
    own = [item for row in mine(lists, me) for item in row.items]
    late = {mover: sum(i.is_late for row in lists for i in row.items if i.mover == mover) for mover in MOVERS}
    counts = [
        CountLine(key=key, title=MOVERS[key], count=count, late=late[key]) for key, count in by_mover(lists).items()
    ]
    first = [CountLine(key=MINE, title=MOVERS[MINE], count=len(own), late=sum(i.is_late for i in own))] if own else []
    return (*first, *counts)


def list_view(at_hand: AtHand, key: str) -> WorkView:
    """One worklist, by whose move is next."""
    found = next((row for row in lists_of(at_hand) if row.key == key), None)
    if found is None:
        return WorkView(title="Nothing waits on this list")
    lines = [(item.mover, _line(at_hand, item)) for item in found.items]
    groups = ((title, tuple(row for mover, row in lines if mover == key)) for key, title in MOVERS.items())
    return WorkView(
        title=found.title,
        subtitle="By whose move is next",
        groups=tuple(group for group in groups if group[1]),
    )


def mover_view(at_hand: AtHand, mover: str) -> WorkView:
    """All that waits for one of them, by list."""
    lists = lists_of(at_hand)
    if mover == MINE:
        chosen = [(row.title, row.items) for row in mine(lists, at_hand.me)]
    else:
        chosen = [(row.title, tuple(item for item in row.items if item.mover == mover)) for row in lists]
    groups = tuple((title, tuple(_line(at_hand, item) for item in items)) for title, items in chosen if items)
    return WorkView(title=MOVERS.get(mover, "Nothing waits"), subtitle="What waits, by list", groups=groups)


def _line(at_hand: AtHand, item: Item) -> WorkLine:
    return WorkLine(
        pupil_id=item.pupil_id,
        who=at_hand.labels.get(item.pupil_id, item.pupil_id),
        what=item.what,
        action=item.action,
        level=item.level,
        days=days_of(item),
        cell=item.cell,
        mover=item.mover,
    )


def days_of(item: Item) -> str:
    """Since when it waits, and when it should be done."""
    since = f"since {_day(item.since)}" if item.since else ""
    until = f"by {_day(item.until)}" if item.until else ""
    return ", ".join(part for part in (since, until) if part)


def today_view(at_hand: AtHand, day: date, staff_id: str) -> TodayView:
    """One day's sessions, of one colleague or of all: those nobody has written down yet first."""
    register = Register(at_hand.school, day)
    everybody = sessions(register, day)
    chosen = sessions(register, day, staff_id=staff_id) if staff_id else everybody
    ids = dict.fromkeys(
        name
        for row in everybody
        for name in (row.provision.delivered_by.strip(), *row.pupil.accountable_staff)
        if name
    )
    names = {name: register.staff[name].name if name in register.staff else name for name in ids}
    return TodayView(
        day=day.isoformat(),
        title=f"{day:%A} {day.day} {day:%B %Y}",
        is_school_day=is_school_day(register.settings, day),
        sessions=tuple(_session(row, names) for row in sorted(chosen, key=lambda row: not row.is_open)),
        staff=tuple(sorted(names.items(), key=lambda pair: pair[1])),
        chosen=staff_id,
    )


def _session(row: Session, names: dict[str, str]) -> SessionLine:
    given = row.provision.delivered_by.strip()
    return SessionLine(
        pupil_id=row.pupil.pupil_id,
        who=row.pupil.label,
        provision_id=row.provision.provision_id,
        number=row.number,
        what=row.provision.what,
        detail=" · ".join(_details(row)),
        by=names.get(given, given),
        state=OPEN if row.entry is None else TOOK_PLACE if row.entry.delivered else MISSED,
    )


def _details(row: Session) -> Iterator[str]:
    help_ = row.provision
    if help_.minutes_per_session:
        yield f"{help_.minutes_per_session:g} minutes"
    if help_.when_where.strip():
        yield help_.when_where.strip()
    if row.number > 1:
        yield f"{row.number}. of the day"
    if not row.is_fixed and (help_.sessions_per_week or 0) >= 1:
        yield f"{row.so_far} of {help_.sessions_per_week:g} this week"


def adult_lines(at_hand: AtHand) -> tuple[AdultLine, ...]:
    """The help by adult, those who fall behind first."""
    register = Register(at_hand.school, at_hand.today)
    found = sorted(practitioners(register), key=lambda row: (not row.is_short, row.staff_id))
    return tuple(_adult(register, row) for row in found)


def _adult(register: Register, row: Practitioner) -> AdultLine:
    person, count = register.staff.get(row.staff_id), len(row.pupils)
    hours = f", {row.minutes_per_week / 60:.1f} hours" if row.minutes_per_week else ""
    return AdultLine(
        staff_id=row.staff_id,
        name=(person.name if person else "") or row.staff_id or "Nobody named",
        load=f"{count} pupil{'' if count == 1 else 's'}, {row.sessions_per_week:g} sessions a week{hours}",
        given=f"{row.delivered} of about {row.expected:.0f} given ({row.percent}%)" if row.expected >= 1 else "",
        is_short=row.is_short,
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
