"""When a call to Google is repeated, and when it is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.google.retry import (
    Attempts,
    Failure,
    Patience,
    Setback,
    Waiting,
    decide,
    failure_of,
    retry_after,
)

PATIENCE = Patience()
setbacks = st.builds(Setback, kind=st.sampled_from(Failure), retry_after=st.one_of(st.just(0.0), st.floats(0, 500)))
jitters = st.floats(0, 1, exclude_max=True)


class FakeTime:
    """A clock that only sleeping and working move."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def waiting(self, dice: float = 0.5) -> Waiting:
        return Waiting(sleep=self.sleep, clock=lambda: self.now, dice=lambda: dice)


def wait(setback: Setback, *, attempt: int = 0, elapsed: float = 0.0, safe: bool = False) -> float | None:
    return decide(setback, attempt=attempt, elapsed=elapsed, safe=safe, patience=PATIENCE, jitter=0.5)


@given(st.lists(st.tuples(setbacks, st.floats(0, 30)), max_size=200), jitters, st.booleans())
def test_all_waits_of_a_call_together_stay_within_its_patience(
    history: list[tuple[Setback, float]], dice: float, safe: bool
) -> None:
    time = FakeTime()
    attempts = Attempts(PATIENCE, time.waiting(dice))
    for setback, work in history:
        time.now += work
        if not attempts.again(setback, safe=safe):
            break
    assert sum(time.slept) <= PATIENCE.total
    assert len(time.slept) <= PATIENCE.total


@given(setbacks, st.integers(0, 1000), st.floats(0, 60), jitters, st.booleans())
def test_a_wait_is_never_shorter_than_google_asked(
    setback: Setback, attempt: int, elapsed: float, jitter: float, safe: bool
) -> None:
    chosen = decide(setback, attempt=attempt, elapsed=elapsed, safe=safe, patience=PATIENCE, jitter=jitter)
    assert chosen is None or chosen >= max(1.0, setback.retry_after)


@given(setbacks, st.integers(0, 20), jitters)
def test_waits_grow_up_to_the_ceiling(setback: Setback, attempt: int, jitter: float) -> None:
    chosen = decide(setback, attempt=attempt, elapsed=0.0, safe=True, patience=PATIENCE, jitter=jitter)
    expected = max(min(2.0**attempt + jitter, PATIENCE.ceiling), setback.retry_after)
    assert chosen in (None, expected)


def test_a_call_that_came_too_fast_is_repeated_even_where_repeating_is_unsafe() -> None:
    assert wait(Setback(kind=Failure.RATE), safe=False) == 1.5


def test_a_server_fault_is_repeated_only_where_repeating_is_safe() -> None:
    assert wait(Setback(kind=Failure.AMBIGUOUS), safe=True) == 1.5
    assert wait(Setback(kind=Failure.AMBIGUOUS), safe=False) is None


def test_a_request_that_never_left_is_repeated_whatever_it_is() -> None:
    assert wait(Setback(kind=Failure.UNSENT), safe=False) == 1.5


def test_a_refusal_is_never_repeated() -> None:
    assert wait(Setback(kind=Failure.FINAL), safe=True) is None


def test_a_retry_after_beyond_our_patience_is_not_waited_for() -> None:
    assert wait(Setback(kind=Failure.RATE, retry_after=3600), safe=True) is None


@pytest.mark.parametrize(
    ("status", "codes", "expected"),
    [
        (429, set(), Failure.RATE),
        (403, {"userRateLimitExceeded"}, Failure.RATE),
        (403, {"rateLimitExceeded"}, Failure.RATE),
        (403, {"PERMISSION_DENIED", "RATE_LIMIT_EXCEEDED"}, Failure.RATE),
        (403, {"RESOURCE_EXHAUSTED"}, Failure.RATE),
        (403, {"sharingRateLimitExceeded"}, Failure.FINAL),
        (403, {"dailyLimitExceeded"}, Failure.FINAL),
        (403, {"quotaExceeded"}, Failure.FINAL),
        (403, set(), Failure.FINAL),
        (404, {"notFound"}, Failure.FINAL),
        (500, {"backendError"}, Failure.AMBIGUOUS),
        (503, set(), Failure.AMBIGUOUS),
    ],
)
def test_statuses_and_reasons_are_read_as_google_means_them(status: int, codes: set[str], expected: Failure) -> None:
    assert failure_of(status, frozenset(codes)) is expected


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 12 ", 12.0),
        ("Mon, 23 Nov 2026 09:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 08:00:00 GMT", 0.0),
        ("soon", 0.0),
        ("-5", 0.0),
        ("", 0.0),
        (None, 0.0),
    ],
)
def test_retry_after_is_understood_as_seconds_or_as_a_date(header: str | None, seconds: float) -> None:
    assert retry_after(header, datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) == seconds


def test_the_last_attempts_are_given_no_more_time_than_is_left() -> None:
    time = FakeTime()
    attempts = Attempts(PATIENCE, time.waiting())
    assert attempts.timeout == (10.0, 30.0)
    time.now += 55
    assert attempts.timeout == (5.0, 5.0)
