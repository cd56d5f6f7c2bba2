"""Each rule about what a plan says (R10 to R15) speaks when it should and is silent when it should."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rules_school import (
    CYCLE,
    MEETING,
    OUTCOME,
    PROVISION,
    SCHOOL,
    TODAY,
    cycle,
    levels,
    outcome,
    provision,
    pupil,
    said,
)

from server.plans.model import Cycle, Pupil, School, View
from server.plans.rules import findings

# R10 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("school", "word"),
    [
        (pupil(aspiration_child=""), "aspiration"),
        (pupil(accountable_staff=()), "accountable"),
        (pupil(accountable_staff=("ST1", "ST2")), "accountable"),
        (cycle(needs_summary=""), "needs"),
        (cycle(review_due_date=None), "review date"),
        (cycle(child_views=""), "child's views"),
        (cycle(parents_consulted=""), "parents were consulted"),
        (cycle(parents_consulted_date=None), "parents were consulted"),
        (replace(SCHOOL, outcomes=()), "an outcome"),
        (outcome(target=""), "the target of O1"),
        (outcome(measure=""), "the measure of O1"),
        (outcome(baseline="", baseline_rating=None), "the baseline of O1"),
        (outcome(expected="", expected_rating=None), "the expected impact of O1"),
    ],
)
def test_r10_names_what_is_missing(school: School, word: str) -> None:
    assert [row.level for row in said(school, "R10") if word in row.message] == ["red"]
    planning = replace(school, cycles=tuple(replace(row, plan_agreed_date=None) for row in school.cycles))
    assert [row.level for row in said(planning, "R10") if word in row.message] == ["block"]


def test_r10_says_everything_in_one_finding() -> None:
    bare = School(pupils=(Pupil(pupil_id="P1", sen_status="K"),), cycles=(Cycle(cycle_id="C", pupil="P1"),))
    assert len(said(bare, "R10")) == 1


def test_r10_wants_help_for_each_outcome_before_do_and_leaves_it_to_r14_afterwards() -> None:
    assert not said(replace(SCHOOL, provision=()), "R10")
    before = said(replace(cycle(plan_agreed_date=None), provision=()), "R10")
    assert ["help for O1" in row.message for row in before] == [True]


@pytest.mark.parametrize(("day", "heard"), [(date(2026, 6, 1), True), (date(2026, 4, 1), False)])
def test_r10_takes_views_and_meetings_since_the_last_cycle_began(day: date, heard: bool) -> None:
    before = replace(CYCLE, cycle_id="P1-C0", stage="Closed", plan_agreed_date=date(2026, 5, 1), review_held_date=day)
    silent = replace(CYCLE, child_views="", parents_consulted="", parents_consulted_date=None)
    view = View(view_id="W1", pupil="P1", cycle="P1-C0", who="child", date=day, words="Hello")
    held = replace(MEETING, meeting_id="M0", date=day, status="Held", parent_present=True)
    school = replace(SCHOOL, cycles=(before, silent), views=(view,), meetings=(MEETING, held))
    assert (not said(school, "R10")) is heard


def test_r10_does_not_take_tomorrows_words() -> None:
    view = View(view_id="W1", pupil="P1", who="child", date=date(2026, 11, 24), words="Hello")
    assert said(replace(cycle(child_views=""), views=(view,)), "R10")


# R11 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Sam will access speech therapy",
        "Sam will attend a nurture group each week",
        "Sam will receive 15 hours of support",
        "Sam will have 10 hours of TA time",
        "Sam will have a teaching assistant for maths",
    ],
)
def test_r11_warns_of_a_service_in_place_of_an_outcome(text: str) -> None:
    assert levels(outcome(outcome=text), "R11") == ["info"]


@pytest.mark.parametrize(
    "text",
    [
        "Sam will plan an accessible route so that Sam can start with friends",
        "Sam will have a friend to play with",
        "Sam will read alone so that Sam can access the library",
        "Sam will visit two sixth forms",
    ],
)
def test_r11_leaves_outcomes_alone(text: str) -> None:
    assert not said(outcome(outcome=text), "R11")


def test_r11_warns_above_four_live_outcomes() -> None:
    many = tuple(replace(OUTCOME, outcome_id=f"O{number}") for number in range(1, 6))
    assert levels(replace(SCHOOL, outcomes=many), "R11") == ["info"]
    assert not said(replace(SCHOOL, outcomes=many[:4]), "R11")


# R12 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"target": "Improve to 3 of 5"},
        {"outcome": "Sam will understand stories better"},
        {"target": "Use 3 appropriate words"},
        {"target": "Talk more", "expected": "More"},
        {"expected_rating": 3},
        {"expected_rating": 2},
        {"expected_rating": 9},
        {"area": ""},
        {"target_date": date(2026, 12, 15)},
        {"target_date": None},
        {"baseline": "", "baseline_rating": None},
    ],
)
def test_r12_advises_on_targets_that_are_not_smart(change: dict[str, Any]) -> None:
    assert levels(outcome(**change), "R12") == ["info"]


@pytest.mark.parametrize(
    "change",
    [
        {"target": "One visit, three questions asked", "expected": ""},
        {"target": "Half the words", "expected": ""},
        {"expected_rating": 8},
        {"expected_rating": None},
        {"outcome": "Sam will understand key words"},
    ],
)
def test_r12_accepts_number_words_and_a_rise_of_five(change: dict[str, Any]) -> None:
    assert not said(outcome(**change), "R12")


def test_r12_quotes_no_word_between_understand_and_better() -> None:
    (found,) = said(outcome(outcome="We will understand Mira Udaharan better"), "R12")
    assert "Mira" not in found.message


def test_cells_of_fifty_thousand_characters_give_short_messages() -> None:
    for text in ("have " * 10_000, "understand " * 4_500, "get\n" * 12_500, "up to " * 8_000):
        school = replace(outcome(outcome=text, target=text), provision=(replace(PROVISION, what=text),))
        found = findings(school, TODAY)
        assert all(len(row.message) < 400 for row in found)


# R13 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"minutes_per_session": None},
        {"sessions_per_week": None},
        {"weeks": None},
        {"group_size": None},
        {"delivered_by": ""},
        {"expertise": ""},
        {"when_where": ""},
        {"what": "Regular reading"},
        {"what": "Support as required"},
        {"what": "Access to a quiet room"},
        {"when_where": "Up to three mornings"},
        {"what": "Opportunities for talk"},
    ],
)
def test_r13_advises_on_help_that_nobody_could_repeat(change: dict[str, Any]) -> None:
    assert levels(provision(**change), "R13") == ["info"]


def test_r13_lets_words_stand_for_minutes_in_help_woven_into_the_day() -> None:
    loose = {"minutes_per_session": None, "sessions_per_week": None, "weeks": None, "group_size": None}
    assert not said(provision(kind="Equipment", when_where="All lessons", **loose), "R13")
    assert not said(provision(kind="Whole class", when_where="Every lesson", **loose), "R13")
    assert said(provision(kind="Equipment", when_where="Literacy", **loose), "R13")
    assert said(provision(kind="1:1", when_where="Daily", **loose), "R13")
    assert not said(provision(what="Access visits with physio"), "R13")


# R14, R15 --------------------------------------------------------------------------------------------


def test_r14_finds_outcomes_without_help_and_help_without_an_outcome() -> None:
    assert levels(replace(SCHOOL, provision=()), "R14") == ["amber"]
    assert levels(provision(outcomes=()), "R14") == ["amber", "amber"]
    elsewhere = replace(SCHOOL, provision=(PROVISION, replace(PROVISION, provision_id="V2", outcomes=("O9",))))
    assert ["V2" in row.message for row in said(elsewhere, "R14")] == [True]


def test_r14_finds_a_need_with_neither_from_the_plan_stage_on() -> None:
    bare = replace(SCHOOL, outcomes=(), provision=())
    assert levels(bare, "R14") == ["amber"]
    assert not said(replace(bare, cycles=(replace(CYCLE, plan_agreed_date=None, needs_summary=""),)), "R14")


def test_closed_cycles_are_not_judged_again() -> None:
    closed = replace(cycle(stage="Closed", review_held_date=date(2026, 11, 20)), provision=(), meetings=())
    assert not {row.rule for row in findings(closed, TODAY)} & {
        "R10",
        "R11",
        "R12",
        "R13",
        "R14",
        "R20",
        "R22",
        "R23",
    }


def test_r15_asks_for_hopes_before_outcomes() -> None:
    assert levels(pupil(aspiration_child=""), "R15") == ["amber"]
    assert not said(pupil(aspiration_child="", aspiration_parent="To be happy"), "R15")
    assert not said(replace(pupil(aspiration_child=""), outcomes=()), "R15")
