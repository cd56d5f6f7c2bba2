"""R61: what a year of a pupil's help costs, beside the line that councils compare with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.cycle import started
from server.plans.model import Cycle, Finding
from server.plans.money import pounds, spent_in_a_year
from server.plans.register import Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R61",
    force="default",
    source="Durham, Wirral and The Key on costed provision maps",
    title="The cost of a year's help is known",
    mover="senco",
)


def annual_cost(register: Register, cycle: Cycle) -> float | None:
    """Pounds for a school year of the cycle's help; None where no money is written down."""
    rows = [
        (row, register.costs[row.provision_id])
        for row in register.provision.get(cycle.cycle_id, ())
        if row.provision_id in register.costs
    ]
    if not rows:
        return None
    return sum(spent_in_a_year(row, money.hourly_rate or 0, money.one_off or 0) for row, money in rows)


def check(register: Register, today: date) -> Iterator[Finding]:
    """One note per pupil whose latest cycle costs more in a year than the line; silent in early-years settings."""
    if register.settings.is_early_years or not register.sees_contacts:
        return
    line = register.settings.money_line
    for pupil_id, cycles in register.cycles.items():
        latest = max((c for c in cycles if _begun(c) <= today), key=_begun, default=None)
        if latest is None or pupil_id not in register.pupils:
            continue
        cost = annual_cost(register, latest)
        if cost is not None and cost > line:
            yield RULE.finding(
                "info",
                latest,
                "cycle_id",
                f"Latest cycle annualises to {pounds(cost)}, above {pounds(line)}",
                f"{pounds(line)} is not an entitlement or a cap: councils compare with it when asked for top-up.",
            )


def _begun(cycle: Cycle) -> date:
    return started(cycle) or date.max
