"""R38: a pupil who has been secure for a term is offered less."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans import progress
from server.plans.model import Finding, Outcome
from server.plans.progress import BETTER, Reviewed
from server.plans.register import Register
from server.plans.results import EXCEEDED, SECURE, result
from server.plans.rules.rule import Rule
from server.plans.terms import teaching_weeks

RULE = Rule(
    id="R38",
    force="local",
    source="Buckinghamshire SEN Support Plan; SEN Plans default",
    title="Secure for a term: offer to step down",
    for_parents="When things have gone well for a whole term we talk with you about doing with less extra help. "
    "Nothing changes before you have been told.",
)
UNIVERSAL = "universal"
STEP_DOWN = "step down to universal"


def check(register: Register, today: date) -> Iterator[Finding]:
    """A prompt per K pupil whose last two reviews found every outcome achieved; or whose last one found more than was
    expected, at least the school's usual interval ago, with the outcomes since then on their way."""
    for pupil_id, pupil in register.here.items():
        done = progress.in_order(register, progress.strands(register, pupil_id)[0])
        if not done or pupil.sen_status != "K" or pupil.tier.strip().casefold() == UNIVERSAL:
            continue
        last = done[-1]
        if _is_decided(last) or not _is_secure(register, last):
            continue
        twice = len(done) > 1 and _is_secure(register, done[-2])
        if twice or (_is_beyond(register, last) and _has_held(register, pupil_id, last, today)):
            yield _offer(done[-2] if twice else last)


def _offer(since: Reviewed) -> Finding:
    row, field = (since.review, "next_step") if since.review else (since.cycle, "review_held_date")
    return RULE.finding(
        "prompt",
        row,
        field,
        f"Secure since the review of {since.held}, for a term: consider stepping down",
        "Offer it to the parents and tell them what stays. Record the decision at the next review.",
        pupil_id=since.cycle.pupil,
    )


def _is_decided(last: Reviewed) -> bool:
    return last.review is not None and last.review.next_step.strip().casefold() == STEP_DOWN


def _results(register: Register, done: Reviewed) -> list[str]:
    return [result(outcome) for outcome in register.outcomes.get(done.cycle.cycle_id, ())]


def _is_secure(register: Register, done: Reviewed) -> bool:
    """Every outcome achieved or exceeded, and nobody said otherwise."""
    results = _results(register, done)
    return bool(results) and all(name in SECURE for name in results) and not done.is_weak


def _is_beyond(register: Register, done: Reviewed) -> bool:
    return done.progress == BETTER or EXCEEDED in _results(register, done)


def _has_held(register: Register, pupil_id: str, last: Reviewed, today: date) -> bool:
    """A term has passed since, and every outcome that was rated on the way is at least half-way."""
    live = [row.cycle_id for row in register.cycles.get(pupil_id, ()) if row.is_open]
    outcomes = [outcome for cycle_id in live for outcome in register.outcomes.get(cycle_id, ())]
    rated = [on_its_way for outcome in outcomes if (on_its_way := _is_on_its_way(outcome)) is not None]
    passed = teaching_weeks(register.settings, last.held, today) >= register.settings.review_interval_weeks
    return passed and bool(rated) and all(rated)


def _is_on_its_way(outcome: Outcome) -> bool | None:
    """None where nobody has rated it since it was set."""
    reached = outcome.midpoint_rating if outcome.actual_rating is None else outcome.actual_rating
    if reached is None or outcome.baseline_rating is None or outcome.expected_rating is None:
        return None
    return 2 * reached >= outcome.baseline_rating + outcome.expected_rating
