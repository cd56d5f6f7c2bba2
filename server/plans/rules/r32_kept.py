"""R32: help that made no difference is kept only for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans import progress
from server.plans.model import Cycle, Finding
from server.plans.register import Register
from server.plans.results import STUCK, result
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed

RULE = Rule(
    id="R32",
    force="local",
    source="Buckinghamshire SEN Support Plan",
    title="Help that brought no change is kept only for a reason",
    for_parents="Some help makes no difference. Then we change it, or tell you why it needs more time.",
)
KEEP = "keep"


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One finding per row of help that is kept although no outcome it served moved, with no reason: a prompt after a
    plan's last review, history before."""
    for pupil_id in register.here:
        for done in progress.reviewed(register, pupil_id):
            for row in done:
                yield from _kept(register, row.cycle, "prompt" if row is done[-1] else "history")


def _kept(register: Register, cycle: Cycle, level: str) -> Iterator[Finding]:
    results = {row.outcome_id: result(row) for row in register.outcomes.get(cycle.cycle_id, ())}
    for provision in register.provision.get(cycle.cycle_id, ()):
        served = [outcome_id for outcome_id in provision.outcomes if outcome_id in results]
        stuck = bool(served) and all(results[outcome_id] in STUCK for outcome_id in served)
        if stuck and provision.decision.strip().casefold() == KEEP and not provision.kept_because.strip():
            yield RULE.finding(
                level,
                provision,
                "kept_because",
                f"{provision.provision_id} is kept although {listed(served)} did not move: why?",
                "Say in Provision why it is worth keeping, or choose Tweak, Change or Stop.",
                pupil_id=cycle.pupil,
            )
