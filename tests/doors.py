"""Our own door to Google, opened on a sandbox, with time that never passes by itself."""

from __future__ import annotations

import collections
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import clients

from sandbox import faults
from sandbox.server import RunningSandbox
from server.google.door import Door
from server.google.endpoints import Endpoints
from server.google.retry import ATTENDED, Patience, Waiting
from server.google.transport import Probe

SENCO = "senco@school.example"
SCOPES = ("drive.file", "calendar.app.created", "calendar.calendarlist.readonly")


@dataclass
class StillTime:
    """A clock that only sleeping moves; ``slept`` is what was waited for."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def waiting(self) -> Waiting:
        return Waiting(sleep=self.sleep, clock=lambda: self.now, dice=lambda: 0.0)


def open_door(
    sandbox: RunningSandbox,
    email: str = SENCO,
    *,
    scopes: Iterable[str] = SCOPES,
    patience: Patience = ATTENDED,
    time: StillTime | None = None,
    probe: Probe | None = None,
) -> Door:
    """A door with a real access token of this person."""
    return Door(
        clients.credentials(sandbox, email, scopes=scopes),
        Endpoints.at(sandbox.url),
        patience=patience,
        waiting=(time or StillTime()).waiting,
        probe=probe,
    )


def calls(sandbox: RunningSandbox) -> dict[str, int]:
    """How often each method was called so far, parts of batches included, from the sandbox's journal."""
    return dict(collections.Counter(entry["method"] for entry in sandbox.workspace.journal))


def fault(sandbox: RunningSandbox, **rule: Any) -> None:
    """Put a fault in force from now on."""
    faults.add(sandbox.workspace, faults.Rule(**rule))
