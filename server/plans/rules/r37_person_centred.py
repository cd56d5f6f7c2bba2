"""R37: a significant cause for concern leads to a person-centred meeting, and from there to a My Support Plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans import progress
from server.plans.model import Finding, Plan, Review
from server.plans.progress import Reviewed
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.terms import school_days_between

RULE = Rule(
    id="R37",
    force="local",
    source="Hull local offer",
    title="A significant concern leads to a person-centred meeting and a My Support Plan",
    for_parents="Worries may stay serious although the help was good. Then we ask you and all who help to one "
    "meeting, and write one shared plan.",
    mover="senco",
)
DECIDED = "hold pcp / my support plan"
JUDGED = "professional judgement"
SUPPORT_PLAN = "my support plan"


def check(register: Register, _today: date) -> Iterator[Finding]:
    """A prompt per K pupil whose last review decided on a person-centred meeting, or found weak progress in spite of
    evidence-based help and ticked a cause for concern: until one is booked, and then until there is a My Support Plan
    (ten school days on, or as Settings say)."""
    for pupil_id, last in progress.latest(register):
        review = last.review
        if review and register.pupils[pupil_id].sen_status == "K" and _is_due(register, last, review):
            yield from _next_step(register, pupil_id, last, review)


def _is_due(register: Register, last: Reviewed, review: Review) -> bool:
    if review.next_step.strip().casefold() == DECIDED:
        return True
    return last.is_weak and review.cause_for_concern and _rests_on_evidence(register, last)


def _rests_on_evidence(register: Register, last: Reviewed) -> bool:
    bases = (row.evidence_basis.strip().casefold() for row in register.provision.get(last.cycle.cycle_id, ()))
    return any(basis not in ("", JUDGED) for basis in bases)


def _next_step(register: Register, pupil_id: str, last: Reviewed, review: Review) -> Iterator[Finding]:
    today = register.today
    if _has_support_plan(register, pupil_id, today):
        return
    meeting = progress.person_centred(register, pupil_id, last.held)
    if meeting is None:
        yield RULE.finding(
            "prompt",
            review,
            "next_step",
            f"No person-centred meeting is booked since the review of {last.held}, which asked for one",
            "Book it in Meetings as a PCP, with the family and everyone who helps, at a time that suits them.",
            pupil_id=pupil_id,
        )
    elif (
        meeting <= today
        and school_days_between(register.settings, meeting, today) > register.settings.support_plan_days
    ):
        yield RULE.finding(
            "prompt",
            review,
            "next_step",
            f"No My Support Plan since the person-centred meeting of {meeting}",
            "Start one in Plans, or end this by another decision at the next review. Cycles go on inside it.",
            pupil_id=pupil_id,
        )


def _has_support_plan(register: Register, pupil_id: str, today: date) -> bool:
    plans = (row for row in register.of(Plan, pupil_id) if row.kind.strip().casefold() == SUPPORT_PLAN)
    return any(row.ended is None or row.ended > today for row in plans)
