"""R10: the least a plan must say before it may be carried out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.cycle import DO
from server.plans.model import Finding, Outcome, Record
from server.plans.register import LiveCycle, Register
from server.plans.rules.evidence import child_was_heard, parents_were_consulted
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed

RULE = Rule(
    id="R10",
    force="should",
    source="Code of Practice 5.40, 6.48; Devon DIAS factsheet",
    title="A plan is complete before it starts",
    for_parents="Before a plan starts it says what we aim for, how we help, and when we look again.",
)
Gap = tuple[Record, str, str]


def check(register: Register, today: date) -> Iterator[Finding]:
    """One finding per live cycle, listing everything missing; in Do, help per outcome is left to R14."""
    for live in register.live:
        started = live.step >= DO
        gaps = list(_gaps(live, today))
        if not started:
            gaps += [(outcome, "outcome_id", f"help for {outcome.outcome_id}") for outcome in live.unmet()]
        if gaps:
            missing = listed(text for _, _, text in gaps)
            when = "The plan is in use but lacks" if started else "The plan cannot start: it lacks"
            yield RULE.finding(
                "red" if started else "block",
                *gaps[0][:2],
                f"{when} {missing}",
                f"Fill in what is missing for {live.cycle.cycle_id}.",
                pupil_id=live.pupil.pupil_id,
            )


def _gaps(live: LiveCycle, today: date) -> Iterator[Gap]:
    pupil, cycle = live.pupil, live.cycle
    if not (pupil.aspiration_child.strip() or pupil.aspiration_parent.strip()):
        yield pupil, "aspiration_child", "an aspiration"
    if not (cycle.needs_summary.strip() or any(outcome.need.strip() for outcome in live.outcomes)):
        yield cycle, "needs_summary", "a summary of needs"
    if not live.outcomes:
        yield cycle, "cycle_id", "an outcome"
    for outcome in live.outcomes:
        yield from _outcome_gaps(outcome)
    if cycle.review_due_date is None:
        yield cycle, "review_due_date", "a review date"
    if len(set(pupil.accountable_staff)) != 1:
        yield pupil, "accountable_staff", "exactly one accountable teacher or key person"
    if not child_was_heard(live, today):
        yield cycle, "child_views", "the child's views (or why there are none)"
    if not parents_were_consulted(live, today):
        yield cycle, "parents_consulted", "how and when the parents were consulted"


def _outcome_gaps(outcome: Outcome) -> Iterator[Gap]:
    parts = (
        ("outcome", "wording", bool(outcome.outcome.strip())),
        ("target", "target", bool(outcome.target.strip())),
        ("measure", "measure", bool(outcome.measure.strip())),
        ("baseline", "baseline", bool(outcome.baseline.strip()) or outcome.baseline_rating is not None),
        ("expected", "expected impact", bool(outcome.expected.strip()) or outcome.expected_rating is not None),
    )
    for field, name, present in parts:
        if not present:
            yield outcome, field, f"the {name} of {outcome.outcome_id}"
