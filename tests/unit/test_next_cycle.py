"""The draft of the next turn: what goes on, what ends, what is asked, and when the next review is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from year_school import BEFORE, DONE, GIVEN, LIVE, REVIEW, SCHOOL, SETTINGS, TODAY, pupil, with_paper

from server.plans.model import Cycle, School
from server.plans.new_ids import NewIds
from server.plans.next_cycle import Draft, next_draft, to_go_on_from
from server.plans.register import Register
from server.plans.terms import is_school_day, school_days_between
from sheets_templates.catalogue import load
from sheets_templates.imports.matching import Add

HELD = date(2026, 11, 16)
CYCLE = replace(
    LIVE,
    review_held_date=HELD,
    review_due_date=HELD,
    cycle_number=2,
    needs_summary="Short sentences",
    history="Born early.",
)
MET = replace(REVIEW, review_id="R2", cycle="C2", date=HELD, next_review_date=date(2027, 2, 10))
GOAL = replace(
    DONE, outcome_id="O2", cycle="C2", target="Tell a story in 4 steps", actual="3 steps", decision="Leave as it is"
)
HELP = replace(
    GIVEN, provision_id="V2", cycle="C2", outcomes=("O2",), effect="Strong", decision="Keep", exit_measure="12/20"
)


def school(cycle: Any = CYCLE, review: Any = MET, goal: Any = GOAL, help_given: Any = HELP, **more: Any) -> School:
    return replace(
        SCHOOL,
        cycles=(BEFORE, cycle),
        reviews=(REVIEW, review),
        outcomes=(DONE, goal),
        provision=(GIVEN, help_given),
        **more,
    )


def draft(found: School, cycle_id: str = "C2", today: date = TODAY) -> Draft:
    register = Register(found, today)
    return next_draft(register, register.cycle[cycle_id], NewIds(load(), cycle_id, {}))


def rows(found: Draft, table: str) -> list[Add]:
    return [add for add in found.adds if add.table == table]


def test_an_unmet_outcome_goes_on_from_where_the_child_is_now() -> None:
    found = draft(school())
    (row,) = rows(found, "outcomes")
    assert row.values["baseline"] == "3 steps"
    assert row.values["baseline_rating"] == GOAL.actual_rating == 5
    assert row.values["expected_rating"] == 6
    assert row.values["target"] == "Tell a story in 4 steps"
    assert row.values["carried_from"] == "O2"
    assert "actual_rating" not in row.values
    assert "result" not in row.values
    assert "decision" not in row.values
    assert found.carried == {"O2": row.row_id}
    assert found.is_ready


def test_the_new_row_of_assess_is_numbered_on_and_remembers_what_worked() -> None:
    (row,) = rows(draft(school()), "cycles")
    assert row.values["cycle_number"] == 3
    assert row.values["needs_summary"] == "Short sentences"
    assert row.values["history"] == "Born early.\nWhat worked in cycle 2: Narrative group (strong)."
    assert row.values["review_due_date"] == date(2027, 2, 10)
    assert "plan_agreed_date" not in row.values
    assert "assess_date" not in row.values
    assert "review_held_date" not in row.values


def test_help_that_worked_goes_on_with_the_outcome_it_is_for() -> None:
    found = draft(school())
    (row,) = rows(found, "provision")
    assert row.values["outcomes"] == (found.carried["O2"],)
    assert row.values["what"] == "Narrative group"
    assert row.values["entry_measure"] == "12/20"
    assert row.values["carried_from"] == "V2"
    assert not {"effect", "decision", "sessions_delivered", "start_date", "training_gap"} & row.values.keys()


@pytest.mark.parametrize(
    ("effect", "decision", "reason", "goes_on", "asks"),
    [
        ("Strong", "Keep", "", True, ""),
        ("Some", "Keep", "", True, ""),
        ("Some", "Tweak", "", True, "What changes"),
        ("None", "Keep", "", False, "Why"),
        ("None", "Keep", "She asks for it", True, ""),
        ("Not delivered", "Keep", "", False, "fair test"),
        ("Negative", "Tweak", "", False, "Why"),
        ("Strong", "Stop", "", False, ""),
        ("Strong", "Change", "", False, "What takes its place"),
        ("Strong", "", "", False, "kept, changed or stopped"),
        ("", "Keep", "", False, "What difference"),
    ],
)
def test_only_help_that_works_and_is_kept_goes_on(
    effect: str, decision: str, reason: str, goes_on: bool, asks: str
) -> None:
    found = draft(school(help_given=replace(HELP, effect=effect, decision=decision, kept_because=reason)))
    about = [ask.words for ask in found.asks if ask.row.id == "V2"]
    assert bool(rows(found, "provision")) is goes_on
    assert len(about) == bool(asks)
    assert all(asks in words for words in about)


def test_help_for_an_outcome_that_ended_is_asked_about_and_not_dragged_along() -> None:
    found = draft(school(goal=replace(GOAL, actual_rating=6, decision="Achieved – new outcome")))
    assert not rows(found, "provision")
    assert any("no outcome that it is for goes on" in ask.words for ask in found.asks)


@pytest.mark.parametrize(
    ("now", "decision", "becomes"),
    [
        (5, "Leave as it is", "carried"),
        (5, "Tweak", "carried"),
        (5, "Change a lot", "carried"),
        (5, "Seek specialist advice", "carried"),
        (5, "", "carried"),
        (2, "", "carried"),
        (1, "Tweak", "carried"),
        (6, "", "ended"),
        (7, "Achieved – new outcome", "ended"),
        (5, "Achieved – new outcome", "ended"),
        (5, "Stop and replace", "ended"),
        (5, "Step down to universal", "ended"),
        (6, "Leave as it is", "asked"),
        (None, "Leave as it is", "asked"),
        (None, "", "asked"),
        (None, "Stop and replace", "ended"),
    ],
)
def test_an_outcome_goes_on_ends_or_is_asked_about(now: int | None, decision: str, becomes: str) -> None:
    found = draft(school(goal=replace(GOAL, actual_rating=now, result="", decision=decision)))
    assert ("O2" in found.carried, "O2" in found.ended, bool(found.musts)) == (
        becomes == "carried",
        becomes == "ended",
        becomes == "asked",
    )
    assert found.is_ready is (becomes != "asked")


def test_a_target_that_is_to_change_a_lot_is_left_to_people() -> None:
    found = draft(school(goal=replace(GOAL, decision="Change a lot")))
    assert "target" not in rows(found, "outcomes")[0].values
    assert any("What is the next step now" in ask.words for ask in found.asks)


@pytest.mark.parametrize(("now", "aimed", "aim"), [(5, 6, 6), (1, 6, 6), (1, 7, None)])
def test_the_aim_stays_where_it_was_unless_it_is_more_than_five_steps_off(
    now: int, aimed: int, aim: int | None
) -> None:
    found = draft(school(goal=replace(GOAL, actual_rating=now, expected_rating=aimed)))
    assert rows(found, "outcomes")[0].values.get("expected_rating") == aim
    assert any(ask.field == "expected_rating" for ask in found.asks) is (aim is None)


def test_planned_twice_the_rows_have_the_same_ids() -> None:
    assert draft(school()).adds == draft(school()).adds


def test_an_open_turn_is_never_joined_by_another() -> None:
    found = draft(school(cycle=LIVE), "C1")
    assert found.standing == "C2"
    assert not found.adds
    assert draft(school(cycle=LIVE)).refusal.startswith("The review of C2 has not been held")


def test_nothing_follows_an_earlier_turn() -> None:
    assert "go on from C2" in draft(school(), "C1").refusal


def test_nothing_follows_for_a_pupil_who_left_and_it_goes_on_for_one_who_came_back() -> None:
    gone = replace(school(), pupils=pupil(left=date(2026, 11, 20)).pupils)
    assert draft(gone).refusal
    assert not to_go_on_from(Register(gone, TODAY), "P1")
    back = replace(gone, pupils=pupil(left=date(2026, 11, 17), joined=date(2026, 11, 20)).pupils)
    assert draft(back).is_ready


def test_a_turn_that_ended_without_a_review_is_gone_on_from_and_its_outcomes_are_kept() -> None:
    stopped = replace(CYCLE, review_held_date=None, stopped=date(2026, 11, 17))
    found = draft(school(cycle=stopped, goal=replace(GOAL, actual_rating=None, actual="", decision="")))
    assert set(found.carried) == {"O2"}
    assert found.is_ready
    assert "baseline_rating" not in rows(found, "outcomes")[0].values
    assert any("Where does the child start now" in ask.words for ask in found.asks)


def test_nothing_follows_a_step_down_nor_a_plan_that_ended() -> None:
    assert "step-down" in draft(school(review=replace(MET, next_step="Step down to universal"))).refusal
    ended = with_paper(school(), "plans", kind="SEN support", ended=HELD, why_ended="No longer needs SEN support")
    assert "This plan has ended" in draft(ended).refusal


def plans(*kinds: tuple[str, str], found: School) -> School:
    for plan_id, kind in kinds:
        found = with_paper(found, "plans", kind=kind)
        rows_ = found.papers["plans"]
        found = replace(found, papers={"plans": (*rows_[:-1], replace(rows_[-1], paper_id=plan_id))})
    return found


def test_each_plan_has_a_turn_of_its_own() -> None:
    beside = replace(CYCLE, cycle_id="C9", plan="PL2", review_held_date=None)
    base = replace(school(), cycles=(replace(CYCLE, plan="PL1"), beside))
    found = plans(("PL1", "SEN support"), ("PL2", "Relational"), found=base)
    (cycle,) = to_go_on_from(Register(found, TODAY), "P1")
    assert cycle.cycle_id == "C2"
    (row, *_) = draft(found).adds
    assert row.values["plan"] == "PL1"


def test_a_plan_that_was_followed_by_another_has_no_turn_of_its_own_any_more() -> None:
    later = replace(
        CYCLE, cycle_id="C9", plan="PL2", assess_date=HELD, plan_agreed_date=HELD, review_held_date=date(2026, 11, 20)
    )
    base = replace(school(), cycles=(replace(CYCLE, plan="PL1"), later))
    found = plans(("PL1", "SEN support"), ("PL2", "My Support Plan"), found=base)
    assert [cycle.cycle_id for cycle in to_go_on_from(Register(found, TODAY), "P1")] == ["C9"]
    assert "go on from C9" in draft(found).refusal


# The day of the next review ----------------------------------------------------------------------------


def due(found: School, today: date = TODAY) -> date:
    day = draft(found, today=today).review_due
    assert day is not None
    return day


def test_the_day_the_review_chose_is_taken() -> None:
    assert due(school()) == date(2027, 2, 10)


def test_without_a_chosen_day_it_is_the_schools_interval_on_a_school_day() -> None:
    day = due(school(review=replace(MET, next_review_date=None)))
    assert is_school_day(SETTINGS, day)
    assert school_days_between(SETTINGS, HELD, day) == 5 * SETTINGS.review_interval_weeks
    young = replace(school(review=replace(MET, next_review_date=None)), pupils=pupil(year_group="R").pupils)
    assert school_days_between(SETTINGS, HELD, due(young)) == 40


@pytest.mark.parametrize(
    ("overall", "is_capped"), [("Less than expected", True), ("Little or none", True), ("As expected", False)]
)
def test_after_weak_progress_the_next_look_is_never_later_than_the_last_was(overall: str, is_capped: bool) -> None:
    short = replace(CYCLE, plan_agreed_date=date(2026, 10, 5))
    found = school(cycle=short, review=replace(MET, overall_progress=overall))
    planned = school_days_between(SETTINGS, date(2026, 10, 5), HELD)
    day = due(found)
    assert (day < date(2027, 2, 10)) is is_capped
    assert (school_days_between(SETTINGS, HELD, day) == planned) is is_capped
    assert any("no later than last time" in ask.words for ask in draft(found).asks) is is_capped


def test_a_day_that_is_past_already_is_counted_afresh_from_today() -> None:
    assert due(school(), today=date(2027, 3, 1)) > date(2027, 3, 1)


def test_where_settings_name_no_term_so_far_ahead_the_day_is_asked_for() -> None:
    found = draft(school(review=replace(MET, next_review_date=None)), today=date(2027, 7, 20))
    assert found.review_due is None
    assert any("When is the next review" in ask.words for ask in found.asks)


def test_a_chosen_day_without_school_is_asked_about() -> None:
    found = draft(school(review=replace(MET, next_review_date=date(2027, 2, 13))))
    assert any("not a school day" in ask.words for ask in found.asks)


def test_no_turn_is_offered_for_pupils_with_one_open_or_without_sen() -> None:
    assert to_go_on_from(Register(school(cycle=LIVE), TODAY), "P1") == ()
    none: tuple[Cycle, ...] = to_go_on_from(
        Register(replace(school(), pupils=pupil(sen_status="N").pupils), TODAY), "P1"
    )
    assert none == ()
