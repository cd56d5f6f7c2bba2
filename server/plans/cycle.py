"""Where a pupil's turn of Assess, Plan, Do, Review stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from server.plans.model import Cycle

STEPS = ("Assess", "Plan", "Do", "Review")
ASSESS, PLAN, DO, REVIEW = 1, 2, 3, 4


def step(cycle: Cycle, today: date, *, is_planned: bool = False) -> int:
    """1 to 4 for Assess to Review, by what was done and when, whatever the row's step says.

    Do starts on the day the plan was agreed, Review on the day it is due; Plan once needs are written down, or an
    outcome or help is (``is_planned``)."""
    agreed, due = cycle.plan_agreed_date, cycle.review_due_date
    if agreed is not None and agreed <= today:
        return REVIEW if due is not None and due <= today else DO
    is_assessed = cycle.assess_date is not None and cycle.assess_date <= today and bool(cycle.needs_summary.strip())
    return PLAN if is_planned or is_assessed else ASSESS


def started(cycle: Cycle) -> date | None:
    """The day the cycle's plan was agreed; before that, the day of its assessment."""
    return cycle.plan_agreed_date or cycle.assess_date


def previous(cycle: Cycle, cycles: Iterable[Cycle]) -> Cycle | None:
    """The same pupil's cycle that began last before this one."""
    began = started(cycle) or date.max
    dated = [(start, other) for other in cycles if (start := started(other)) is not None]
    earlier = [
        (start, other)
        for start, other in dated
        if other.pupil == cycle.pupil and other.cycle_id != cycle.cycle_id and start < began
    ]
    return max(earlier, key=lambda pair: pair[0])[1] if earlier else None
