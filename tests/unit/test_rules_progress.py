"""Rules of progress from cycle to cycle: specialists, person-centred meetings, stepping down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from year_school import (
    BEFORE,
    DONE,
    GIVEN,
    LIVE,
    NEXT,
    PUPIL,
    REVIEW,
    SCHOOL,
    SETTINGS,
    TODAY,
    cycles_that_went,
    levels,
    met,
    said,
    with_paper,
)

from server.plans.model import School
from server.plans.progress import in_order, reviewed, weak_run
from server.plans.register import Register

AS, BETTER, LESS, LITTLE = "As expected", "Better than expected", "Less than expected", "Little or none"
HELD = date(2026, 3, 23)
"""The day of the second review of ``cycles_that_went``."""


def run(*progress: str) -> int:
    register = Register(cycles_that_went(*progress), TODAY)
    return len(weak_run(in_order(register, register.cycles.get("P1", ()))))


# How cycles went -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("progress", "length"),
    [
        ((LESS, LESS), 2),
        ((LESS, AS), 0),
        ((LESS, AS, LESS), 1),
        ((AS, LESS, LITTLE, LESS), 3),
        ((LESS, "", LESS), 2),
        ((LESS, LESS, ""), 2),
        ((), 0),
    ],
)
def test_weak_cycles_are_counted_back_from_the_last(progress: tuple[str, ...], length: int) -> None:
    assert run(*progress) == length


def test_where_nobody_said_how_it_went_no_movement_at_all_is_little_or_none() -> None:
    untold = replace(SCHOOL, reviews=(replace(REVIEW, overall_progress=""),))

    def progress(*actual: int | None) -> str:
        outcomes = tuple(replace(DONE, outcome_id=f"O{n}", actual_rating=rating) for n, rating in enumerate(actual))
        ((only,),) = reviewed(Register(replace(untold, outcomes=outcomes), TODAY), "P1")
        return only.progress

    assert progress(2, 1) == "little or none"
    assert progress(2, 3) == ""
    assert progress(None) == ""
    assert progress() == ""


def two_plans(*relational: str) -> School:
    """Two learning cycles that went as expected; beside them cycles of a relational plan that went like this."""
    school = cycles_that_went(AS, AS)
    beside = cycles_that_went(*relational)
    names = {row.cycle_id: f"B{row.cycle_id}" for row in beside.cycles}
    return with_paper(
        replace(
            school,
            cycles=(*school.cycles, *(replace(c, cycle_id=names[c.cycle_id], plan="X1") for c in beside.cycles)),
            reviews=(
                *school.reviews,
                *(replace(r, review_id=f"B{r.id}", cycle=names[r.cycle]) for r in beside.reviews),
            ),
        ),
        "plans",
        kind="Relational",
    )


def test_a_relational_plan_is_a_strand_of_its_own() -> None:
    assert not said(two_plans(AS, LESS), "R36")
    assert [row.message[:8] for row in said(two_plans(LESS, LESS), "R36")] == ["2 cycles"]
    assert len(tuple(reviewed(Register(two_plans(AS, AS), TODAY), "P1"))) == 2
    assert not said(with_paper(cycles_that_went(AS, LESS), "plans", kind="SEN support"), "R36")


def test_the_last_review_of_each_plan_is_its_own_last() -> None:
    school = two_plans(AS, AS)
    unsent = replace(school, reviews=tuple(replace(row, copy_sent=None) for row in school.reviews))
    assert levels(unsent, "R35", date(2026, 4, 10)) == ["history", "red", "history", "red"]


def test_of_two_rows_for_one_review_the_later_counts() -> None:
    later = replace(REVIEW, review_id="R9", date=date(2026, 7, 8), overall_progress=LITTLE)
    for rows in ((REVIEW, later), (later, REVIEW)):
        ((only,),) = reviewed(Register(replace(SCHOOL, reviews=rows), TODAY), "P1")
        assert only.review is later


# R36 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("progress", "message"),
    [
        ((LESS,), None),
        ((AS, LESS), None),
        ((LESS, LESS, AS), None),
        ((LITTLE, AS), None),
        ((LITTLE,), "1 cycle with little or no progress"),
        ((AS, LITTLE), "1 cycle with little or no progress"),
        ((LESS, LESS), "2 cycles with less than expected progress"),
        ((AS, LESS, LITTLE), "2 cycles with less than expected progress"),
        ((LESS, LITTLE, LESS), "3 cycles with less than expected progress"),
    ],
)
def test_r36_asks_after_two_weak_cycles_or_one_with_little_or_none(
    progress: tuple[str, ...], message: str | None
) -> None:
    found = said(cycles_that_went(*progress), "R36")
    said_so = f"{message}: involve a specialist / consider PCP"
    assert [(row.level, row.message) for row in found] == ([("prompt", said_so)] if message else [])


@pytest.mark.parametrize(("day", "silent"), [(date(2026, 3, 22), False), (HELD, True), (date(2026, 5, 1), True)])
def test_r36_rests_once_a_referral_went_out_or_a_pcp_was_held_since(day: date, silent: bool) -> None:
    weak = cycles_that_went(LESS, LESS)
    assert (not said(with_paper(weak, "referrals", sent=day), "R36")) is silent
    assert (not said(replace(weak, meetings=met(day, type="PCP")), "R36")) is silent
    assert (not said(replace(weak, meetings=met(day, type="PCP", status="Booked")), "R36")) is silent


def test_r36_is_not_quieted_by_a_draft_a_cancelled_or_another_meeting() -> None:
    weak = cycles_that_went(LESS, LESS)
    assert said(with_paper(weak, "referrals", agreed_date=date(2026, 5, 1)), "R36")
    assert said(replace(weak, meetings=met(date(2026, 5, 1), type="PCP", status="Cancelled")), "R36")
    assert said(replace(weak, meetings=met(date(2026, 5, 1))), "R36")


@pytest.mark.parametrize(("status", "level"), [("K", ["prompt"]), ("E", ["prompt"]), ("N", []), ("", [])])
def test_r36_is_for_pupils_with_sen(status: str, level: list[str]) -> None:
    school = replace(cycles_that_went(LESS, LESS), pupils=(replace(PUPIL, sen_status=status),))
    assert levels(school, "R36") == level


def test_r36_says_nothing_where_the_referrals_could_not_be_read() -> None:
    assert not said(replace(cycles_that_went(LESS, LESS), sees_contacts=False), "R36")


def test_r36_says_first_where_help_that_did_not_happen_was_judged() -> None:
    weak = cycles_that_went(LESS, LITTLE)
    short = replace(GIVEN, cycle="C2", start_date=date(2026, 1, 12), weeks=9, sessions_delivered=10)
    assert "C2 was not a fair test" in said(replace(weak, provision=(short,)), "R36")[0].action
    full = replace(short, provision_id="V9", sessions_delivered=27)
    assert "fair test" not in said(replace(weak, provision=(short, full)), "R36")[0].action


# R37 -------------------------------------------------------------------------------------------------


def concerned(**changes: Any) -> School:
    """One weak review in July with a cause for concern, after help that rests on evidence."""
    said_so = {"overall_progress": LESS, "cause_for_concern": True, **changes}
    return replace(SCHOOL, cycles=(BEFORE,), reviews=(replace(REVIEW, **said_so),))


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, ["prompt"]),
        ({"cause_for_concern": False}, []),
        ({"overall_progress": AS}, []),
        ({"overall_progress": LITTLE}, ["prompt"]),
        ({"cause_for_concern": False, "next_step": "Hold PCP / My Support Plan"}, ["prompt"]),
    ],
)
def test_r37_needs_weak_progress_and_a_recorded_concern_or_the_decision(
    changes: dict[str, Any], level: list[str]
) -> None:
    assert levels(concerned(**changes), "R37") == level


@pytest.mark.parametrize(
    ("basis", "level"), [("Professional judgement", []), ("", []), ("Specialist advice", ["prompt"])]
)
def test_r37_needs_help_that_rests_on_evidence(basis: str, level: list[str]) -> None:
    assert levels(replace(concerned(), provision=(replace(GIVEN, evidence_basis=basis),)), "R37") == level


def test_r37_takes_one_row_of_help_that_rests_on_evidence() -> None:
    guess = replace(GIVEN, provision_id="V9", evidence_basis="Professional judgement")
    assert levels(replace(concerned(), provision=(guess, GIVEN)), "R37") == ["prompt"]


def test_r37_rests_once_a_person_centred_meeting_is_booked_and_then_asks_for_the_plan() -> None:
    booked = replace(concerned(), meetings=met(date(2026, 9, 14), type="PCP", status="Booked"))
    assert not said(booked, "R37", date(2026, 9, 1))
    assert not said(booked, "R37", date(2026, 9, 28))
    assert levels(booked, "R37", date(2026, 9, 29)) == ["prompt"]
    before_it = replace(concerned(), meetings=met(date(2026, 7, 6), type="PCP"))
    assert "No person-centred meeting is booked" in said(before_it, "R37")[0].message


@pytest.mark.parametrize(
    ("plan", "silent"),
    [
        ({"kind": "My Support Plan"}, True),
        ({"kind": "My Support Plan", "ended": date(2026, 11, 24)}, True),
        ({"kind": "My Support Plan", "ended": TODAY}, False),
        ({"kind": "SEN support"}, False),
    ],
)
def test_r37_is_done_with_a_live_my_support_plan(plan: dict[str, Any], silent: bool) -> None:
    assert (not said(with_paper(concerned(), "plans", **plan), "R37")) is silent


def test_r37_looks_at_the_last_review_and_at_pupils_without_an_ehc_plan() -> None:
    later = replace(LIVE, review_held_date=date(2026, 11, 16))
    fine = replace(REVIEW, review_id="R2", cycle="C2")
    assert not said(replace(concerned(), cycles=(BEFORE, later), reviews=(*concerned().reviews, fine)), "R37")
    assert not said(replace(concerned(), pupils=(replace(PUPIL, sen_status="E"),)), "R37")
    assert not said(replace(concerned(), reviews=()), "R37")


# R38 -------------------------------------------------------------------------------------------------


def doing_well(midpoint: int | None = 4, actual: int = 7, **changes: Any) -> School:
    """More than was hoped for in July, and on the way since."""
    well = {"overall_progress": BETTER, **changes}
    return replace(
        SCHOOL,
        reviews=(replace(REVIEW, **well),),
        outcomes=(replace(DONE, actual_rating=actual), replace(NEXT, midpoint_rating=midpoint)),
    )


def test_r38_offers_to_step_down_after_a_term_of_being_secure() -> None:
    (found,) = said(doing_well(), "R38")
    assert (found.level, found.row) == ("prompt", "R1")
    assert found.message == "Secure since the review of 2026-07-07, for a term: consider stepping down"


@pytest.mark.parametrize(("today", "level"), [(date(2026, 11, 16), []), (date(2026, 11, 17), ["prompt"])])
def test_r38_waits_for_a_term_of_the_schools_usual_weeks(today: date, level: list[str]) -> None:
    assert levels(doing_well(), "R38", today) == level
    sooner = replace(doing_well(), settings=replace(SETTINGS, phase="EYFS", review_interval_weeks=7))
    assert levels(sooner, "R38", today) == ["prompt"]


@pytest.mark.parametrize(
    "school",
    [
        doing_well(midpoint=3),
        doing_well(midpoint=None),
        doing_well(actual=5),
        doing_well(actual=6, overall_progress=AS),
        doing_well(overall_progress=LESS),
        doing_well(next_step="Step down to universal"),
        replace(doing_well(), pupils=(replace(PUPIL, tier="Universal"),)),
        replace(doing_well(), pupils=(replace(PUPIL, sen_status="E"),)),
        replace(doing_well(), cycles=(BEFORE,)),
        replace(doing_well(), outcomes=()),
    ],
)
def test_r38_offers_nothing_where_it_is_not_sure(school: School) -> None:
    assert not said(school, "R38")


@pytest.mark.parametrize("school", [doing_well(actual=6), doing_well(overall_progress=AS)])
def test_r38_takes_better_than_expected_or_an_outcome_exceeded(school: School) -> None:
    assert levels(school, "R38") == ["prompt"]


@pytest.mark.parametrize(
    ("second", "level"),
    [
        ({"midpoint_rating": 3}, []),
        ({"midpoint_rating": 4}, ["prompt"]),
        ({"midpoint_rating": 3, "actual_rating": 6}, ["prompt"]),
        ({"midpoint_rating": None}, ["prompt"]),
        ({"midpoint_rating": 3, "expected_rating": None}, ["prompt"]),
        ({"midpoint_rating": 3, "baseline_rating": None}, ["prompt"]),
    ],
)
def test_r38_wants_every_outcome_that_was_rated_at_least_half_way(second: dict[str, Any], level: list[str]) -> None:
    well = doing_well()
    other = replace(NEXT, outcome_id="O3", **second)
    assert levels(replace(well, outcomes=(*well.outcomes, other)), "R38") == level


def test_r38_takes_two_reviews_in_a_row_with_everything_achieved() -> None:
    twice = replace(
        cycles_that_went(AS, AS),
        outcomes=(replace(DONE, actual_rating=6), replace(DONE, outcome_id="O2", cycle="C2", actual_rating=6)),
    )
    assert [row.message for row in said(twice, "R38")] == [
        "Secure since the review of 2025-12-08, for a term: consider stepping down"
    ]
    once = replace(twice, outcomes=(DONE, twice.outcomes[1]))
    assert not said(once, "R38")
