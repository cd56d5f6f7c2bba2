"""A recurring event and its instances: the ones the rule gives, and the exceptions kept beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sandbox.calendar import recurrence
from sandbox.calendar.draft import Draft
from sandbox.calendar.state import CalendarRecord, Event
from sandbox.calendar.times import When

MOST_INSTANCES = 730


@dataclass(frozen=True, kw_only=True)
class Window:
    """Which instances are wanted: those that end after ``low`` and start before ``high``."""

    low: datetime | None = None
    high: datetime | None = None

    def holds(self, start: datetime, end: datetime) -> bool:
        return (self.low is None or end > self.low) and (self.high is None or start < self.high)


ALL = Window()


def drafts(draft: Draft, zone: str, window: Window = ALL) -> Iterator[Draft]:
    """The draft of each occurrence within the window, at most 730: the draft itself where it does not repeat."""
    if not draft.recurrence:
        if window.holds(draft.start.instant(zone), draft.end.instant(zone)):
            yield draft
        return
    found = 0
    for start in recurrence.starts(draft.recurrence, draft.start, zone):
        one = _at(draft, start)
        if window.high is not None and start.instant(zone) >= window.high:
            return
        if window.holds(start.instant(zone), one.end.instant(zone)):
            yield one
            found += 1
        if found == MOST_INSTANCES:
            return


def _at(draft: Draft, start: When) -> Draft:
    """One occurrence: as long as the first, and without the rule."""
    if start.day is not None and draft.start.day is not None and draft.end.day is not None:
        length: timedelta = draft.end.day - draft.start.day
        return replace(draft, start=start, end=replace(draft.end, day=start.day + length), recurrence=())
    assert start.moment is not None
    assert draft.start.moment is not None
    assert draft.end.moment is not None
    length = draft.end.moment - draft.start.moment
    end = (start.instant("UTC") + length).astimezone(start.moment.tzinfo)
    return replace(draft, start=start, end=replace(draft.end, moment=end), recurrence=())


def instances(calendar: CalendarRecord, master: Event, window: Window = ALL) -> Iterator[Event]:
    """Every instance in the window, exceptions in their places; exceptions moved into the window come last."""
    kept = exceptions(calendar, master)
    for draft in drafts(master.draft, calendar.time_zone, window):
        made = _instance(master, draft)
        if made.id not in kept:
            yield made
    for event in kept.values():
        zone = calendar.time_zone
        if window.holds(event.draft.start.instant(zone), event.draft.end.instant(zone)):
            yield event


def occurring(calendar: CalendarRecord, window: Window = ALL) -> Iterator[Event]:
    """Everything on the calendar that takes place in the window: single events, and the instances of each series."""
    for event in list(calendar.events.values()):
        if event.series and event.series in calendar.events:
            continue
        yield from instances(calendar, event, window) if event.draft.recurrence else _single(calendar, event, window)


def _single(calendar: CalendarRecord, event: Event, window: Window) -> Iterator[Event]:
    if window.holds(event.draft.start.instant(calendar.time_zone), event.draft.end.instant(calendar.time_zone)):
        yield event


def exceptions(calendar: CalendarRecord, master: Event) -> dict[str, Event]:
    """The instances of this series that were changed or cancelled by themselves."""
    return {event.id: event for event in calendar.events.values() if event.series == master.id}


def vanished(calendar: CalendarRecord, master: Event, since: int, window: Window) -> Iterator[Event]:
    """What was an occurrence after change ``since`` and is none any more, as cancelled events."""
    repeats = bool(master.draft.recurrence)
    zone = calendar.time_zone
    now = {_id(master, draft, repeats=repeats) for draft in drafts(master.draft, zone, window)}
    for change, old in master.history:
        for draft in drafts(old, zone, window) if change > since else ():
            name = _id(master, draft, repeats=bool(old.recurrence))
            if name not in now and (name == master.id or name not in calendar.events):
                now.add(name)
                gone = _instance(master, draft) if old.recurrence else replace(master, draft=draft)
                yield replace(gone, cancelled=True, bare=True)


def find(calendar: CalendarRecord, event_id: str) -> Event | None:
    """The event of that id: one that is kept, or an instance that its series gives."""
    if event_id in calendar.events:
        return calendar.events[event_id]
    name, _, ending = event_id.rpartition("_")
    master, at = calendar.events.get(name), recurrence.from_suffix(ending)
    if master is None or at is None or not master.draft.recurrence:
        return None
    return next((made for made in _around(calendar, master, at) if made.id == event_id), None)


def _around(calendar: CalendarRecord, master: Event, at: date | datetime) -> Iterator[Event]:
    when = When(moment=at) if isinstance(at, datetime) else When(day=at)
    for draft in drafts(master.draft, calendar.time_zone, around(when, calendar.time_zone)):
        yield _instance(master, draft)


def around(when: When, zone: str) -> Window:
    """A window that surely holds an occurrence beginning then."""
    moment = when.instant(zone)
    return Window(low=moment - timedelta(days=1), high=moment + timedelta(days=1))


def _instance(master: Event, draft: Draft) -> Event:
    return replace(master, id=_id(master, draft), series=master.id, original=draft.start, draft=draft, history=())


def _id(master: Event, draft: Draft, *, repeats: bool = True) -> str:
    return f"{master.id}_{recurrence.suffix(draft.start)}" if repeats else master.id
