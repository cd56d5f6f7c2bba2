"""Plan a whole round from what was read: Docs, permissions, events, statuses. Reads only; a dry run is free."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from server.plans.copy import CopyView, copy_title, plan_view
from server.plans.document_gaps import fields_and_gaps
from server.plans.files import SchoolFiles
from server.plans.ledger import CALENDAR, Ledger
from server.plans.model import School
from server.plans.ports import CalendarListing, PermissionChange
from server.plans.publishing import (
    CopyName,
    CopyWanted,
    Publication,
    plan_publication,
    standing_copies,
    wanted_copies,
)
from server.plans.record_reader import household_reader
from server.plans.reviews import ReviewPlan, plan_reviews
from server.plans.sharing import REDACT, CopyFor
from server.plans.staff_access import plan_staff_access
from server.workflows.run import Run
from server.workflows.survey import Survey, survey_files
from server.workflows.template_doc import TemplateDoc
from sheets_templates.record_tags import record_view

EMPTY_CONTACTS = (
    "No contact could be read from the Contacts tab, but copies are shared: nothing was shared, taken back or "
    "changed in the calendar. Bring the contacts back (File, Version history), then run it again."
)
EMPTY_TAB = (
    "Nothing could be read from the {tab} tab, but copies are shared: no copy was changed or shared; only what "
    "nobody may see any more was taken back. Bring the rows back (File, Version history), then run it again."
)


_GATHERED = frozenset(path for path, tag in record_view("household").tags.items() if tag.gathers)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a round may change. With neither it only checks.

    ``pupil_id`` narrows what is written and shared to one pupil; taking access away is never put off."""

    publish: bool = True
    sync: bool = True
    dry_run: bool = False
    pupil_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class RoundPlan:
    """What a round would do, and everything it was planned from."""

    survey: Survey
    template: TemplateDoc
    views: Mapping[CopyName, CopyView] = field(default_factory=dict)
    wanted: tuple[CopyWanted, ...] = ()
    publication: Publication = field(default_factory=Publication)
    staff: tuple[PermissionChange, ...] = ()
    calendar_id: str = ""
    reviews: ReviewPlan = field(default_factory=ReviewPlan)
    notes: tuple[str, ...] = ()

    @property
    def changes_google(self) -> bool:
        return not (self.publication.is_empty and self.reviews.is_empty) or bool(self.staff)


def plan_round(run: Run, files: SchoolFiles, ask: Ask) -> RoundPlan:
    """Read the school and its calendar, and plan. Raises NotMade where an install was cut short."""
    survey = survey_files(run, files)
    template = TemplateDoc(run, files, survey.ledger, survey.school.settings)
    plan = RoundPlan(survey=survey, template=template, notes=survey.notes)
    if ask.publish:
        plan = _with_publication(run, plan, ask.pupil_id)
    return _with_reviews(run, plan) if ask.sync else plan


def _with_publication(run: Run, plan: RoundPlan, pupil_id: str | None) -> RoundPlan:
    survey, school = plan.survey, plan.survey.school
    if contacts_are_gone(survey):
        return _replace(plan, notes=(*plan.notes, EMPTY_CONTACTS))
    if survey.files.copies and not (school.pupils and school.cycles):
        note = EMPTY_TAB.format(tab="Assess" if school.pupils else "Pupils")
        standing = plan_publication(standing_copies(school, survey.files), survey.files, survey.ledger)
        return _replace(plan, publication=standing, notes=(*plan.notes, note, *standing.warnings))
    pairs = wanted_copies(school)
    template_hash, wanted_fields = plan.template.entry.hash, plan.template.fields
    views = {(copy.pupil_id, copy.household): _view(school, copy, wanted_fields, run.today) for _, copy in pairs}
    wanted = tuple(
        CopyWanted(
            copy=copy,
            title=copy_title(pupil),
            view_hash=f"{views[copy.pupil_id, copy.household].digest()}.{template_hash}",
            ready=pupil.ready_to_share,
            redacted=is_redacted(school, copy.pupil_id, copy.household),
        )
        for pupil, copy in pairs
    )
    publication = plan_publication(wanted, survey.files, survey.ledger)
    if pupil_id is not None:
        publication = publication.narrowed_to(pupil_id)
    return _replace(
        plan,
        views=views,
        wanted=wanted,
        publication=publication,
        staff=plan_staff_access(school, survey.files, survey.homes),
        notes=(*plan.notes, *plan.template.notes, *publication.warnings),
    )


def _view(school: School, copy: CopyFor, fields: tuple[str, ...], today: date) -> CopyView:
    """What a household reads: the plan's words, and each field that the school's own template asks for."""
    view = plan_view(school, copy.pupil_id, copy.household)
    if not fields:
        return view
    reader = household_reader(school, copy.pupil_id, copy.household, today)
    return dataclasses.replace(view, fields=fields_and_gaps(reader, wanted=fields, gathered=_GATHERED))


def contacts_are_gone(survey: Survey) -> bool:
    """Whether the Contacts tab was emptied: nobody's access may follow from that."""
    return not survey.school.contacts and bool(survey.files.copies)


def is_redacted(school: School, pupil_id: str, household: str) -> bool:
    members = (c for c in school.contacts if c.pupil == pupil_id and c.household_key == household)
    return any(member.restriction_kind == REDACT for member in members)


def calendar_marker(survey: Survey) -> str:
    """What the description of the school's calendar holds, so that it is found again."""
    return f"senplans:{survey.school.settings.school_id}:{survey.senco_id}"


def _with_reviews(run: Run, plan: RoundPlan) -> RoundPlan:
    survey = plan.survey
    known = survey.ledger.get(*CALENDAR)
    if contacts_are_gone(survey):
        notes = tuple(dict.fromkeys((*plan.notes, EMPTY_CONTACTS)))
        return _replace(plan, calendar_id=known.remote_id if known else "", notes=notes)
    calendar_id, listing = review_calendar(run, survey, known.remote_id if known else "")
    ledger = survey.ledger if listing is not None else _without_events(survey.ledger)
    events = listing.events if listing is not None else ()
    reviews = plan_reviews(survey.school, events, ledger, unread=survey.unread_meetings)
    notes = (*plan.notes, reviews.stopped) if reviews.stopped else plan.notes
    return _replace(plan, calendar_id=calendar_id, reviews=reviews, notes=notes)


def review_calendar(run: Run, survey: Survey, known: str) -> tuple[str, CalendarListing | None]:
    """The school's calendar and what it holds; ("", None) where it is still to be made.

    A calendar id from the ledger counts only if the calendar itself says it is this school's."""
    calendar = run.google.calendar
    listing = calendar.list_events(known) if known else None
    if listing is not None and calendar_marker(survey) in listing.description:
        return known, listing
    found = calendar.find_calendar(calendar_marker(survey))
    return (found, calendar.list_events(found)) if found else ("", None)


def _without_events(ledger: Ledger) -> Ledger:
    return ledger.with_entries((), [entry.name for entry in ledger.of_kind("event")])


def _replace(plan: RoundPlan, **changes: object) -> RoundPlan:
    return RoundPlan(**{**plan.__dict__, **changes})
