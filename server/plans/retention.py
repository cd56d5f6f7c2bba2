"""How long each file of a pupil who has left is usually kept (R54), and what to do then. Nothing deletes. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.plans.model import Exemption, Pupil, Transfer
from server.plans.register import Register
from server.plans.rules.exemptions import is_in_force
from server.plans.rules.r54_retention import RULE, keep_until

KEEP, LOOK, HELD, MOVED, UNKNOWN = "keep", "look at it", "kept for a reason", "next school has it", "no birthday"
STATES = (LOOK, UNKNOWN, MOVED, HELD, KEEP)
"""What to do, the most pressing first."""
IN_WORDS = {
    LOOK: "The usual time is over: look at it and decide, delete or keep with a reason.",
    UNKNOWN: "Nobody can say until when: write the date of birth in Pupils.",
    MOVED: "The next school confirmed that it has the file: only the line in Transfers need stay.",
    HELD: "The usual time is over; it is kept for the reason in Exceptions.",
    KEEP: "Keep it.",
}


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One file: of whom, since when they are gone, and until when it is usually kept; None where nobody can say."""

    pupil_id: str
    left: date | None
    until: date | None
    state: str

    @property
    def in_words(self) -> str:
        return IN_WORDS[self.state]


def retention_list(register: Register) -> tuple[Kept, ...]:
    """Every file of a pupil who is no longer here, what needs a decision first, then by the day it is kept until."""
    gone = (pupil for pupil in register.school.pupils if pupil.pupil_id not in register.here)
    return tuple(sorted((_kept(register, pupil) for pupil in gone), key=_order))


def _order(row: Kept) -> tuple[int, date, str]:
    return STATES.index(row.state), row.until or date.max, row.pupil_id


def _kept(register: Register, pupil: Pupil) -> Kept:
    until = keep_until(pupil.dob) if pupil.dob else None
    return Kept(pupil_id=pupil.pupil_id, left=pupil.left, until=until, state=_state(register, pupil, until))


def _state(register: Register, pupil: Pupil, until: date | None) -> str:
    if _has_moved(register, pupil):
        return MOVED
    if until is None:
        return UNKNOWN
    if until > register.today:
        return KEEP
    return HELD if any(_holds(row, register.today) for row in register.of(Exemption, pupil.pupil_id)) else LOOK


def _has_moved(register: Register, pupil: Pupil) -> bool:
    """Whether the school the pupil went to confirmed that it has the file."""
    return any(
        row.direction.strip().casefold() == "sent"
        and row.confirmed is not None
        and row.confirmed <= register.today
        and (pupil.joined is None or row.confirmed >= pupil.joined)
        for row in register.of(Transfer, pupil.pupil_id)
    )


def _holds(row: Exemption, today: date) -> bool:
    return row.rule.strip().upper() == RULE.id and is_in_force(row, today)
