"""Every calendar of the workspace: who owns it, who may see it, and the events on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sandbox.calendar.draft import Draft
from sandbox.calendar.times import When
from sandbox.state import User, Workspace

HEX = "0123456789abcdef"
BASE32HEX = "0123456789abcdefghijklmnopqrstuv"


@dataclass
class Event:
    """One event on one calendar: the organiser's, or a guest's copy (``organizer`` is then another calendar).

    ``updated`` moves with the main data; ``touched`` with every change, and makes the etag. ``change`` numbers the
    last change over the whole workspace, for sync tokens. ``bare`` is a cancelled copy that says nothing more.
    ``series`` and ``original`` are the recurring event that this is an instance of, and its place there. ``history``
    holds the drafts that gave other instances, each with the number of the change that replaced it."""

    id: str
    calendar_id: str
    ical_uid: str
    organizer: str
    creator: str
    draft: Draft
    created: datetime
    updated: datetime
    touched: datetime
    change: int
    sequence: int = 0
    cancelled: bool = False
    bare: bool = False
    series: str = ""
    original: When | None = None
    history: tuple[tuple[int, Draft], ...] = ()

    @property
    def is_copy(self) -> bool:
        return self.organizer != self.calendar_id


@dataclass
class Rule:
    """One access rule. ``changed`` makes its etag."""

    scope: str
    value: str
    role: str
    changed: datetime

    @property
    def id(self) -> str:
        return f"{self.scope}:{self.value}" if self.value else self.scope


@dataclass
class CalendarRecord:
    """A primary calendar (id = its owner's address) or a secondary one. ``client_id`` is the app that made it."""

    id: str
    owner: str
    summary: str
    time_zone: str
    changed: datetime
    description: str = ""
    location: str = ""
    client_id: str = ""
    primary: bool = False
    rules: dict[str, Rule] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    gone_rules: dict[str, Rule] = field(default_factory=dict)


@dataclass
class ListEntry:
    """A calendar in somebody's list, with how they like to see it."""

    calendar_id: str
    changed: datetime
    looks: dict[str, object] = field(default_factory=dict)


@dataclass
class CalendarState:
    """All calendars by id, each person's list by address, and the count of changes. ``gone`` says when a calendar
    left somebody's list."""

    calendars: dict[str, CalendarRecord] = field(default_factory=dict)
    lists: dict[str, dict[str, ListEntry]] = field(default_factory=dict)
    gone: dict[tuple[str, str], datetime] = field(default_factory=dict)
    changes: int = 0
    last_touch: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    def next_change(self) -> int:
        self.changes += 1
        return self.changes

    def tick(self, workspace: Workspace) -> datetime:
        """Now in whole milliseconds, later than any moment given before: no two changes share an etag."""
        now = workspace.clock.now()
        now -= timedelta(microseconds=now.microsecond % 1000)
        if self.last_touch - timedelta(days=1) < now <= self.last_touch:
            now = self.last_touch + timedelta(milliseconds=1)
        self.last_touch = now
        return now


def calendar_state(workspace: Workspace) -> CalendarState:
    return workspace.service("calendar", CalendarState)


def primary_of(workspace: Workspace, user: User) -> CalendarRecord:
    """A person's own calendar, there from the start."""
    state, email = calendar_state(workspace), user.email.lower()
    if email not in state.calendars:
        add_calendar(
            state,
            CalendarRecord(
                id=email,
                owner=email,
                summary=email,
                time_zone=user.time_zone,
                changed=state.tick(workspace),
                primary=True,
            ),
        )
    return state.calendars[email]


def add_calendar(state: CalendarState, record: CalendarRecord) -> None:
    """Put a calendar in place, with its owner's rule and in its owner's list."""
    rule = Rule(scope="user", value=record.owner, role="owner", changed=record.changed)
    record.rules[rule.id] = rule
    state.calendars[record.id] = record
    entry = ListEntry(calendar_id=record.id, changed=record.changed)
    state.lists.setdefault(record.owner, {})[record.id] = entry
