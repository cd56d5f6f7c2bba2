"""What a school's workbooks say, as frozen records. Pure: no clock, no Google, no files.

Every record's field names are the column keys of its table in ``sheets_templates/tables``. A cell that is
empty, or that could not be read, gives the field's default. ``cells`` maps a field to the address of its cell
(``"Plan!F17"``), so that a finding can point at it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

Day = date
LONGEST_KEY = 60


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row of a table, with the address of each of its cells."""

    cells: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def cell(self, name: str) -> str:
        """The address of a field's cell; of the row's first known cell where that column is missing."""
        return self.cells.get(name) or next(iter(self.cells.values()), "")


@dataclass(frozen=True, kw_only=True)
class Term(Record):
    """One half-term. ``start`` and ``end`` are its first and last school day."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Settings(Record):
    """What the SENCO workbook's Settings tab says of the school. Dates are in ``time_zone``."""

    school_id: str = ""
    name: str = ""
    phase: str = ""
    kind: str = ""
    local_authority: str = ""
    email_domain: str = ""
    time_zone: str = "Europe/London"
    review_interval_weeks: int = 12
    advice_service: str = ""
    logo: str = ""
    shape: str = "whole school"
    terms: tuple[Term, ...] = ()
    closed_days: tuple[date, ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    @property
    def is_early_years(self) -> bool:
        """Whether the whole setting works under the early-years framework."""
        return self.phase.strip().upper() == "EYFS"


@dataclass(frozen=True, kw_only=True)
class Staff(Record):
    staff_id: str
    name: str = ""
    role: str = ""
    email: str = ""
    external: bool = False
    edits_plans: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Contact(Record):
    """A parent or carer in the sense of section 576. Without a readable ``restriction_kind`` they get nothing."""

    contact_id: str
    pupil: str = ""
    name: str = ""
    relationship: str = ""
    parental_responsibility: bool = False
    lives_with_child: bool = False
    email: str = ""
    phone: str = ""
    address: str = ""
    language: str = ""
    preferred_format: str = ""
    household: str = ""
    receives_plan_copy: bool = False
    restriction_kind: str = ""
    restriction: str = ""
    note: str = ""

    @property
    def household_key(self) -> str:
        """The household whose copy this contact reads; a blank household is a household of one.

        A file's properties hold short texts only, so a long name stands for itself by its hash."""
        name = self.household or self.contact_id
        told = name.encode("utf-8", "surrogatepass")
        return name if len(told) <= LONGEST_KEY else hashlib.sha256(told).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class Notification(Record):
    """One parent told, formally, that SEN support starts (Children and Families Act 2014 s.68)."""

    notification_id: str
    pupil: str = ""
    contact: str = ""
    date: date | None = None
    kind: str = ""
    method: str = ""
    support_from: Day | None = None
    why: str = ""
    first_plan: str = ""
    first_review: Day | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class EhcPlan(Record):
    ehc_id: str
    pupil: str = ""
    issued: date | None = None
    last_review: date | None = None
    next_review_due: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Pupil(Record):
    pupil_id: str
    first_name: str = ""
    last_name: str = ""
    known_as: str = ""
    dob: date | None = None
    upn: str = ""
    year_group: str = ""
    class_form: str = ""
    sen_status: str = ""
    primary_need: str = ""
    secondary_need: str = ""
    area_of_need: tuple[str, ...] = ()
    tier: str = ""
    accountable_staff: tuple[str, ...] = ()
    senco_staff: str = ""
    home_language: str = ""
    interpreter_needed: bool = False
    other_professionals: tuple[str, ...] = ()
    looked_after: str = ""
    sen_identified: date | None = None
    strengths: str = ""
    aspiration_child: str = ""
    aspiration_parent: str = ""
    how_to_support: str = ""
    ready_to_share: bool = False

    @property
    def label(self) -> str:
        """How rows and dropdowns name the pupil: ``P09 Amara Iheatu``."""
        return " ".join(part for part in (self.pupil_id, self.first_name, self.last_name) if part)

    @property
    def initials(self) -> str:
        """First letters of first and last name, the only form that may reach a calendar or a log title."""
        return "".join(part[:1].upper() + "." for part in (self.first_name, self.last_name) if part)

    @property
    def called(self) -> str:
        """What the pupil likes to be called."""
        return self.known_as or self.first_name


@dataclass(frozen=True, kw_only=True)
class Cycle(Record):
    """One turn of Assess, Plan, Do, Review: a row of the Assess tab."""

    cycle_id: str
    pupil: str = ""
    cycle_number: int | None = None
    stage: str = ""
    assess_date: date | None = None
    plan_agreed_date: date | None = None
    review_due_date: date | None = None
    review_held_date: date | None = None
    needs_summary: str = ""
    barrier_and_removal: str = ""
    history: str = ""
    needs_by_area: tuple[str, ...] = ()
    attainment: tuple[str, ...] = ()
    assessments: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    specialist_advice: tuple[str, ...] = ()
    length: str = ""
    midpoint_check: str = ""
    update_to_parents: str = ""
    child_views: str = ""
    parents_consulted: str = ""
    parents_consulted_date: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether the cycle is still running: no review held and not closed."""
        return self.review_held_date is None and self.stage.casefold() != "closed"


@dataclass(frozen=True, kw_only=True)
class Outcome(Record):
    outcome_id: str
    pupil: str = ""
    cycle: str = ""
    area: str = ""
    need: str = ""
    horizon: str = ""
    outcome: str = ""
    why_it_matters: str = ""
    target: str = ""
    measure: str = ""
    baseline: str = ""
    baseline_rating: int | None = None
    expected: str = ""
    expected_rating: int | None = None
    impact_type: str = ""
    target_date: date | None = None
    home_part: str = ""
    child_part: str = ""
    actual: str = ""
    actual_rating: int | None = None
    result: str = ""
    decision: str = ""
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class Provision(Record):
    """The help: what is additional to or different from what everyone gets."""

    provision_id: str
    pupil: str = ""
    cycle: str = ""
    outcomes: tuple[str, ...] = ()
    what: str = ""
    kind: str = ""
    tier: str = ""
    additional: bool = False
    delivered_by: str = ""
    expertise: str = ""
    when_where: str = ""
    group_size: float | None = None
    minutes_per_session: float | None = None
    sessions_per_week: float | None = None
    weeks: float | None = None
    start_date: date | None = None
    evidence_basis: str = ""
    evidence_note: str = ""
    entry_measure: str = ""
    exit_measure: str = ""
    sessions_delivered: int | None = None
    right_person: str = ""
    often_enough: str = ""
    reaction: str = ""
    training_gap: str = ""
    effect: str = ""
    decision: str = ""


@dataclass(frozen=True, kw_only=True)
class LogEntry(Record):
    log_id: str
    pupil: str = ""
    provision: str = ""
    date: date | None = None
    delivered: bool = False
    by_staff: str = ""
    response: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Review(Record):
    review_id: str
    pupil: str = ""
    cycle: str = ""
    date: date | None = None
    minutes: float | None = None
    mode: str = ""
    type: str = ""
    led_by: str = ""
    note_taker: str = ""
    staff_present: tuple[str, ...] = ()
    parents_present: str = ""
    apologies: str = ""
    child_participation: str = ""
    child_view: str = ""
    home_view: str = ""
    school_view: str = ""
    aspirations_right: str = ""
    impact_summary: str = ""
    quality: str = ""
    overall_progress: str = ""
    next_step: str = ""
    parent_agreement: str = ""
    parent_comment: str = ""
    actions: tuple[str, ...] = ()
    mis_updated: Day | None = None
    staff_note: str = ""
    next_review_date: Day | None = None


@dataclass(frozen=True, kw_only=True)
class Meeting(Record):
    """A meeting with parents. No ``start_time`` means all day. ``staff`` are those invited or present."""

    meeting_id: str
    pupil: str = ""
    cycle: str = ""
    date: date | None = None
    start_time: time | None = None
    minutes: float | None = None
    type: str = ""
    status: str = ""
    staff: tuple[str, ...] = ()
    parents_present: str = ""
    parent_present: bool = False
    senco_present: bool = False
    note: str = ""

    @property
    def is_booked(self) -> bool:
        return self.status.casefold() == "booked"

    @property
    def is_held(self) -> bool:
        return self.status.casefold() == "held"


@dataclass(frozen=True, kw_only=True)
class View(Record):
    """Words of a child or parent. A parent's words reach only their own household unless they say otherwise."""

    view_id: str
    pupil: str = ""
    cycle: str = ""
    who: str = ""
    contact: str = ""
    date: date | None = None
    words: str = ""
    method: str = ""
    show_to_other_household: bool = False


@dataclass(frozen=True, kw_only=True)
class Paper(Record):
    """One row of a tab that has no record of its own: a profile, a letter's form, a move … ``values`` by column."""

    paper_id: str
    pupil: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A cell we could not read: its address, what is wrong and what to do, in one plain sentence."""

    cell: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule says. ``level`` is one of block, red, amber, prompt, info, staff, history."""

    rule: str
    level: str
    pupil_id: str
    cell: str
    message: str
    action: str = ""
    force: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class School:
    """Everything the workbooks of one school say. ``sees_contacts`` is False where only plan workbooks were
    read (a teacher's token): rules that need contacts, notifications or EHC rows then say nothing."""

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
    sees_contacts: bool = True
