"""How the exceptions of a series follow their master: changed with it, or gone when the series no longer has them."""

from __future__ import annotations

from dataclasses import replace

from sandbox.calendar import series
from sandbox.calendar.copies import spread
from sandbox.calendar.draft import PLAIN, Draft
from sandbox.calendar.state import CalendarRecord, Event, calendar_state
from sandbox.call import Call


def keep(call: Call, calendar: CalendarRecord, event: Event) -> None:
    """Give an instance a place of its own among the calendar's events, and in the organiser's calendar too."""
    if not event.series or event.id in calendar.events:
        return
    calendar.events[event.id] = event
    home = calendar_state(call.workspace).calendars.get(event.organizer)
    if home is not None and home is not calendar and event.id not in home.events:
        theirs = series.find(home, event.id)
        if theirs is not None:
            home.events[event.id] = theirs


def follow(call: Call, calendar: CalendarRecord, master: Event, before: Draft) -> None:
    """Exceptions take on what changed for the whole series where they had not said otherwise; those whose place the
    series no longer has are cancelled."""
    for event in series.exceptions(calendar, master).values():
        if _astray(calendar, master, event):
            _cancel(call, event)
        else:
            draft = _followed(event.draft, before, master.draft)
            if draft != event.draft:
                event.draft = draft
                _touch(call, event)
                spread(call.workspace, event, event.touched)


def cancel(call: Call, calendar: CalendarRecord, master: Event) -> None:
    """A series that ends takes its exceptions with it."""
    for event in series.exceptions(calendar, master).values():
        _cancel(call, event)


def _astray(calendar: CalendarRecord, master: Event, event: Event) -> bool:
    assert event.original is not None
    place = event.original.instant("UTC")
    return all(draft.start.instant("UTC") != place for draft in _near(calendar, master, event))


def _near(calendar: CalendarRecord, master: Event, event: Event) -> list[Draft]:
    assert event.original is not None
    if not master.draft.recurrence or (event.original.day is None) != (master.draft.start.day is None):
        return []
    return list(series.drafts(master.draft, calendar.time_zone, series.around(event.original, calendar.time_zone)))


def _followed(mine: Draft, before: Draft, after: Draft) -> Draft:
    plain = dict(mine.plain)
    for key in PLAIN:
        if before.says(key) != after.says(key) and mine.says(key) == before.says(key):
            plain.pop(key, None)
            plain.update({key: after.plain[key]} if key in after.plain else {})
    return replace(
        mine,
        plain=plain,
        guests=after.guests if mine.guests == before.guests else mine.guests,
        private=after.private if mine.private == before.private else mine.private,
        shared=after.shared if mine.shared == before.shared else mine.shared,
        reminders=after.reminders if mine.reminders == before.reminders else mine.reminders,
    )


def _cancel(call: Call, event: Event) -> None:
    if not event.cancelled:
        event.cancelled = True
        _touch(call, event)
        spread(call.workspace, event, event.touched)


def _touch(call: Call, event: Event) -> None:
    state = calendar_state(call.workspace)
    event.updated = event.touched = state.tick(call.workspace)
    event.change = state.next_change()
