"""The organiser's event and its copies on the guests' own calendars, kept in step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sandbox.calendar.draft import Draft
from sandbox.calendar.people import emails
from sandbox.calendar.state import CalendarRecord, CalendarState, Event, calendar_state, primary_of
from sandbox.state import Workspace

OWN_LOOKS = ("colorId",)


def spread(workspace: Workspace, event: Event, moment: datetime, *, gone: frozenset[str] = frozenset()) -> None:
    """Bring every guest's copy to what the organiser's event says; ``gone`` are guests taken off the list."""
    for email in sorted(emails(event.draft.guests) | gone):
        home = _home(workspace, event, email)
        if home is None:
            continue
        if event.cancelled or email in gone:
            _withdraw(calendar_state(workspace), home, event, moment)
        else:
            _deliver(calendar_state(workspace), home, event, moment)


def _home(workspace: Workspace, event: Event, email: str) -> CalendarRecord | None:
    """The guest's own calendar, where they are a user and it is not the organiser's."""
    user = workspace.users.get(email)
    if user is None or email == event.calendar_id:
        return None
    return primary_of(workspace, user)


def _deliver(state: CalendarState, home: CalendarRecord, event: Event, moment: datetime) -> None:
    copy = home.events.get(event.id)
    if copy is not None and copy.organizer != event.organizer:
        return
    if copy is None:
        home.events[event.id] = _new_copy(state, home, event, moment)
        return
    before = copy.draft
    copy.draft, copy.sequence = _as_guest(event.draft, copy.draft), event.sequence
    if copy.bare:
        copy.cancelled = copy.bare = False
    _touch(state, copy, moment)
    remember(copy, before)


def _new_copy(state: CalendarState, home: CalendarRecord, event: Event, moment: datetime) -> Event:
    return Event(
        id=event.id,
        calendar_id=home.id,
        ical_uid=event.ical_uid,
        organizer=event.organizer,
        creator=event.creator,
        draft=_as_guest(event.draft, None),
        created=event.created,
        updated=moment,
        touched=moment,
        change=state.next_change(),
        sequence=event.sequence,
        series=event.series,
        original=event.original,
    )


def _as_guest(theirs: Draft, mine: Draft | None) -> Draft:
    """The organiser's draft with what belongs to each copy alone: private properties, reminders, colour."""
    plain = {key: value for key, value in theirs.plain.items() if key not in OWN_LOOKS}
    if mine is None:
        return replace(theirs, plain=plain, private={}, reminders={"useDefault": theirs.start.day is None})
    plain.update({key: mine.plain[key] for key in OWN_LOOKS if key in mine.plain})
    return replace(theirs, plain=plain, private=mine.private, reminders=mine.reminders)


def _withdraw(state: CalendarState, home: CalendarRecord, event: Event, moment: datetime) -> None:
    copy = home.events.get(event.id)
    if copy is None and event.series in home.events:
        copy = home.events[event.id] = _new_copy(state, home, event, moment)
    if copy is None or copy.organizer != event.organizer or copy.bare:
        return
    for one in (copy, *(other for other in home.events.values() if other.series == copy.id)):
        one.cancelled = one.bare = True
        _touch(state, one, moment)


def _touch(state: CalendarState, copy: Event, moment: datetime) -> None:
    copy.updated = copy.touched = moment
    copy.change = state.next_change()


def remember(event: Event, before: Draft) -> None:
    """Keep a draft that gave other instances than the present one, for the sync tokens handed out while it held."""
    now = event.draft
    if (before.start, before.end, before.recurrence) != (now.start, now.end, now.recurrence):
        event.history += ((event.change, before),) if before.recurrence or now.recurrence else ()


def master_of(workspace: Workspace, copy: Event) -> Event | None:
    """The organiser's event behind a copy."""
    home = calendar_state(workspace).calendars.get(copy.organizer)
    return home.events.get(copy.id) if home is not None else None


def answer(workspace: Workspace, copy: Event, response: str, moment: datetime, *, comment: str = "") -> None:
    """Carry a guest's answer to the organiser's event and from there to the other copies."""
    master = master_of(workspace, copy)
    if master is None or master.cancelled:
        return
    master.draft = replace(
        master.draft,
        guests=tuple(
            replace(guest, response=response, comment=comment or guest.comment)
            if guest.email == copy.calendar_id
            else guest
            for guest in master.draft.guests
        ),
    )
    _touch(calendar_state(workspace), master, moment)
    spread(workspace, master, moment)
