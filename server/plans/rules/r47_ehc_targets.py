"""R47: a pupil with an EHC plan keeps a school plan, and each of its outcomes has a next step this term."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.cycle import PLAN
from server.plans.model import EhcOutcome, Finding
from server.plans.register import LiveCycle, Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed

RULE = Rule(
    id="R47",
    force="should",
    source="Devon DIAS factsheet",
    title="Each EHC outcome has a step this term",
    for_parents="Each aim of the EHC plan has a small next step each term.",
)


def check(register: Register, today: date) -> Iterator[Finding]:
    """One finding per live EHC outcome that no live target is a step towards.

    Where no target says which EHC outcome it is for, one finding asks for that."""
    for live in register.live:
        if live.pupil.sen_status != "E" or live.step < PLAN:
            continue
        owed = [row for row in register.of(EhcOutcome, live.pupil.pupil_id) if is_live(row, today)]
        if owed and live.outcomes and not any(row.ehc_outcome for row in live.outcomes):
            yield _unlinked(live, owed)
        else:
            yield from _without_step(live, owed)


def is_live(outcome: EhcOutcome, today: date) -> bool:
    """Whether the council's plan holds the outcome on that day."""
    return outcome.ended is None or outcome.ended > today


def _unlinked(live: LiveCycle, owed: list[EhcOutcome]) -> Finding:
    return RULE.finding(
        "info",
        live.outcomes[0],
        "ehc_outcome",
        f"No target says which EHC outcome it is a step towards ({listed(row.ehc_outcome_id for row in owed)})",
        "Choose the EHC outcome in the column Step towards.",
    )


def _without_step(live: LiveCycle, owed: list[EhcOutcome]) -> Iterator[Finding]:
    served = {row.ehc_outcome for row in live.outcomes}
    for outcome in owed:
        if outcome.ehc_outcome_id not in served:
            yield RULE.finding(
                "amber",
                outcome,
                "outcome",
                f"{outcome.ehc_outcome_id} has no target in {live.cycle.cycle_id}",
                "Add a target for this EHC outcome, or say since when the council's plan leaves it out.",
            )
