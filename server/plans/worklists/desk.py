"""What worklists are made from, and what a worklist is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from server.plans.model import Cycle, EhcPlan, Finding, Provision, Pupil, ReadTick, Record, Review, grouped
from server.plans.register import LiveCycle, Register
from server.plans.worklists.item import NO_DATES, WORKING, Dates, Item

R = TypeVar("R", bound=Record)

FIELDS: Mapping[type[Record], str] = {
    Cycle: "cycles",
    EhcPlan: "ehc_plans",
    Provision: "provision",
    Review: "reviews",
}
"""The field of ``School`` that holds the rows of a kind that lines lead back to; other kinds are read as papers."""
ROLES = {"senco": "senco", "sendco": "senco", "head": "head", "headteacher": "head", "head teacher": "head"}


class Desk:
    """What worklists are made from: a school's register on a day, and what the rules found there.

    History is not on it: nobody has a move left."""

    def __init__(self, register: Register, found: Iterable[Finding]) -> None:
        self.register = register
        self.found: Mapping[str, tuple[Finding, ...]] = grouped(
            (row for row in found if row.level != "history"), lambda row: row.rule
        )
        self._rows: dict[type[Record], Mapping[str, Record]] = {}

    @property
    def today(self) -> date:
        return self.register.today

    def row(self, kind: type[R], row_id: str) -> R | None:
        """A row of a tab by its id."""
        if kind not in self._rows:
            self._rows[kind] = {row.id: row for row in self._all(kind)}
        return self._rows[kind].get(row_id)  # type: ignore[return-value]  # each kind's rows stand under that kind

    def _all(self, kind: type[R]) -> tuple[R, ...]:
        field = FIELDS.get(kind)
        return getattr(self.register.school, field) if field else self.register.all(kind)

    @cached_property
    def _by_role(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the school's staff by role, as a mover is called."""
        by_role = grouped(self.register.staff.values(), lambda row: ROLES.get(row.role.strip().casefold(), ""))
        return {role: tuple(row.staff_id for row in group) for role, group in by_role.items() if role}

    @cached_property
    def staff_named(self) -> Mapping[str, str]:
        """Ids of the school's staff by their name, in small letters."""
        return {row.name.strip().casefold(): row.staff_id for row in self.register.staff.values() if row.name.strip()}

    def live_of(self, pupil_id: str) -> tuple[LiveCycle, ...]:
        """A pupil's open cycles."""
        return self._live.get(pupil_id, ())

    @cached_property
    def _live(self) -> Mapping[str, tuple[LiveCycle, ...]]:
        return grouped(self.register.live, lambda live: live.pupil.pupil_id)

    def movers(self, mover: str, pupil: Pupil | None) -> tuple[str, ...]:
        """Which colleagues a move is for: who answers for the pupil, the pupil's SENCO or the school's, the head."""
        if mover == "teacher":
            return pupil.accountable_staff if pupil else ()
        if mover == "senco" and pupil is not None and pupil.senco_staff:
            return (pupil.senco_staff,)
        return self._by_role.get(mover, ())

    def item(self, told: Finding, dates: Dates = NO_DATES, *, staff: tuple[str, ...] = ()) -> Item:
        """A finding as a line of a worklist."""
        mover = told.mover or "teacher"
        return Item(
            pupil_id=told.pupil_id,
            what=told.message,
            level=told.level,
            mover=mover,
            action=told.action,
            since=dates.since,
            until=dates.until,
            cell=told.cell,
            row=told.row,
            rule=told.rule,
            staff=staff or self.movers(mover, self.register.pupils.get(told.pupil_id)),
            staff_only=told.level == "staff",
        )


def no_dates(_desk: Desk, _told: Finding) -> Dates:
    return NO_DATES


When = Callable[[Desk, Finding], Dates]


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """A list that somebody works through. ``rules`` are those whose findings stand on it, with their dates;
    ``levels`` which of them; ``more`` what stands on it that no rule says."""

    key: str
    title: str
    rules: Mapping[str, When] = field(default_factory=dict)
    levels: frozenset[str] = WORKING
    more: Callable[[Desk], Iterator[Item]] | None = None

    def items(self, desk: Desk) -> Iterator[Item]:
        """Its lines, in no order."""
        for rule, when in self.rules.items():
            for told in desk.found.get(rule, ()):
                if told.level in self.levels:
                    yield desk.item(told, when(desk, told), staff=_named(desk, told))
        if self.more is not None:
            yield from self.more(desk)


def _named(desk: Desk, told: Finding) -> tuple[str, ...]:
    """The one colleague whom a row of reading names."""
    row = desk.row(ReadTick, told.row) if told.rule == "R16" else None
    return (row.staff,) if row is not None else ()
