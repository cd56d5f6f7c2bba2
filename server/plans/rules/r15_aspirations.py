"""R15: hopes come first; outcomes are steps towards them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R15",
    force="local",
    source="Devon DIAS factsheet",
    title="Aspirations precede outcomes",
    for_parents="The plan starts from what you and your child hope for.",
)


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One finding per pupil whose live outcomes stand before anyone's hopes were written down."""
    seen: set[str] = set()
    for live in register.live:
        pupil = live.pupil
        has_aspiration = pupil.aspiration_child.strip() or pupil.aspiration_parent.strip()
        if live.outcomes and not has_aspiration and pupil.pupil_id not in seen:
            seen.add(pupil.pupil_id)
            yield RULE.finding(
                "amber",
                pupil,
                "aspiration_child",
                "There are outcomes but no hopes of the child or the family",
                "Ask the child and the family what they hope for, and write it in Pupils.",
            )
