"""Google's quotas on the sandbox's clock: per minute for a person and for a project, and Drive's rate of writes.

Off until they are switched on. A project is an OAuth client; a service account counts as one person. Each part of a
batch counts. A refused call costs nothing and changes nothing."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox import quota_refusals
from sandbox.call import Caller
from sandbox.discovery import Method
from sandbox.journal import is_write
from sandbox.state import Workspace

LIMITS: Mapping[str, int] = {
    "sheets.read.user": 60,
    "sheets.read.project": 300,
    "sheets.write.user": 60,
    "sheets.write.project": 300,
    "docs.read.user": 300,
    "docs.read.project": 3000,
    "docs.write.user": 60,
    "docs.write.project": 600,
    "drive.units.user": 325_000,
    "drive.units.project": 1_000_000,
    "drive.writes.user": 3,
    "calendar.queries.user": 600,
    "calendar.queries.project": 10_000,
}
_MINUTE, _SECOND = timedelta(minutes=1), timedelta(seconds=1)
_UNITS = {"list": 100, "get": 5, "download": 200, "export": 200, "create": 50, "update": 50, "copy": 50, "delete": 50}


@dataclass
class QuotaState:
    """Whether quotas hold, the limits that differ from Google's, and what was used when: by limit and whose it is."""

    on: bool = False
    limits: dict[str, int] = field(default_factory=dict)
    used: dict[tuple[str, str], deque[tuple[datetime, int]]] = field(default_factory=dict)

    def limit(self, name: str) -> int:
        return self.limits.get(name, LIMITS[name])


def quota_state(workspace: Workspace) -> QuotaState:
    return workspace.service("quotas", QuotaState)


def switch(workspace: Workspace, *, on: bool = True, limits: Mapping[str, int] | None = None) -> None:
    """Put quotas in force, or out of it, with nothing used yet. Raises ValueError naming an unknown limit."""
    if unknown := set(limits or {}) - set(LIMITS):
        raise ValueError(f"unknown limits: {', '.join(sorted(unknown))}; known: {', '.join(LIMITS)}")
    workspace.services["quotas"] = QuotaState(
        on=on, limits={key: int(value) for key, value in (limits or {}).items()}
    )


def charge(workspace: Workspace, method: Method, who: Caller) -> None:
    """Count this call. Raises ApiError (429, or 403 in Drive and Calendar) where a quota is used up."""
    state = quota_state(workspace)
    if not state.on:
        return
    now, costs = workspace.clock.now(), list(_costs(method, who))
    for name, whose, cost in costs:
        spent = _spent(state, name, whose, now)
        if sum(units for _, units in spent) + cost > state.limit(name):
            raise quota_refusals.refusal(name, who.client_id, limit=state.limit(name), wait=_wait(name, spent, now))
    for name, whose, cost in costs:
        state.used[name, whose].append((now, cost))


def told(workspace: Workspace) -> dict[str, Any]:
    """What holds, and how much of it is used at this moment."""
    state, now = quota_state(workspace), workspace.clock.now()
    used = {
        f"{name} {whose}": sum(units for _, units in _spent(state, name, whose, now)) for name, whose in [*state.used]
    }
    return {"on": state.on, "limits": {name: state.limit(name) for name in LIMITS}, "used": used}


def _costs(method: Method, who: Caller) -> Iterator[tuple[str, str, int]]:
    """Each limit that the call counts against, whose it is there, and how much it costs."""
    api = method.api.name.partition(".")[0]
    person = f"{who.client_id} {who.email}"
    kind, cost = {
        "drive": ("units", drive_units(method)),
        "calendar": ("queries", 1),
    }.get(api, ("write" if is_write(method) else "read", 1))
    yield f"{api}.{kind}.user", person, cost
    yield f"{api}.{kind}.project", who.client_id, cost
    if api == "drive" and is_write(method):
        yield "drive.writes.user", person, 1


def drive_units(method: Method) -> int:
    """What a call of Drive costs in the units of 2026: lists 100, downloads 200, edits 50, the rest 5."""
    verb = method.id.rpartition(".")[2]
    if method.http_method == "GET":
        return _UNITS["list"] if verb == "list" else _UNITS.get(verb, 5)
    return _UNITS.get(verb, 5)


def _spent(state: QuotaState, name: str, whose: str, now: datetime) -> deque[tuple[datetime, int]]:
    """What still counts: the window slides."""
    held = state.used.setdefault((name, whose), deque())
    window = _SECOND if name == "drive.writes.user" else _MINUTE
    while held and not now - window < held[0][0] <= now:
        held.popleft()
    return held


def _wait(name: str, spent: deque[tuple[datetime, int]], now: datetime) -> int:
    """Whole seconds until something of it is free again."""
    window = _SECOND if name == "drive.writes.user" else _MINUTE
    return max(1, math.ceil((spent[0][0] + window - now) / _SECOND)) if spent else 60
