"""``calendar.freebusy.query``: when people are busy, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from sandbox.calendar import errors, series
from sandbox.calendar.access import find_calendar, role_of
from sandbox.calendar.state import CalendarRecord
from sandbox.calendar.times import parse_bound, rfc3339, stamp, zone_of
from sandbox.call import Call

Span = tuple[datetime, datetime]


def query(call: Call) -> Mapping[str, Any]:
    low, high = _bound(call, "timeMin"), _bound(call, "timeMax")
    if high <= low:
        raise errors.empty_range("timeMax")
    wanted = [item.get("id", "") for item in call.body.get("items") or ()]
    zone = zone_of(call.body.get("timeZone") or "UTC")
    many = len(wanted) > (call.body.get("calendarExpansionMax") or len(wanted))
    return {
        "kind": "calendar#freeBusy",
        "timeMin": stamp(low),
        "timeMax": stamp(high),
        "calendars": {
            one: _refused("tooManyCalendarsRequested") if many else _answer(call, one, (low, high), zone)
            for one in wanted
        },
    }


def _bound(call: Call, name: str) -> datetime:
    if not call.body.get(name):
        raise errors.required(f"Missing {name}.")
    return parse_bound(call.body[name], name).astimezone(UTC)


def _refused(reason: str) -> dict[str, Any]:
    return {"errors": [{"domain": "global", "reason": reason}], "busy": []}


def _answer(call: Call, calendar_id: str, window: Span, zone: tzinfo) -> dict[str, Any]:
    record = find_calendar(call.workspace, call.caller.email, calendar_id)
    if record is None or role_of(record, call.caller.email) == "none":
        return _refused("notFound")
    merged = _merge(_busy(record, window))
    return {
        "busy": [
            {"start": rfc3339(first.astimezone(zone)), "end": rfc3339(last.astimezone(zone))}
            for first, last in merged
        ]
    }


def _busy(record: CalendarRecord, window: Span) -> list[Span]:
    low, high = window
    zone = record.time_zone
    spans = [
        (event.draft.start.instant(zone), event.draft.end.instant(zone))
        for event in series.occurring(record, series.Window(low=low, high=high))
        if not event.cancelled and event.draft.says("transparency") == "opaque"
    ]
    return sorted((max(first, low), min(last, high)) for first, last in spans)


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for first, last in spans:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
