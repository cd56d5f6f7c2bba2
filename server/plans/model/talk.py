"""What parents tell the school between meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.plans.model.record import Day, Record


@dataclass(frozen=True, kw_only=True)
class Concern(Record):
    """What a parent is worried about; ``answered`` is the day they had a full answer."""

    concern_id: str
    pupil: str = ""
    raised: date | None = None
    contact: str = ""
    words: str = ""
    acknowledged: date | None = None
    seen_here: str = ""
    answered: date | None = None
    answer: str = ""
    by_staff: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactNote(Record):
    """One call, message or talk with a parent between meetings."""

    contact_log_id: str
    pupil: str = ""
    date: Day | None = None
    contact: str = ""
    by_staff: str = ""
    how: str = ""
    words: str = ""
    next_step: str = ""
    next_by: Day | None = None


@dataclass(frozen=True, kw_only=True)
class EarlyNote(Record):
    """The short note of an early discussion, copied to the parents."""

    note_id: str
    pupil: str = ""
    date: Day | None = None
    present: tuple[str, ...] = ()
    strengths: str = ""
    parent_concerns: str = ""
    child: str = ""
    outcomes: str = ""
    next_steps: tuple[str, ...] = ()
