"""R31: a result says what the ratings say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding
from server.plans.register import Register
from server.plans.results import NOT_RATED, rated
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R31",
    force="default",
    source="Target monitoring and evaluation, 1 to 10; SEN Plans default",
    title="A result is read from the ratings",
    for_parents="We mark where your child began, where we hoped to be, and where things are now.",
)


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One finding per outcome whose result says something else than its baseline, expected and actual ratings."""
    for outcome in register.school.outcomes:
        said, found = outcome.result.strip(), rated(outcome)
        if outcome.pupil not in register.pupils or NOT_RATED in (said or NOT_RATED, found) or said == found:
            continue
        told = f"{outcome.baseline_rating}, {outcome.expected_rating}, {outcome.actual_rating}"
        yield RULE.finding(
            "info",
            outcome,
            "result",
            f"{outcome.outcome_id} says another result than its ratings ({told}: {found})",
            "Correct the rating or the result; parents read the one that the ratings give.",
        )
