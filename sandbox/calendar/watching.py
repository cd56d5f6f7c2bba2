"""``watch`` on events, access rules, the calendar list and settings, and who hears of which change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.calendar.access import reach, reach_as_owner
from sandbox.calendar.channels import announce, channel_state, open_channel
from sandbox.calendar.state import calendar_state
from sandbox.call import Call, Handler, Reply


def events(call: Call) -> Mapping[str, Any]:
    calendar = reach(call).calendar.id
    return open_channel(call, resource=f"events {calendar}", path=f"calendars/{calendar}/events")


def acl(call: Call) -> Mapping[str, Any]:
    calendar = reach_as_owner(call).calendar.id
    return open_channel(call, resource=f"acl {calendar}", path=f"calendars/{calendar}/acl")


def calendar_list(call: Call) -> Mapping[str, Any]:
    return open_channel(call, resource="calendarList", path="users/me/calendarList")


def settings(call: Call) -> Mapping[str, Any]:
    return open_channel(call, resource="settings", path="users/me/settings")


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
