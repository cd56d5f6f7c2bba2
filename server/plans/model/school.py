"""Everything the workbooks of one school say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from server.plans.model.meeting import Meeting, View
from server.plans.model.people import Contact, EhcPlan, Notification, Pupil
from server.plans.model.record import Paper
from server.plans.model.setting import Settings, Staff
from server.plans.model.turn import Cycle, LogEntry, Outcome, Provision, Review


@dataclass(frozen=True, kw_only=True)
class School:
    """Everything the workbooks of one school say. ``sees_contacts`` is False where only plan workbooks were
    read (a teacher's token): rules that need contacts, notifications or EHC rows then say nothing. ``copies_sent``
    is, by review, the day all who are to have it had the updated plan, where sharing noted one."""

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
