"""Worklists about EHC plans and requests, files that follow a pupil, and requests to see them."""

from __future__ import annotations

from datetime import date

from server.plans.model import AccessRequest, EhcPlan, EhcRequest, Finding
from server.plans.rules.annual_review import review_dates
from server.plans.rules.r42_council_time import milestones
from server.plans.rules.r45_phase_move import amend_by
from server.plans.rules.r55_transfer import LIMIT
from server.plans.rules.r56_access import answer_by
from server.plans.terms import add_school_days
from server.plans.worklists.desk import Desk, Worklist, no_dates
from server.plans.worklists.item import NO_DATES, WITH_ADVICE, Dates


def _council(desk: Desk, told: Finding) -> Dates:
    row = desk.row(EhcRequest, told.row)
    if row is None:
        return NO_DATES
    owed = next((step.due for step in milestones(row) if told.cell == row.cell(step.field)), None)
    return Dates(since=row.received or row.sent, until=owed)


def _annual(desk: Desk, told: Finding) -> Dates:
    """The day of the paper that the finding is about; else of the meeting, or the last day for it."""
    row = desk.row(EhcPlan, told.row)
    pupil = desk.register.pupils.get(row.pupil) if row else None
    if row is None or pupil is None:
        return NO_DATES
    dates = review_dates(row, pupil)
    by_field: dict[str, date | None] = {
        "invited": dates.invite_by,
        "advice_circulated": dates.advice_by,
        "report_sent": dates.report_by,
        "decided": dates.decision_by,
        "amended": amend_by(row, desk.today),
        "adulthood": row.meeting_on or dates.due,
    }
    until = next((day for name, day in by_field.items() if told.cell and told.cell == row.cells.get(name)), dates.due)
    return Dates(since=row.last_review or row.issued, until=until)


def _left(desk: Desk, told: Finding) -> Dates:
    pupil = desk.register.pupils.get(told.pupil_id)
    if pupil is None or pupil.left is None:
        return NO_DATES
    return Dates(since=pupil.left, until=add_school_days(desk.register.settings, pupil.left, LIMIT))


def _asked(desk: Desk, told: Finding) -> Dates:
    row = desk.row(AccessRequest, told.row)
    return Dates(since=row.asked, until=answer_by(row)) if row else NO_DATES


LISTS = (
    Worklist(
        key="ehc",
        title="EHC plans: dates",
        rules={"R42": _council, "R43": _annual, "R44": _annual, "R45": _annual, "R46": _annual},
        levels=WITH_ADVICE,
    ),
    Worklist(key="ehc-request", title="EHC requests to complete", rules={"R40": no_dates, "R41": no_dates}),
    Worklist(key="transfers", title="Pupils who move", rules={"R55": _left, "R63": no_dates}),
    Worklist(key="access", title="Requests to see a file", rules={"R56": _asked}, levels=WITH_ADVICE),
)
