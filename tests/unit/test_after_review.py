"""What a review's decision leads to: drafts, each made once, nothing sent and no status changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from test_next_cycle import CYCLE, GOAL, HELD, MET, plans, school
from year_school import TODAY, pupil

from server.plans.after_review import FollowUp, follow_up
from server.plans.applying import applied
from server.plans.model import Meeting, School
from server.plans.new_ids import NewIds
from server.plans.register import Register
from server.plans.review_close import closing, copies_due, lacking
from server.plans.terms import school_days_between
from sheets_templates.catalogue import load


def after(found: School) -> FollowUp:
    register = Register(found, TODAY)
    return follow_up(register, register.cycle["C2"], NewIds(load(), "next/C2", {}))


def decided(step: str, **more: Any) -> School:
    return school(review=replace(MET, next_step=step), **more)


def tables(found: FollowUp) -> list[str]:
    return [add.table for add in found.adds]


SPECIALIST, PCP = "Seek specialist advice", "Hold PCP / My Support Plan"
EHC, DOWN = "Consider EHC needs assessment request", "Step down to universal"


@pytest.mark.parametrize(
    ("step", "made"),
    [
        (SPECIALIST, ["referrals", "actions"]),
        (PCP, ["plans", "actions"]),
        (EHC, ["ehc_requests", "actions"]),
        (DOWN, ["status_history", "actions"]),
        ("Leave as it is", []),
        ("Tweak", []),
        ("", []),
    ],
)
def test_each_decision_has_its_drafts_and_a_second_look_finds_them(step: str, made: list[str]) -> None:
    found = decided(step)
    told = after(found)
    assert tables(told) == made
    assert after(applied(found, told.adds, told.changes)).is_empty


def test_a_referral_is_a_draft_without_agreement_and_without_a_day_of_sending() -> None:
    (referral, action) = after(decided(SPECIALIST)).adds
    assert referral.values == {"pupil": "P1"}
    assert action.values["review"] == "R2"
    due = action.values["due"]
    assert isinstance(due, date)
    assert school_days_between(school().settings, TODAY, due) == 10


def test_a_decision_about_one_outcome_leads_to_the_same() -> None:
    found = school(goal=replace(GOAL, decision=SPECIALIST))
    assert tables(after(found)) == ["referrals", "actions"]
    assert after(school(goal=replace(GOAL, decision=DOWN))).is_empty, "one outcome does not end the support"


def test_a_shared_plan_ends_the_one_it_takes_the_place_of() -> None:
    told = after(plans(("PL1", "SEN support"), found=decided(PCP)))
    assert {(change.column, change.after) for change in told.changes} == {
        ("ended", HELD),
        ("why_ended", "Became another plan"),
    }
    assert all(change.fills for change in told.changes)
    assert not after(plans(("PL1", "My Support Plan"), found=decided(PCP))).adds


def test_stepping_down_ends_the_plan_and_leaves_the_status_to_the_senco() -> None:
    told = after(plans(("PL1", "SEN support"), found=decided(DOWN)))
    assert {change.row_id for change in told.changes} == {"PL1"}
    assert all(add.table != "pupils" for add in told.adds)


def test_a_pupil_with_an_ehc_plan_does_not_step_down_by_a_school_s_decision() -> None:
    told = after(replace(decided(DOWN), pupils=pupil(sen_status="E").pupils))
    assert told.is_empty
    assert "annual review" in told.asks[0]


def test_a_teacher_who_can_t_open_the_senco_workbook_leaves_the_referral_to_the_senco() -> None:
    told = after(replace(decided(SPECIALIST), sees_contacts=False))
    assert tables(told) == ["actions"]
    assert len(told.told) == 1
    assert "the SENCO makes the referral" in told.asks[0]


def test_nothing_follows_before_the_review_was_held_or_for_a_pupil_who_left() -> None:
    assert after(decided(SPECIALIST, cycle=replace(CYCLE, review_held_date=None))).is_empty
    assert after(replace(decided(SPECIALIST), pupils=pupil(left=date(2026, 11, 20)).pupils)).is_empty


# Closing -----------------------------------------------------------------------------------------------

OPEN = replace(CYCLE, review_held_date=None)
BOOKED = Meeting(meeting_id="M1", pupil="P1", cycle="C2", date=HELD, status="Booked")


def test_a_review_is_closed_once_nothing_lacks_and_the_meeting_took_place() -> None:
    found = replace(school(cycle=OPEN), meetings=(BOOKED,))
    register = Register(found, TODAY)
    assert lacking(register, OPEN) == ()
    wanted = closing(register, OPEN)
    now = applied(found, (), (*wanted.fills, *wanted.changes))
    assert now.cycles[1].review_held_date == HELD
    assert (now.meetings[0].status, now.meetings[0].parent_present, now.meetings[0].pupil_present) == (
        "Held",
        True,
        True,
    )
    assert not now.meetings[0].senco_present
    assert copies_due(register, OPEN) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "found",
    [
        school(cycle=OPEN, goal=replace(GOAL, actual_rating=None)),
        school(cycle=OPEN, review=replace(MET, parent_agreement="")),
        school(),
    ],
    ids=["a rating lacks", "agreement lacks", "closed already"],
)
def test_what_lacks_something_or_is_closed_is_not_closed(found: School) -> None:
    register = Register(found, TODAY)
    assert closing(register, register.cycle["C2"]).is_empty


def test_a_meeting_of_another_day_stays_as_it_was_booked() -> None:
    other = replace(BOOKED, date=date(2026, 12, 1))
    register = Register(replace(school(cycle=OPEN), meetings=(other,)), TODAY)
    assert not closing(register, OPEN).changes
