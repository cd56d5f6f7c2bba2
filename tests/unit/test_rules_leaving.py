"""A pupil who leaves is off the worklists; one who comes back is on them again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from year_school import DONE, GIVEN, GIVING, LIVE, NEXT, PUPIL, REVIEW, SCHOOL, TODAY, levels

from server.plans.model import Pupil, School

RULES = ("R22", "R23", "R24", "R25", "R30", "R32", "R33", "R34", "R35", "R36", "R37")
IN_TROUBLE = replace(
    SCHOOL,
    cycles=(*SCHOOL.cycles[:1], replace(LIVE, review_due_date=date(2026, 12, 18)), replace(LIVE, cycle_id="C3")),
    reviews=(
        replace(
            REVIEW,
            overall_progress="Little or none",
            next_step="Hold PCP / My Support Plan",
            home_view="",
            copy_sent=None,
        ),
    ),
    outcomes=(replace(DONE, actual_rating=2), NEXT),
    provision=(replace(GIVEN, sessions_delivered=10, decision="Keep"), replace(GIVING, sessions_delivered=3)),
)
LATER = date(2026, 12, 21)


def grave(school: School, rule: str) -> list[str]:
    return [level for level in levels(school, rule, LATER) if level != "history"]


@pytest.mark.parametrize("rule", RULES)
def test_nothing_is_due_for_a_pupil_who_left_and_all_is_again_for_one_who_came_back(rule: str) -> None:
    def school(**changes: date) -> School:
        return replace(IN_TROUBLE, pupils=(replace(PUPIL, **changes),))

    assert grave(school(), rule)
    assert not grave(school(left=LATER), rule)
    assert grave(school(left=LATER + timedelta(days=1)), rule)


@pytest.mark.parametrize(
    ("joined", "left", "here"),
    [
        (None, None, True),
        (None, TODAY, False),
        (None, TODAY + timedelta(days=1), True),
        (date(2024, 9, 2), TODAY, False),
        (TODAY, TODAY - timedelta(days=30), True),
        (TODAY + timedelta(days=1), TODAY - timedelta(days=30), False),
        (TODAY, TODAY, False),
    ],
)
def test_a_pupil_is_here_until_the_day_they_leave_and_from_the_day_they_come_back(
    joined: date | None, left: date | None, here: bool
) -> None:
    assert Pupil(pupil_id="P1", joined=joined, left=left).is_here(TODAY) is here
