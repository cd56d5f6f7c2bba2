"""R55: the whole SEN file reaches the next school within 15 school days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding, Pupil, Transfer
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days
from server.plans.terms import school_days_between

RULE = Rule(
    id="R55",
    force="must",
    source="Education (Pupil Information) Regulations 2005 reg. 9",
    title="The file follows the pupil within 15 school days",
    for_parents="Your child may change school. Then the plan goes there within 15 school days.",
    mover="senco",
)
LIMIT, NOTICE = 15, 10


def check(register: Register, today: date) -> Iterator[Finding]:
    """For each leaver whose file is not sent: amber from the tenth school day, red after the fifteenth."""
    if not register.sees_contacts:
        return
    for pupil in register.school.pupils:
        if pupil.left is None or pupil.left >= today or pupil.sen_status not in ("K", "E"):
            continue
        if not any(_is_sent(row, pupil) for row in register.of(Transfer, pupil.pupil_id)):
            yield from _unsent(register, pupil, pupil.left, today)


def _is_sent(row: Transfer, pupil: Pupil) -> bool:
    return row.direction.casefold() == "sent" and row.file_date is not None and row.pupil == pupil.pupil_id


def _unsent(register: Register, pupil: Pupil, left: date, today: date) -> Iterator[Finding]:
    gone = school_days_between(register.settings, left, today)
    if gone < NOTICE:
        return
    state = f"{days(gone - LIMIT, 'school day')} late" if gone > LIMIT else f"{days(gone, 'school day')} ago"
    yield RULE.finding(
        "red" if gone > LIMIT else "amber",
        pupil,
        "left",
        f"Left on {left} and the file is not sent: {state}",
        "Make the transfer file, send it to the next school's SENCO, and enter the day in Transfers.",
    )
