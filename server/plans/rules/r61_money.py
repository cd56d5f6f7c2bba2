"""R61: what a year of a pupil's help costs, beside the line that councils compare with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding
from server.plans.money import pounds
from server.plans.provision_map import annual_cost, latest_cycle
from server.plans.register import Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R61",
    force="default",
    source="Durham, Wirral and The Key on costed provision maps",
    title="The cost of a year's help is known",
    mover="senco",
)


def check(register: Register, today: date) -> Iterator[Finding]:
    """One note per pupil whose latest cycle costs more in a year than the line; silent in early-years settings."""
    if register.settings.is_early_years or not register.sees_contacts:
        return
    line = register.settings.money_line
    for pupil_id in register.pupils:
        latest = latest_cycle(register, pupil_id, today)
        if latest is None:
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
