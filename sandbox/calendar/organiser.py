"""What happens when the organiser's event is made, changed or cancelled: etag, copies, mail."""

from __future__ import annotations

from dataclasses import replace

from sandbox.calendar import following
from sandbox.calendar.copies import remember, spread
from sandbox.calendar.draft import Draft
from sandbox.calendar.mail import CANCEL, INVITE, UPDATE, mail_guests
from sandbox.calendar.people import emails
from sandbox.calendar.state import CalendarRecord, Event, calendar_state
from sandbox.call import Call


def create(call: Call, calendar: CalendarRecord, draft: Draft, *, event_id: str, ical_uid: str) -> Event:
    """A new event, in the guests' calendars too."""
    state = calendar_state(call.workspace)
    now = state.tick(call.workspace)
    event = Event(
        id=event_id,
        calendar_id=calendar.id,
        ical_uid=ical_uid,
        organizer=calendar.id,
        creator=call.caller.email,
        draft=draft,
        created=now,
        updated=now,
        touched=now,
        change=state.next_change(),
    )
    calendar.events[event_id] = event
    spread(call.workspace, event, now)
    _mail(call, calendar, event, INVITE, emails(draft.guests))
    return event


def change(call: Call, calendar: CalendarRecord, event: Event, draft: Draft) -> None:
    """The event as the new draft has it, confirmed; guests hear of it when they asked to."""
    before, was_cancelled = event.draft, event.cancelled
    moved = (before.start, before.end) != (draft.start, draft.end)
    event.draft, event.cancelled = draft, False
    event.sequence = max(event.sequence + (moved or was_cancelled), call.body.get("sequence") or 0)
    old, new = emails(before.guests), emails(draft.guests)
    _touch(call, event, main_data=replace(before, reminders={}) != replace(draft, reminders={}) or was_cancelled)
    remember(event, before)
    spread(call.workspace, event, event.touched, gone=old - new)
    following.follow(call, calendar, event, before)
    if was_cancelled:
        old = frozenset()
    _mail(call, calendar, event, INVITE, new - old)
    _mail(call, calendar, event, CANCEL, old - new)
    if _worth_telling(before, draft):
        _mail(call, calendar, event, UPDATE, old & new)


def cancel(call: Call, calendar: CalendarRecord, event: Event) -> None:
    """The event cancelled, here and on every guest's calendar."""
    event.cancelled = True
    _touch(call, event, main_data=True)
    spread(call.workspace, event, event.touched)
    following.cancel(call, calendar, event)
    _mail(call, calendar, event, CANCEL, emails(event.draft.guests))


def _touch(call: Call, event: Event, *, main_data: bool) -> None:
    """A change of reminders alone leaves ``updated`` as it was."""
    state = calendar_state(call.workspace)
    event.touched = state.tick(call.workspace)
    if main_data:
        event.updated = event.touched
    event.change = state.next_change()


def _worth_telling(before: Draft, after: Draft) -> bool:
    keys = ("summary", "description", "location")
    return (before.start, before.end, *map(before.says, keys)) != (after.start, after.end, *map(after.says, keys))


def _mail(call: Call, calendar: CalendarRecord, event: Event, kind: str, to: frozenset[str]) -> None:
    default = "all" if call.params.get("sendNotifications") else "none"
    mail_guests(
        call.workspace,
        event,
        kind,
        sorted(to),
        who=call.params.get("sendUpdates") or default,
        sender=call.caller.email,
        zone=calendar.time_zone,
    )
