"""Everything the workbooks of one school say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from server.plans.model.meeting import Meeting, View
from server.plans.model.people import Contact, EhcPlan, Notification, Pupil
from server.plans.model.record import Paper
from server.plans.model.setting import Settings, Staff
from server.plans.model.turn import Cycle, LogEntry, Outcome, Provision, Review
from sheets_templates.ids import leading_id

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class School:
    """Everything the workbooks of one school say. ``sees_contacts`` is False where only plan workbooks were
    read (a teacher's token): rules that need contacts, notifications or EHC rows then say nothing. ``copies_sent``
    is, by review, the day all who are to have it had the updated plan, where sharing noted one.

    ``contacts_of`` and its like sort rows by the pupil, or by the cycle, that they name, each in the tab's order."""

    settings: Settings = field(default_factory=Settings)
    staff: tuple[Staff, ...] = ()
    contacts: tuple[Contact, ...] = ()
    notifications: tuple[Notification, ...] = ()
    ehc_plans: tuple[EhcPlan, ...] = ()
    pupils: tuple[Pupil, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    provision: tuple[Provision, ...] = ()
    log: tuple[LogEntry, ...] = ()
    reviews: tuple[Review, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    views: tuple[View, ...] = ()
    papers: Mapping[str, tuple[Paper, ...]] = field(default_factory=dict)
    copies_sent: Mapping[str, date] = field(default_factory=dict)
    sees_contacts: bool = True

    @cached_property
    def contacts_of(self) -> Mapping[str, tuple[Contact, ...]]:
        return grouped(self.contacts, lambda row: leading_id(row.pupil))

    @cached_property
    def cycles_of(self) -> Mapping[str, tuple[Cycle, ...]]:
        return grouped(self.cycles, lambda row: leading_id(row.pupil))

    @cached_property
    def outcomes_of(self) -> Mapping[str, tuple[Outcome, ...]]:
        """By cycle."""
        return grouped(self.outcomes, lambda row: leading_id(row.cycle))

    @cached_property
    def provision_of(self) -> Mapping[str, tuple[Provision, ...]]:
        """By cycle."""
        return grouped(self.provision, lambda row: leading_id(row.cycle))

    @cached_property
    def reviews_of(self) -> Mapping[str, tuple[Review, ...]]:
        return grouped(self.reviews, lambda row: leading_id(row.pupil))

    @cached_property
    def meetings_of(self) -> Mapping[str, tuple[Meeting, ...]]:
        return grouped(self.meetings, lambda row: leading_id(row.pupil))

    @cached_property
    def views_of(self) -> Mapping[str, tuple[View, ...]]:
        return grouped(self.views, lambda row: leading_id(row.pupil))


def grouped(rows: Iterable[T], key: Callable[[T], str]) -> Mapping[str, tuple[T, ...]]:
    """Rows by key, each group in its order."""
    groups: dict[str, list[T]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: tuple(group) for name, group in groups.items()}
