"""Meetings of a school year: three with parents, one with the SENCO."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from year_school import BEFORE, PUPIL, REVIEW, SCHOOL, SETTINGS, TODAY, levels, met, pupil, said, with_paper

from server.plans.meeting_count import count, support_began
from server.plans.meeting_year import proposals
from server.plans.model import Meeting, School, Settings, Staff, Term
from server.plans.register import Register
from server.plans.school_year import SchoolYear, last_day, term_number, year_of
from server.plans.terms import is_school_day

LAST = SchoolYear(2025)
AUTUMN, SPRING, SUMMER = date(2025, 10, 6), date(2026, 3, 2), date(2026, 6, 8)
THREE = met(AUTUMN, SPRING, SUMMER)
WHOLE = replace(SCHOOL, meetings=THREE, cycles=(replace(BEFORE, plan_agreed_date=date(2025, 9, 22)),))
"""Support since September, three meetings."""


def holding(*meetings: Meeting) -> School:
    return replace(WHOLE, meetings=meetings)


def in_year(school: School) -> int:
    """How many meetings count in 2025/26."""
    return len(count(Register(school, TODAY), school.pupils[0], LAST).held)


# Terms of the year -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "name"), [(date(2026, 8, 31), "2025/26"), (date(2026, 9, 1), "2026/27")])
def test_a_school_year_begins_on_the_first_of_september(day: date, name: str) -> None:
    assert year_of(day).name == name
    assert year_of(day).holds(day)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2025, 9, 1), 1),
        (date(2025, 12, 19), 1),
        (date(2025, 12, 20), 2),
        (date(2026, 3, 27), 2),
        (date(2026, 3, 28), 3),
        (date(2026, 8, 31), 3),
    ],
)
def test_a_term_runs_to_its_last_school_day(day: date, number: int) -> None:
    assert term_number(SETTINGS, day) == number


def test_three_terms_are_as_good_as_six_half_terms_and_none_fall_back_on_the_usual_days() -> None:
    three = Settings(
        terms=tuple(
            Term(name="", start=start, end=end)
            for start, end in (
                (date(2025, 9, 2), date(2025, 12, 19)),
                (date(2026, 1, 5), date(2026, 3, 27)),
                (date(2026, 4, 13), date(2026, 7, 21)),
            )
        )
    )
    assert last_day(three, LAST, 2) == date(2026, 3, 27)
    assert last_day(Settings(), LAST, 1) == date(2025, 12, 31)
    assert term_number(Settings(), date(2026, 4, 16)) == 3
    assert last_day(replace(three, terms=three.terms[:2]), LAST, 2) == date(2026, 4, 15)


@given(st.dates())
def test_any_day_has_a_year_and_a_term(day: date) -> None:
    assert term_number(Settings(), day) in (1, 2, 3)
    assert year_of(day).start <= year_of(day).end


# Which meetings count --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"status": "Booked"}, False),
        ({"status": "Cancelled"}, False),
        ({"parent_present": False}, False),
        ({"parent_present": False, "pupil_present": True}, False),
        ({"type": "Initial plan"}, True),
        ({"type": "Parents' evening"}, False),
        ({"type": "Parents’ evening"}, False),
        ({"type": "Parents' evening", "outcomes_reviewed": True}, True),
        ({"date": None}, False),
        ({"date": date(2025, 8, 31)}, False),
        ({"date": date(2025, 9, 1)}, True),
        ({"date": date(2026, 8, 31)}, True),
        ({"date": date(2026, 9, 1)}, False),
    ],
)
def test_a_meeting_counts_once_held_with_a_parent_in_that_year(changes: dict[str, Any], counts: bool) -> None:
    assert in_year(holding(*met(AUTUMN, **changes))) == counts


@pytest.mark.parametrize(("ahead", "counts"), [(0, 1), (1, 0)])
def test_a_meeting_marked_held_counts_from_its_day(ahead: int, counts: int) -> None:
    school = replace(WHOLE, meetings=met(TODAY + timedelta(days=ahead)))
    assert len(count(Register(school, TODAY), PUPIL, SchoolYear(2026)).held) == counts


def test_from_the_last_friday_in_june_the_young_person_counts_and_not_the_parent() -> None:
    school = replace(WHOLE, pupils=(replace(PUPIL, dob=date(2010, 1, 15)),))
    before, on_it = date(2026, 6, 25), date(2026, 6, 26)
    assert in_year(replace(school, meetings=met(before))) == 1
    assert in_year(replace(school, meetings=met(on_it))) == 0
    assert in_year(replace(school, meetings=met(on_it, parent_present=False, pupil_present=True))) == 1


@pytest.mark.parametrize(("part", "counts"), [("Whole meeting", 1), ("Start only", 1), ("Views sent", 0), ("", 0)])
def test_a_young_persons_part_in_the_review_says_they_were_there(part: str, counts: int) -> None:
    school = replace(
        WHOLE,
        pupils=(replace(PUPIL, dob=date(2010, 1, 15)),),
        meetings=met(date(2026, 7, 7), cycle="C1"),
        reviews=(replace(REVIEW, child_participation=part),),
    )
    assert in_year(school) == counts


# R33 -------------------------------------------------------------------------------------------------


def test_r33_is_silent_after_three_and_red_after_two() -> None:
    assert not said(WHOLE, "R33")
    (found,) = said(holding(*THREE[:2]), "R33")
    assert (found.level, found.message) == ("red", "2025/26: 2 meetings with a parent held where 3 were due")


@pytest.mark.parametrize(
    ("began", "due"),
    [
        (date(2025, 9, 15), 3),
        (date(2025, 12, 19), 3),
        (date(2025, 12, 20), 2),
        (date(2026, 3, 27), 2),
        (date(2026, 3, 28), 1),
        (date(2026, 7, 21), 1),
        (date(2026, 9, 1), 0),
    ],
)
def test_r33_asks_three_from_autumn_two_from_spring_one_from_summer(began: date, due: int) -> None:
    school = replace(WHOLE, pupils=(replace(PUPIL, sen_identified=began),), cycles=())
    assert count(Register(school, TODAY), school.pupils[0], LAST).due == due


def test_support_begins_with_the_plan_of_the_year_in_which_sen_was_identified() -> None:
    def began(school: School) -> date | None:
        return support_began(Register(school, TODAY), school.pupils[0])

    identified = replace(WHOLE, pupils=(replace(PUPIL, sen_identified=date(2025, 9, 1)),))
    assert began(identified) == date(2025, 9, 22)
    assert began(replace(WHOLE, pupils=(replace(PUPIL, sen_identified=date(2024, 11, 15)),))) == date(2024, 11, 15)
    assert began(replace(WHOLE, pupils=(replace(PUPIL, sen_identified=None),))) == date(2025, 9, 22)
    assert began(replace(identified, cycles=())) == date(2025, 9, 1)
    assert began(replace(WHOLE, pupils=(replace(PUPIL, sen_identified=None),), cycles=())) is None


def test_support_begins_with_the_status_where_its_history_is_kept() -> None:
    school = with_paper(WHOLE, "status_history", since=date(2025, 10, 1), sen_status="K", tier="Targeted")
    school = with_paper(school, "status_history", since=date(2026, 2, 1), sen_status="K", tier="Specialist")
    assert support_began(Register(school, TODAY), PUPIL) == date(2025, 10, 1)
    again = with_paper(school, "status_history", since=date(2026, 3, 1), sen_status="N")
    again = with_paper(again, "status_history", since=date(2026, 5, 1), sen_status="K")
    assert support_began(Register(again, TODAY), PUPIL) == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("today", "meetings", "level"),
    [
        (date(2026, 12, 18), (), []),
        (date(2026, 12, 19), (), ["amber"]),
        (date(2026, 12, 19), met(date(2026, 10, 1)), []),
        (date(2027, 3, 25), met(date(2026, 10, 1)), []),
        (date(2027, 3, 26), met(date(2026, 10, 1)), ["amber"]),
        (date(2027, 8, 31), met(date(2026, 10, 1), date(2027, 2, 1)), ["amber"]),
        (date(2027, 9, 1), met(date(2026, 10, 1), date(2027, 2, 1)), ["red"]),
    ],
)
def test_r33_is_amber_once_a_term_is_over_and_red_once_the_year_is(
    today: date, meetings: tuple[Meeting, ...], level: list[str]
) -> None:
    assert levels(holding(*THREE, *meetings), "R33", today) == level


@pytest.mark.parametrize(
    "school",
    [
        replace(holding(), pupils=(replace(PUPIL, sen_status="E"),)),
        replace(holding(), pupils=(replace(PUPIL, sen_status="N"),)),
        replace(holding(), settings=replace(SETTINGS, phase="EYFS")),
        replace(holding(), pupils=(replace(PUPIL, joined=date(2026, 9, 2)),)),
        replace(holding(), pupils=(replace(PUPIL, left=date(2026, 7, 21)),)),
    ],
)
def test_r33_and_r34_are_silent_where_the_code_asks_nothing(school: School) -> None:
    assert not said(school, "R33")
    assert not said(school, "R34")


def test_nothing_is_said_of_the_time_before_the_workbooks_began() -> None:
    begun = replace(
        pupil(sen_identified=date(2024, 1, 8)), cycles=(), meetings=met(date(2026, 3, 2), date(2026, 6, 8))
    )
    assert not said(begun, "R33")
    assert not said(replace(begun, meetings=met(date(2026, 9, 14))), "R33")
    other = replace(BEFORE, pupil="P2", plan_agreed_date=date(2025, 9, 8))
    assert levels(replace(begun, cycles=(other,)), "R33") == ["red"]


# R34 -------------------------------------------------------------------------------------------------


def test_r34_wants_the_senco_at_one_meeting_of_the_year() -> None:
    assert not said(WHOLE, "R34")
    without = met(AUTUMN, SPRING, SUMMER, senco_present=False)
    (found,) = said(holding(*without), "R34")
    assert (found.level, found.message, found.mover) == (
        "red",
        "2025/26: SENCO met the parent at no meeting",
        "senco",
    )
    assert not said(holding(*without[:2], *met(SUMMER)), "R34")


@pytest.mark.parametrize(("role", "level"), [("SENCO", []), ("Assistant SENCO", ["red"]), ("Class teacher", ["red"])])
def test_r34_knows_the_senco_among_the_staff_of_a_meeting(role: str, level: list[str]) -> None:
    unticked = met(AUTUMN, SPRING, SUMMER, senco_present=False, staff=("ST1", "ST9"))
    school = replace(holding(*unticked), staff=(Staff(staff_id="ST1", role=role),))
    assert levels(school, "R34") == level


@pytest.mark.parametrize(("role", "level"), [("", []), ("Head teacher", []), ("Assistant SENCO", ["red"])])
def test_r34_takes_the_pupils_own_senco_unless_an_assistant(role: str, level: list[str]) -> None:
    unticked = met(AUTUMN, senco_present=False, staff=("ST1",))
    school = replace(holding(*unticked), pupils=(replace(WHOLE.pupils[0], senco_staff="ST1"),))
    assert levels(replace(school, staff=(Staff(staff_id="ST1", role=role),)), "R34") == level
    assert levels(replace(school, pupils=WHOLE.pupils), "R34") == ["red"]


def test_r34_does_not_count_a_meeting_without_a_parent() -> None:
    assert levels(holding(*met(AUTUMN, parent_present=False)), "R34") == ["red"]


@pytest.mark.parametrize(("today", "level"), [(date(2027, 3, 25), []), (date(2027, 3, 26), ["amber"])])
def test_r34_is_amber_once_two_terms_of_this_year_are_over(today: date, level: list[str]) -> None:
    assert levels(WHOLE, "R34", today) == level


def test_r34_speaks_of_the_young_person_where_the_rights_are_theirs() -> None:
    school = replace(holding(), pupils=(replace(PUPIL, dob=date(2009, 9, 1)),))
    assert [row.message for row in said(school, "R34")] == ["2025/26: SENCO met the young person at no meeting"]


# A year of meetings ----------------------------------------------------------------------------------


def proposed(today: date, *meetings: Meeting, settings: Settings = SETTINGS) -> list[tuple[int, date]]:
    school = replace(WHOLE, meetings=meetings, settings=settings)
    return [(row.term, row.day) for row in proposals(Register(school, today), PUPIL)]


def test_a_year_is_proposed_as_one_meeting_a_term_three_weeks_before_its_end() -> None:
    assert proposed(date(2026, 9, 2)) == [
        (1, date(2026, 11, 27)),
        (2, date(2027, 3, 4)),
        (3, date(2027, 6, 30)),
    ]
    assert {row.minutes for row in proposals(Register(WHOLE, date(2026, 9, 2)), PUPIL)} == {60}


def test_a_term_with_a_meeting_booked_or_held_needs_no_other_but_one_cancelled_does() -> None:
    spring, summer = (2, date(2027, 3, 4)), (3, date(2027, 6, 30))
    assert proposed(date(2026, 9, 2), *met(date(2026, 12, 18), status="Booked")) == [spring, summer]
    assert proposed(date(2026, 9, 2), *met(date(2026, 9, 1))) == [spring, summer]
    assert len(proposed(date(2026, 9, 2), *met(date(2026, 10, 1), status="Cancelled"))) == 3


def test_a_meeting_is_proposed_with_three_weeks_notice_and_never_after_the_term() -> None:
    assert proposed(date(2026, 11, 26))[0] == (1, date(2026, 12, 17))
    assert proposed(date(2026, 11, 27))[0] == (1, date(2026, 12, 18))
    assert proposed(date(2026, 11, 28))[0][0] == 2
    assert proposed(date(2027, 7, 10)) == []


@given(
    st.dates(date(2026, 9, 1), date(2027, 8, 31)), st.lists(st.dates(date(2026, 9, 1), date(2027, 8, 31)), max_size=9)
)
def test_every_proposal_is_a_school_day_to_come_in_a_term_of_its_own(today: date, closed: list[date]) -> None:
    settings = replace(SETTINGS, closed_days=tuple(closed))
    found = proposed(today, settings=settings)
    assert all(
        is_school_day(settings, day) and day > today and term_number(settings, day) == term for term, day in found
    )
    assert len({term for term, _ in found}) == len(found)


def test_r33_says_which_days_would_do() -> None:
    (found,) = said(holding(*THREE[:2], *met(date(2026, 10, 1))), "R33")
    assert "one a term: 4 March 2027 and 30 June 2027 would do." in found.action


def test_r33_asks_about_a_parents_evening_only_where_there_was_one() -> None:
    evening = met(SUMMER, type="Parents' evening")
    assert "parents' evening" not in said(holding(*THREE[:2]), "R33")[0].action
    assert "parents' evening" in said(holding(*THREE[:2], *evening), "R33")[0].action
    assert not said(holding(*THREE[:2], *met(SUMMER, type="Parents' evening", outcomes_reviewed=True)), "R33")
