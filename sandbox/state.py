"""All of a pretend Google Workspace in one object. ``create_app(workspace)`` serves it; tests read it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

S = TypeVar("S")


@dataclass
class Clock:
    """The sandbox's own time: the machine's, shifted. All times are UTC."""

    offset: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def set(self, moment: datetime) -> None:
        self.offset = moment - datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        self.offset += timedelta(seconds=seconds)


@dataclass
class User:
    """A Google account. ``locale`` and ``time_zone`` are what Calendar and Sheets default to for it."""

    email: str
    name: str = ""
    locale: str = "en_GB"
    time_zone: str = "Europe/London"
    service_account: bool = False


@dataclass
class Ids:
    """Ids that look like Google's and repeat for the same seed."""

    seed: str = "sandbox"
    count: int = 0

    def next(self, length: int = 33, alphabet: str = "") -> str:
        """A fresh id over Drive's alphabet, or the one given."""
        letters = alphabet or "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
        self.count += 1
        digest = hashlib.shake_256(f"{self.seed}:{self.count}".encode()).digest(length)
        return "".join(letters[byte % len(letters)] for byte in digest)


@dataclass
class Workspace:
    """Users, tokens and the state of each service. Every request runs under ``lock``, so a call is atomic.

    Each service keeps its own state object under its name in ``services`` (made on first use by
    ``workspace.service("drive", DriveState)``), so no service imports another's state to exist."""

    clock: Clock = field(default_factory=Clock)
    ids: Ids = field(default_factory=Ids)
    users: dict[str, User] = field(default_factory=dict)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    journal: list[dict[str, Any]] = field(default_factory=list)
    services: dict[str, Any] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    open_access: bool = False

    def service(self, name: str, make: Callable[[], S]) -> S:
        """The state of one service, made on first use."""
        if name not in self.services:
            self.services[name] = make()
        found: S = self.services[name]
        return found
