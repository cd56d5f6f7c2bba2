"""``calendar.calendarList``: the calendars a person keeps in view."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sandbox.calendar import errors, feed
from sandbox.calendar.access import ROLES, Reach, reach, role_of
from sandbox.calendar.listing import default_reminders
from sandbox.calendar.resources import print_calendar
from sandbox.calendar.state import CalendarRecord, ListEntry, calendar_state, primary_of
from sandbox.calendar.times import micros
from sandbox.call import Call, Reply
from sandbox.state import User

LOOKS = (
    "colorId",
    "backgroundColor",
    "foregroundColor",
    "hidden",
    "selected",
    "summaryOverride",
    "defaultReminders",
    "notificationSettings",
)
MAIL_KINDS = ("eventCreation", "eventChange", "eventCancellation", "eventResponse")
_FIRST_LOOK = {"colorId": "14", "backgroundColor": "#9fe1e7", "foregroundColor": "#000000", "selected": True}


def list_entries(call: Call) -> Mapping[str, Any]:
    """Every calendar in the caller's list that they may still see; a sync also tells of those that left it."""
    seen = _visible(call)
    items = [feed.Item(changed=_changed(found, entry), wire=_print(call, found, entry)) for found, entry in seen]
    items += _gone(call)
    latest = max((item.changed for item in items), default=calendar_state(call.workspace).last_touch)
    told = feed.feed(call, items, of=f"calendarList {call.caller.email}")
    return {"kind": "calendar#calendarList", "etag": f'"p{micros(latest):x}"', **told}


def _gone(call: Call) -> list[feed.Item]:
    mine = _mine(call)
    return [
        feed.Item(changed=moment, wire=_print_gone(calendar_id, moment), gone=True)
        for (email, calendar_id), moment in calendar_state(call.workspace).gone.items()
        if email == call.caller.email.lower() and calendar_id not in mine
    ]


def _print_gone(calendar_id: str, moment: datetime) -> dict[str, Any]:
    kind = {"kind": "calendar#calendarListEntry", "etag": f'"{micros(moment)}"'}
    return {**kind, "id": calendar_id, "defaultReminders": [], "deleted": True}


def _changed(found: Reach, entry: ListEntry) -> datetime:
    return max(entry.changed, found.calendar.changed)


def get(call: Call) -> Mapping[str, Any]:
    found = reach(call)
    entry = _mine(call).get(found.calendar.id)
    if entry is None:
        raise errors.not_found()
    return _print(call, found, entry)


def insert(call: Call) -> Mapping[str, Any]:
    """A calendar that was shared with the caller, put in their list."""
    if not call.body.get("id"):
        raise errors.required("Missing calendar id.")
    record = calendar_state(call.workspace).calendars.get(call.body["id"])
    role = role_of(record, call.caller.email) if record is not None else "none"
    if record is None or role == "none":
        raise errors.not_found()
    moment = calendar_state(call.workspace).tick(call.workspace)
    entry = _mine(call).setdefault(record.id, ListEntry(calendar_id=record.id, changed=moment))
    entry.looks.update(_looks(call.body))
    return _print(call, Reach(calendar=record, role=role), entry)


def patch(call: Call) -> Mapping[str, Any]:
    found = reach(call)
    entry = _mine(call).get(found.calendar.id)
    if entry is None:
        raise errors.not_found()
    entry.looks.update(_looks(call.body))
    entry.changed = calendar_state(call.workspace).tick(call.workspace)
    return _print(call, found, entry)


def update(call: Call) -> Mapping[str, Any]:
    """As ``patch``, but what the body leaves out goes back to what it was at first."""
    entry = _mine(call).get(reach(call).calendar.id)
    if entry is not None:
        entry.looks.clear()
    return patch(call)


def delete(call: Call) -> Reply:
    """Out of the caller's list; the calendar itself stays. A person's own calendar cannot leave it."""
    found = reach(call)
    if found.calendar.owner == call.caller.email:
        raise errors.owners_own_calendar()
    if _mine(call).pop(found.calendar.id, None) is None:
        raise errors.not_found()
    state = calendar_state(call.workspace)
    state.gone[call.caller.email.lower(), found.calendar.id] = state.tick(call.workspace)
    return Reply(status=204, content_type="text/html")


def _mine(call: Call) -> dict[str, ListEntry]:
    email = call.caller.email.lower()
    primary_of(call.workspace, call.workspace.users.get(email, User(email=email)))
    return calendar_state(call.workspace).lists.setdefault(email, {})


def _visible(call: Call) -> list[tuple[Reach, ListEntry]]:
    least = ROLES.index(call.params.get("minAccessRole", "freeBusyReader"))
    found = []
    for entry in _mine(call).values():
        record: CalendarRecord | None = calendar_state(call.workspace).calendars.get(entry.calendar_id)
        role = role_of(record, call.caller.email) if record is not None else "none"
        shown = call.params.get("showHidden") or not entry.looks.get("hidden")
        if record is not None and ROLES.index(role) >= least and shown:
            found.append((Reach(calendar=record, role=role), entry))
    return found


def _looks(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: body[key] for key in LOOKS if key in body}


def _print(call: Call, found: Reach, entry: ListEntry) -> dict[str, Any]:
    calendar = print_calendar(found.calendar)
    conference = calendar.pop("conferenceProperties")
    primary = found.calendar.id == call.caller.email.lower()
    told = [{"type": kind, "method": "email"} for kind in MAIL_KINDS]
    return {
        **calendar,
        "kind": "calendar#calendarListEntry",
        "etag": f'"{micros(_changed(found, entry))}"',
        **_FIRST_LOOK,
        "accessRole": found.role,
        "defaultReminders": default_reminders(call, found),
        **({"notificationSettings": {"notifications": told}} if primary else {}),
        **({"primary": True} if primary else {}),
        **entry.looks,
        "conferenceProperties": conference,
    }
