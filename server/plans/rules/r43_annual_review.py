"""R43: an EHC plan is reviewed within 12 months, early enough for the council to decide in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import EhcPlan, Finding
from server.plans.register import Register
from server.plans.rules.annual_review import ReviewDates, review_dates
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days

RULE = Rule(
    id="R43",
    force="must",
    source="Children and Families Act 2014 s.44; Code of Practice 9.166, 9.178",
    title="An EHC plan is reviewed within 12 months",
    for_parents="The council must look at your child's EHC plan with you at least once a year.",
    mover="senco",
)
NOTICE = 84


def check(register: Register, today: date) -> Iterator[Finding]:
    """Red once the review is late; amber from twelve weeks before, or where the meeting is booked too late."""
    for plan in register.school.ehc_plans:
        pupil = register.pupils.get(plan.pupil)
        if pupil is None or pupil.sen_status != "E" or plan.decided_after_meeting:
            continue
        dates = review_dates(plan, pupil)
        if dates.due is not None:
            yield from _due(plan, dates, dates.due, today)


def _due(plan: EhcPlan, dates: ReviewDates, due: date, today: date) -> Iterator[Finding]:
    left = (due - today).days
    if left > NOTICE:
        return
    late = dates.last_meeting is not None and plan.meeting_on is not None and plan.meeting_on > dates.last_meeting
    action = "Hold the meeting at least four weeks before, so that the council can decide in time."
    booked = f"booked {plan.meeting_on}" if plan.meeting_on else f"no meeting booked; hold it by {dates.last_meeting}"
    state = f"{due}, {days(-left)} ago" if left < 0 else f"{due}"
    warning = f", which leaves the council less than four weeks (latest {dates.last_meeting})" if late else ""
    yield RULE.finding(
        "red" if left < 0 else "amber",
        plan,
        "next_review_due",
        f"EHC annual review due by {state}; {booked}{warning}",
        action,
    )
