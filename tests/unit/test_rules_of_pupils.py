"""Each rule about a pupil and those around them (R01 to R06) speaks when it should and is silent when it should."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rules_school import CONTACT, NOTIFICATION, PUPIL, SCHOOL, TODAY, cycle, levels, pupil, said

from server.plans.model import EhcPlan
from server.plans.rules import RULES, findings


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


def test_r01_is_silent_for_e_and_without_the_senco_workbook() -> None:
    untold = replace(SCHOOL, notifications=())
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
