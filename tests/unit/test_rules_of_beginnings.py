"""Rules of the beginning of a plan and of the people around it: R01 to R07 and R16 to R18."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rules_school import (
    CYCLE,
    MEETING,
    NOTIFICATION,
    PUPIL,
    READS,
    SCHOOL,
    SETTINGS,
    TODAY,
    cycle,
    levels,
    meeting,
    provision,
    pupil,
    said,
)

from server.plans.model import Paper, School, Staff, View
from sheets_templates import catalogue

STAFF = (
    Staff(staff_id="ST1", role="Class teacher"),
    Staff(staff_id="ST2", role="Teaching assistant"),
    Staff(staff_id="ST9", role="SENCO"),
)


def having(table: str, *rows: dict[str, Any], school: School = SCHOOL) -> School:
    """The school with these rows in a tab; each of P1 unless it says otherwise."""
    made = tuple(
        Paper(paper_id=f"X{number}", pupil=str(row.get("pupil", "P1")), values={"pupil": "P1", **row})
        for number, row in enumerate(rows, 1)
    )
    return replace(school, papers={**school.papers, table: made})


# R01 -------------------------------------------------------------------------------------------------

UNTOLD = replace(cycle(plan_agreed_date=None), notifications=(), staff=STAFF)
DECIDED = {"rule": "R01", "reason": "Mother told by phone", "by_staff": "ST9", "decided": date(2026, 11, 20)}


def nursery(school: School) -> School:
    return replace(school, settings=replace(SETTINGS, kind="Private nursery"))


def test_r01_stops_a_plan_in_a_private_nursery_too_and_says_how_the_senco_may_go_on() -> None:
    (found,) = said(nursery(UNTOLD), "R01")
    assert (found.level, found.force) == ("block", "should")
    assert "The SENCO may decide otherwise" in found.action


@pytest.mark.parametrize(
    ("change", "heard"),
    [
        ({}, False),
        ({"by_staff": "ST1"}, True),
        ({"by_staff": "ST77"}, True),
        ({"reason": " "}, True),
        ({"decided": None}, True),
        ({"decided": date(2026, 11, 24)}, True),
        ({"until": TODAY}, True),
        ({"until": date(2026, 11, 24)}, False),
        ({"rule": "R10"}, True),
    ],
)
def test_r01_is_lifted_in_a_private_nursery_by_the_sencos_reason_alone(change: dict[str, Any], heard: bool) -> None:
    assert bool(said(nursery(having("exceptions", {**DECIDED, **change}, school=UNTOLD)), "R01")) is heard


def test_r01_is_lifted_by_nobody_where_the_act_applies() -> None:
    assert levels(having("exceptions", DECIDED, school=UNTOLD), "R01") == ["block"]


# R02 -------------------------------------------------------------------------------------------------

FIRST = replace(CYCLE, cycle_number=1)
BEGUN = replace(SCHOOL, cycles=(FIRST,))


@pytest.mark.parametrize(("told", "found"), [(date(2026, 9, 21), []), (date(2026, 9, 22), ["amber"])])
def test_r02_wants_the_notification_by_the_day_the_plan_is_agreed(told: date, found: list[str]) -> None:
    assert levels(replace(BEGUN, notifications=(replace(NOTIFICATION, date=told),)), "R02") == found


@pytest.mark.parametrize(("heard", "found"), [(date(2026, 9, 18), []), (date(2026, 9, 19), ["amber"])])
def test_r02_wants_a_parents_word_by_the_day_of_the_notification(heard: date, found: list[str]) -> None:
    silent = replace(FIRST, parents_consulted_date=None)
    view = View(view_id="W1", pupil="P1", who="parent", date=heard, words="She hides at school")
    assert levels(replace(BEGUN, cycles=(silent,), views=(view,)), "R02") == found
    assert levels(replace(BEGUN, cycles=(replace(FIRST, parents_consulted_date=heard),)), "R02") == found
    talk = {"date": heard, "words": "Phoned"}
    assert levels(having("contact_log", talk, school=replace(BEGUN, cycles=(silent,))), "R02") == found


def test_r02_looks_at_first_cycles_of_k_pupils_alone() -> None:
    late = (replace(NOTIFICATION, date=date(2026, 9, 22)),)
    assert not said(replace(BEGUN, cycles=(replace(FIRST, cycle_number=4),), notifications=late), "R02")
    assert not said(replace(BEGUN, pupils=(replace(PUPIL, sen_status="E"),), notifications=late), "R02")
    assert not said(replace(BEGUN, notifications=late, sees_contacts=False), "R02")
    closed = replace(FIRST, review_held_date=date(2026, 11, 20))
    assert levels(replace(BEGUN, cycles=(closed,), notifications=late), "R02") == ["history"]


# R03 -------------------------------------------------------------------------------------------------


def test_r03_asks_about_a_cycle_that_runs_for_a_pupil_without_sen() -> None:
    assert levels(pupil(sen_status="N", primary_need=""), "R03") == ["amber"]
    for status in ("K", "E", ""):
        assert not said(pupil(sen_status=status), "R03")
    assert not said(replace(pupil(sen_status="N"), cycles=(replace(CYCLE, stopped=TODAY),)), "R03")


def test_no_column_of_any_tab_asks_for_a_diagnosis() -> None:
    for table in catalogue.load().tables.values():
        for column in table.columns:
            assert "diagnos" not in f"{column.key} {column.header}".casefold()


# R05 -------------------------------------------------------------------------------------------------

CONCERN = {"raised": date(2026, 11, 16), "words": "He cries on Sundays"}


@pytest.mark.parametrize(
    ("raised", "found"),
    [
        (date(2026, 11, 18), []),
        (date(2026, 11, 17), ["amber"]),
        (date(2026, 11, 16), ["amber"]),
        (date(2026, 11, 13), ["red"]),
    ],
)
def test_r05_gives_five_school_days_to_answer_a_concern(raised: date, found: list[str]) -> None:
    assert levels(having("concerns", {**CONCERN, "raised": raised}), "R05") == found


@pytest.mark.parametrize("change", [{"answered": TODAY}, {"words": " "}, {"pupil": "P9"}])
def test_r05_is_silent_once_a_concern_is_answered_or_where_there_is_none(change: dict[str, Any]) -> None:
    assert not said(having("concerns", {**CONCERN, "raised": date(2026, 10, 1), **change}), "R05")


def test_r05_follows_the_schools_own_number_of_days_and_asks_for_a_missing_one() -> None:
    slower = replace(SCHOOL, settings=replace(SETTINGS, concern_days=10))
    assert not said(having("concerns", {**CONCERN, "raised": date(2026, 11, 11)}, school=slower), "R05")
    assert levels(having("concerns", {**CONCERN, "raised": None}), "R05") == ["amber"]


@pytest.mark.parametrize(("held", "found"), [(date(2026, 11, 16), []), (date(2026, 11, 13), ["amber"])])
def test_r05_wants_the_note_of_a_first_talk(held: date, found: list[str]) -> None:
    school = meeting(type="Early discussion", status="Held", date=held)
    assert levels(school, "R05") == found
    assert not said(having("early_notes", {"date": held}, school=school), "R05")
    assert levels(having("early_notes", {"date": date(2026, 9, 1)}, school=school), "R05") == found


# R07 -------------------------------------------------------------------------------------------------

REFERRAL = {
    "service": "Educational psychologist",
    "agreed_by": "Mother",
    "agreed_date": date(2026, 11, 9),
    "agreed_capacity": "Parental responsibility",
    "shared": ("The plan",),
    "sent": date(2026, 11, 9),
}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"agreed_by": " "}, ["block"]),
        ({"agreed_date": None}, ["block"]),
        ({"agreed_date": date(2026, 11, 10)}, ["block"]),
        ({"agreed_by": "", "sent": None}, ["amber"]),
        ({"agreed_by": "", "sent": None, "service": ""}, []),
        ({"agreed_capacity": ""}, ["info"]),
        ({"shared": ()}, ["info"]),
        ({"shared": (), "report_date": TODAY}, []),
        ({"pupil": "P9", "agreed_by": ""}, []),
    ],
)
def test_r07_stops_a_referral_that_nobody_agreed_to(change: dict[str, Any], found: list[str]) -> None:
    assert levels(having("referrals", {**REFERRAL, **change}), "R07") == found


def test_r07_says_how_to_go_on_and_needs_the_senco_workbook() -> None:
    school = having("referrals", {**REFERRAL, "agreed_by": ""})
    (found,) = said(school, "R07")
    assert "parental responsibility" in found.action
    assert found.mover == "senco"
    assert not said(replace(school, sees_contacts=False), "R07")


def test_r07_asks_for_the_young_persons_own_agreement_once_the_right_is_theirs() -> None:
    of_age = pupil(dob=date(2010, 8, 31))
    assert levels(having("referrals", REFERRAL, school=of_age), "R07") == ["amber"]
    assert not said(having("referrals", {**REFERRAL, "agreed_capacity": "Young person"}, school=of_age), "R07")
    assert not said(having("referrals", REFERRAL, school=pupil(dob=date(2011, 8, 31))), "R07")


# R16 -------------------------------------------------------------------------------------------------


def reads(*rows: dict[str, Any]) -> School:
    return having("reads", *({"cycle": "P1-C1", **row} for row in rows))


@pytest.mark.parametrize(("given", "found"), [(date(2026, 11, 16), False), (date(2026, 11, 13), True)])
def test_r16_chases_an_adult_after_five_school_days(given: date, found: bool) -> None:
    school = reads({"staff": "ST1", "given": given}, {"staff": "ST2", "given": given, "read": True})
    assert [row.message[:3] for row in said(school, "R16") if row.level == "amber"] == ["ST1"] * found


@pytest.mark.parametrize(("agreed", "found"), [(date(2026, 11, 16), []), (date(2026, 11, 13), ["info"])])
def test_r16_names_adults_whom_nobody_asked_to_read(agreed: date, found: list[str]) -> None:
    school = replace(cycle(plan_agreed_date=agreed), papers={})
    assert levels(school, "R16") == found


def test_r16_asks_no_visitor_and_nothing_before_the_plan_is_in_use() -> None:
    visitor = replace(SCHOOL, papers={"reads": READS[:1]}, staff=(Staff(staff_id="ST2", external=True),))
    assert not said(visitor, "R16")
    assert not said(replace(cycle(plan_agreed_date=None), papers={}), "R16")


# R17 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [Staff(staff_id="ST1", role="HLTA"), Staff(staff_id="ST1", external=True)])
def test_r17_refuses_an_assistant_or_a_visitor_as_the_main_adult(person: Staff) -> None:
    assert levels(replace(SCHOOL, staff=(person,)), "R17") == ["red"]


@pytest.mark.parametrize("role", ["Class teacher", "Form tutor", "Key person", "Assistant SENCO", "Head teacher", ""])
def test_r17_takes_whoever_teaches(role: str) -> None:
    assert not said(replace(SCHOOL, staff=(Staff(staff_id="ST1", role=role),)), "R17")


def test_r17_counts_main_adults_between_two_plans_and_leaves_a_running_one_to_r10() -> None:
    for count, found in ((0, ["amber"]), (1, []), (2, ["amber"])):
        names = tuple(f"ST{number}" for number in range(count))
        idle = replace(pupil(accountable_staff=names), cycles=(replace(CYCLE, review_held_date=TODAY),))
        assert levels(idle, "R17") == found
        assert not said(pupil(accountable_staff=names), "R17")
    nobody = replace(PUPIL, accountable_staff=(), sen_status="N")
    assert not said(replace(SCHOOL, pupils=(nobody,), cycles=()), "R17")


# R18 -------------------------------------------------------------------------------------------------

GAP = provision(training_gap="ST2 to learn signing")
BY_SPRING = date(2027, 1, 4)


def test_r18_tells_staff_alone_of_a_training_gap_once() -> None:
    again = replace(GAP, provision=(*GAP.provision, replace(GAP.provision[0], provision_id="V2")))
    for school in (GAP, again):
        (found,) = said(school, "R18")
        assert (found.level, found.message) == ("staff", "Training need: ST2 to learn signing")


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("training", {"skill": "st2 to learn signing.", "due": BY_SPRING}),
        ("training", {"skill": "Signing", "why": "V1; P1", "due": BY_SPRING}),
        ("training", {"skill": "Signing", "why": "V1", "completed": date(2026, 11, 2)}),
        ("actions", {"action": "ST2 to learn signing", "due": BY_SPRING}),
        ("actions", {"action": "Signing course", "about": "Training", "due": BY_SPRING}),
    ],
)
def test_r18_is_quiet_once_something_dated_takes_the_gap_up(table: str, row: dict[str, Any]) -> None:
    assert not said(having(table, row, school=GAP), "R18")
    dateless = {key: value for key, value in row.items() if key not in ("due", "completed")}
    assert said(having(table, dateless, school=GAP), "R18")


@pytest.mark.parametrize(("due", "late"), [(TODAY, 0), (date(2026, 11, 22), 1)])
def test_r18_tells_of_training_that_is_past_its_day_as_the_schools_own(due: date, late: int) -> None:
    school = having("training", {"skill": "Signing", "due": due})
    assert [(row.level, row.pupil_id) for row in said(school, "R18")] == [("staff", "")] * late
    assert not said(having("training", {"skill": "Signing", "due": due, "completed": due}), "R18")


def test_meetings_of_another_kind_are_no_first_talk() -> None:
    assert not said(replace(SCHOOL, meetings=(replace(MEETING, status="Held", date=date(2026, 10, 1)),)), "R05")
