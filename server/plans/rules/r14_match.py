"""R14: support is matched to need: no outcome without help, no help without an outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.cycle import PLAN
from server.plans.model import Finding
from server.plans.register import LiveCycle, Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R14",
    force="should",
    source="Code of Practice 5.39, 5.40",
    title="Every outcome has help, and all help has an outcome",
    for_parents="Each aim has help of its own.",
)


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One finding per outcome or help that stands alone, from the Plan stage on."""
    for live in register.live:
        if live.step >= PLAN:
            yield from _unmatched(live)


def _unmatched(live: LiveCycle) -> Iterator[Finding]:
    for outcome in live.unmet():
        yield RULE.finding(
            "amber",
            outcome,
            "outcome_id",
            f"{outcome.outcome_id} has no help to meet it",
            "Add a row in Provision for this outcome, or close the outcome.",
            pupil_id=live.pupil.pupil_id,
        )
    known = {outcome.outcome_id for outcome in live.outcomes}
    for provision in live.provision:
        if not known.intersection(provision.outcomes):
            yield RULE.finding(
                "amber",
                provision,
                "outcomes",
                f"{provision.provision_id} serves no outcome of {live.cycle.cycle_id}",
                "Name the outcome that this help is for.",
                pupil_id=live.pupil.pupil_id,
            )
    if live.cycle.needs_summary.strip() and not live.outcomes and not live.provision:
        yield RULE.finding(
            "amber",
            live.cycle,
            "needs_summary",
            f"The needs in {live.cycle.cycle_id} have neither an outcome nor help",
            "Add an outcome in Plan and the help for it in Provision.",
            pupil_id=live.pupil.pupil_id,
        )
