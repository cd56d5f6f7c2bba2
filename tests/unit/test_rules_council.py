"""The rules about the council: requests for an assessment, its time, annual reviews, moves of phase."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from server.plans.model import Cycle, EhcPlan, Finding, Outcome, Paper, Provision, Pupil, School, Settings
from server.plans.rules import findings
from server.plans.rules.annual_review import review_dates

TODAY = date(2026, 11, 23)
PUPIL = Pupil(pupil_id="P1", dob=date(2015, 10, 3), year_group="Y6", sen_status="E", primary_need="PD")
EHC = EhcPlan(
    ehc_id="E1",
    pupil="P1",
    issued=date(2022, 12, 9),
    last_review=date(2025, 12, 29),
    next_review_due=date(2026, 12, 29),
    meeting_on=date(2026, 11, 26),
    invited=date(2026, 11, 9),
    advice_circulated=date(2026, 11, 12),
)
SCHOOL = School(pupils=(PUPIL,), ehc_plans=(EHC,))
FULL = {
    "pupil": "P1",
    "limb_a": "Has SEN",
    "limb_b": "Needs a plan",
    "attainment": ("Reading 82",),
    "nature": "Wide",
    "only_with_support": "Daily adult",
    "clinicians": ("EP report",),
    "child_views": "https://example.org/c",
    "parent_views": "https://example.org/p",
    "support_plan": "https://example.org/s",
    "costed_map": "https://example.org/m",
    "reports": "https://example.org/r",
    "council_form": "https://example.org/f",
    "head_agreed": "ST1",
}


def said(school: School, rule: str, today: date = TODAY) -> list[Finding]:
    return [row for row in findings(school, today) if row.rule == rule]


def levels(school: School, rule: str, today: date = TODAY) -> list[str]:
    return [row.level for row in said(school, rule, today)]


def plan(**changes: Any) -> School:
    return replace(SCHOOL, ehc_plans=(replace(EHC, **changes),))


def request(cycles: int = 2, **changes: Any) -> School:
    paper = Paper(paper_id="ER1", pupil="P1", values={**FULL, **changes}, cells={"request_id": "EHC requests!A2"})
    held = tuple(
        Cycle(cycle_id=f"C{number}", pupil="P1", review_held_date=date(2026, number, 1))
        for number in range(1, cycles + 1)
    )
    return replace(SCHOOL, papers={"ehc_requests": (paper,)}, cycles=held, ehc_plans=())


def test_r40_names_each_paper_that_councils_ask_for_and_never_stops_the_request() -> None:
    assert not said(request(), "R40")
    (found,) = said(request(parent_views="", head_agreed=""), "R40")
    assert (found.level, found.row) == ("info", "ER1")
    assert "the parents' views and the head's sign-off" in found.message


@pytest.mark.parametrize(("cycles", "words"), [(1, "not met, which is no reason in law to wait"), (2, "")])
def test_r40_counts_completed_cycles_against_the_local_norm(cycles: int, words: str) -> None:
    assert words in " ".join(row.message for row in said(request(cycles), "R40"))
    assert bool(said(request(cycles), "R40")) is (cycles < 2)
    strict = replace(request(cycles), settings=Settings(ehc_cycles=3))
    assert "local norm 3: not met" in said(strict, "R40")[0].message


def test_r40_is_silent_once_the_request_is_sent_and_without_the_senco_workbook() -> None:
    assert not said(request(head_agreed="", sent=TODAY), "R40")
    assert not said(replace(request(head_agreed=""), sees_contacts=False), "R40")


@pytest.mark.parametrize("field", ["limb_a", "limb_b", "attainment", "nature", "only_with_support", "clinicians"])
def test_r41_wants_both_limbs_and_an_item_under_each_heading(field: str) -> None:
    assert not said(request(), "R41")
    assert levels(request(**{field: None}), "R41") == ["info"]
    assert levels(request(**{field: None, "sent": TODAY}), "R41") == ["amber"]


def test_r41_wants_action_taken_and_more_time_explained_from_the_eighteenth_birthday() -> None:
    assert ["action taken" in row.message for row in said(request(cycles=0), "R41")] == [True]
    of_age = replace(request(), pupils=(replace(PUPIL, dob=date(2008, 11, 23)),))
    assert ["more time" in row.message for row in said(of_age, "R41")] == [True]
    assert not said(of_age, "R41", date(2026, 11, 22))


@pytest.mark.parametrize(("weeks_ago", "level"), [(3, "info"), (4, "amber"), (6, "amber"), (7, "red")])
def test_r42_counts_six_weeks_from_the_day_the_council_got_the_request(weeks_ago: int, level: str) -> None:
    school = request(sent=date(2026, 6, 1), received=TODAY - timedelta(weeks=weeks_ago))
    assert levels(school, "R42") == [level]
    assert said(school, "R42")[0].mover == "council"


def test_r42_goes_on_to_sixteen_and_twenty_weeks_and_stops_at_a_no_or_a_plan() -> None:
    got = {"sent": date(2026, 6, 1), "received": date(2026, 6, 1)}
    assessed = {**got, "assess_decided": date(2026, 7, 1), "assess_decision": "Yes"}
    assert "2026-09-21" in said(request(**assessed), "R42")[0].message
    planned = {**assessed, "plan_decided": date(2026, 9, 1), "plan_decision": "Yes"}
    assert "2026-10-19" in said(request(**planned), "R42")[0].message
    assert not said(request(**{**assessed, "assess_decision": "No"}), "R42")
    assert not said(request(**planned, final_plan=date(2026, 10, 1)), "R42")


def test_r42_asks_for_the_day_the_council_got_what_was_sent() -> None:
    assert levels(request(sent=TODAY), "R42") == ["prompt"]
    assert not said(request(), "R42")


@pytest.mark.parametrize(
    ("today", "level"),
    [
        (date(2026, 10, 5), []),
        (date(2026, 10, 6), ["amber"]),
        (date(2026, 12, 29), ["amber"]),
        (date(2026, 12, 30), ["red"]),
    ],
)
def test_r43_warns_for_twelve_weeks_and_is_red_the_day_after(today: date, level: list[str]) -> None:
    assert levels(SCHOOL, "R43", today) == level


def test_r43_wants_the_meeting_four_weeks_before_so_that_the_council_can_decide() -> None:
    assert "less than four weeks" not in said(plan(meeting_on=date(2026, 12, 1)), "R43")[0].message
    assert "less than four weeks" in said(plan(meeting_on=date(2026, 12, 2)), "R43")[0].message
    assert "hold it by 2026-12-01" in said(plan(meeting_on=None), "R43")[0].message


def test_r43_works_the_day_out_and_leaves_others_and_finished_reviews_alone() -> None:
    assert "2026-12-29" in said(plan(next_review_due=None), "R43")[0].message
    assert not said(plan(decided=date(2026, 12, 20)), "R43", date(2026, 12, 20))
    assert not said(replace(SCHOOL, pupils=(replace(PUPIL, sen_status="K"),)), "R43")


def test_under_fives_are_reviewed_every_six_months() -> None:
    young = replace(PUPIL, dob=date(2022, 3, 1))
    since = replace(EHC, issued=date(2026, 5, 31), last_review=None, next_review_due=None)
    assert review_dates(since, young).due == date(2026, 11, 30)
    assert review_dates(since, replace(PUPIL, dob=date(2021, 5, 31))).due == date(2027, 5, 31)


@pytest.mark.parametrize(
    ("field", "last_day"),
    [
        ("invited", date(2026, 11, 12)),
        ("advice_circulated", date(2026, 11, 12)),
        ("report_sent", date(2026, 12, 10)),
        ("decided", date(2026, 12, 24)),
    ],
)
def test_r44_is_amber_for_a_week_and_red_the_day_after_for_each_paper(field: str, last_day: date) -> None:
    done = {"invited": EHC.invited, "advice_circulated": EHC.advice_circulated, "report_sent": date(2026, 11, 30)}
    school = plan(**{**done, "decided": date(2026, 12, 1), field: None})
    week = timedelta(days=7)
    assert levels(school, "R44", last_day - week - timedelta(days=1)) == []
    assert levels(school, "R44", last_day - week) == ["amber"]
    assert levels(school, "R44", last_day) == ["amber"]
    assert levels(school, "R44", last_day + timedelta(days=1)) == ["red"]


def test_r44_keeps_lateness_as_history_and_is_silent_without_a_meeting() -> None:
    late = plan(advice_circulated=date(2026, 11, 13), report_sent=TODAY, decided=TODAY)
    assert levels(late, "R44") == ["history"]
    assert not said(plan(meeting_on=None, invited=None), "R44")


@pytest.mark.parametrize(
    ("move", "today", "level"),
    [
        ("Primary to secondary", date(2027, 1, 17), "info"),
        ("Primary to secondary", date(2027, 1, 18), "amber"),
        ("Primary to secondary", date(2027, 2, 16), "red"),
        ("Secondary to post-16", date(2027, 3, 31), "amber"),
        ("Secondary to post-16", date(2027, 4, 1), "red"),
    ],
)
def test_r45_wants_the_plan_amended_by_february_or_march(move: str, today: date, level: str) -> None:
    assert levels(plan(phase_move=move), "R45", today) == [level]


def test_r45_is_silent_without_a_move_and_once_amended_this_year() -> None:
    assert not said(SCHOOL, "R45")
    assert not said(plan(phase_move="Primary to secondary", amended=date(2026, 9, 1)), "R45")
    assert said(plan(phase_move="Primary to secondary", amended=date(2026, 8, 31)), "R45")


@pytest.mark.parametrize(("year", "found"), [("Y8", False), ("Y9", True), ("Y13", True)])
def test_r46_wants_adulthood_from_year_nine(year: str, found: bool) -> None:
    older = replace(SCHOOL, pupils=(replace(PUPIL, year_group=year),))
    assert bool(said(older, "R46")) is found
    assert not said(replace(older, ehc_plans=(replace(EHC, adulthood=True),)), "R46")


def test_r47_wants_a_target_for_each_live_ehc_outcome() -> None:
    outcomes = tuple(Paper(paper_id=f"EO{n}", pupil="P1", values={"pupil": "P1", "outcome": "Walks"}) for n in (1, 2))
    cycle = Cycle(cycle_id="C1", pupil="P1", plan_agreed_date=date(2026, 9, 14))
    target = Outcome(outcome_id="O1", pupil="P1", cycle="C1")
    school = replace(SCHOOL, papers={"ehc_outcomes": outcomes}, cycles=(cycle,), outcomes=(target,))
    assert levels(school, "R47") == ["info"]
    linked = replace(school, outcomes=(replace(target, ehc_outcome="EO1"),))
    assert [(row.level, row.row) for row in said(linked, "R47")] == [("amber", "EO2")]
    assert len(said(replace(school, outcomes=()), "R47")) == 2
    assert not said(replace(linked, pupils=(replace(PUPIL, sen_status="K"),)), "R47")


def test_r61_compares_a_year_of_the_latest_cycle_with_the_school_s_line() -> None:
    cycle = Cycle(cycle_id="C1", pupil="P1", plan_agreed_date=date(2026, 9, 14))
    row = Provision(
        provision_id="V1",
        pupil="P1",
        cycle="C1",
        minutes_per_session=60,
        sessions_per_week=10,
        weeks=12,
        group_size=1,
    )
    money = Paper(paper_id="CO1", values={"provision": "V1 Reading", "hourly_rate": 15.79, "one_off": 0})
    school = replace(SCHOOL, cycles=(cycle,), provision=(row,), papers={"costs": (money,)})
    assert "£6,000.20, above £6,000" in said(school, "R61")[0].message
    just_under = replace(money, values={"provision": "V1", "hourly_rate": 15.78})
    assert not said(replace(school, papers={"costs": (just_under,)}), "R61")
    assert said(replace(school, papers={"costs": (just_under,)}, settings=Settings(money_line=5000)), "R61")
    assert not said(replace(school, settings=Settings(phase="EYFS")), "R61")
