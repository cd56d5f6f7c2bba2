"""Calendar's values as the JSON that Google prints."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from sandbox.calendar import conference
from sandbox.calendar.access import sees_details
from sandbox.calendar.people import print_guest
from sandbox.calendar.recurrence import suffix
from sandbox.calendar.state import CalendarRecord, Event
from sandbox.calendar.times import micros, print_when, stamp
from sandbox.state import Workspace


def event_etag(event: Event) -> str:
    return f'"{2 * micros(event.touched)}"'


def calendar_etag(record: CalendarRecord) -> str:
    said = [record.id, record.summary, record.description, record.location, record.time_zone, stamp(record.changed)]
    digest = hashlib.sha1(json.dumps(said).encode(), usedforsecurity=False).digest()
    return f'"{base64.urlsafe_b64encode(digest).decode().rstrip("=")}"'


def print_calendar(record: CalendarRecord) -> dict[str, Any]:
    """A ``calendar#calendar``."""
    return {
        "kind": "calendar#calendar",
        "etag": calendar_etag(record),
        "id": record.id,
        "summary": record.summary,
        **({"description": record.description} if record.description else {}),
        **({"location": record.location} if record.location else {}),
        "timeZone": record.time_zone,
        **({} if record.primary else {"dataOwner": record.owner}),
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }


def print_event(
    event: Event,
    calendar: CalendarRecord,
    workspace: Workspace,
    *,
    viewer: str,
    role: str,
    zone: str = "",
    max_attendees: int | None = None,
) -> dict[str, Any]:
    """A ``calendar#event`` as ``viewer`` sees it in the calendar's zone, or in ``zone``."""
    if event.bare:
        return print_removed(event, calendar)
    shown = zone or calendar.time_zone
    if not sees_details(event, viewer, role):
        return _busy_only(event, calendar, shown)
    return {
        **_head(event),
        "htmlLink": _link(event),
        "created": stamp(event.created.replace(microsecond=0)),
        "updated": stamp(event.updated),
        **_said(event, "summary", "description", "location", "colorId"),
        "creator": {"email": event.creator, **_self(event.creator == calendar.id)},
        "organizer": _organizer(event, workspace),
        **_ends(event, calendar, shown),
        **_series(event, calendar, shown),
        **_said(event, "transparency", "visibility"),
        "iCalUID": event.ical_uid,
        "sequence": event.sequence,
        **_guests(event, calendar, max_attendees),
        **_properties(event),
        **_said(event, "anyoneCanAddSelf", "guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests"),
        "reminders": dict(event.draft.reminders),
        **_meeting(event),
        **_said(event, "source", "attachments"),
        "eventType": "default",
    }


def print_removed(event: Event, calendar: CalendarRecord) -> dict[str, Any]:
    """What is left of a deleted event for whom it is not kept."""
    head = {"kind": "calendar#event", "etag": event_etag(event), "id": event.id, "status": "cancelled"}
    return {**head, **_series(event, calendar, calendar.time_zone)}


def _head(event: Event) -> dict[str, Any]:
    status = "cancelled" if event.cancelled else event.draft.says("status")
    return {"kind": "calendar#event", "etag": event_etag(event), "id": event.id, "status": status}


def _busy_only(event: Event, calendar: CalendarRecord, shown: str) -> dict[str, Any]:
    return {
        **_head(event),
        "updated": stamp(event.updated),
        **_ends(event, calendar, shown),
        **_series(event, calendar, shown),
        **_said(event, "transparency"),
        "visibility": "private",
        "iCalUID": event.ical_uid,
        "sequence": event.sequence,
        "eventType": "default",
    }


def _said(event: Event, *keys: str) -> dict[str, Any]:
    return {key: event.draft.plain[key] for key in keys if key in event.draft.plain}


def _ends(event: Event, calendar: CalendarRecord, shown: str) -> dict[str, Any]:
    ends = {"start": event.draft.start, "end": event.draft.end}
    return {key: print_when(when, shown_zone=shown, calendar_zone=calendar.time_zone) for key, when in ends.items()}


def _series(event: Event, calendar: CalendarRecord, shown: str) -> dict[str, Any]:
    """The rule of a series, or an instance's place in one."""
    if event.original is None:
        return {"recurrence": list(event.draft.recurrence)} if event.draft.recurrence else {}
    place = print_when(event.original, shown_zone=shown, calendar_zone=calendar.time_zone)
    return {"recurringEventId": event.series, "originalStartTime": place}


def _self(yes: bool) -> dict[str, bool]:
    return {"self": True} if yes else {}


def _organizer(event: Event, workspace: Workspace) -> dict[str, Any]:
    """The organising calendar: a person, or a secondary calendar under its title."""
    home = workspace.services["calendar"].calendars.get(event.organizer)
    name = {"displayName": home.summary} if home is not None and not home.primary else {}
    return {"email": event.organizer, **name, **_self(event.organizer == event.calendar_id)}


def _guests(event: Event, calendar: CalendarRecord, most: int | None) -> dict[str, Any]:
    guests = event.draft.guests
    if not guests:
        return {}
    hidden = event.is_copy and not event.draft.says("guestsCanSeeOtherGuests")
    omitted = hidden or (most is not None and len(guests) > most)
    shown = [one for one in guests if one.email == calendar.id] if omitted else guests
    listed = [print_guest(one, organizer=event.organizer, owner=calendar.id) for one in shown]
    return {"attendees": listed, **({"attendeesOmitted": True} if len(shown) < len(guests) else {})}


def _properties(event: Event) -> dict[str, Any]:
    kept = {"private": dict(event.draft.private), "shared": dict(event.draft.shared)}
    told = {key: value for key, value in kept.items() if value}
    return {"extendedProperties": told} if told else {}


def _meeting(event: Event) -> dict[str, Any]:
    joined = conference.link(event.draft.plain.get("conferenceData"))
    return ({"hangoutLink": joined} if joined else {}) | _said(event, "conferenceData")


def _link(event: Event) -> str:
    name = f"{event.id}_{suffix(event.draft.start)}" if event.draft.recurrence else event.id
    eid = base64.urlsafe_b64encode(f"{name} {event.calendar_id}".encode()).decode().rstrip("=")
    return f"https://www.google.com/calendar/event?eid={eid}"
