"""Pupils and those who care for them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from server.plans.model.record import Day, Record

LONGEST_KEY = 60


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
    own_choice: str = ""
    own_choice_on: date | None = None
    sen_identified: date | None = None
    joined: date | None = None
    left: date | None = None
    strengths: str = ""
    aspiration_child: str = ""
    aspiration_parent: str = ""
    how_to_support: str = ""
    ready_to_share: bool = False

    def is_here(self, today: date) -> bool:
        """Whether the pupil is at this school on that day: has not left, or came back since."""
        if self.left is None or self.left > today:
            return True
        return self.joined is not None and self.left < self.joined <= today

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
    meeting_on: date | None = None
    invited: date | None = None
    advice_circulated: date | None = None
    report_sent: date | None = None
    decided: date | None = None
    decision: str = ""
    phase_move: str = ""
    amended: date | None = None
    adulthood: bool = False

    @property
    def decided_after_meeting(self) -> bool:
        """Whether the council has decided after the meeting that is written down: that review is over."""
        return self.decided is not None and self.meeting_on is not None and self.decided >= self.meeting_on

    note: str = ""
