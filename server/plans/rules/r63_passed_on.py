"""R63: before a move, the parents and the pupil agree first what is passed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding, Transition
from server.plans.register import Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R63",
    force="should",
    source="Code of Practice 5.47, 6.57",
    title="What is passed on is agreed first",
    for_parents="A new school has to know about your child. First we agree with you what to say.",
    mover="senco",
)
NOTICE = 28


def check(register: Register, today: date) -> Iterator[Finding]:
    """For each move without an agreement: red once records were sent, amber within four weeks of the move."""
    for move in register.all(Transition):
        if move.pupil not in register.pupils or any(text.strip() for text in move.information_agreed):
            continue
        if move.records_sent is not None:
            level, state = "red", f"Records were sent on {move.records_sent}"
        elif move.move_date and 0 <= (move.move_date - today).days <= NOTICE:
            level, state = "amber", f"The move is on {move.move_date}"
        else:
            continue
        yield RULE.finding(
            level,
            move,
            "information_agreed",
            f"{state}, and it is not written down what the parents and the pupil agreed to pass on",
            "Agree it with them, and write it in Moves.",
        )
