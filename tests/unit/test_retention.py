"""Which files are kept until when; nothing is ever deleted by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from server.plans.model import Paper, Pupil, School
from server.plans.register import Register
from server.plans.retention import HELD, KEEP, LOOK, MOVED, UNKNOWN, retention_list
from server.plans.rules.r54_retention import check

BORN = date(1995, 11, 23)
TODAY = date(2026, 11, 23)
LEFT = Pupil(pupil_id="P1", dob=BORN, left=date(2014, 7, 20))
REASON = {"exception_id": "X1", "rule": "R54", "reason": "A claim", "by_staff": "ST1", "decided": date(2026, 1, 5)}
SENT = {"transfer_id": "T1", "direction": "Sent", "school": "Ash", "confirmed": date(2014, 9, 1)}


def register(*pupils: Pupil, today: date = TODAY, **papers: dict[str, Any]) -> Register:
    rows = {tab: (Paper(paper_id="1", pupil="P1", values={"pupil": "P1", **row}),) for tab, row in papers.items()}
    return Register(School(pupils=pupils, papers=rows), today)


def states(*pupils: Pupil, today: date = TODAY, **papers: dict[str, Any]) -> list[str]:
    return [row.state for row in retention_list(register(*pupils, today=today, **papers))]


@pytest.mark.parametrize(("days", "state"), [(-1, KEEP), (0, LOOK), (1, LOOK)])
def test_a_file_is_looked_at_31_years_after_birth(days: int, state: str) -> None:
    day = TODAY + timedelta(days=days)
    assert states(LEFT, today=day) == [state]
    assert bool(list(check(register(LEFT, today=day), day))) == (state == LOOK)


def test_the_file_of_a_pupil_who_is_here_or_came_back_is_not_on_the_list() -> None:
    back = Pupil(pupil_id="P1", dob=BORN, left=date(2013, 7, 1), joined=date(2013, 9, 1))
    assert states(Pupil(pupil_id="P2", dob=BORN), back) == []


def test_a_file_without_a_birthday_is_not_forgotten() -> None:
    assert states(Pupil(pupil_id="P1", left=date(2014, 7, 20))) == [UNKNOWN]


def test_a_reason_to_keep_a_file_is_told_until_it_ends() -> None:
    assert states(LEFT, exceptions=REASON) == [HELD]
    assert states(LEFT, exceptions={**REASON, "until": TODAY}) == [LOOK]
    assert states(LEFT, exceptions={**REASON, "rule": "R20"}) == [LOOK]
    assert states(LEFT, exceptions={**REASON, "reason": " "}) == [LOOK]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, MOVED),
        ({"confirmed": None}, LOOK),
        ({"direction": "Received"}, LOOK),
        ({"confirmed": TODAY + timedelta(1)}, LOOK),
    ],
)
def test_a_file_is_the_next_schools_once_it_has_confirmed_it(change: dict[str, Any], state: str) -> None:
    assert states(LEFT, transfers={**SENT, **change}) == [state]


def test_what_needs_a_decision_stands_first() -> None:
    young = Pupil(pupil_id="P2", dob=date(2010, 1, 1), left=date(2026, 7, 1))
    unknown = Pupil(pupil_id="P3", left=date(2026, 7, 1))
    assert [row.pupil_id for row in retention_list(register(young, unknown, LEFT))] == ["P1", "P3", "P2"]
