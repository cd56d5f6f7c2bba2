"""Carries push messages to their addresses, one after the other, while the sandbox answers other calls."""

from __future__ import annotations

import ipaddress
import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests

_PATIENCE = 5


@dataclass
class Courier:
    """Messages are sent in the order given, once each: a receiver that fails misses its message, as it may with
    Google. ``sent`` is what each receiver answered, 0 where none did."""

    sent: list[tuple[str, str, int]] = field(default_factory=list)
    _waiting: queue.Queue[tuple[str, Mapping[str, str], bytes]] = field(default_factory=queue.Queue)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _working: bool = False

    def __getstate__(self) -> dict[str, object]:
        """What a copy of the workspace keeps: the past. Messages under way belong to this process."""
        return {"sent": list(self.sent)}

    def __setstate__(self, state: dict[str, list[tuple[str, str, int]]]) -> None:
        self.__init__(sent=state["sent"])  # type: ignore[misc]  # a fresh courier with that past

    def carry(self, address: str, headers: Mapping[str, str], body: bytes = b"") -> None:
        """Send this message as soon as those before it are sent."""
        with self._lock:
            self._waiting.put((address, headers, body))
            if not self._working:
                self._working = True
                threading.Thread(target=self._work, name="push", daemon=True).start()

    def settle(self) -> None:
        """Wait until every message given so far is sent."""
        self._waiting.join()

    def _work(self) -> None:
        """Sends until nothing waits; the next message starts a new thread."""
        while True:
            with self._lock:
                if self._waiting.empty():
                    self._working = False
                    return
                address, headers, body = self._waiting.get()
            self.sent.append((address, headers["X-Goog-Resource-State"], _posted(address, headers, body)))
            self._waiting.task_done()


def _posted(address: str, headers: Mapping[str, str], body: bytes) -> int:
    """The status that the receiver answered, or 0. Certificates of this machine are its own affair; nothing is ever
    sent off it."""
    if not is_here(address):
        return 0
    try:
        return requests.post(address, data=body, headers=dict(headers), timeout=_PATIENCE, verify=False).status_code
    except requests.RequestException:
        return 0


def is_here(address: str) -> bool:
    """Whether an address is this machine's own."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
