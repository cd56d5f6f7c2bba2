"""R25: help is judged only if it took place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from server.plans import fidelity
from server.plans.cycle import DO
from server.plans.fidelity import Delivery
from server.plans.model import Cycle, Finding, Outcome, Provision
from server.plans.register import LiveCycle, Register
from server.plans.results import BACKWARDS, NO_CHANGE, result
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R25",
    force="local",
    source="Devon DIAS factsheet; Code of Practice 5.42, 5.43",
    title="Help takes place as planned: at least 80% of the sessions",
    for_parents="We count how often the help took place. If it was less than planned, we tell you.",
)
UNFAIR = {NO_CHANGE: "no change", BACKWARDS: "gone backwards"}
A_YEAR = timedelta(days=365)
"""So long an unfair test is still evidence that somebody may step up on."""


def check(register: Register, today: date) -> Iterator[Finding]:
    """Under 80% of the sessions (or as Settings say): amber from a live cycle's mid-point, once 4 were to be
    expected; history at review; a prompt where an outcome that such help served did not move: not a fair test."""
    for live in register.live:
        if live.step >= DO and fidelity.is_past_midpoint(register.settings, live.cycle, today):
            yield from _so_far(register, live)
    for cycle in register.school.cycles:
        if cycle.pupil in register.pupils and cycle.review_held_date is not None:
            yield from _at_review(register, cycle, cycle.review_held_date, today)


def _so_far(register: Register, live: LiveCycle) -> Iterator[Finding]:
    for provision, delivery in fidelity.of_cycle(register, live.cycle):
        if delivery.is_short and delivery.expected >= fidelity.FEWEST:
            yield RULE.finding(
                "amber",
                provision,
                "sessions_per_week",
                f"{provision.provision_id} {delivery.delivered} of about {delivery.expected:.0f} "
                "sessions expected by now",
                "Write every session in Do. If sessions are missed, find out why, and change when or who.",
                pupil_id=live.pupil.pupil_id,
            )


def _at_review(register: Register, cycle: Cycle, held: date, today: date) -> Iterator[Finding]:
    short = {row.provision_id: (row, found) for row, found in fidelity.of_cycle(register, cycle) if found.is_short}
    for provision, delivery in short.values():
        yield RULE.finding(
            "history",
            provision,
            "sessions_delivered",
            f"{provision.provision_id} delivered {delivery.percent}% of planned sessions",
            "Nothing to do: kept in the record of this cycle.",
            pupil_id=cycle.pupil,
        )
    if found := _untested(register, cycle, short):
        least = register.settings.fair_percent
        yield RULE.finding(
            "prompt" if today - held <= A_YEAR and cycle.pupil in register.here else "history",
            found,
            "decision",
            f"{cycle.cycle_id}: {UNFAIR[result(found)]} but under {least}% delivered – not a fair test",
            "Before any step up, carry the help out as planned for a cycle, or say why something else is needed now.",
            mover="senco",
            pupil_id=cycle.pupil,
        )


def _untested(register: Register, cycle: Cycle, short: Mapping[str, tuple[Provision, Delivery]]) -> Outcome | None:
    """The first outcome that did not move and whose help mostly did not take place."""
    served = {outcome_id for provision, _ in short.values() for outcome_id in provision.outcomes}
    outcomes = register.outcomes.get(cycle.cycle_id, ()) if short else ()
    return next((row for row in outcomes if row.outcome_id in served and result(row) in UNFAIR), None)
