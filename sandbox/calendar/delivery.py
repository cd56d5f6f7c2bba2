"""Carries push messages to their addresses, one after the other, while the sandbox answers other calls."""

from __future__ import annotations

import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

import requests

_PATIENCE = 5


@dataclass
class Courier:
    """Messages are sent in the order given, once each: a receiver that fails misses its message, as it may with
    Google. ``sent`` is what each receiver answered, 0 where none did."""

    sent: list[tuple[str, str, int]] = field(default_factory=list)
    _waiting: queue.Queue[tuple[str, Mapping[str, str]]] = field(default_factory=queue.Queue)
    _thread: threading.Thread | None = None

    def carry(self, address: str, headers: Mapping[str, str]) -> None:
        """Send this message as soon as those before it are sent."""
        self._waiting.put((address, headers))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="calendar push", daemon=True)
            self._thread.start()

    def settle(self) -> None:
        """Wait until every message given so far is sent."""
        self._waiting.join()

    def _work(self) -> None:
        while True:
            address, headers = self._waiting.get()
            try:
                answer = requests.post(address, headers=dict(headers), timeout=_PATIENCE, verify=False)
                status = answer.status_code
            except requests.RequestException:
                status = 0
            self.sent.append((address, headers["X-Goog-Resource-State"], status))
            self._waiting.task_done()
