"""``watch`` on events, access rules, the calendar list and settings, and who hears of which change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sandbox.calendar.access import reach, reach_as_owner
from sandbox.calendar.state import calendar_state
from sandbox.call import Call, Handler, Reply
from sandbox.push.channels import Watched, announce, channel_state, open_channel

_USUAL, _LONGEST = timedelta(days=7), timedelta(days=30)


def events(call: Call) -> Mapping[str, Any]:
    calendar = reach(call).calendar.id
    return _opened(call, f"events {calendar}", f"calendars/{calendar}/events")


def acl(call: Call) -> Mapping[str, Any]:
    calendar = reach_as_owner(call).calendar.id
    return _opened(call, f"acl {calendar}", f"calendars/{calendar}/acl")


def calendar_list(call: Call) -> Mapping[str, Any]:
    return _opened(call, "calendarList", "users/me/calendarList")


def settings(call: Call) -> Mapping[str, Any]:
    return _opened(call, "settings", "users/me/settings")


def _opened(call: Call, resource: str, path: str) -> Mapping[str, Any]:
    uri = f"https://www.googleapis.com/calendar/v3/{path}?alt=json"
    return open_channel(call, Watched(resource=resource, uri=uri, usual=_USUAL, longest=_LONGEST))


def announced(handler: Handler) -> Handler:
    """The handler, whose changes reach the channels that watch for them."""

    def told(call: Call) -> Mapping[str, Any] | Reply:
        before, known = calendar_state(call.workspace).changes, set(calendar_state(call.workspace).calendars)
        result = handler(call)
        if channel_state(call.workspace).channels:
            _tell(call, before, known)
        return result

    return told


def _tell(call: Call, before: int, known: set[str]) -> None:
    state, workspace = calendar_state(call.workspace), call.workspace
    for calendar in state.calendars.values():
        if any(event.change > before for event in calendar.events.values()):
            announce(workspace, f"events {calendar.id}")
    for gone in known - set(state.calendars):
        announce(workspace, f"events {gone}", state="not_exists")
    if call.method.startswith("calendar.acl."):
        announce(workspace, f"acl {reach(call).calendar.id}")
    if call.method.startswith(("calendar.calendarList.", "calendar.calendars.")):
        announce(workspace, "calendarList", user=call.caller.email)
