"""Lists that are followed by sync tokens like events are: access rules, the calendar list, settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.calendar import tokens
from sandbox.calendar.state import calendar_state
from sandbox.calendar.times import micros
from sandbox.call import Call

MOST, USUAL = 250, 100


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry, when it last changed, and whether it is there no more: then only syncs tell of it."""

    changed: datetime
    wire: Mapping[str, Any]
    gone: bool = False


def feed(call: Call, items: Iterable[Item], *, of: str) -> dict[str, Any]:
    """The page of ``items`` that the call asks for, with the token of the next page or of the next sync."""
    newest = micros(calendar_state(call.workspace).last_touch)
    said = tokens.sync(call, of=of, newest=newest)
    shown = [one for one in items if not one.gone or said or call.params.get("showDeleted")]
    if said:
        shown = [one for one in shown if micros(one.changed) > said["change"]]
    start = int(tokens.page(call).get("after", 0))
    end = start + min(call.params.get("maxResults", USUAL), MOST)
    if end < len(shown):
        told = {"nextPageToken": tokens.pack({"after": end})}
    else:
        told = {"nextSyncToken": tokens.sync_token(call, of=of, change=newest)}
    return {**told, "items": [one.wire for one in shown[start:end]]}
