"""When to ask Google again. ``decide`` is pure; ``Attempts`` waits as told.

A refusal for going too fast was not carried out, so repeating it is always safe. A server error or a lost
connection may hide a success, so it is repeated only where a second time changes nothing.
https://developers.google.com/workspace/drive/api/guides/limits
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum

RATE_CODES = frozenset({"userRateLimitExceeded", "rateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"})


class Failure(Enum):
    """What a failed attempt tells of the call: not done, perhaps done, or refused for good."""

    RATE = "rate"
    UNSENT = "unsent"
    AMBIGUOUS = "ambiguous"
    FINAL = "final"


@dataclass(frozen=True, kw_only=True)
class Setback:
    """One failed attempt. ``retry_after`` is what Google asked us to wait, in seconds; 0 if it did not say."""

    kind: Failure
    retry_after: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long one call may take with all its repeats, and how long each attempt may. Seconds."""

    total: float = 60.0
    attempt: float = 30.0
    connect: float = 10.0
    ceiling: float = 32.0


ATTENDED = Patience()


def failure_of(status: int, codes: frozenset[str]) -> Failure:
    """What an HTTP status with Google's reason codes tells of the call."""
    if status == 429 or (status == 403 and codes & RATE_CODES):
        return Failure.RATE
    return Failure.AMBIGUOUS if status >= 500 else Failure.FINAL


def retry_after(header: str | None, now: datetime | None = None) -> float:
    """The seconds a Retry-After header asks for, whether it gives seconds or a date; 0 if it says neither."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())


def decide(
    setback: Setback, *, attempt: int, elapsed: float, safe: bool, patience: Patience, jitter: float
) -> float | None:
    """The seconds to wait before the next attempt, or None to give up.

    ``attempt`` counts from 0; ``elapsed`` is what the call has taken so far; ``jitter`` is in [0, 1).
    The wait is never shorter than Retry-After, and never reaches past ``patience.total``."""
    if setback.kind is Failure.FINAL or (setback.kind is Failure.AMBIGUOUS and not safe):
        return None
    backoff = min(2.0 ** min(attempt, 30) + jitter, patience.ceiling)
    wait = max(backoff, setback.retry_after)
    return wait if elapsed + wait < patience.total else None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The clock, the sleep and the dice that waiting needs."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    dice: Callable[[], float] = random.random


@dataclass
class Attempts:
    """The attempts at one call so far."""

    patience: Patience
    waiting: Waiting
    count: int = 0
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.waiting.clock()

    @property
    def elapsed(self) -> float:
        return self.waiting.clock() - self.started

    @property
    def timeout(self) -> tuple[float, float]:
        """Connect and read time-outs of the next attempt: no longer than what is left of the whole."""
        left = max(0.1, self.patience.total - self.elapsed)
        return min(self.patience.connect, left), min(self.patience.attempt, left)

    def again(self, setback: Setback, *, safe: bool) -> bool:
        """Wait as the policy says and return True, or return False at once to give up."""
        wait = decide(
            setback,
            attempt=self.count,
            elapsed=self.elapsed,
            safe=safe,
            patience=self.patience,
            jitter=self.waiting.dice(),
        )
        if wait is None:
            return False
        self.count += 1
        self.waiting.sleep(wait)
        return True
