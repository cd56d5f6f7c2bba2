"""R46: from Year 9 an annual review looks at preparing for adulthood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding
from server.plans.register import Register
from server.plans.rules.annual_review import review_dates
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R46",
    force="must",
    source="SEND Regulations 2014 reg. 20; Code of Practice chapter 8",
    title="From Year 9 the review prepares for adulthood",
    for_parents="From Year 9 the yearly review also asks what your child wants to do as an adult.",
    mover="senco",
)
YEARS = frozenset({"Y9", "Y10", "Y11", "Y12", "Y13"})
NOTICE = 84


def check(register: Register, today: date) -> Iterator[Finding]:
    """Amber from twelve weeks before the review of a pupil in Year 9 or above whose section is not there yet."""
    for plan in register.school.ehc_plans:
        pupil = register.pupils.get(plan.pupil)
        if pupil is None or pupil.year_group not in YEARS or pupil.sen_status != "E" or plan.adulthood:
            continue
        day = plan.meeting_on or review_dates(plan, pupil).due
        if day is not None and (day - today).days <= NOTICE:
            yield RULE.finding(
                "amber",
                plan,
                "adulthood",
                f"The annual review of {day} has no section on preparing for adulthood yet",
                "Talk about work, home, friends and health as an adult; tick it when it is in the papers.",
            )
