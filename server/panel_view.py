"""A school as its publisher's panel shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.panel_school import own_staff_id
from server.plans.publishing import readers_of
from server.web.ports import AtHand, CopyState
from server.workflows.planning import RoundPlan


def publishers_view(plan: RoundPlan, today: date, email: str) -> AtHand:
    """The whole school, with what became of each copy."""
    survey = plan.survey
    return AtHand(
        school=survey.school,
        today=today,
        is_publisher=True,
        findings=survey.findings,
        problems=survey.problems,
        copies=tuple(_copy_states(plan)),
        notes=survey.notes,
        looks_after=bool(survey.notes) or survey.has_misplaced,
        me=own_staff_id(survey.school, email),
    )


def _copy_states(plan: RoundPlan) -> Iterator[CopyState]:
    files = {f.file_id: f for f in plan.survey.files.every_copy}
    stale = {write.wanted.name for write in plan.publication.writes}
    lacking = {change.file_id for change in plan.publication.additions}
    for wanted in plan.wanted:
        file = files.get(plan.publication.kept.get(wanted.name, ""))
        doc = plan.survey.ledger.get("doc", "/".join(wanted.name))
        shared = file is not None and bool(readers_of(file)) and file.file_id not in lacking
        yield CopyState(
            pupil_id=wanted.copy.pupil_id,
            household=wanted.copy.household,
            is_current=shared and wanted.ready and wanted.name not in stale,
            shared_on=doc.time if doc and shared else "",
            link=file.link if file else "",
        )
