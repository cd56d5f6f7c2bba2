"""Each rule speaks when it should and is silent when it should, on the smallest school that shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from server.plans.model import (
    Contact,
    Cycle,
    EhcPlan,
    Finding,
    Meeting,
    Notification,
    Outcome,
    Provision,
    Pupil,
    School,
    Settings,
    Term,
    View,
)
from server.plans.rules import RULES, findings

TODAY = date(2026, 11, 23)
SETTINGS = Settings(
    kind="Community primary",
    terms=(
        Term(name="Autumn 1", start=date(2026, 9, 2), end=date(2026, 10, 23)),
        Term(name="Autumn 2", start=date(2026, 11, 2), end=date(2026, 12, 18)),
        Term(name="Spring 1", start=date(2027, 1, 4), end=date(2027, 2, 12)),
        Term(name="Spring 2", start=date(2027, 2, 22), end=date(2027, 3, 25)),
    ),
)
PUPIL = Pupil(
    pupil_id="P1",
    dob=date(2018, 5, 1),
    sen_status="K",
    primary_need="SLCN",
    accountable_staff=("ST1",),
    aspiration_child="To tell jokes",
)
CYCLE = Cycle(
    cycle_id="P1-C1",
    pupil="P1",
    stage="Do",
    assess_date=date(2026, 9, 21),
    plan_agreed_date=date(2026, 9, 21),
    review_due_date=date(2026, 12, 14),
    needs_summary="Short sentences",
    child_views="I like talking to Sam",
    parents_consulted="By phone",
    parents_consulted_date=date(2026, 9, 18),
)
OUTCOME = Outcome(
    outcome_id="O1",
    pupil="P1",
    cycle="P1-C1",
    area="Communication and interaction",
    outcome="By December Sam will link ideas so that stories make sense",
    target="Use 3 linking words in a retell",
    measure="Scored retell",
    baseline="1 linking word",
    baseline_rating=3,
    expected="3 linking words",
    expected_rating=6,
    target_date=date(2026, 12, 14),
)
PROVISION = Provision(
    provision_id="V1",
    pupil="P1",
    cycle="P1-C1",
    outcomes=("O1",),
    what="Narrative group",
    kind="Small group",
    delivered_by="ST2",
    expertise="Narrative training",
    when_where="Library, mornings",
    group_size=3,
    minutes_per_session=25,
    sessions_per_week=3,
    weeks=11,
    sessions_delivered=24,
)
MEETING = Meeting(
    meeting_id="M1", pupil="P1", cycle="P1-C1", date=date(2026, 12, 14), status="Booked", type="Termly review"
)
CONTACT = Contact(contact_id="C1", pupil="P1", receives_plan_copy=True, restriction_kind="none")
NOTIFICATION = Notification(notification_id="N1", pupil="P1", contact="C1", date=date(2026, 9, 18), method="Letter")
SCHOOL = School(
    settings=SETTINGS,
    pupils=(PUPIL,),
    cycles=(CYCLE,),
    outcomes=(OUTCOME,),
    provision=(PROVISION,),
    meetings=(MEETING,),
    contacts=(CONTACT,),
    notifications=(NOTIFICATION,),
)


def said(school: School, rule: str, today: date = TODAY) -> list[Finding]:
    return [row for row in findings(school, today) if row.rule == rule]


def levels(school: School, rule: str, today: date = TODAY) -> list[str]:
    return [row.level for row in said(school, rule, today)]


def pupil(**changes: Any) -> School:
    return replace(SCHOOL, pupils=(replace(PUPIL, **changes),))


def cycle(**changes: Any) -> School:
    return replace(SCHOOL, cycles=(replace(CYCLE, **changes),))


def outcome(**changes: Any) -> School:
    return replace(SCHOOL, outcomes=(replace(OUTCOME, **changes),))


def provision(**changes: Any) -> School:
    return replace(SCHOOL, provision=(replace(PROVISION, **changes),))


def meeting(**changes: Any) -> School:
    return replace(SCHOOL, meetings=(replace(MEETING, **changes),))


def test_a_school_in_order_is_left_in_peace() -> None:
    assert findings(SCHOOL, TODAY) == ()


def test_rules_are_numbered_once_and_in_order() -> None:
    ids = [rule.id for rule, _ in RULES]
    assert ids == sorted(set(ids))


# R01 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agreed", "level"), [(None, "block"), (date(2026, 11, 24), "block"), (date(2026, 11, 23), "red")]
)
def test_r01_stops_a_plan_whose_parent_was_not_notified(agreed: date | None, level: str) -> None:
    assert levels(replace(cycle(plan_agreed_date=agreed), notifications=()), "R01") == [level]


def test_r01_asks_for_each_entitled_parent() -> None:
    second = replace(CONTACT, contact_id="C2")
    barred = replace(CONTACT, contact_id="C3", restriction_kind="no_information")
    school = replace(SCHOOL, contacts=(CONTACT, second, barred))
    assert ["C2" in row.message for row in said(school, "R01")] == [True]


@pytest.mark.parametrize(
    "lack",
    [
        {"date": None},
        {"method": ""},
        {"contact": ""},
        {"date": date(2026, 11, 24)},
        {"kind": "Meeting invitation"},
        {"kind": "SEN support ended"},
    ],
)
def test_r01_wants_a_past_date_a_method_and_a_recipient(lack: dict[str, Any]) -> None:
    assert levels(replace(SCHOOL, notifications=(replace(NOTIFICATION, **lack),)), "R01") == ["red"]


def test_r01_is_amber_in_a_private_nursery_and_silent_for_e_and_without_the_senco_workbook() -> None:
    untold = replace(SCHOOL, notifications=())
    private = replace(untold, settings=replace(SETTINGS, kind="Private nursery"))
    assert levels(private, "R01") == ["amber"]
    assert not said(replace(untold, pupils=(replace(PUPIL, sen_status="E"),)), "R01")
    assert not said(replace(untold, sees_contacts=False, contacts=()), "R01")


def test_r01_speaks_when_no_parent_is_listed_at_all() -> None:
    assert levels(replace(SCHOOL, contacts=()), "R01") == ["red"]


def test_r01_accepts_notice_to_a_young_person_from_the_last_friday_in_june() -> None:
    to_pupil = replace(SCHOOL, contacts=(), notifications=(replace(NOTIFICATION, contact="", date=date(2026, 6, 1)),))
    of_age = replace(to_pupil, pupils=(replace(PUPIL, dob=date(2010, 8, 31)),))
    assert not said(of_age, "R01", date(2026, 6, 26))
    assert said(of_age, "R01", date(2026, 6, 25))
    assert said(replace(to_pupil, pupils=(replace(PUPIL, dob=date(2010, 9, 1)),)), "R01", date(2026, 6, 26))


# R04 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("held", "found"), [(date(2026, 11, 9), False), (date(2026, 11, 6), True)])
def test_r04_waits_ten_school_days_after_the_last_review(held: date, found: bool) -> None:
    assert bool(said(cycle(review_held_date=held, stage="Closed"), "R04")) is found


def test_r04_counts_from_identification_where_there_was_no_cycle() -> None:
    never = replace(pupil(sen_identified=date(2026, 9, 7)), cycles=())
    assert levels(never, "R04") == ["amber"]
    assert not said(replace(pupil(sen_identified=date(2026, 11, 16)), cycles=()), "R04")
    assert levels(replace(SCHOOL, cycles=()), "R04") == ["amber"]


def test_r04_asks_nothing_of_pupils_without_sen() -> None:
    assert not said(replace(pupil(sen_status="N", primary_need=""), cycles=()), "R04")


# R06 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "codes",
    [
        {"sen_status": "N"},
        {"sen_status": "N", "primary_need": "", "secondary_need": "ASD"},
        {"primary_need": ""},
        {"primary_need": "", "secondary_need": "ASD"},
        {"secondary_need": "SLCN"},
        {"primary_need": "SLCN; ASD"},
        {"sen_status": ""},
    ],
)
def test_r06_refuses_codes_that_do_not_fit(codes: dict[str, str]) -> None:
    assert "red" in levels(pupil(**codes), "R06")


def test_r06_accepts_nsa_with_k_only() -> None:
    assert not said(pupil(primary_need="NSA"), "R06")
    with_e = replace(
        pupil(sen_status="E", primary_need="NSA"),
        ehc_plans=(EhcPlan(ehc_id="E1", pupil="P1", issued=date(2024, 1, 8)),),
    )
    assert [row.cell for row in said(with_e, "R06")] == [""]
    assert not said(replace(with_e, pupils=(replace(PUPIL, sen_status="E"),)), "R06")


def test_r06_asks_for_the_issue_date_of_an_ehc_plan_where_the_ehc_tab_was_read() -> None:
    undated = replace(pupil(sen_status="E"), ehc_plans=(EhcPlan(ehc_id="E1", pupil="P1"),))
    assert levels(undated, "R06") == ["red"]
    assert levels(pupil(sen_status="E"), "R06") == ["red"]
    assert not said(replace(undated, ehc_plans=(), sees_contacts=False), "R06")


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
    assert not {row.rule for row in findings(closed, TODAY)} & {"R10", "R11", "R12", "R13", "R14", "R20", "R22", "R23"}


def test_r15_asks_for_hopes_before_outcomes() -> None:
    assert levels(pupil(aspiration_child=""), "R15") == ["amber"]
    assert not said(pupil(aspiration_child="", aspiration_parent="To be happy"), "R15")
    assert not said(replace(pupil(aspiration_child=""), outcomes=()), "R15")


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
