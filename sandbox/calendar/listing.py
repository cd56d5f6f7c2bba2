"""``calendar.events.list``: filters, order, pages, and incremental sync."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.calendar import errors
from sandbox.calendar.access import Reach, reach, sees_details
from sandbox.calendar.events import show
from sandbox.calendar.resources import print_removed
from sandbox.calendar.state import CalendarState, Event, calendar_state
from sandbox.calendar.times import micros, parse_bound, stamp, zone_of
from sandbox.call import Call

MOST, USUAL = 2500, 250
TOKEN_LIFE = timedelta(days=28)
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


@dataclass(frozen=True, kw_only=True)
class Query:
    """A list request, checked. ``since`` is the change number behind its sync token, or None."""

    call: Call
    found: Reach
    since: int | None
    offset: int
    size: int


def list_events(call: Call) -> Mapping[str, Any]:
    """One page of a calendar's events; on the last, the token that the next incremental sync starts from."""
    found, state = reach(call), calendar_state(call.workspace)
    _check(call)
    query = Query(
        call=call,
        found=found,
        since=_since(call, found, state),
        offset=_offset(call.params.get("pageToken", "")),
        size=min(call.params.get("maxResults", USUAL), MOST),
    )
    matching = _matching(query)
    page = matching[query.offset : query.offset + query.size]
    more = query.offset + query.size < len(matching)
    return {**_head(query), **_tokens(query, state, more), "items": [_item(query, event) for event in page]}


def _head(query: Query) -> dict[str, Any]:
    calendar = query.found.calendar
    latest = max((event.touched for event in calendar.events.values()), default=calendar.changed)
    latest = max(latest, calendar.changed)
    return {
        "kind": "calendar#events",
        "etag": f'"p{micros(latest):x}"',
        "summary": calendar.summary,
        "description": calendar.description,
        "updated": stamp(latest),
        "timeZone": query.call.params.get("timeZone") or calendar.time_zone,
        "accessRole": query.found.role,
        "defaultReminders": default_reminders(query.found),
    }


def default_reminders(found: Reach) -> list[dict[str, Any]]:
    """Primary calendars remind by a pop-up half an hour before; secondary ones not at all."""
    own = found.calendar.primary and found.role == "owner"
    return [{"method": "popup", "minutes": 30}] if own else []


def _tokens(query: Query, state: CalendarState, more: bool) -> dict[str, str]:
    if more:
        return {"nextPageToken": _pack({"offset": query.offset + query.size})}
    if any(query.call.params.get(key) for key in NO_TOKEN_AFTER):
        return {}
    said = {
        "calendar": query.found.calendar.id,
        "change": state.changes,
        "at": micros(query.call.workspace.clock.now()),
    }
    return {"nextSyncToken": _pack(said)}


def _check(call: Call) -> None:
    if call.params.get("timeZone"):
        zone_of(call.params["timeZone"])
    if call.params.get("orderBy") == "startTime" and not call.params.get("singleEvents"):
        raise errors.ordering_not_available()
    if call.params.get("syncToken"):
        _check_with_token(call)
    low, high = _bound(call, "timeMin"), _bound(call, "timeMax")
    if low is not None and high is not None and high <= low:
        raise errors.empty_range("timeMax")


def _check_with_token(call: Call) -> None:
    if call.params.get("orderBy"):
        raise errors.sync_token_with_ordering()
    if any(call.params.get(key) for key in NOT_WITH_TOKEN) or call.params.get("showDeleted") is False:
        raise errors.sync_token_with_filters()


def _since(call: Call, found: Reach, state: CalendarState) -> int | None:
    token = call.params.get("syncToken")
    if not token:
        return None
    said = _unpack(token)
    age = micros(call.workspace.clock.now()) - said.get("at", 0)
    stale = age > TOKEN_LIFE / timedelta(microseconds=1) or said.get("change", -1) > state.changes
    if said.get("calendar") != found.calendar.id or stale:
        raise errors.full_sync_required()
    return int(said["change"])


def _offset(token: str) -> int:
    if not token:
        return 0
    said = _unpack(token)
    if "offset" not in said:
        raise errors.invalid(location="pageToken")
    return int(said["offset"])


def _matching(query: Query) -> list[Event]:
    tests = _tests(query)
    chosen = [event for event in query.found.calendar.events.values() if all(test(event) for test in tests)]
    zone = query.found.calendar.time_zone
    if query.call.params.get("orderBy") == "startTime":
        return sorted(chosen, key=lambda event: (event.draft.start.instant(zone), event.id))
    return sorted(chosen, key=lambda event: (event.updated, event.change))


def _tests(query: Query) -> list[Callable[[Event], bool]]:
    params, zone = query.call.params, query.found.calendar.time_zone
    low, high, updated = (_bound(query.call, name) for name in ("timeMin", "timeMax", "updatedMin"))
    tests: list[Callable[[Event], bool]] = []
    if query.since is not None:
        since = query.since
        return [lambda event: event.change > since]
    if not params.get("showDeleted") and updated is None:
        tests.append(lambda event: not event.cancelled)
    if updated is not None:
        tests.append(lambda event: event.updated >= updated)
    if low is not None:
        tests.append(lambda event: event.draft.end.instant(zone) > low)
    if high is not None:
        tests.append(lambda event: event.draft.start.instant(zone) < high)
    return tests + _word_tests(query)


def _word_tests(query: Query) -> list[Callable[[Event], bool]]:
    params, tests = query.call.params, list[Callable[[Event], bool]]()
    if params.get("iCalUID"):
        tests.append(lambda event: event.ical_uid == params["iCalUID"])
    if params.get("eventTypes"):
        tests.append(lambda _: "default" in params["eventTypes"])
    for pair in params.get("privateExtendedProperty") or ():
        tests.append(_has_property(query, "private", pair))
    for pair in params.get("sharedExtendedProperty") or ():
        tests.append(_has_property(query, "shared", pair))
    if params.get("q"):
        tests.append(lambda event: _mentions(query, event, params["q"]))
    return tests


def _has_property(query: Query, kind: str, pair: str) -> Callable[[Event], bool]:
    key, separator, value = pair.partition("=")
    if not separator:
        raise errors.invalid(location=f"{kind}ExtendedProperty")
    return lambda event: _open(query, event) and getattr(event.draft, kind).get(key) == value


def _mentions(query: Query, event: Event, words: str) -> bool:
    """Every word stands in the title, description, place or a guest's name or address."""
    if not _open(query, event):
        return False
    texts = [str(event.draft.says(key) or "") for key in ("summary", "description", "location")]
    texts += [text for guest in event.draft.guests for text in (guest.email, guest.display_name)]
    return all(word in " ".join([*texts, event.organizer]).lower() for word in words.lower().split())


def _open(query: Query, event: Event) -> bool:
    return sees_details(event, query.call.caller.email, query.found.role)


def _item(query: Query, event: Event) -> dict[str, Any]:
    """Incremental syncs that did not ask for deleted events hear of them by id alone."""
    if event.cancelled and query.since is not None and not query.call.params.get("showDeleted"):
        return print_removed(event)
    return show(query.call, query.found, event)


def _bound(call: Call, name: str) -> datetime | None:
    text = call.params.get(name)
    return parse_bound(text, name) if text else None


def _pack(said: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode()


def _unpack(token: str) -> dict[str, Any]:
    """What a token says; nothing where it is none of ours."""
    try:
        said = json.loads(base64.urlsafe_b64decode(token.encode()))
    except (ValueError, binascii.Error):
        return {}
    return said if isinstance(said, dict) else {}
