"""What goes out of the school: to specialists, the council, the next school, and whoever asks for the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.plans.model.record import Record


@dataclass(frozen=True, kw_only=True)
class Referral(Record):
    """A specialist asked for help; never sent before somebody who may agree has agreed."""

    referral_id: str
    pupil: str = ""
    service: str = ""
    service_detail: str = ""
    question: str = ""
    shared: tuple[str, ...] = ()
    agreed_by: str = ""
    agreed_date: date | None = None
    agreed_capacity: str = ""
    child_told: str = ""
    sent: date | None = None
    outcome: str = ""
    report_date: date | None = None
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EhcRequest(Record):
    """A request for an EHC needs assessment. ``received`` is the day the council got it: its time runs from there."""

    request_id: str
    pupil: str = ""
    requester: str = ""
    reason: str = ""
    limb_a: str = ""
    limb_b: str = ""
    child_views: str = ""
    parent_views: str = ""
    informed: bool = False
    informed_date: date | None = None
    attainment: tuple[str, ...] = ()
    nature: str = ""
    only_with_support: str = ""
    clinicians: tuple[str, ...] = ()
    over_18: str = ""
    support_plan: str = ""
    costed_map: str = ""
    reports: str = ""
    attendance: tuple[str, ...] = ()
    council_form: str = ""
    head_agreed: str = ""
    head_agreed_date: date | None = None
    sent: date | None = None
    received: date | None = None
    advice: tuple[str, ...] = ()
    assess_decided: date | None = None
    assess_decision: str = ""
    plan_decided: date | None = None
    plan_decision: str = ""
    final_plan: date | None = None


@dataclass(frozen=True, kw_only=True)
class Transition(Record):
    """A move to another school, class or phase."""

    transition_id: str
    pupil: str = ""
    move_from: str = ""
    move_to: str = ""
    move_date: date | None = None
    kind: str = ""
    level: str = ""
    sending_lead: str = ""
    receiving_lead: str = ""
    meeting_date: date | None = None
    records_sent: date | None = None
    information_agreed: tuple[str, ...] = ()
    settling_check: date | None = None


@dataclass(frozen=True, kw_only=True)
class Transfer(Record):
    """A file sent to the next school or received from the last: all that stays after a move."""

    transfer_id: str
    pupil: str = ""
    direction: str = ""
    school: str = ""
    moved: date | None = None
    file_date: date | None = None
    confirmed: date | None = None
    by_staff: str = ""


@dataclass(frozen=True, kw_only=True)
class AccessRequest(Record):
    """A request to see all that the school holds about a pupil."""

    request_id: str
    pupil: str = ""
    asked: date | None = None
    asked_by: str = ""
    extended: date | None = None
    answered: date | None = None
    left_out: str = ""
    by_staff: str = ""


@dataclass(frozen=True, kw_only=True)
class AnnualReport(Record):
    """The school's own words of a year, for the report to parents."""

    report_id: str
    pupil: str = ""
    year: str = ""
    progress: str = ""
    achievements: str = ""
    attendance: str = ""
    results: tuple[str, ...] = ()
    discuss: str = ""
    next_year: str = ""
