"""What the record of a review lacks before its cycle is closed (rule R30)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from server.plans import fidelity, progress
from server.plans.model import Cycle, LogEntry, Outcome, Provision, Record, Review
from server.plans.register import Register

STEP_DOWN = "step down to universal"


@dataclass(frozen=True, kw_only=True)
class Lack:
    """One thing to be written down yet: where, and what it is in a few plain words."""

    row: Record
    field: str
    what: str


def lacks(register: Register, cycle: Cycle) -> tuple[Lack, ...]:
    """Everything still to be written down of one cycle's review, in the order of the meeting."""
    review = progress.review_of(register, cycle)
    if review is None:
        return (*_of_cycle(cycle), Lack(row=cycle, field="cycle_id", what="a row in Review"))
    help_given = register.provision.get(cycle.cycle_id, ())
    return (
        *_of_cycle(cycle),
        *_of_review(review),
        *_of_outcomes(register.outcomes.get(cycle.cycle_id, ())),
        *(lack for row in help_given for lack in _of_help(row, register.log.get(row.provision_id, ()))),
    )


def _of_cycle(cycle: Cycle) -> Iterator[Lack]:
    if cycle.review_held_date is None:
        yield Lack(row=cycle, field="review_held_date", what="the day it was held, in Assess")


def _of_review(review: Review) -> Iterator[Lack]:
    """The meeting itself. Apologies stand for parents who could not come."""
    steps_down = review.next_step.strip().casefold() == STEP_DOWN
    parts = (
        ("date", "the date", review.date is not None),
        ("led_by", "who led it", bool(review.led_by)),
        ("note_taker", "who took notes", bool(review.note_taker)),
        ("staff_present", "which staff were there", bool(review.staff_present)),
        ("parents_present", "which parents were there", bool((review.parents_present + review.apologies).strip())),
        ("child_participation", "the child's part", bool(review.child_participation.strip())),
        ("child_view", "what the child thinks", bool(review.child_view.strip())),
        ("home_view", "how things are at home", bool(review.home_view.strip())),
        ("impact_summary", "what difference it made, in plain words", bool(review.impact_summary.strip())),
        ("next_step", "what was decided", bool(review.next_step.strip())),
        ("parent_agreement", "whether the parents agree", bool(review.parent_agreement.strip())),
        ("next_review_date", "the next date", review.next_review_date is not None or steps_down),
    )
    yield from (Lack(row=review, field=field, what=what) for field, what, there in parts if not there)


def _of_outcomes(outcomes: Iterable[Outcome]) -> Iterator[Lack]:
    for outcome in outcomes:
        if outcome.actual_rating is None:
            yield Lack(row=outcome, field="actual_rating", what=f"a rating of {outcome.outcome_id}")


def _of_help(provision: Provision, log: Iterable[LogEntry]) -> Iterator[Lack]:
    """Its effect, and how much took place: in sessions, by the log, or in words where it isn't counted."""
    name = provision.provision_id
    if not provision.effect.strip():
        yield Lack(row=provision, field="effect", what=f"what effect {name} had")
    counted = provision.sessions_delivered is not None or any(True for _ in log)
    told = counted or bool(provision.often_enough.strip()) or provision.effect.strip().casefold() == "not delivered"
    if fidelity.per_week(provision) > 0 and not told:
        yield Lack(row=provision, field="sessions_delivered", what=f"how much of {name} took place")
