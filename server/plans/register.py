"""One school's records on one day, found by pupil, cycle and row; each way in is built when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from server.plans import cycle as cycles
from server.plans.model import (
    AccessRequest,
    Action,
    AnnualReport,
    Concern,
    Contact,
    ContactNote,
    Cost,
    Cycle,
    EarlyNote,
    EarlyYears,
    EhcOutcome,
    EhcPlan,
    EhcRequest,
    Exemption,
    LogEntry,
    Meeting,
    Notification,
    Outcome,
    Plan,
    Provision,
    Pupil,
    Question,
    ReadTick,
    Record,
    Referral,
    Review,
    School,
    Settings,
    Staff,
    StatusChange,
    Strategy,
    Training,
    Transfer,
    Transition,
    View,
    grouped,
)
from server.plans.records import records
from sheets_templates.ids import leading_id

T = TypeVar("T")
R = TypeVar("R", bound=Record)
Rows = Mapping[str, tuple[T, ...]]

PAPERS: Mapping[type[Record], str] = {
    Plan: "plans",
    Action: "actions",
    Concern: "concerns",
    StatusChange: "status_history",
    ContactNote: "contact_log",
    ReadTick: "reads",
    Strategy: "library",
    Exemption: "exceptions",
    EhcOutcome: "ehc_outcomes",
    Question: "questions",
    Training: "training",
    Transfer: "transfers",
    AccessRequest: "access_requests",
    Referral: "referrals",
    EhcRequest: "ehc_requests",
    Transition: "transitions",
    AnnualReport: "reports",
    EarlyNote: "early_notes",
    EarlyYears: "early_years",
    Cost: "costs",
}
"""The tab that each kind of record without a field of its own in ``School`` is read from."""


@dataclass(frozen=True, kw_only=True)
class LiveCycle:
    """An open cycle on a day. ``meetings`` and ``views`` are all of the pupil's, not this cycle's alone."""

    today: date
    pupil: Pupil
    cycle: Cycle
    before: Cycle | None
    outcomes: tuple[Outcome, ...]
    provision: tuple[Provision, ...]
    meetings: tuple[Meeting, ...]
    views: tuple[View, ...]

    @property
    def step(self) -> int:
        return cycles.step(self.cycle, self.today, is_planned=bool(self.outcomes or self.provision))

    def unmet(self) -> Iterable[Outcome]:
        """The outcomes that no provision of this cycle serves."""
        served = {outcome_id for provision in self.provision for outcome_id in provision.outcomes}
        return (outcome for outcome in self.outcomes if outcome.outcome_id not in served)


class Register:
    """Where rules and worklists look things up. A row that names a pupil, cycle or outcome stands under its id."""

    def __init__(self, school: School, today: date) -> None:
        self.school = school
        self.today = today
        self._papers: dict[type[Record], tuple[Record, ...]] = {}
        self._once: dict[tuple[object, int], object] = {}

    @property
    def settings(self) -> Settings:
        return self.school.settings

    @property
    def sees_contacts(self) -> bool:
        """Whether the SENCO workbook was read; without it rules about its tabs say nothing."""
        return self.school.sees_contacts

    def once(self, work: Callable[[Register, R], T], row: R) -> T:
        """What ``work`` makes of a row of this school, worked out the first time it is asked for."""
        key = (work, id(row))
        if key not in self._once:
            self._once[key] = work(self, row)
        return self._once[key]  # type: ignore[return-value]  # what this very work made

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Every row of a tab that has no field of its own in ``School``, such as ``register.all(Action)``."""
        if kind not in self._papers:
            self._papers[kind] = tuple(records(kind, self.school.papers.get(PAPERS[kind], ())))
        return self._papers[kind]  # type: ignore[return-value]  # each kind's rows stand under that kind

    def of(self, kind: type[R], pupil_id: str) -> tuple[R, ...]:
        """One pupil's rows of such a tab, in its order."""
        return self._by_pupil(kind).get(pupil_id, ())  # type: ignore[return-value]  # as in ``all``

    def _by_pupil(self, kind: type[Record]) -> Rows[Record]:
        if kind not in self._grouped:
            self._grouped[kind] = grouped(self.all(kind), _pupil_of)
        return self._grouped[kind]

    @cached_property
    def _grouped(self) -> dict[type[Record], Rows[Record]]:
        return {}

    @cached_property
    def pupils(self) -> Mapping[str, Pupil]:
        return {pupil.pupil_id: pupil for pupil in self.school.pupils}

    @cached_property
    def here(self) -> Mapping[str, Pupil]:
        """The pupils who have not left."""
        return {pupil_id: pupil for pupil_id, pupil in self.pupils.items() if pupil.is_here(self.today)}

    @cached_property
    def staff(self) -> Mapping[str, Staff]:
        return {person.staff_id: person for person in self.school.staff}

    @property
    def cycles(self) -> Rows[Cycle]:
        """By pupil, in the order of the Assess tab."""
        return self.school.cycles_of

    @cached_property
    def cycle(self) -> Mapping[str, Cycle]:
        """By its id."""
        return {cycle.cycle_id: cycle for cycle in self.school.cycles}

    @property
    def outcomes(self) -> Rows[Outcome]:
        """By cycle."""
        return self.school.outcomes_of

    @property
    def provision(self) -> Rows[Provision]:
        """By cycle."""
        return self.school.provision_of

    @cached_property
    def reviews(self) -> Rows[Review]:
        """By cycle."""
        return grouped(self.school.reviews, lambda row: row.cycle)

    @cached_property
    def log(self) -> Rows[LogEntry]:
        """By provision."""
        return grouped(self.school.log, lambda row: row.provision)

    @property
    def meetings(self) -> Rows[Meeting]:
        """By pupil."""
        return self.school.meetings_of

    @property
    def views(self) -> Rows[View]:
        """By pupil."""
        return self.school.views_of

    @cached_property
    def costs(self) -> Mapping[str, Cost]:
        """By the id of the help."""
        return {leading_id(cost.provision): cost for cost in self.all(Cost)}

    @property
    def contacts(self) -> Rows[Contact]:
        """By pupil."""
        return self.school.contacts_of

    @cached_property
    def notifications(self) -> Rows[Notification]:
        """By pupil."""
        return grouped(self.school.notifications, _pupil_of)

    @cached_property
    def ehc_plans(self) -> Rows[EhcPlan]:
        """By pupil."""
        return grouped(self.school.ehc_plans, _pupil_of)

    @cached_property
    def first_day(self) -> date | None:
        """The first day that the plan workbooks tell of: a meeting's, or a cycle's start."""
        days = [start for cycle in self.school.cycles if (start := cycles.started(cycle))]
        return min((*days, *(row.date for row in self.school.meetings if row.date)), default=None)

    @cached_property
    def live(self) -> tuple[LiveCycle, ...]:
        """Every open cycle of a pupil who is here, in the order of the Assess tab."""
        return tuple(self._live(cycle) for cycle in self.school.cycles if cycle.is_open and cycle.pupil in self.here)

    def _live(self, cycle: Cycle) -> LiveCycle:
        return LiveCycle(
            today=self.today,
            pupil=self.pupils[cycle.pupil],
            cycle=cycle,
            before=cycles.previous(cycle, self.cycles[cycle.pupil]),
            outcomes=self.outcomes.get(cycle.cycle_id, ()),
            provision=self.provision.get(cycle.cycle_id, ()),
            meetings=self.meetings.get(cycle.pupil, ()),
            views=self.views.get(cycle.pupil, ()),
        )


def _pupil_of(row: Record) -> str:
    return str(getattr(row, "pupil", ""))
