"""What ratings say of an outcome (rule R31), and goal attainment scaling for staff.

A T-score is for staff: nothing that parents read is made from it."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

from server.plans.model import Outcome

EXCEEDED, ACHIEVED, SOME = "Exceeded", "Achieved", "Some progress"
NO_CHANGE, BACKWARDS, NOT_RATED = "No change", "Gone backwards", "Not yet rated"
SECURE = (EXCEEDED, ACHIEVED)
STUCK = (NO_CHANGE, BACKWARDS)
LOWEST_GOAL, HIGHEST_GOAL = -2, 2


def from_ratings(baseline: int | None, expected: int | None, actual: int | None) -> str:
    """The result on the 1 to 10 scale; "Not yet rated" without all three, or where nothing more was expected."""
    if baseline is None or expected is None or actual is None or expected <= baseline:
        return NOT_RATED
    if actual <= baseline:
        return NO_CHANGE if actual == baseline else BACKWARDS
    return SOME if actual < expected else ACHIEVED if actual == expected else EXCEEDED


def rated(outcome: Outcome) -> str:
    """What an outcome's ratings say."""
    return from_ratings(outcome.baseline_rating, outcome.expected_rating, outcome.actual_rating)


def result(outcome: Outcome) -> str:
    """What the ratings say; what the result cell says where there are none; "Not yet rated" without either."""
    found = rated(outcome)
    return found if found != NOT_RATED else outcome.result.strip() or NOT_RATED


def t_score(goals: Iterable[tuple[int, float]]) -> float | None:
    """Goal attainment scaling: 50 is as expected. Of goals as score (-2 to 2) and weight; None without any.

    T = 50 + 10 sum(wx) / sqrt(0.7 sum(w squared) + 0.3 (sum w) squared)."""
    counted = [(score, weight) for score, weight in goals if weight > 0 and LOWEST_GOAL <= score <= HIGHEST_GOAL]
    if not counted:
        return None
    total = sum(weight for _, weight in counted)
    spread = sqrt(0.7 * sum(weight**2 for _, weight in counted) + 0.3 * total**2)
    return 50 + 10 * sum(score * weight for score, weight in counted) / spread


def attainment(outcomes: Iterable[Outcome]) -> float | None:
    """The T-score of the outcomes that carry a goal score, a goal without a weight counting 1."""
    return t_score(
        (row.goal_score, 1.0 if row.goal_weight is None else row.goal_weight)
        for row in outcomes
        if row.goal_score is not None
    )
