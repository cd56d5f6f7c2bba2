"""``calendar.events.list`` and ``.instances``: order, pages, and incremental sync."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sandbox.calendar import errors, series, tokens
from sandbox.calendar.access import Reach, reach
from sandbox.calendar.events import show
from sandbox.calendar.filters import Key, Query, bound, chosen
from sandbox.calendar.resources import print_removed
from sandbox.calendar.series import Window
from sandbox.calendar.state import Event, calendar_state
from sandbox.calendar.times import micros, stamp, zone_of
from sandbox.call import Call

MOST, USUAL = 2500, 250
NOT_WITH_TOKEN = (
    "iCalUID",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
NO_TOKEN_AFTER = ("orderBy", "q", "updatedMin", "iCalUID", "privateExtendedProperty", "sharedExtendedProperty")


def list_events(call: Call) -> Mapping[str, Any]:
    """One page of a calendar's events; on the last, the token that the next incremental sync starts from. The token
    counts from when the first page was read, so a change between two pages is told by the next sync."""
    found, newest = reach(call), calendar_state(call.workspace).changes
    _check(call)
    said = tokens.sync(call, of=found.calendar.id, newest=newest)
    window = Window(low=_moment(said, "low"), high=_moment(said, "high")) if said else _window(call)
    query = Query(call=call, found=found, window=window, since=int(said["change"]) if said else None)
    page, after = _page(call, chosen(query))
    upto = tokens.page(call).get("upto", newest)
    if after is not None:
        told = {"nextPageToken": tokens.pack({"after": after, "upto": upto})}
    else:
        told = _sync_token(query, upto)
    return {**_head(call, found), **told, "items": [_item(query, event) for event in page]}


def list_instances(call: Call) -> Mapping[str, Any]:
    """One page of the instances of a recurring event, in order; with the last a token for a sync of the calendar.

    Source: NangoHQ/integration-templates' recordings of 2026 (the token)."""
    found, newest = reach(call), calendar_state(call.workspace).changes
    master = series.find(found.calendar, call.params["eventId"])
    if master is None:
        raise errors.not_found()
    _check_range(call)
    zone, deleted = found.calendar.time_zone, call.params.get("showDeleted")
    given = [master] if master.series else series.instances(found.calendar, master, _window(call))
    wanted = [one for one in given if deleted or not one.cancelled]
    if call.params.get("originalStart"):
        wanted = [one for one in wanted if _began(one, zone, call.params["originalStart"])]
    keyed = [((micros(one.draft.start.instant(zone)), 0, 0, one.id), one) for one in wanted]
    page, after = _page(call, sorted(keyed, key=lambda pair: pair[0]))
    if after is not None:
        told = {"nextPageToken": tokens.pack({"after": after})}
    else:
        told = {"nextSyncToken": tokens.sync_token(call, of=found.calendar.id, change=newest, low="", high="")}
    return {**_head(call, found), **told, "items": [show(call, found, event) for event in page]}


def _began(event: Event, zone: str, text: str) -> bool:
    original = event.original or event.draft.start
    if original.day is not None:
        return original.day.isoformat() == text[:10]
    return original.instant(zone) == datetime.fromisoformat(text)


def _page(call: Call, keyed: Sequence[tuple[Key, Event]]) -> tuple[list[Event], Key | None]:
    """The events of this page, and the key that the next one starts after."""
    size = min(call.params.get("maxResults", USUAL), MOST)
    start = tokens.page(call).get("after")
    left = [pair for pair in keyed if start is None or list(pair[0]) > start]
    after = left[size - 1][0] if len(left) > size else None
    return [event for _, event in left[:size]], after


def _head(call: Call, found: Reach) -> dict[str, Any]:
    calendar = found.calendar
    latest = max((event.touched for event in calendar.events.values()), default=calendar.changed)
    latest = max(latest, calendar.changed)
    return {
        "kind": "calendar#events",
        "etag": f'"p{micros(latest):x}"',
        "summary": calendar.summary,
        "description": calendar.description,
        "updated": stamp(latest),
        "timeZone": call.params.get("timeZone") or calendar.time_zone,
        "accessRole": found.role,
        "defaultReminders": default_reminders(call, found),
    }


def default_reminders(call: Call, found: Reach) -> Any:
    """What the caller chose in their list. At first primary calendars remind by a pop-up half an hour before,
    secondary ones not at all."""
    entry = calendar_state(call.workspace).lists.get(call.caller.email.lower(), {}).get(found.calendar.id)
    own = found.calendar.primary and found.role == "owner"
    first = [{"method": "popup", "minutes": 30}] if own else []
    return entry.looks.get("defaultReminders", first) if entry else first


def _sync_token(query: Query, upto: int) -> dict[str, str]:
    """The window of the first list stays in the token: it cannot be said again beside it."""
    if any(query.call.params.get(key) for key in NO_TOKEN_AFTER):
        return {}
    low, high = (moment.isoformat() if moment else "" for moment in (query.window.low, query.window.high))
    of = query.found.calendar.id
    return {"nextSyncToken": tokens.sync_token(query.call, of=of, change=upto, low=low, high=high)}


def _moment(said: Mapping[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(said[name]) if said.get(name) else None


def _window(call: Call) -> Window:
    return Window(low=bound(call, "timeMin"), high=bound(call, "timeMax"))


def _check(call: Call) -> None:
    if call.params.get("orderBy") == "startTime" and not call.params.get("singleEvents"):
        raise errors.ordering_not_available()
    if call.params.get("syncToken"):
        _check_with_token(call)
    _check_range(call)


def _check_range(call: Call) -> None:
    if call.params.get("timeZone"):
        zone_of(call.params["timeZone"])
    low, high = bound(call, "timeMin"), bound(call, "timeMax")
    if low is not None and high is not None and high <= low:
        raise errors.empty_range("timeMax")


def _check_with_token(call: Call) -> None:
    if call.params.get("orderBy"):
        raise errors.sync_token_with_ordering()
    if any(call.params.get(key) for key in NOT_WITH_TOKEN) or call.params.get("showDeleted") is False:
        raise errors.sync_token_with_filters()


def _item(query: Query, event: Event) -> dict[str, Any]:
    """Incremental syncs that did not ask for deleted events hear of them by id alone, and so do lists of a series
    of its cancelled instances."""
    if event.cancelled and not query.call.params.get("showDeleted"):
        return print_removed(event, query.found.calendar)
    return show(query.call, query.found, event)
