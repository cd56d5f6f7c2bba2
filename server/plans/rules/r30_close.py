"""R30: a review is written down whole before its cycle is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans import progress
from server.plans.close_check import lacks
from server.plans.model import Cycle, Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed

RULE = Rule(
    id="R30",
    force="should",
    source="Code of Practice 5.43, 6.53 to 6.55; Devon DIAS factsheet",
    title="A review is written down whole",
    for_parents="The notes of each meeting say what has changed. They say what you and your child think, and what "
    "we agreed.",
)
MOST = 6


def check(register: Register, today: date) -> Iterator[Finding]:
    """One finding per review that lacks something: amber for a plan's last one, history for those before it. One
    of a cycle that Assess doesn't call held counts from the day after it, or once the cycle's step says Closed."""
    for pupil_id in register.here:
        for done in progress.reviewed(register, pupil_id):
            for row in done:
                yield from _incomplete(register, row.cycle, "amber" if row is done[-1] else "history")
        for cycle in register.cycles.get(pupil_id, ()):
            if cycle.is_open and (_says_closed(cycle) or _is_written(register, cycle, today)):
                yield from _incomplete(register, cycle, "amber")


def _says_closed(cycle: Cycle) -> bool:
    return cycle.stage.strip().casefold() == "closed"


def _is_written(register: Register, cycle: Cycle, today: date) -> bool:
    return any(row.date is not None and row.date < today for row in register.reviews.get(cycle.cycle_id, ()))


def _incomplete(register: Register, cycle: Cycle, level: str) -> Iterator[Finding]:
    found = lacks(register, cycle)
    if not found:
        return
    names = [lack.what for lack in found[:MOST]]
    names += [f"{len(found) - MOST} more"] if len(found) > MOST else []
    yield RULE.finding(
        level,
        found[0].row,
        found[0].field,
        f"The record of the review of {cycle.cycle_id} lacks {listed(names)}",
        "Write it down while people remember; a review without it can't be shared or built on.",
        pupil_id=cycle.pupil,
    )
