"""Each rule about when a plan is reviewed (R20 to R23) speaks when it should and is silent when it should."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rules_school import SCHOOL, TODAY, cycle, levels, meeting, said

# R20 to R23 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "found"),
    [
        (date(2026, 10, 16), True),
        (date(2026, 10, 19), False),
        (date(2027, 1, 15), False),
        (date(2027, 1, 18), False),
        (date(2027, 1, 19), True),
    ],
)
def test_r20_counts_teaching_weeks(due: date, found: bool) -> None:
    assert bool(said(cycle(review_due_date=due), "R20")) is found


def test_r21_wants_a_school_day_after_the_start() -> None:
    assert levels(cycle(review_due_date=date(2026, 10, 28)), "R21") == ["amber"]
    assert levels(cycle(review_due_date=date(2026, 12, 12)), "R21") == ["amber"]
    assert levels(cycle(review_due_date=date(2026, 9, 21)), "R21") == ["amber"]
    assert levels(cycle(review_due_date=date(2026, 8, 29)), "R21") == ["amber", "amber"]


@pytest.mark.parametrize("change", [{"status": "Cancelled"}, {"status": "Held"}, {"cycle": "P1-C9"}, {"date": None}])
def test_r22_wants_a_booked_meeting(change: dict[str, Any]) -> None:
    assert levels(meeting(**change), "R22") == ["amber"]


def test_r22_takes_a_booking_to_come_or_one_on_the_day_itself() -> None:
    assert not said(meeting(date=TODAY), "R22")
    assert levels(meeting(date=date(2026, 11, 20)), "R22") == ["amber"]
    assert not said(meeting(cycle=""), "R22")
    assert not said(SCHOOL, "R22", date(2026, 12, 16))


@pytest.mark.parametrize(
    ("today", "level", "words"),
    [
        (date(2026, 11, 29), [], ""),
        (date(2026, 11, 30), ["amber"], "in 14 days"),
        (date(2026, 12, 13), ["amber"], "in 1 day"),
        (date(2026, 12, 14), ["amber"], "is today"),
        (date(2026, 12, 15), ["red"], "is 1 day overdue"),
    ],
)
def test_r23_warns_a_fortnight_ahead_and_turns_red_the_day_after(today: date, level: list[str], words: str) -> None:
    found = said(SCHOOL, "R23", today)
    assert [row.level for row in found] == level
    assert all(row.message == f"Review due 2026-12-14 {words}" for row in found)


def test_r23_keeps_a_late_review_as_history() -> None:
    late = cycle(stage="Closed", review_due_date=date(2026, 11, 18), review_held_date=date(2026, 11, 20))
    assert [(row.level, row.message) for row in said(late, "R23")] == [("history", "P1-C1 reviewed 2 days late")]
    assert not said(cycle(stage="Closed", review_held_date=date(2026, 11, 20)), "R23")
