"""Meetings with parents, and what children and parents say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from server.plans.model.record import Record


@dataclass(frozen=True, kw_only=True)
class Meeting(Record):
    """A meeting with parents. No ``start_time`` means all day. ``staff`` are those invited or present."""

    meeting_id: str
    pupil: str = ""
    cycle: str = ""
    date: date | None = None
    start_time: time | None = None
    minutes: float | None = None
    type: str = ""
    status: str = ""
    staff: tuple[str, ...] = ()
    parents_present: str = ""
    parent_present: bool = False
    senco_present: bool = False
    pupil_present: bool = False
    outcomes_reviewed: bool = False
    note: str = ""

    @property
    def is_booked(self) -> bool:
        return self.status.casefold() == "booked"

    @property
    def is_held(self) -> bool:
        return self.status.casefold() == "held"


@dataclass(frozen=True, kw_only=True)
class View(Record):
    """Words of a child or parent. A parent's words reach only their own household unless they say otherwise."""

    view_id: str
    pupil: str = ""
    cycle: str = ""
    who: str = ""
    contact: str = ""
    date: date | None = None
    words: str = ""
    method: str = ""
    recording: str = ""
    show_to_other_household: bool = False
