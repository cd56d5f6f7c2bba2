"""``calendar.calendars``: insert, get, patch, update, delete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.calendar import errors
from sandbox.calendar.access import reach, reach_as_owner
from sandbox.calendar.copies import spread
from sandbox.calendar.resources import print_calendar
from sandbox.calendar.state import HEX, CalendarRecord, add_calendar, calendar_state, primary_of
from sandbox.calendar.times import zone_of
from sandbox.call import Call, Reply
from sandbox.state import User


def get(call: Call) -> Mapping[str, Any]:
    return print_calendar(reach(call).calendar)


def insert(call: Call) -> Mapping[str, Any]:
    """A secondary calendar of the caller's, in their time zone unless they say another."""
    state, email = calendar_state(call.workspace), call.caller.email.lower()
    user = call.workspace.users.get(email, User(email=email))
    primary_of(call.workspace, user)
    record = CalendarRecord(
        id=f"{call.workspace.ids.next(64, HEX)}@group.calendar.google.com",
        owner=email,
        summary=_summary(call.body),
        time_zone=_zone(call.body) or user.time_zone,
        changed=state.tick(call.workspace),
        description=call.body.get("description") or "",
        location=call.body.get("location") or "",
        client_id=call.caller.client_id,
    )
    add_calendar(state, record)
    return print_calendar(record)


def patch(call: Call) -> Mapping[str, Any]:
    record = reach_as_owner(call).calendar
    said = {name: call.body[name] or "" for name in ("description", "location") if name in call.body}
    if "summary" in call.body:
        said["summary"] = _summary(call.body)
    return _written(call, record, said)


def update(call: Call) -> Mapping[str, Any]:
    record = reach_as_owner(call).calendar
    said = {name: call.body.get(name) or "" for name in ("description", "location")}
    return _written(call, record, said | {"summary": _summary(call.body)})


def _written(call: Call, record: CalendarRecord, said: Mapping[str, str]) -> Mapping[str, Any]:
    """The calendar with these values. Those it had already leave its etag as it was.

    Source: a live answer, in github.com/mmedum/google-calendar-mcp, docs/architecture.md."""
    wanted = {**said, "time_zone": _zone(call.body) or record.time_zone}
    if any(getattr(record, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(record, name, value)
        record.changed = calendar_state(call.workspace).tick(call.workspace)
    return print_calendar(record)


def delete(call: Call) -> Reply:
    """A secondary calendar and its events, gone from guests' calendars too."""
    record, state = reach_as_owner(call).calendar, calendar_state(call.workspace)
    if record.primary:
        raise errors.forbidden()
    moment = state.tick(call.workspace)
    for event in record.events.values():
        event.cancelled = True
        spread(call.workspace, event, moment)
    del state.calendars[record.id]
    for email, entries in state.lists.items():
        if entries.pop(record.id, None) is not None:
            state.gone[email, record.id] = moment
    return Reply(status=204, content_type="text/html")


def _summary(body: Mapping[str, Any]) -> str:
    if not body.get("summary"):
        raise errors.required("Missing summary.")
    return str(body["summary"])


def _zone(body: Mapping[str, Any]) -> str:
    name = str(body.get("timeZone") or "")
    if name:
        zone_of(name)
    return name
