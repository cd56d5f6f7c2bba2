"""R24: after weak progress the next review comes no later than the last one did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans import progress
from server.plans.cycle import started
from server.plans.model import Cycle, Finding, Settings
from server.plans.progress import Reviewed
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.terms import school_days_between

RULE = Rule(
    id="R24",
    force="should",
    source="Code of Practice 5.44",
    title="After weak progress the next cycle is no longer than the last",
    for_parents="If help makes less of a difference than we hoped, we look again sooner. We do not wait longer.",
)
WEEK = 5


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One finding per cycle planned longer than the weak one before it, with no reason; history once it is closed."""
    for pupil_id in register.here:
        for cycles in progress.strands(register, pupil_id):
            done = progress.in_order(register, cycles)
            for cycle in cycles if any(row.is_weak for row in done) else ():
                before = _weak_before(done, cycle)
                if before and not cycle.longer_because.strip():
                    yield from _longer(register.settings, cycle, before.cycle)


def _weak_before(done: tuple[Reviewed, ...], cycle: Cycle) -> Reviewed | None:
    """The review that this cycle followed, if it found weak progress."""
    start = started(cycle)
    earlier = [row for row in done if start is not None and row.held <= start and row.cycle is not cycle]
    return earlier[-1] if earlier and earlier[-1].is_weak else None


def _longer(settings: Settings, cycle: Cycle, before: Cycle) -> Iterator[Finding]:
    now, then = _planned_days(settings, cycle), _planned_days(settings, before)
    if now is None or then is None or now <= then:
        return
    yield RULE.finding(
        "amber" if cycle.is_open else "history",
        cycle,
        "longer_because",
        f"{cycle.cycle_id} is planned for {now / WEEK:.1f} teaching weeks, longer than the {then / WEEK:.1f} of "
        f"{before.cycle_id}, after weak progress",
        "Bring the review forward, or say in Assess why it is to be longer.",
    )


def _planned_days(settings: Settings, cycle: Cycle) -> int | None:
    start, due = started(cycle), cycle.review_due_date or cycle.review_held_date
    return None if start is None or due is None else school_days_between(settings, start, due)
