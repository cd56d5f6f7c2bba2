"""Worklists: everything that waits stands on one list, with its days, its cell and whose move is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rules_school import CYCLE, PUPIL, SCHOOL, TODAY, cycle, meeting, provision
from sample_schools import sample_school

from server.plans.model import LogEntry, Paper, Review, School, Staff
from server.plans.register import Register
from server.plans.rules import RULES, findings
from server.plans.worklists import LISTS, MOVERS, Item, Listed, by_mover, mine, worklists
from server.plans.worklists.item import WORKING

STAFF = (
    Staff(staff_id="ST1", name="Ada Teacher", role="Class teacher"),
    Staff(staff_id="ST2", name="Bo Assistant", role="Teaching assistant"),
    Staff(staff_id="ST9", name="Cy Lead", role="SENCO"),
    Staff(staff_id="ST8", name="Di Head", role="Headteacher"),
)


def lists(school: School, today: date = TODAY) -> tuple[Listed, ...]:
    return worklists(Register(school, today), findings(school, today))


def on(school: School, key: str, today: date = TODAY) -> tuple[Item, ...]:
    return next((row.items for row in lists(school, today) if row.key == key), ())


def with_papers(table: str, *rows: dict[str, Any], staff: tuple[Staff, ...] = STAFF) -> School:
    papers = tuple(
        Paper(
            paper_id=f"X{number}", pupil=str(row.get("pupil", "")), values=row, cells={key: f"T!{key}" for key in row}
        )
        for number, row in enumerate(rows, 1)
    )
    return replace(SCHOOL, staff=staff, papers={**SCHOOL.papers, table: papers})


def test_a_school_in_order_has_nothing_on_any_list() -> None:
    assert lists(SCHOOL) == ()


def test_each_list_has_a_name_of_its_own_and_no_rule_at_one_level_stands_on_two() -> None:
    assert len({each.key for each in LISTS}) == len(LISTS)
    claimed = [(rule, level) for each in LISTS for rule in each.rules for level in each.levels]
    assert len(claimed) == len(set(claimed))


@pytest.mark.parametrize("setting", ["S1", "S2", "S3"])
def test_all_that_the_rules_ask_for_stands_on_exactly_one_list_and_history_on_none(setting: str) -> None:
    school = sample_school(setting)
    found = findings(school, TODAY)
    asked = sorted((row.rule, row.pupil_id, row.message) for row in found if row.level in WORKING)
    listed = [item for row in lists(school) for item in row.items if item.rule]
    assert sorted((i.rule, i.pupil_id, i.what) for i in listed if i.level in WORKING) == asked
    assert any(row.level == "history" for row in found)
    assert not any(item.level == "history" for item in listed)


@pytest.mark.parametrize("setting", ["S1", "S2", "S3"])
def test_each_line_says_whose_move_it_is_and_which_colleague_is_to_make_it(setting: str) -> None:
    for row in lists(sample_school(setting)):
        for item in row.items:
            assert item.mover in MOVERS
            assert bool(item.staff) == (item.mover in ("teacher", "senco", "head"))


def test_what_is_for_staff_alone_never_waits_for_a_parent() -> None:
    for setting in ("S1", "S2", "S3"):
        for row in lists(sample_school(setting)):
            assert not any(item.staff_only and item.mover == "parent" for item in row.items)


def test_every_rule_has_a_list_to_stand_on() -> None:
    assert {rule.id for rule, _ in RULES} == {rule for each in LISTS for rule in each.rules}


def test_a_review_is_due_until_its_day_and_overdue_after_it() -> None:
    day = date(2026, 11, 23)
    assert [item.until for item in on(cycle(review_due_date=day), "due", day)] == [day]
    assert on(cycle(review_due_date=day), "overdue", day) == ()
    after = date(2026, 11, 24)
    assert [item.is_late for item in on(cycle(review_due_date=day), "overdue", after)] == [True]
    assert on(cycle(review_due_date=day), "due", after) == ()


def test_a_cancelled_meeting_leaves_its_review_on_the_list_of_those_not_booked() -> None:
    (item,) = on(meeting(status="Cancelled"), "not-booked")
    assert (item.pupil_id, item.since, item.until, item.mover) == (
        "P1",
        date(2026, 9, 21),
        date(2026, 12, 14),
        "teacher",
    )
    assert item.staff == ("ST1",)


def test_a_copy_is_due_seven_days_after_the_meeting() -> None:
    held = date(2026, 11, 13)
    review = Review(review_id="R1", pupil="P1", cycle="P1-C1", date=held)
    (item,) = on(replace(cycle(review_held_date=held), reviews=(review,)), "not-shared")
    assert (item.since, item.until, item.is_late) == (held, date(2026, 11, 20), True)


def test_a_parent_not_notified_is_on_the_list_since_the_plan_was_to_start() -> None:
    (item,) = on(replace(SCHOOL, notifications=()), "notifications")
    assert item.until == CYCLE.plan_agreed_date


def test_a_concern_is_to_be_answered_in_school_days() -> None:
    concern = {"pupil": "P1", "raised": date(2026, 11, 13), "words": "He cries on Sundays"}
    (item,) = on(with_papers("concerns", concern), "concerns")
    assert (item.since, item.until, item.is_late) == (date(2026, 11, 13), date(2026, 11, 20), True)
    assert "cries" not in item.what
    assert on(with_papers("concerns", {**concern, "answered": TODAY}), "concerns") == ()


def test_reading_a_plan_is_the_move_of_the_adult_who_was_asked() -> None:
    asked = {"pupil": "P1", "cycle": "P1-C1", "staff": "ST2", "given": date(2026, 11, 2)}
    school = with_papers("reads", asked, {**asked, "staff": "ST1", "read": True})
    (item,) = on(school, "reads")
    assert (item.staff, item.since, item.until) == (("ST2",), date(2026, 11, 2), date(2026, 11, 9))
    assert mine(lists(school), "ST2")[0].key == "reads"
    assert mine(lists(school), "ST1") == ()


def test_a_question_waits_for_the_senco_until_it_is_answered() -> None:
    asked = {"pupil": "P1", "asked": date(2026, 11, 20), "by_staff": "ST2", "words": "How often?"}
    (item,) = on(with_papers("questions", asked), "questions")
    assert (item.mover, item.staff, item.since, item.cell) == ("senco", ("ST9",), date(2026, 11, 20), "T!words")
    assert on(with_papers("questions", {**asked, "answered": TODAY}), "questions") == ()
    assert on(with_papers("questions", {**asked, "answer": "Daily."}), "questions") == ()


@pytest.mark.parametrize(
    ("due", "levels"),
    [
        (date(2026, 11, 22), ["red"]),
        (TODAY, ["amber"]),
        (date(2026, 12, 7), ["amber"]),
        (date(2026, 12, 8), []),
        (None, ["amber"]),
    ],
)
def test_an_action_comes_on_the_list_two_weeks_before_its_day_and_is_late_after_it(
    due: date | None, levels: list[str]
) -> None:
    row = {"pupil": "P1", "action": "Practise at home", "owner": "Jo Example", "due": due, "status": "Open"}
    assert [item.level for item in on(with_papers("actions", row), "actions")] == levels


@pytest.mark.parametrize(
    ("owner", "mover", "staff"),
    [
        ("ST2", "teacher", ("ST2",)),
        ("ST2 Bo Assistant", "teacher", ("ST2",)),
        ("bo assistant", "teacher", ("ST2",)),
        ("ST9", "senco", ("ST9",)),
        ("Jo Example", "parent", ()),
        ("", "teacher", ("ST1",)),
    ],
)
def test_an_action_waits_for_whoever_promised_it(owner: str, mover: str, staff: tuple[str, ...]) -> None:
    row = {"pupil": "P1", "action": "Practise", "owner": owner, "due": TODAY}
    (item,) = on(with_papers("actions", row), "actions")
    assert (item.mover, item.staff) == (mover, staff)


def test_an_action_that_is_done_dropped_or_for_staff_alone_is_no_parents_move() -> None:
    row = {"pupil": "P1", "action": "Ring", "owner": "Jo Example", "due": TODAY}
    assert on(with_papers("actions", {**row, "done": TODAY}), "actions") == ()
    assert on(with_papers("actions", {**row, "status": "Dropped"}), "actions") == ()
    (item,) = on(with_papers("actions", {**row, "staff_only": True}), "actions")
    assert (item.staff_only, item.level, item.mover) == (True, "staff", "teacher")


def _log(delivered: int) -> tuple[LogEntry, ...]:
    return tuple(
        LogEntry(log_id=f"L{n}", pupil="P1", provision="V1", date=date(2026, 11, 2), delivered=True)
        for n in range(delivered)
    )


def test_help_and_its_adult_are_listed_under_eighty_per_cent_and_not_at_it() -> None:
    """24 sessions were to be expected by 16 November: 3 a week, in 8 weeks of school."""
    day = date(2026, 11, 23)
    school = provision(start_date=date(2026, 9, 21), sessions_per_week=2.5, sessions_delivered=None)
    at, under = replace(school, log=_log(16)), replace(school, log=_log(15))
    assert [i.what[:2] for i in on(replace(under, staff=STAFF), "delivery", day)] == ["V1"]
    assert [i.row for i in on(replace(under, staff=STAFF), "adults", day)] == ["ST2"]
    assert on(at, "delivery", day) == ()
    assert on(at, "adults", day) == ()


def test_an_assessment_is_old_the_day_after_a_year() -> None:
    school = cycle(assess_date=date(2025, 11, 23))
    assert on(school, "assessments", date(2026, 11, 23)) == ()
    (item,) = on(school, "assessments", date(2026, 11, 24))
    assert (item.since, item.until) == (date(2025, 11, 23), date(2026, 11, 23))


def test_a_pupil_without_sen_or_who_left_has_no_old_assessment() -> None:
    old = cycle(assess_date=date(2024, 9, 2))
    assert on(replace(old, pupils=(replace(PUPIL, sen_status="N"),)), "assessments") == ()
    assert on(replace(old, pupils=(replace(PUPIL, left=date(2026, 9, 1)),)), "assessments") == ()


def test_an_access_request_is_listed_from_its_first_day_with_its_last() -> None:
    school = with_papers("access_requests", {"pupil": "P1", "asked": date(2026, 11, 20), "asked_by": "Jo"})
    (item,) = on(school, "access")
    assert (item.since, item.until, item.level) == (date(2026, 11, 20), date(2026, 12, 20), "info")
    assert item.staff == ("ST8",)


def test_moves_are_counted_by_whose_they_are() -> None:
    school = with_papers(
        "actions",
        {"pupil": "P1", "action": "Practise", "owner": "Jo Example", "due": TODAY},
        {"pupil": "P1", "action": "Order", "owner": "ST9", "due": TODAY},
    )
    assert by_mover(lists(school)) == {"senco": 1, "parent": 1}


def test_the_gravest_line_comes_first_and_then_the_one_to_be_done_soonest() -> None:
    rows = [{"pupil": "P1", "action": str(day), "owner": "ST1", "due": date(2026, 11, day)} for day in (30, 20, 25)]
    untils = [item.until for item in on(with_papers("actions", *rows), "actions")]
    assert untils == [date(2026, 11, 20), date(2026, 11, 25), date(2026, 11, 30)]


def test_without_the_senco_workbook_its_lists_are_empty() -> None:
    school = replace(SCHOOL, notifications=(), contacts=(), sees_contacts=False)
    assert on(school, "notifications") == ()
