"""``calendar.settings`` and ``calendar.colors``: what Calendar says of a person's preferences and palette."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.calendar import errors, feed
from sandbox.calendar.state import primary_of
from sandbox.calendar.times import micros
from sandbox.call import Call
from sandbox.state import User

CALENDAR_COLOURS = (
    "ac725e d06b64 f83a22 fa573c ff7537 ffad46 42d692 16a765 7bd148 b3dc6c fbe983 fad165 "
    "92e1c0 9fe1e7 9fc6e7 4986e7 9a9cff b99aff c2c2c2 cabdbf cca6ac f691b2 cd74e6 a47ae2"
)
EVENT_COLOURS = "a4bdfc 7ae7bf dbadff ff887c fbd75b ffb878 46d6db e1e1e1 5484ed 51b749 dc2127"


def get(call: Call) -> Mapping[str, Any]:
    name = call.params["setting"]
    values = _values(call)
    if name not in values:
        raise errors.not_found()
    return _print(call, name, values[name])


def list_settings(call: Call) -> Mapping[str, Any]:
    changed = primary_of(call.workspace, _user(call)).changed
    values = sorted(_values(call).items())
    items = [feed.Item(changed=changed, wire=_print(call, name, value)) for name, value in values]
    told = feed.feed(call, items, of=f"settings {call.caller.email}")
    return {"kind": "calendar#settings", "etag": f'"p{micros(changed):x}"', **told}


def colours(_: Call) -> Mapping[str, Any]:
    return {
        "kind": "calendar#colors",
        "updated": "2012-02-14T00:00:00.000Z",
        "calendar": _palette(CALENDAR_COLOURS),
        "event": _palette(EVENT_COLOURS),
    }


def _user(call: Call) -> User:
    return call.workspace.users.get(call.caller.email, User(email=call.caller.email))


def _values(call: Call) -> dict[str, str]:
    user = _user(call)
    british = user.locale != "en_US"
    return {
        "autoAddHangouts": "true",
        "dateFieldOrder": "DMY" if british else "MDY",
        "defaultEventLength": "60",
        "format24HourTime": "true" if british else "false",
        "hideInvitations": "false",
        "hideWeekends": "false",
        "locale": user.locale,
        "remindOnRespondedEventsOnly": "false",
        "showDeclinedEvents": "true",
        "timezone": user.time_zone,
        "useKeyboardShortcuts": "true",
        "weekStart": "1" if british else "0",
    }


def _etag(call: Call) -> str:
    return f'"{micros(primary_of(call.workspace, _user(call)).changed)}"'


def _print(call: Call, name: str, value: str) -> dict[str, Any]:
    return {"kind": "calendar#setting", "etag": _etag(call), "id": name, "value": value}


def _palette(backgrounds: str) -> dict[str, Any]:
    numbered = enumerate(backgrounds.split(), 1)
    return {str(number): {"background": f"#{one}", "foreground": "#1d1d1d"} for number, one in numbered}
