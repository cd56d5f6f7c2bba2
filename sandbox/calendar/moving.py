"""``calendar.events.import`` and ``.move``, and ``calendars.clear``: events that come and go whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.calendar import conference, errors, organiser, series
from sandbox.calendar.access import Reach, find_calendar, reach_as_owner, reach_to_write, role_of
from sandbox.calendar.copies import spread
from sandbox.calendar.draft import check_event_id, parse_draft
from sandbox.calendar.events import for_change, show
from sandbox.calendar.state import BASE32HEX, Event, calendar_state
from sandbox.call import Call, Reply


def import_event(call: Call) -> Mapping[str, Any]:
    """A private copy of somebody's event: nobody is invited, told or asked. The same iCalUID again replaces it."""
    found = reach_to_write(call)
    uid = call.body.get("iCalUID")
    if not uid:
        raise errors.required("Missing iCalUID.")
    draft = parse_draft(call.body, attachments=bool(call.params.get("supportsAttachments")))
    draft = draft.meeting(conference.settled(call, None))
    organizer = str((call.body.get("organizer") or {}).get("email") or found.calendar.id).lower()
    state, now = calendar_state(call.workspace), calendar_state(call.workspace).tick(call.workspace)
    old = next((one for one in found.calendar.events.values() if one.ical_uid == uid and not one.series), None)
    event = Event(
        id=old.id if old else _new_id(call, found),
        calendar_id=found.calendar.id,
        ical_uid=uid,
        organizer=organizer,
        creator=call.caller.email,
        draft=draft,
        created=old.created if old else now,
        updated=now,
        touched=now,
        change=state.next_change(),
        sequence=call.body.get("sequence") or 0,
    )
    found.calendar.events[event.id] = event
    return show(call, found, event)


def _new_id(call: Call, found: Reach) -> str:
    wanted = call.body.get("id") or call.workspace.ids.next(26, BASE32HEX)
    check_event_id(wanted)
    if wanted in found.calendar.events:
        raise errors.duplicate()
    return str(wanted)


def move(call: Call) -> Mapping[str, Any]:
    """The event on another calendar, which organises it from now on. Its id stays. The answer calls it cancelled,
    as it is where it was; it is not where it is now.

    Source: a live answer, in github.com/mmedum/google-calendar-mcp, docs/architecture.md."""
    found, event = for_change(call)
    target = find_calendar(call.workspace, call.caller.email, call.params["destination"])
    if target is None or role_of(target, call.caller.email) == "none":
        raise errors.not_found()
    there = Reach(calendar=target, role=role_of(target, call.caller.email))
    if not there.at_least("writerWithoutPrivateAccess"):
        raise errors.access_level("writer")
    if event.series:
        raise errors.organiser_of_instance()
    if event.is_copy:
        raise errors.cannot_change_organizer()
    if event.cancelled:
        raise errors.deleted()
    if target is found.calendar:
        return show(call, found, event)
    for one in (event, *series.exceptions(found.calendar, event).values()):
        _carry(call, found, there, one)
    return {**show(call, there, target.events[event.id]), "status": "cancelled"}


def _carry(call: Call, found: Reach, there: Reach, event: Event) -> None:
    state = calendar_state(call.workspace)
    now = state.tick(call.workspace)
    moved = replace(
        event, calendar_id=there.calendar.id, organizer=there.calendar.id, touched=now, updated=now,
        change=state.next_change(),
    )  # fmt: skip
    event.cancelled = event.bare = True
    spread(call.workspace, replace(event, bare=False), now)
    event.touched = event.updated = now
    event.change = state.next_change()
    there.calendar.events[event.id] = moved
    for home in state.calendars.values():
        copy = home.events.get(event.id)
        if copy is not None and copy.organizer == found.calendar.id and copy is not event:
            copy.organizer = there.calendar.id
    spread(call.workspace, moved, now)


def clear(call: Call) -> Reply:
    """Every event of a primary calendar, deleted."""
    found = reach_as_owner(call)
    if not found.calendar.primary:
        raise errors.invalid("Invalid Value", location="calendarId")
    for event in list(found.calendar.events.values()):
        if not event.cancelled and not event.is_copy:
            organiser.cancel(call, found.calendar, event)
    return Reply(status=204, content_type="text/html")
