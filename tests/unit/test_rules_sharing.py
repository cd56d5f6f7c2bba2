"""The rules about parents, young people, reports and files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from server.plans.model import Contact, Finding, Paper, Pupil, School, Settings, Term
from server.plans.rules import findings

TODAY = date(2026, 11, 23)
YEAR = (
    Term(name="Autumn", start=date(2026, 9, 2), end=date(2026, 12, 18)),
    Term(name="Summer 2", start=date(2027, 6, 7), end=date(2027, 7, 21)),
)
PUPIL = Pupil(pupil_id="P1", dob=date(2018, 5, 1), year_group="Y4", sen_status="K", primary_need="SLCN")
MOTHER = Contact(
    contact_id="C1",
    pupil="P1",
    name="Ann Example",
    relationship="Mother",
    parental_responsibility=True,
    lives_with_child=True,
    household="H1",
    receives_plan_copy=True,
    restriction_kind="none",
)
FATHER = replace(MOTHER, contact_id="C2", name="Ben Example", relationship="Father", household="H2")
BARRED = {"receives_plan_copy": False, "restriction_kind": "no_information"}
SCHOOL = School(settings=Settings(terms=YEAR), pupils=(PUPIL,), contacts=(MOTHER, FATHER))


def said(school: School, rule: str, today: date = TODAY) -> list[Finding]:
    return [row for row in findings(school, today) if row.rule == rule]


def levels(school: School, rule: str, today: date = TODAY) -> list[str]:
    return [row.level for row in said(school, rule, today)]


def with_papers(table: str, *rows: dict[str, Any], **school: Any) -> School:
    papers = tuple(
        Paper(paper_id=f"X{n}", pupil="P1", values={"pupil": "P1", **row}, cells={"any": "Tab!A1"})
        for n, row in enumerate(rows, 1)
    )
    return replace(SCHOOL, papers={table: papers}, **school)


# R50 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "level"),
    [
        (date(2027, 6, 8), []),
        (date(2027, 6, 9), ["amber"]),
        (date(2027, 7, 21), ["amber"]),
        (date(2027, 7, 22), ["red"]),
    ],
)
def test_r50_asks_for_the_report_six_weeks_before_the_summer_term_ends(today: date, level: list[str]) -> None:
    assert levels(SCHOOL, "R50", today) == level


@pytest.mark.parametrize("year", ["2026/27", "2026-27", "2026 to 2027", "2026"])
def test_r50_takes_a_full_report_of_this_school_year(year: str) -> None:
    full = {"year": year, "progress": "Good", "achievements": "Many", "attendance": "95 %", "discuss": "Ring us"}
    june = date(2027, 6, 20)
    assert not said(with_papers("reports", full), "R50", june)
    assert "attendance" in said(with_papers("reports", {**full, "attendance": ""}), "R50", june)[0].message
    assert said(with_papers("reports", {**full, "year": "2025/26"}), "R50", june)


def test_r50_asks_no_attendance_in_reception_and_nothing_of_leavers_nurseries_or_pupils_without_sen() -> None:
    june = date(2027, 6, 20)
    full = {"year": "2026/27", "progress": "Good", "achievements": "Many", "discuss": "Ring us"}
    assert not said(with_papers("reports", full, pupils=(replace(PUPIL, year_group="R"),)), "R50", june)
    for change in ({"left": date(2027, 1, 1)}, {"year_group": "N2"}, {"sen_status": "N"}):
        assert not said(replace(SCHOOL, pupils=(replace(PUPIL, **change),)), "R50", june)


# R51 -------------------------------------------------------------------------------------------------


def test_r51_notes_several_homes_of_different_standing() -> None:
    assert not said(SCHOOL, "R51")
    carer = replace(FATHER, relationship="Foster carer", parental_responsibility=False)
    (found,) = said(replace(SCHOOL, contacts=(MOTHER, carer)), "R51")
    assert found.message == "Two recipients: mother (PR), carer (care, no PR)"
    one_home = replace(SCHOOL, contacts=(MOTHER, replace(carer, household="H1")))
    assert not said(one_home, "R51")


def test_r51_says_what_is_left_out_of_whose_copy() -> None:
    redacted = replace(FATHER, restriction_kind="redact", restriction="The new address must not be shown")
    (found,) = said(replace(SCHOOL, contacts=(MOTHER, redacted)), "R51")
    assert found.message.endswith("; redact the new address from father's copy")


def test_r51_asks_about_a_parent_in_law_without_a_copy_and_without_a_restriction() -> None:
    forgotten = replace(FATHER, receives_plan_copy=False)
    assert [row.row for row in said(replace(SCHOOL, contacts=(MOTHER, forgotten)), "R51")] == ["C2"]
    barred = replace(FATHER, **BARRED)
    assert not said(replace(SCHOOL, contacts=(MOTHER, barred)), "R51")


# R52, R53 --------------------------------------------------------------------------------------------


def test_r53_stops_everything_for_whoever_a_court_keeps_out_and_wants_the_reason() -> None:
    barred = replace(FATHER, **BARRED, restriction="Court order of 10 November 2025, seen by the head")
    (found,) = said(replace(SCHOOL, contacts=(MOTHER, barred)), "R53")
    assert (found.level, found.row) == ("block", "C2")
    assert found.message.endswith("(court order)")
    assert levels(replace(SCHOOL, contacts=(replace(barred, restriction=" "),)), "R53") == ["block", "amber"]
    assert not said(SCHOOL, "R53")


@pytest.mark.parametrize(("today", "rule"), [(date(2026, 6, 25), "R53"), (date(2026, 6, 26), "R52")])
def test_from_the_last_friday_in_june_it_is_the_young_person_who_decides(today: date, rule: str) -> None:
    grown = replace(PUPIL, dob=date(2010, 8, 31), own_choice="Some only")
    school = replace(
        SCHOOL, pupils=(grown,), contacts=(MOTHER, replace(FATHER, **BARRED, restriction="Asked for it"))
    )
    blocks = [row.rule for row in findings(school, today) if row.level == "block" and row.row == "C2"]
    assert blocks == [rule]


@pytest.mark.parametrize(("choice", "found"), [("", True), ("Not asked yet", True), ("Everyone", False)])
def test_r52_asks_for_the_young_person_s_choice(choice: str, found: bool) -> None:
    grown = replace(PUPIL, dob=date(2010, 1, 15), own_choice=choice)
    assert (levels(replace(SCHOOL, pupils=(grown,)), "R52") == ["prompt"]) is found
    assert not said(replace(SCHOOL, pupils=(replace(grown, left=date(2026, 7, 1)),)), "R52")


# R54 to R56 ------------------------------------------------------------------------------------------


def test_r54_flags_a_file_31_years_after_birth_and_only_of_those_who_left() -> None:
    gone = replace(PUPIL, dob=date(1995, 11, 23), left=date(2013, 7, 19))
    school = replace(SCHOOL, pupils=(gone,))
    assert levels(school, "R54") == ["prompt"]
    assert not said(school, "R54", date(2026, 11, 22))
    assert not said(replace(SCHOOL, pupils=(replace(gone, left=None),)), "R54")


@pytest.mark.parametrize(("days", "level"), [(9, []), (10, ["amber"]), (15, ["amber"]), (16, ["red"])])
def test_r55_gives_the_file_fifteen_school_days(days: int, level: list[str]) -> None:
    left = date(2026, 10, 2)
    weeks, rest = divmod(days, 5)
    today = left + timedelta(days=7 * weeks + (rest + 2 if rest else 0))
    assert levels(replace(SCHOOL, pupils=(replace(PUPIL, left=left),)), "R55", today) == level


def test_r55_is_silent_once_the_file_is_sent_and_for_pupils_without_sen() -> None:
    left = replace(PUPIL, left=date(2026, 9, 4))
    assert not said(with_papers("transfers", {"direction": "Sent", "file_date": TODAY}, pupils=(left,)), "R55")
    assert said(with_papers("transfers", {"direction": "Received", "file_date": TODAY}, pupils=(left,)), "R55")
    assert not said(replace(SCHOOL, pupils=(replace(left, sen_status="N"),)), "R55")


@pytest.mark.parametrize(
    ("asked", "level"),
    [
        (date(2026, 11, 4), "info"),
        (date(2026, 11, 3), "amber"),
        (date(2026, 10, 23), "amber"),
        (date(2026, 10, 22), "red"),
    ],
)
def test_r56_gives_an_access_request_one_month(asked: date, level: str) -> None:
    assert levels(with_papers("access_requests", {"asked": asked}), "R56") == [level]


def test_r56_lets_a_complex_request_take_three_months_and_is_silent_once_answered() -> None:
    asked = {"asked": date(2026, 8, 22), "extended": date(2027, 8, 1)}
    assert "2026-11-22: 1 day late" in said(with_papers("access_requests", asked), "R56")[0].message
    assert not said(with_papers("access_requests", {**asked, "answered": TODAY}), "R56")


# R62, R63 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "level"),
    [
        (date(2026, 11, 10), []),
        (date(2026, 11, 11), ["amber"]),
        (date(2027, 2, 10), ["amber"]),
        (date(2027, 2, 11), ["red"]),
        (date(2027, 5, 11), []),
    ],
)
def test_r62_wants_the_check_by_the_third_birthday_and_gives_up_in_the_end(today: date, level: list[str]) -> None:
    small = replace(SCHOOL, pupils=(replace(PUPIL, dob=date(2024, 2, 11), year_group="N1"),))
    assert levels(small, "R62", today) == level
    done = with_papers("early_years", {"check_date": date(2026, 5, 12)}, pupils=small.pupils)
    assert not said(done, "R62", today)


def test_r62_never_lets_a_check_be_passed_on_without_agreement() -> None:
    small = (replace(PUPIL, dob=date(2024, 2, 11), year_group="N1"),)
    shared = {"check_date": date(2026, 5, 12), "check_share_date": date(2026, 5, 20)}
    assert levels(with_papers("early_years", shared, pupils=small), "R62") == ["red"]
    assert not said(with_papers("early_years", {**shared, "check_share": True}, pupils=small), "R62")


@pytest.mark.parametrize(("days", "level"), [(29, []), (28, ["amber"]), (0, ["amber"]), (-1, [])])
def test_r63_asks_four_weeks_before_a_move_what_may_be_passed_on(days: int, level: list[str]) -> None:
    move = {"move_date": TODAY + timedelta(days=days)}
    assert levels(with_papers("transitions", move), "R63") == level
    assert not said(with_papers("transitions", {**move, "information_agreed": ("All of it",)}), "R63")


def test_r63_is_red_where_records_went_before_anybody_agreed() -> None:
    assert levels(with_papers("transitions", {"records_sent": date(2026, 7, 15)}), "R63") == ["red"]
