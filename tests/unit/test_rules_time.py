"""Rules of time and of help carried out: length of cycles, reminders, delivery."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st
from year_school import (
    BEFORE,
    GIVEN,
    GIVING,
    LIVE,
    REVIEW,
    SCHOOL,
    SETTINGS,
    TODAY,
    before,
    cycles_that_went,
    done,
    given,
    giving,
    levels,
    live,
    review,
    said,
    sessions,
)

from server.plans import fidelity
from server.plans.fidelity import Delivery
from server.plans.model import School, Settings
from server.plans.reminders import REMINDERS, due_reminder

# R20, R23 --------------------------------------------------------------------------------------------


def test_r20_takes_a_reason_for_a_longer_cycle_and_none_for_a_shorter_one() -> None:
    assert levels(live(review_due_date=date(2027, 2, 1)), "R20") == ["amber"]
    assert not said(live(review_due_date=date(2027, 2, 1), longer_because="Waiting for the hearing test"), "R20")
    assert levels(live(review_due_date=date(2026, 10, 1), longer_because="Because"), "R20") == ["amber"]


@pytest.mark.parametrize(
    ("left", "days"),
    [(22, None), (21, 21), (15, 21), (14, 14), (8, 14), (7, 7), (2, 7), (1, 1), (0, None), (-1, None)],
)
def test_a_reminder_is_due_21_14_7_and_1_days_ahead_and_until_the_next(left: int, days: int | None) -> None:
    found = due_reminder(TODAY + timedelta(days=left), TODAY)
    assert (found.days if found else None) == days


def test_r23_says_what_the_reminder_of_the_day_asks_for() -> None:
    actions = {left: said(SCHOOL, "R23", LIVE.review_due_date - timedelta(days=left)) for left in (14, 7, 1, 0)}
    assert [len(found) for found in actions.values()] == [1, 1, 1, 1]
    assert len({found[0].action for found in actions.values()}) == 4


def test_r23_of_a_school_that_wants_longer_notice_asks_for_the_first_reminder_s_step() -> None:
    early = replace(SCHOOL, settings=replace(SETTINGS, due_notice_days=28))
    (found,) = said(early, "R23", LIVE.review_due_date - timedelta(days=28))
    assert found.action == REMINDERS[0].what
    assert not said(early, "R23", LIVE.review_due_date - timedelta(days=29))


def test_a_school_s_own_thresholds_are_followed() -> None:
    strict = replace(SETTINGS, fair_percent=90, copy_days=10)
    assert levels(replace(giving(sessions_delivered=24), settings=strict), "R25") == ["amber"]
    assert not said(replace(giving(sessions_delivered=25), settings=strict), "R25")


# R24 -------------------------------------------------------------------------------------------------

WEAK = review(overall_progress="Less than expected")


def next_cycle(school: School, **changes: Any) -> School:
    return replace(school, cycles=(BEFORE, replace(LIVE, **changes)))


@pytest.mark.parametrize(("due", "level"), [(date(2026, 12, 1), []), (date(2026, 12, 2), ["amber"])])
def test_r24_lets_the_next_cycle_be_as_long_as_the_weak_one_and_not_a_school_day_longer(
    due: date, level: list[str]
) -> None:
    assert fidelity.teaching_weeks(SETTINGS, date(2026, 4, 20), date(2026, 7, 7)) == 10.2
    assert levels(next_cycle(WEAK, review_due_date=due), "R24") == level


@pytest.mark.parametrize("progress", ["As expected", "Better than expected", ""])
def test_r24_asks_nothing_after_good_or_untold_progress(progress: str) -> None:
    assert not said(next_cycle(review(overall_progress=progress), review_due_date=date(2026, 12, 18)), "R24")


def test_r24_takes_a_reason_keeps_closed_cycles_as_history_and_needs_both_dates() -> None:
    longer = {"review_due_date": date(2026, 12, 18)}
    assert levels(next_cycle(WEAK, **longer), "R24") == ["amber"]
    assert not said(next_cycle(WEAK, **longer, longer_because="Waits for advice"), "R24")
    assert levels(next_cycle(WEAK, **longer, review_held_date=date(2026, 12, 18)), "R24") == ["history"]
    assert not said(next_cycle(WEAK, review_due_date=None), "R24")
    assert not said(next_cycle(WEAK, **longer, plan_agreed_date=None, assess_date=None), "R24")


def test_r24_without_a_calendar_counts_weekdays() -> None:
    school = replace(next_cycle(WEAK, review_due_date=date(2026, 12, 1)), settings=Settings())
    assert not said(school, "R24")
    assert levels(replace(school, cycles=(BEFORE, replace(LIVE, review_due_date=date(2026, 12, 2)))), "R24") == [
        "amber"
    ]


# R25, a live cycle -----------------------------------------------------------------------------------


def test_r25_counts_the_sessions_that_school_days_before_today_had_room_for() -> None:
    (found,) = said(giving(sessions_delivered=21), "R25")
    assert (found.level, found.message) == ("amber", "V2 21 of about 27 sessions expected by now")


@pytest.mark.parametrize(("delivered", "level"), [(22, []), (21, ["amber"])])
def test_r25_asks_for_80_per_cent(delivered: int, level: list[str]) -> None:
    assert levels(giving(sessions_delivered=delivered), "R25") == level


def test_r25_waits_for_the_mid_point_of_the_cycle() -> None:
    assert fidelity.teaching_weeks(SETTINGS, LIVE.plan_agreed_date, LIVE.review_due_date) == 10.6
    assert fidelity.teaching_weeks(SETTINGS, LIVE.plan_agreed_date, date(2026, 10, 21)) == 5.4
    none = giving(sessions_delivered=0)
    assert not said(none, "R25", date(2026, 10, 20))
    assert levels(none, "R25", date(2026, 10, 21)) == ["amber"]


@pytest.mark.parametrize(("weekly", "level"), [(0.44, []), (0.45, ["amber"])])
def test_r25_waits_until_four_sessions_were_to_be_expected(weekly: float, level: list[str]) -> None:
    assert levels(giving(sessions_per_week=weekly, sessions_delivered=0), "R25") == level


@pytest.mark.parametrize(("weekly", "level"), [(3.9, []), (4, ["amber"])])
def test_r25_speaks_at_four_sessions_exactly(weekly: float, level: list[str]) -> None:
    a_week = {"start_date": date(2026, 11, 16), "sessions_delivered": 0}
    assert levels(giving(sessions_per_week=weekly, **a_week), "R25") == level


def test_r25_counts_a_session_whose_day_nobody_wrote_down() -> None:
    undated = replace(SCHOOL, log=tuple(replace(row, date=None) for row in sessions("V2", [TODAY] * 22)))
    assert not said(replace(undated, provision=(GIVEN, replace(GIVING, sessions_delivered=None))), "R25")


def test_help_without_an_end_is_judged_over_the_weeks_to_the_review() -> None:
    open_ended = given(weeks=None, sessions_delivered=26)
    assert [row.message for row in said(open_ended, "R25")] == ["V1 delivered 79% of planned sessions"]
    assert not said(given(weeks=None, sessions_delivered=27), "R25")


def test_r25_expects_no_more_than_the_weeks_the_help_lasts() -> None:
    assert not said(giving(weeks=8, sessions_delivered=20), "R25")
    assert levels(giving(weeks=9, sessions_delivered=21), "R25") == ["amber"]


def test_r25_believes_the_log_before_a_number() -> None:
    days = [date(2026, 9, 14) + timedelta(days=n) for n in range(24)]
    assert not said(replace(giving(sessions_delivered=0), log=sessions("V2", days)), "R25")
    assert levels(replace(SCHOOL, log=sessions("V2", days, delivered=False)), "R25") == ["amber"]
    assert levels(replace(SCHOOL, log=sessions("V2", [TODAY + timedelta(days=1)] * 24)), "R25") == []
    assert levels(replace(giving(sessions_delivered=None), log=sessions("V9", days)), "R25") == ["amber"]


@pytest.mark.parametrize(
    "school",
    [
        giving(sessions_per_week=None, sessions_delivered=0),
        replace(live(plan_agreed_date=None), provision=(replace(GIVING, sessions_delivered=0),)),
        replace(live(plan_agreed_date=TODAY + timedelta(days=1)), provision=(replace(GIVING, sessions_delivered=0),)),
        replace(live(stopped=TODAY), provision=(replace(GIVING, sessions_delivered=0),)),
        giving(start_date=TODAY + timedelta(days=1), sessions_delivered=0),
    ],
)
def test_r25_judges_nothing_that_is_not_counted_not_begun_or_stopped(school: School) -> None:
    assert not said(school, "R25")


def test_r25_counts_days_where_no_number_is_given_and_weekdays_where_there_is_no_calendar() -> None:
    by_days = giving(sessions_per_week=None, days=("Mon", "Wed", "Fri"), sessions_delivered=21)
    assert [row.message for row in said(by_days, "R25")] == ["V2 21 of about 27 sessions expected by now"]
    no_calendar = replace(giving(sessions_delivered=21, weeks=None), settings=Settings())
    assert [row.message for row in said(no_calendar, "R25")] == ["V2 21 of about 30 sessions expected by now"]


def test_r25_without_a_review_date_takes_half_of_the_usual_weeks() -> None:
    school = replace(live(review_due_date=None), provision=(replace(GIVING, sessions_delivered=0),))
    assert not said(school, "R25", date(2026, 11, 1))
    assert levels(school, "R25", date(2026, 11, 2)) == ["amber"]


# R25, at review --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delivered", "message"),
    [(27, []), (26, ["V1 delivered 79% of planned sessions"]), (0, ["V1 delivered 0% of planned sessions"])],
)
def test_r25_keeps_short_delivery_in_the_record(delivered: int, message: list[str]) -> None:
    found = said(given(sessions_delivered=delivered), "R25")
    assert [row.message for row in found] == message
    assert all(row.level == "history" for row in found)


def test_a_share_under_80_is_never_rounded_up_to_80() -> None:
    assert Delivery(delivered=239, expected=300).percent == 79
    assert Delivery(delivered=240, expected=300).percent == 80
    assert not Delivery(delivered=240, expected=300).is_short
    assert Delivery(delivered=0, expected=0).percent == 100


def test_a_review_that_came_early_asks_only_for_the_weeks_begun() -> None:
    early = replace(before(review_held_date=date(2026, 5, 22)), provision=(replace(GIVEN, sessions_delivered=12),))
    assert not said(early, "R25")
    later = replace(before(review_held_date=date(2026, 6, 1)), provision=(replace(GIVEN, sessions_delivered=12),))
    assert [row.message for row in said(later, "R25")] == ["V1 delivered 67% of planned sessions"]


def test_r25_says_nothing_of_a_closed_cycle_that_nobody_counted() -> None:
    assert not said(given(sessions_delivered=None), "R25")
    logged = replace(given(sessions_delivered=None), log=sessions("V1", [date(2026, 5, 1)] * 20))
    assert [row.message for row in said(logged, "R25")] == ["V1 delivered 61% of planned sessions"]


def test_a_session_on_the_day_of_the_review_counts_and_one_after_it_does_not() -> None:
    days = [date(2026, 7, 7)] * 26
    short = replace(given(sessions_delivered=None), log=sessions("V1", [*days, date(2026, 7, 8)]))
    assert [row.message for row in said(short, "R25")] == ["V1 delivered 79% of planned sessions"]
    assert not said(replace(short, log=sessions("V1", [*days, date(2026, 7, 7)])), "R25")


SHORT = (replace(GIVEN, sessions_delivered=20), GIVING)


@pytest.mark.parametrize(
    ("actual", "words"),
    [(2, "no change"), (1, "gone backwards"), (3, ""), (6, "")],
)
def test_r25_labels_no_change_without_the_help_as_no_fair_test(actual: int, words: str) -> None:
    prompts = [
        row for row in said(replace(done(actual_rating=actual), provision=SHORT), "R25") if row.level != "history"
    ]
    expected = [("prompt", f"C1: {words} but under 80% delivered – not a fair test")] if words else []
    assert [(row.level, row.message) for row in prompts] == expected


def test_r25_calls_a_test_unfair_only_where_the_help_was_for_that_outcome_and_fell_short() -> None:
    stuck = done(actual_rating=2)
    assert not said(stuck, "R25")
    other = (replace(GIVEN, outcomes=("O9",), sessions_delivered=20), GIVING)
    assert [row.level for row in said(replace(stuck, provision=other), "R25")] == ["history"]


@pytest.mark.parametrize(("today", "level"), [(date(2027, 7, 7), "prompt"), (date(2027, 7, 8), "history")])
def test_r25_lets_an_unfair_test_be_history_after_a_year(today: date, level: str) -> None:
    found = said(replace(done(actual_rating=2), provision=SHORT), "R25", today)
    assert level in {row.level for row in found if "fair test" in row.message}


@hypothesis_given(
    st.integers(0, 60), st.floats(0.1, 25), st.floats(0.1, 39), st.dates(date(2026, 9, 14), date(2026, 12, 18))
)
def test_expected_sessions_only_ever_grow_and_stop_at_what_was_planned(
    delivered: int, weekly: float, weeks: float, today: date
) -> None:
    row = replace(GIVING, sessions_delivered=delivered, sessions_per_week=weekly, weeks=weeks)
    now = fidelity.so_far(SETTINGS, row, (), None, today)
    then = fidelity.so_far(SETTINGS, row, (), None, today + timedelta(days=1))
    assert now is not None
    assert then is not None
    assert 0 <= now.expected <= then.expected <= weekly * weeks + 0.001
    assert (now.percent >= fidelity.FAIR) is not now.is_short


def test_rules_of_time_find_nothing_in_a_school_that_is_in_order() -> None:
    for rule in ("R20", "R21", "R24", "R25"):
        assert not said(SCHOOL, rule)
    assert not said(cycles_that_went("As expected", "As expected"), "R24")
    assert REVIEW.cycle == BEFORE.cycle_id
