"""R65: what changes with the law, and the school's own library, is looked at again in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding, Strategy
from server.plans.register import Register
from server.plans.rules.rule import Rule
from sheets_templates.look_again import dated

RULE = Rule(
    id="R65",
    force="default",
    source="SEN Plans default",
    title="References, templates and the library are looked at again",
    mover="senco",
    of_school=True,
)


def check(register: Register, today: date) -> Iterator[Finding]:
    """Of the school as a whole: info for what SEN Plans brings along, and for each help in the Library, from the day
    on which somebody meant to look at it again."""
    for strategy in register.all(Strategy):
        if strategy.next_check is not None and strategy.next_check <= today:
            yield RULE.finding(
                "info",
                strategy,
                "next_check",
                f"{strategy.strategy_id} was to be looked at again on {strategy.next_check}",
                "See whether it is still right, and whether it worked here; then enter the next day.",
            )
    if register.sees_contacts and register.school.pupils:
        yield from _brought_along(register, today)


def _brought_along(register: Register, today: date) -> Iterator[Finding]:
    for each in dated():
        if each.on <= today:
            yield RULE.finding(
                "info",
                register.settings,
                "name",
                f"{each.what} (of {each.version}) was to be looked at again by {each.on}",
                "Install the newest version of SEN Plans. Until then, check what you quote against the source.",
            )
