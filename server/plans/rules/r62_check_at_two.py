"""R62: between two and three years old a child has a progress check, shared as the parents agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import EarlyYears, Finding, Pupil
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.terms import add_months

RULE = Rule(
    id="R62",
    force="must",
    source="Early years foundation stage statutory framework: progress check at age two",
    title="A progress check between two and three",
    for_parents="When your child is two you get a short note. It says how your child talks, moves and plays.",
)
FROM, WARN_FROM, UNTIL, FORGET = 24, 33, 36, 39
PRIME_AREAS = 3


def check(register: Register, today: date) -> Iterator[Finding]:
    """For each child in the window without a check: amber from 33 months, red at 36; never chased after 39."""
    for pupil in register.school.pupils:
        if pupil.dob is None or pupil.left is not None or not pupil.year_group.startswith("N"):
            continue
        rows = register.of(EarlyYears, pupil.pupil_id)
        done = [row for row in rows if row.check_date]
        if not done:
            yield from _undone(pupil, pupil.dob, today)
        for row in done:
            yield from _incomplete(row)


def _undone(pupil: Pupil, born: date, today: date) -> Iterator[Finding]:
    if not add_months(born, WARN_FROM) <= today < add_months(born, FORGET):
        return
    by = add_months(born, UNTIL)
    yield RULE.finding(
        "red" if today >= by else "amber",
        pupil,
        "dob",
        f"No progress check at age two is written down; it {'was' if today >= by else 'is'} due by {by}",
        "Write it in Early years, with the parents; if another setting did it, enter its day.",
    )


def _incomplete(row: EarlyYears) -> Iterator[Finding]:
    if 0 < len(row.check_prime) < PRIME_AREAS:
        yield RULE.finding(
            "info",
            row,
            "check_prime",
            "The progress check at age two speaks of fewer than the three prime areas",
            "Add communication and language, physical, and personal, social and emotional development.",
        )
    if row.check_share_date and not row.check_share:
        yield RULE.finding(
            "red",
            row,
            "check_share",
            "The progress check was passed on but no agreement of the parents is written down",
            "Ask the parents, and tick it only if they agree.",
            mover="senco",
        )
