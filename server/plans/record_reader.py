"""Who reads a document of a pupil, and which rows of the workbooks it speaks of to them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from server.plans.copy_choice import PlanChoice, choose
from server.plans.copy_redact import Mask, contact_mask, name_mask
from server.plans.model import Contact, Notification, Outcome, Paper, Provision, Pupil, Record, School
from server.plans.trouble import Invalid
from sheets_templates.ids import leading_id

STAFF = ""
_INFORMED = frozenset({"none", "redact"})
_NOBODY = "There is no such pupil, so nothing was written."
_BARRED = "Nobody in this household may be given anything about the pupil, so nothing was written."


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One household of a pupil's contacts, or the staff (``household`` is ""). ``today`` is the school's day."""

    school: School
    pupil: Pupil
    today: date
    household: str = STAFF
    own: tuple[Contact, ...] = ()
    others: tuple[Contact, ...] = ()

    @property
    def is_staff(self) -> bool:
        return self.household == STAFF

    @property
    def is_redacted(self) -> bool:
        return any(contact.restriction_kind == "redact" for contact in self.own)

    @property
    def is_only_household(self) -> bool:
        return not self.others

    @cached_property
    def choice(self) -> PlanChoice:
        return choose(self.school, self.pupil.pupil_id)

    @cached_property
    def mask(self) -> Mask:
        """What this reader may not learn of other homes, wherever it was typed."""
        if self.is_staff:
            return Mask()
        if self.is_redacted:
            return name_mask(self.others, own=self.own, pupil=self.pupil)
        return contact_mask(self.others)

    def row(self, table: str) -> Record | None:
        """The row of a table that the document speaks of: this cycle's, else the newest this reader may see."""
        match table:
            case "pupils":
                return self.pupil
            case "cycles":
                return self.choice.cycle
            case "reviews":
                return self.choice.last_review
            case "notifications":
                return self._notification()
            case "contacts":
                return next(iter(self.own), None)
        return self._paper(table)

    def _notification(self) -> Notification | None:
        mine = [n for n in self.school.notifications if self._about(n.pupil) and self._addressed(n.contact)]
        return max(mine, key=lambda row: row.date or date.min, default=None)

    def _paper(self, table: str) -> Paper | None:
        rows = [paper for paper in self.school.papers.get(table, ()) if self._about(paper.pupil)]
        if table == "parent_views":
            rows = [paper for paper in rows if self._told(paper)]
        cycle = self.choice.cycle.cycle_id if self.choice.cycle else ""
        of_cycle = [paper for paper in rows if leading_id(str(paper.values.get("cycle") or "")) == cycle]
        return next(reversed(of_cycle or rows), None)

    def _about(self, pupil: str) -> bool:
        return leading_id(pupil) == self.pupil.pupil_id

    def _addressed(self, contact: str) -> bool:
        return self.is_staff or leading_id(contact) in {own.contact_id for own in self.own}

    def _told(self, form: Paper) -> bool:
        """Whether this reader may read a parent's form: their own, or one that its author shows to all."""
        author = str(form.values.get("contact") or "")
        shared = bool(form.values.get("show_to_other_household")) and not self.is_redacted
        known = any(c.contact_id == leading_id(author) and c.restriction_kind in _INFORMED for c in self.others)
        return self._addressed(author) or (shared and known)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes of the cycle shown, in the workbook's order."""
        cycle = self.choice.cycle.cycle_id if self.choice.cycle else ""
        return self.school.outcomes_of.get(cycle, ()) if cycle else ()

    def provision(self, outcome: Outcome) -> tuple[Provision, ...]:
        return tuple(
            p for p in self.cycle_provision if outcome.outcome_id in {leading_id(name) for name in p.outcomes}
        )

    @cached_property
    def cycle_provision(self) -> tuple[Provision, ...]:
        """The help of the cycle shown."""
        cycle = self.choice.cycle.cycle_id if self.choice.cycle else ""
        return self.school.provision_of.get(cycle, ()) if cycle else ()

    def mine(self, rows: Iterable[Record]) -> list[Record]:
        """The rows that are about this pupil, in their order."""
        return [row for row in rows if self._about(getattr(row, "pupil", ""))]


def staff_reader(school: School, pupil_id: str, today: date) -> Reader:
    """Staff who may read all of a pupil's papers. Raises Invalid where the school has no such pupil."""
    contacts = school.contacts_of.get(pupil_id, ())
    return Reader(school=school, pupil=_pupil(school, pupil_id), today=today, own=contacts)


def household_reader(school: School, pupil_id: str, household: str, today: date) -> Reader:
    """One household. Raises Invalid where there is no such pupil, or nobody in it who may be told anything."""
    pupil = _pupil(school, pupil_id)
    contacts = school.contacts_of.get(pupil_id, ())
    own = tuple(c for c in contacts if c.household_key == household and c.restriction_kind in _INFORMED)
    if not own or household == STAFF:
        raise Invalid(_BARRED, place=household or pupil_id)
    others = tuple(contact for contact in contacts if contact not in own)
    return Reader(school=school, pupil=pupil, today=today, household=household, own=own, others=others)


def _pupil(school: School, pupil_id: str) -> Pupil:
    found = next((pupil for pupil in school.pupils if pupil.pupil_id == pupil_id), None)
    if found is None:
        raise Invalid(_NOBODY, place=pupil_id)
    return found
