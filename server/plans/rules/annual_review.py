"""The dates of an EHC plan's annual review, worked out from the plan, its last review and the booked meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.plans.model import EhcPlan, Pupil
from server.plans.terms import add_months, weeks_from

YEAR, UNDER_FIVES = 12, 6
FIVE_YEARS = 60
PAPERS_WEEKS, DECISION_WEEKS = 2, 4


@dataclass(frozen=True, kw_only=True)
class ReviewDates:
    """Every date of this year's review. Those about the meeting are None until it is booked.

    ``last_meeting`` is the latest day for the meeting that leaves the council its four weeks."""

    due: date | None
    last_meeting: date | None
    invite_by: date | None
    advice_by: date | None
    report_by: date | None
    decision_by: date | None


def review_dates(plan: EhcPlan, pupil: Pupil) -> ReviewDates:
    """The dates of the next review: within 12 months of the plan and of each review, 6 for a child under five."""
    due = plan.next_review_due or _anniversary(plan, pupil)
    met = plan.meeting_on
    return ReviewDates(
        due=due,
        last_meeting=weeks_from(due, -DECISION_WEEKS) if due else None,
        invite_by=weeks_from(met, -PAPERS_WEEKS) if met else None,
        advice_by=weeks_from(met, -PAPERS_WEEKS) if met else None,
        report_by=weeks_from(met, PAPERS_WEEKS) if met else None,
        decision_by=weeks_from(met, DECISION_WEEKS) if met else None,
    )


def _anniversary(plan: EhcPlan, pupil: Pupil) -> date | None:
    since = max((day for day in (plan.issued, plan.last_review) if day), default=None)
    if since is None:
        return None
    is_young = pupil.dob is not None and since < add_months(pupil.dob, FIVE_YEARS)
    return add_months(since, UNDER_FIVES if is_young else YEAR)
