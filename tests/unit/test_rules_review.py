"""Rules of the review itself: its record, results, help that is kept, and the seven days after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st
from year_school import (
    BEFORE,
    CONTACT,
    DONE,
    GIVEN,
    GIVING,
    LIVE,
    NEXT,
    PUPIL,
    REVIEW,
    SCHOOL,
    SETTINGS,
    TODAY,
    before,
    cycles_that_went,
    done,
    given,
    levels,
    live,
    review,
    said,
    sessions,
    with_paper,
)

from server.plans.close_check import lacks
from server.plans.model import Outcome, School
from server.plans.register import Register
from server.plans.results import SECURE, attainment, from_ratings, rated, result, t_score

# R30 -------------------------------------------------------------------------------------------------


def test_r30_is_silent_of_a_review_written_down_whole() -> None:
    assert not said(SCHOOL, "R30")
    assert lacks(Register(SCHOOL, TODAY), BEFORE) == ()


@pytest.mark.parametrize(
    ("field", "empty", "words"),
    [
        ("date", None, "the date"),
        ("led_by", "", "who led it"),
        ("note_taker", "", "who took notes"),
        ("staff_present", (), "which staff were there"),
        ("parents_present", "", "which parents were there"),
        ("child_participation", "", "the child's part"),
        ("child_view", " ", "what the child thinks"),
        ("home_view", "", "how things are at home"),
        ("impact_summary", "", "what difference it made, in plain words"),
        ("next_step", "", "what was decided"),
        ("parent_agreement", "", "whether the parents agree"),
        ("next_review_date", None, "the next date"),
    ],
)
def test_r30_names_each_thing_a_review_lacks(field: str, empty: Any, words: str) -> None:
    (found,) = said(review(**{field: empty}), "R30")
    assert (found.level, found.row, found.pupil_id) == ("amber", "R1", "P1")
    assert found.message == f"The record of the review of C1 lacks {words}"


@pytest.mark.parametrize(
    ("school", "row", "words"),
    [
        (done(actual_rating=None), "O1", "a rating of O1"),
        (given(effect=""), "V1", "what effect V1 had"),
        (given(sessions_delivered=None), "V1", "how much of V1 took place"),
        (replace(SCHOOL, reviews=()), "C1", "a row in Review"),
    ],
)
def test_r30_wants_every_outcome_rated_and_all_help_judged(school: School, row: str, words: str) -> None:
    (found,) = said(school, "R30")
    assert (found.level, found.row) == ("amber", row)
    assert found.message.endswith(words)


@pytest.mark.parametrize(
    "school",
    [
        review(parents_present="", apologies="Ann Parent, by phone"),
        review(next_review_date=None, next_step="Step down to universal"),
        given(sessions_delivered=None, often_enough="Most mornings"),
        given(sessions_delivered=None, effect="Not delivered"),
        given(sessions_delivered=None, sessions_per_week=None),
        replace(given(sessions_delivered=None), log=sessions("V1", [date(2026, 5, 1)])),
        review(parent_agreement="Disagree"),
    ],
)
def test_r30_takes_apologies_words_and_the_log_for_an_answer(school: School) -> None:
    assert not said(school, "R30")


def test_r30_keeps_a_review_before_the_last_as_history() -> None:
    school = cycles_that_went("As expected", "As expected")
    gap = replace(school, reviews=tuple(replace(row, home_view="") for row in school.reviews))
    assert levels(gap, "R30") == ["history", "amber"]


def test_r30_lists_six_things_and_counts_the_rest() -> None:
    (found,) = said(
        review(date=None, led_by="", note_taker="", staff_present=(), child_view="", home_view="", impact_summary=""),
        "R30",
    )
    assert found.message.endswith("how things are at home and 1 more")


@pytest.mark.parametrize(("day", "level"), [(TODAY, []), (TODAY - timedelta(days=1), ["amber"])])
def test_r30_asks_from_the_next_day_for_the_day_in_assess(day: date, level: list[str]) -> None:
    written = replace(REVIEW, review_id="R2", cycle="C2", date=day)
    rated_school = replace(
        SCHOOL,
        reviews=(REVIEW, written),
        outcomes=(DONE, replace(NEXT, actual_rating=5)),
        provision=(GIVEN, replace(GIVING, effect="Some")),
    )
    found = said(rated_school, "R30")
    assert [row.level for row in found] == level
    assert all("lacks the day it was held, in Assess" in row.message for row in found)


def test_r30_asks_a_cycle_that_says_closed_for_its_review_and_no_other_open_one() -> None:
    (found,) = said(live(stage="Closed"), "R30")
    assert (found.row, found.message) == (
        "C2",
        "The record of the review of C2 lacks the day it was held, in Assess and a row in Review",
    )
    assert not said(live(stage="Closed", stopped=TODAY), "R30")
    assert not said(live(stage="Review"), "R30")


# R31 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratings", "says"),
    [
        ((3, 6, 2), "Gone backwards"),
        ((3, 6, 3), "No change"),
        ((3, 6, 4), "Some progress"),
        ((3, 6, 5), "Some progress"),
        ((3, 6, 6), "Achieved"),
        ((3, 6, 7), "Exceeded"),
        ((3, 6, None), "Not yet rated"),
        ((None, 6, 6), "Not yet rated"),
        ((3, None, 4), "Not yet rated"),
        ((3, 3, 3), "Not yet rated"),
        ((3, 4, 4), "Achieved"),
    ],
)
def test_a_result_is_read_from_baseline_expected_and_actual(ratings: tuple[int | None, ...], says: str) -> None:
    assert from_ratings(*ratings) == says


@hypothesis_given(st.integers(1, 10), st.integers(1, 10), st.integers(1, 10))
def test_only_what_was_hoped_for_is_called_achieved(baseline: int, expected: int, actual: int) -> None:
    says = from_ratings(baseline, expected, actual)
    assert (says == "Not yet rated") is (expected <= baseline)
    assert (says in SECURE) is (actual >= expected > baseline)


def test_words_count_only_where_nothing_is_rated() -> None:
    assert result(replace(DONE, result="Achieved")) == "Some progress"
    assert result(replace(DONE, result="Achieved", actual_rating=None)) == "Achieved"
    assert result(replace(DONE, actual_rating=None)) == "Not yet rated"


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"result": "Achieved"}, ["info"]),
        ({"result": "Some progress"}, []),
        ({"result": ""}, []),
        ({"result": "Not yet rated"}, []),
        ({"result": "Achieved", "actual_rating": None}, []),
        ({"result": "Achieved", "expected_rating": None}, []),
        ({"result": "Achieved", "actual_rating": 6}, []),
    ],
)
def test_r31_speaks_where_result_and_ratings_differ(changes: dict[str, Any], level: list[str]) -> None:
    assert levels(done(**changes), "R31") == level


def test_r31_shows_the_ratings_it_read() -> None:
    (found,) = said(done(result="Achieved"), "R31")
    assert found.message == "O1 says another result than its ratings (2, 6, 5: Some progress)"


def test_r31_says_nothing_of_an_outcome_of_nobody() -> None:
    assert not said(done(result="Achieved", pupil="P9"), "R31")


def test_all_goals_as_expected_give_fifty() -> None:
    assert t_score([(0, 1), (0, 3)]) == 50
    assert t_score([]) is None
    assert t_score([(1, 0), (2, -1), (3, 1)]) is None


@pytest.mark.parametrize(
    ("goals", "score"),
    [([(1, 1)], 60.0), ([(-2, 1)], 30.0), ([(1, 1), (1, 1)], 62.403), ([(2, 3), (-1, 1)], 64.556)],
)
def test_a_t_score_weighs_the_goals(goals: list[tuple[int, float]], score: float) -> None:
    """By hand: two goals at +1 of weight 1 give 50 + 20 / sqrt(0.7 * 2 + 0.3 * 4)."""
    assert t_score(goals) == pytest.approx(score, abs=0.001)


@hypothesis_given(st.lists(st.tuples(st.integers(-2, 2), st.floats(0.1, 10)), min_size=1, max_size=8))
def test_a_t_score_rises_with_any_goal_and_mirrors_at_fifty(goals: list[tuple[int, float]]) -> None:
    score = t_score(goals)
    mirrored = t_score([(-value, weight) for value, weight in goals])
    assert score is not None
    assert mirrored is not None
    assert score + mirrored == pytest.approx(100)
    (first, weight), *rest = goals
    if first < 2:
        assert (t_score([(first + 1, weight), *rest]) or 0) > score


def test_attainment_takes_the_outcomes_that_carry_a_score() -> None:
    outcomes = [
        Outcome(outcome_id="A", goal_score=1),
        Outcome(outcome_id="B", goal_score=1, goal_weight=1),
        Outcome(outcome_id="C", goal_weight=5),
    ]
    assert attainment(outcomes) == pytest.approx(62.403, abs=0.001)
    assert attainment(outcomes[2:]) is None
    assert rated(outcomes[0]) == "Not yet rated"


# R32 -------------------------------------------------------------------------------------------------


def stuck(actual: int = 2, **changes: Any) -> School:
    return replace(done(actual_rating=actual), provision=(replace(GIVEN, **{"decision": "Keep", **changes}), GIVING))


@pytest.mark.parametrize(("actual", "level"), [(1, ["prompt"]), (2, ["prompt"]), (3, []), (6, [])])
def test_r32_asks_why_help_without_any_change_is_kept(actual: int, level: list[str]) -> None:
    assert levels(stuck(actual), "R32") == level


@pytest.mark.parametrize(
    "changes",
    [
        {"decision": "Tweak"},
        {"decision": ""},
        {"kept_because": "It began late"},
        {"outcomes": ()},
        {"outcomes": ("O9",)},
    ],
)
def test_r32_takes_another_decision_or_a_reason(changes: dict[str, Any]) -> None:
    assert not said(stuck(**changes), "R32")


def test_r32_lets_help_stay_that_moved_another_outcome() -> None:
    both = replace(
        stuck(outcomes=("O1", "O3")), outcomes=(replace(DONE, actual_rating=2), replace(DONE, outcome_id="O3"), NEXT)
    )
    assert not said(both, "R32")


def test_r32_is_history_once_another_review_was_held() -> None:
    later = replace(stuck(), cycles=(BEFORE, replace(LIVE, review_held_date=date(2026, 11, 20))))
    assert levels(later, "R32") == ["history"]


# R35 -------------------------------------------------------------------------------------------------


def after(days: int) -> date:
    return date(2026, 7, 7) + timedelta(days=days)


UNSENT = review(copy_sent=None)


@pytest.mark.parametrize(
    ("days", "level"),
    [(4, []), (5, ["amber"]), (7, ["amber"]), (8, ["red"]), (365, ["red"]), (366, ["history"])],
)
def test_r35_is_amber_on_day_five_and_red_on_day_eight(days: int, level: list[str]) -> None:
    found = said(UNSENT, "R35", after(days))
    assert [row.level for row in found] == level
    assert all(f"not sent {days} days after meeting of 2026-07-07" in row.message for row in found)


@pytest.mark.parametrize(("days", "level"), [(7, []), (8, ["amber"]), (10, ["amber"]), (11, ["red"])])
def test_r35_follows_the_days_that_a_school_sets(days: int, level: list[str]) -> None:
    assert levels(replace(UNSENT, settings=replace(SETTINGS, copy_days=10)), "R35", after(days)) == level


@pytest.mark.parametrize(("days", "level"), [(0, []), (7, []), (8, ["history"])])
def test_r35_keeps_a_late_copy_as_history(days: int, level: list[str]) -> None:
    found = said(review(copy_sent=after(days)), "R35")
    assert [row.level for row in found] == level
    assert all(row.message == f"Copy took {days} days after 2026-07-07" for row in found)


def test_r35_believes_what_sharing_noted_and_takes_the_earlier_of_the_two() -> None:
    assert not said(replace(UNSENT, copies_sent={"R1": after(6)}), "R35")
    assert levels(replace(UNSENT, copies_sent={"R9": after(6)}), "R35") == ["red"]
    assert not said(replace(review(copy_sent=after(30)), copies_sent={"R1": after(6)}), "R35")
    assert levels(replace(review(copy_sent=after(8)), copies_sent={"R1": after(30)}), "R35") == ["history"]


def test_r35_waits_for_the_last_review_alone() -> None:
    school = cycles_that_went("As expected", "As expected")
    unsent = replace(school, reviews=tuple(replace(row, copy_sent=None) for row in school.reviews))
    assert levels(unsent, "R35", date(2026, 4, 10)) == ["history", "red"]


def test_r35_counts_from_the_day_held_where_there_is_no_row_in_review() -> None:
    assert levels(replace(SCHOOL, reviews=()), "R35", after(8)) == ["red"]


@pytest.mark.parametrize(
    ("changes", "red"),
    [
        ({"contacts": ()}, False),
        ({"contacts": (replace(CONTACT, restriction_kind="no_information"),)}, False),
        ({"contacts": (), "sees_contacts": False}, False),
        ({"contacts": (), "pupils": (replace(PUPIL, dob=date(2009, 9, 1)),)}, True),
        ({"pupils": (replace(PUPIL, left=date(2026, 7, 10)),)}, False),
        ({"pupils": (replace(PUPIL, sen_status="E"),)}, True),
    ],
)
def test_r35_is_red_where_somebody_is_to_have_a_copy(changes: dict[str, Any], red: bool) -> None:
    assert ("red" in levels(replace(UNSENT, **changes), "R35")) is red


@pytest.mark.parametrize(("ready", "mover"), [(False, "teacher"), (True, "senco")])
def test_r35_waits_for_the_teacher_until_the_plan_is_ready_and_then_for_the_senco(ready: bool, mover: str) -> None:
    (found,) = said(replace(UNSENT, pupils=(replace(PUPIL, ready_to_share=ready),)), "R35")
    assert found.mover == mover


@pytest.mark.parametrize(
    ("school", "action"),
    [
        (UNSENT, "Tick Ready to share and share the copies; or"),
        (replace(UNSENT, pupils=(replace(PUPIL, ready_to_share=True),)), "Share the copies; or"),
        (replace(UNSENT, cycles=(BEFORE,)), "Begin the next cycle, tick Ready to share and share the copies; or"),
    ],
)
def test_r35_names_the_steps_that_are_left(school: School, action: str) -> None:
    assert said(school, "R35")[0].action.startswith(action)


def test_r35_says_nothing_while_no_review_was_held() -> None:
    assert not said(replace(UNSENT, cycles=(LIVE,)), "R35")
    assert not said(before(review_held_date=None), "R35")


def test_advice_on_a_review_can_be_kept_quiet_for_a_reason() -> None:
    quiet = with_paper(
        UNSENT, "exceptions", rule="R35", reason="Given out by hand", by_staff="ST1", decided=date(2026, 9, 1)
    )
    assert not said(quiet, "R35")
