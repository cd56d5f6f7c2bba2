"""What the cards of worklists and of the day's sessions show."""

from __future__ import annotations

from dataclasses import dataclass

MOVERS = {
    "mine": "My next moves",
    "teacher": "Teachers and key persons",
    "senco": "SENCO",
    "head": "Head",
    "parent": "Parents and carers",
    "council": "Council",
}
"""Whose move is next, as cards call them."""


@dataclass(frozen=True, kw_only=True)
class CountLine:
    """A worklist, or somebody whose move is next: how many lines wait, and how many of them are late."""

    key: str
    title: str
    count: int
    late: int = 0


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    """One line of a worklist. ``days`` says since when and until when; ``pupil_id`` is "" for the school's own."""

    pupil_id: str
    who: str
    what: str
    action: str = ""
    level: str = ""
    days: str = ""
    cell: str = ""
    mover: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkView:
    """Worklist lines under headings: one list by whose move it is, or one mover's by list."""

    title: str
    subtitle: str = ""
    groups: tuple[tuple[str, tuple[WorkLine, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """One session of a day. ``state`` is "", "yes" or "no"; ``detail`` says how long, where, how often so far."""

    pupil_id: str
    who: str
    provision_id: str
    number: int
    what: str
    detail: str = ""
    by: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class TodayView:
    """A day's sessions: ``day`` as buttons carry it, ``title`` as people read it. ``staff`` are those whose list may
    be shown, by id; ``chosen`` is whose it is, "" for everybody's."""

    day: str
    title: str
    is_school_day: bool = True
    sessions: tuple[SessionLine, ...] = ()
    staff: tuple[tuple[str, str], ...] = ()
    chosen: str = ""


@dataclass(frozen=True, kw_only=True)
class AdultLine:
    """One adult's help: whom they work with, how often, and how much of it took place."""

    staff_id: str
    name: str
    load: str
    given: str = ""
    is_short: bool = False
