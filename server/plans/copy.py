"""The parents' copy: what one household may read of a pupil's plan, decided before anything is rendered. Pure.

Who gets a copy at all is decided in ``sharing``; here a household that gets one is given its content. Staff-only
fields have no place in it (see ``copy_parts``); a parent's words reach their own household only, unless they say
otherwise; where a contact's restriction is ``redact``, what tells of other homes is left out as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from server.plans.copy_choice import PlanChoice, choose
from server.plans.copy_parts import (
    CopyView,
    PersonPart,
    PlanPart,
    PupilPart,
    ReviewPart,
    SaidPart,
    SchoolPart,
    ToldPart,
)
from server.plans.copy_plan import meeting_parts, outcome_parts, staff_named, support_parts
from server.plans.copy_redact import contact_mask, masked, name_mask
from server.plans.copy_words import day_in_words, decision_in_words, year_in_words
from server.plans.model import Contact, Pupil, School, View
from server.plans.own_words import in_words, role_said
from server.plans.trouble import Invalid
from sheets_templates.ids import leading_id

__all__ = ["CopyView", "copy_title", "plan_view"]

_REDACT = "redact"
_INFORMED = frozenset({"none", _REDACT})
_LEFT_OUT = "Some details are left out of this copy."


def copy_title(pupil: Pupil) -> str:
    """The name of the Doc in Drive, where others may see it over a shoulder: initials only."""
    return f"SEN support plan – {pupil.initials or pupil.pupil_id}"


def plan_view(school: School, pupil_id: str, household: str) -> CopyView:
    """What the household may read of the pupil's plan.

    Raises Invalid where the school has no such pupil, or no contact in that household who may be told anything."""
    readers = _readers(school, pupil_id, household)
    return readers.view()


def _readers(school: School, pupil_id: str, household: str) -> Readers:
    pupil = next((pupil for pupil in school.pupils if pupil.pupil_id == pupil_id), None)
    if pupil is None:
        raise Invalid("There is no such pupil, so no copy was made.", place=pupil_id)
    contacts = school.contacts_of.get(pupil_id, ())
    own = [c for c in contacts if c.household_key == household and c.restriction_kind in _INFORMED]
    if not own:
        raise Invalid("Nobody in this household may be given the plan, so no copy was made.", place=household)
    others = [contact for contact in contacts if contact not in own]
    return Readers(school=school, pupil=pupil, own=tuple(own), others=tuple(others))


@dataclass(frozen=True, kw_only=True)
class Readers:
    """One household and what it may read. ``others`` are the pupil's other contacts, and those of this
    household who may be told nothing."""

    school: School
    pupil: Pupil
    own: tuple[Contact, ...]
    others: tuple[Contact, ...]

    @property
    def redacted(self) -> bool:
        return any(contact.restriction_kind == _REDACT for contact in self.own)

    @cached_property
    def choice(self) -> PlanChoice:
        return choose(self.school, self.pupil.pupil_id)

    def view(self) -> CopyView:
        view = CopyView(
            school=SchoolPart(name=self.school.settings.name, advice=self.school.settings.advice_service),
            pupil=self._pupil(),
            plan=self._plan(),
            people=self._people(),
            outcomes=outcome_parts(self.school, self.choice),
            supports=support_parts(self.school, self.choice),
            review=self._review(),
            child_words=self._child_words(),
            home_words=self._home_words(),
            meetings=meeting_parts(self.school, self.choice.meetings),
        )
        return self._redact(view) if self.redacted else masked(view, contact_mask(self.others))

    def _redact(self, view: CopyView) -> CopyView:
        """Without what tells of other homes: their names, hopes, languages, and what is done there."""
        quiet = replace(
            view,
            pupil=replace(view.pupil, languages="", family_hopes=""),
            outcomes=tuple(replace(outcome, home="") for outcome in view.outcomes),
        )
        mask = name_mask(self.others, own=self.own, pupil=self.pupil)
        return replace(masked(quiet, mask), left_out=_LEFT_OUT)

    def _pupil(self) -> PupilPart:
        pupil = self.pupil
        return PupilPart(
            called=pupil.called,
            year=_listed(
                in_words(self.school, "pupils.year_group", pupil.year_group, year_in_words), pupil.class_form
            ),
            strengths=pupil.strengths,
            what_helps=pupil.how_to_support,
            languages=pupil.home_language,
            hopes=pupil.aspiration_child,
            family_hopes=pupil.aspiration_parent,
        )

    def _plan(self) -> PlanPart:
        called, cycle = self.pupil.called, self.choice.cycle
        meetings = meeting_parts(self.school, self.choice.meetings)
        due = self.choice.review_due
        review_due = f"No meeting is booked yet. The review is due by {day_in_words(due)}." if due else ""
        ehc = f"{called} also has an EHC plan, from the council. This plan says what school does each term."
        return PlanPart(
            about=f"SEN support is extra help for children who find some things harder than others do. This plan "
            f"says what help {called} gets, why, and when we meet to see how it is going.",
            ehc=ehc if self.pupil.sen_status.upper() == "E" else "",
            note=self.choice.note,
            needs=cycle.needs_summary if cycle else "",
            barriers=cycle.barrier_and_removal if cycle else "",
            version=self.choice.version,
            next_meeting=meetings[0].when if meetings else review_due,
            review_due="" if meetings else review_due,
        )

    def _people(self) -> tuple[PersonPart, ...]:
        pupil = self.pupil
        adults = staff_named(self.school, pupil.accountable_staff)
        sencos = staff_named(self.school, (pupil.senco_staff,))
        main = [(adult, f"The main adult for {pupil.called}.") for adult in adults]
        lead = [(adult, "The SEN lead teacher, who organises extra help.") for adult in sencos if adult not in adults]
        return tuple(
            PersonPart(name=adult.name, role=role_said(self.school, adult), about=about, email=adult.email)
            for adult, about in main + lead
        )

    def _review(self) -> ReviewPart:
        review = self.choice.last_review
        if review is None:
            return ReviewPart()
        return ReviewPart(
            date=day_in_words(review.date),
            changed=review.impact_summary,
            next_step=in_words(self.school, "reviews.next_step", review.next_step, decision_in_words),
        )

    def _child_words(self) -> tuple[SaidPart, ...]:
        """The child's words in this cycle, or at the last review; each only once."""
        views = [view for view in self.choice.recent(self.school.views) if view.who.casefold() == "child"]
        said = [(view.words, day_in_words(view.date)) for view in views]
        cycle, review = self.choice.cycle, self.choice.last_review
        said += [(cycle.child_views, day_in_words(cycle.assess_date))] if cycle else []
        said += [(review.child_view, day_in_words(review.date))] if review else []
        once = {words.strip(): (words, when) for words, when in reversed(said) if words.strip()}
        return tuple(SaidPart(words=words, date=when) for words, when in reversed(once.values()))

    def _home_words(self) -> tuple[ToldPart, ...]:
        views = [v for v in self.choice.recent(self.school.views) if v.who.casefold() != "child" and v.words.strip()]
        told = [(view, who) for view in views if (who := self._told_by(view))]
        return tuple(ToldPart(words=view.words, by=_listed(who, day_in_words(view.date))) for view, who in told)

    def _told_by(self, view: View) -> str:
        """Whose words these are, as this household may know it; "" for words it may not read."""
        author = leading_id(view.contact)
        mine = next((contact for contact in self.own if contact.contact_id == author), None)
        if mine is not None:
            return mine.name or "you"
        shared = view.show_to_other_household and not self.redacted
        known = any(c.contact_id == author and c.restriction_kind in _INFORMED for c in self.others)
        return "shared with you" if shared and known else ""


def _listed(*words: str) -> str:
    return ", ".join(filter(None, words))
