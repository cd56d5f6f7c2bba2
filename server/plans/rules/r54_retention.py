"""R54: the last school keeps a SEN file until 31 years after birth, then looks at it. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.terms import add_months

RULE = Rule(
    id="R54",
    force="local",
    source="Retention guidance for schools: 25 years and 6 more for the SEN file",
    title="Old files are looked at, never deleted by themselves",
    mover="senco",
)
KEPT_MONTHS = 31 * 12


def keep_until(born: date) -> date:
    """The day from which a file may go, by the usual guidance."""
    return add_months(born, KEPT_MONTHS)


def check(register: Register, today: date) -> Iterator[Finding]:
    """One note per pupil whose file has been kept as long as it is usually kept."""
    for pupil in register.school.pupils:
        if pupil.left and pupil.dob and keep_until(pupil.dob) <= today:
            yield RULE.finding(
                "prompt",
                pupil,
                "left",
                f"The file may go since {keep_until(pupil.dob)}: look at it and decide",
                "Delete it, or keep it and write why under Exceptions. Nothing is deleted by itself.",
            )
