"""One line of a worklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MOVERS = ("teacher", "senco", "head", "parent", "council")
"""Whose next move something can be."""
WORKING = frozenset({"block", "red", "amber", "prompt", "staff"})
"""Levels that ask for something to be done."""
WITH_ADVICE = WORKING | {"info"}


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something that waits: for whom, what, since when and until when, at which cell, and whose next move it is.

    ``staff`` are the ids of the colleagues who are to move; nobody's where it is a parent's or the council's turn.
    Without a ``pupil_id`` it is about the school as a whole. ``staff_only`` items are never for a parent's eyes."""

    pupil_id: str
    what: str
    level: str
    mover: str
    action: str = ""
    since: date | None = None
    until: date | None = None
    cell: str = ""
    row: str = ""
    rule: str = ""
    staff: tuple[str, ...] = ()
    staff_only: bool = False

    @property
    def is_late(self) -> bool:
        """Whether it should have been done by now."""
        return self.level == "red"


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Since when something waits, and until when it should be done; None where no day can be named."""

    since: date | None = None
    until: date | None = None


NO_DATES = Dates()
