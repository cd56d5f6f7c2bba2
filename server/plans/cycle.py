"""Where a pupil's turn of Assess, Plan, Do, Review stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from server.plans.model import Cycle

STEPS = ("Assess", "Plan", "Do", "Review")
ASSESS, PLAN, DO, REVIEW = 1, 2, 3, 4


def step(cycle: Cycle) -> int:
    """1 to 4 for Assess to Review. A blank stage is Do once the plan is agreed, else Assess."""
    stage = cycle.stage.strip().casefold()
    for number, name in enumerate(STEPS, start=1):
        if stage == name.casefold():
            return number
    return DO if cycle.plan_agreed_date else ASSESS


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
