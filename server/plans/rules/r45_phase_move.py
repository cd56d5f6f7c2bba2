"""R45: before a move of phase the council amends the EHC plan in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import EhcPlan, Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days
from server.plans.terms import school_year

RULE = Rule(
    id="R45",
    force="must",
    source="SEND Regulations 2014 reg. 18",
    title="An EHC plan is amended before a move of phase",
    for_parents="Your child may move to a new school. The council changes the plan first: by 15 February, or by 31 "
    "March after Year 11.",
    mover="council",
)
TO_POST_16 = "secondary to post-16"
NOTICE = 28


def amend_by(plan: EhcPlan, today: date) -> date | None:
    """The day by which the plan is to be amended in this school year; None where there is no move of phase."""
    if not plan.phase_move.strip():
        return None
    year = school_year(today)[1].year
    return date(year, 3, 31) if plan.phase_move.strip().casefold() == TO_POST_16 else date(year, 2, 15)


def check(register: Register, today: date) -> Iterator[Finding]:
    """Info until four weeks before the day, then amber, red once it has passed without an amended plan."""
    for plan in register.school.ehc_plans:
        by = amend_by(plan, today)
        if by is None or plan.pupil not in register.pupils or _is_amended(plan, by):
            continue
        left = (by - today).days
        late = f", {days(-left)} ago" if left < 0 else ""
        yield RULE.finding(
            "red" if left < 0 else "amber" if left <= NOTICE else "info",
            plan,
            "amended",
            f"Phase transfer: plan to be amended by {by}{late} (local authority)",
            "Ask the council for the amended plan, and enter its day.",
        )


def _is_amended(plan: EhcPlan, by: date) -> bool:
    """In the school year of the move: an older amendment was for something else."""
    return plan.amended is not None and plan.amended >= school_year(by)[0]
