"""R03: a need is enough for a plan, a diagnosis is never asked for; a cycle runs for pupils with SEN."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R03",
    force="should",
    source="Code of Practice 6.45; Devon DIAS factsheet",
    title="A need is enough for a plan; no diagnosis is asked for",
    for_parents="Nobody has to name a condition first. Your child gets help with what is hard.",
)


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One finding per running cycle of a pupil whose status says that there is no SEN."""
    for live in register.live:
        if live.pupil.sen_status == "N":
            yield RULE.finding(
                "amber",
                live.pupil,
                "sen_status",
                f"{live.cycle.cycle_id} is running, but the status is N (no SEN)",
                "If there is a need, choose K: it takes no diagnosis. If not, end the cycle in Assess and say why.",
                mover="senco",
            )
