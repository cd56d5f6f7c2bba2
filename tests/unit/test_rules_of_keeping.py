"""Rules of how records are kept: R57 to R60, R64, R65."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rules_school import CYCLE, MEETING, SCHOOL, SETTINGS, TODAY, cycle, levels, provision, pupil, said
from test_rules_of_beginnings import having

from server.plans.model import School, Settings
from server.plans.rules.r59_safeguarding import safeguarding_words
from sheets_templates.look_again import dated


def settings(**changes: Any) -> School:
    return replace(SCHOOL, settings=replace(SETTINGS, **changes))


# R57, R58 --------------------------------------------------------------------------------------------


def test_r57_wants_a_name_to_take_initials_from_where_a_meeting_is_booked() -> None:
    nameless = pupil(first_name="", last_name="")
    assert levels(nameless, "R57") == ["info"]
    assert not said(replace(nameless, meetings=(replace(MEETING, status="Held"),)), "R57")
    assert not said(pupil(first_name=""), "R57")


@pytest.mark.parametrize(("done", "found"), [(None, ["info"]), (date(2026, 11, 24), ["info"]), (TODAY, [])])
def test_r58_asks_for_the_day_of_the_assessment(done: date | None, found: list[str]) -> None:
    school = settings(privacy_assessed=done)
    assert levels(school, "R58") == found
    assert not said(replace(school, sees_contacts=False), "R58")
    assert all(row.pupil_id == "" for row in said(school, "R58"))


# R59 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On a Child Protection plan since May", "child protection plan"),
        ("A safeguarding  referral was made", "safeguarding referral"),
        ("Section 47 enquiry", "section 47"),
        ("She disclosed domestic abuse at home", "disclosed domestic abuse"),
        ("Witnessed domestic abuse", "domestic abuse"),
        ("No safeguarding concerns. MARAC on Monday", "marac"),
    ],
)
def test_r59_finds_plain_safeguarding_terms(text: str, words: str) -> None:
    assert safeguarding_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "No safeguarding concerns",
        "There are not any known safeguarding concerns",
        "Adults have safeguarding training",
        "Shouts abuse at the ball when he loses",
        "Feels safe with Miss Bell; needs guarding from noise",
        "She disclosed that she likes jazz",
        "We protect the child from glare",
        "Section 4.7 of the report",
        "A bust of Caesar",
        "",
    ],
)
def test_r59_never_cries_wolf_over_everyday_words(text: str) -> None:
    assert not safeguarding_words(text)


def test_r59_tells_staff_alone_whom_to_tell_and_repeats_no_sentence() -> None:
    school = replace(
        cycle(needs_summary="Mum says there was domestic abuse by Uncle Bob"),
        settings=replace(SETTINGS, safeguarding_lead="Ms Roe, room 4"),
    )
    (found,) = said(school, "R59")
    assert (found.level, found.pupil_id, found.row) == ("staff", "P1", "P1-C1")
    assert "Ms Roe, room 4" in found.action
    assert "Bob" not in found.message + found.action
    assert "designated safeguarding lead" in said(replace(school, settings=SETTINGS), "R59")[0].action


def test_r59_reads_every_tab_where_people_write_freely() -> None:
    words = "child protection conference on Friday"
    for table, field in (
        ("concerns", "words"),
        ("contact_log", "words"),
        ("questions", "words"),
        ("actions", "action"),
    ):
        assert levels(having(table, {field: words}), "R59") == ["staff"]
    assert levels(replace(SCHOOL, meetings=(replace(MEETING, note=words),)), "R59") == ["staff"]
    gone = replace(pupil(left=date(2026, 10, 1)), meetings=(replace(MEETING, note=words),))
    assert not said(gone, "R59")


# R60 -------------------------------------------------------------------------------------------------

COST = {"provision": "V1 Narrative group", "hourly_rate": 16.5, "one_off": 0.0}


@pytest.mark.parametrize(
    ("changes", "money", "missing"),
    [
        ({}, {}, ""),
        ({"weeks": None}, {}, "weeks"),
        ({"minutes_per_session": None, "sessions_per_week": 0}, {}, "minutes each time and times a week"),
        ({}, {"hourly_rate": None, "one_off": None}, "an hourly rate or a one-off cost"),
        ({"weeks": None}, {"hourly_rate": None, "one_off": 30.0}, ""),
        ({"weeks": None}, {"hourly_rate": 0.0}, ""),
        ({}, {"provision": "V9"}, ""),
    ],
)
def test_r60_names_the_numbers_a_cost_still_wants(
    changes: dict[str, Any], money: dict[str, Any], missing: str
) -> None:
    found = said(having("costs", {**COST, **money}, school=provision(**changes)), "R60")
    assert [row.level for row in found] == ["staff"] * bool(missing)
    assert all(row.message.endswith(f"without {missing}") for row in found)


def test_r60_leaves_help_woven_into_the_day_and_closed_cycles_alone() -> None:
    loose = {"minutes_per_session": None, "sessions_per_week": None, "weeks": None}
    woven = provision(kind="In-class support", when_where="Every lesson", **loose)
    assert not said(having("costs", COST, school=woven), "R60")
    assert said(having("costs", COST, school=provision(**loose)), "R60")
    closed = replace(provision(**loose), cycles=(replace(CYCLE, review_held_date=TODAY),))
    assert not said(having("costs", COST, school=closed), "R60")
    assert not said(replace(having("costs", COST, school=provision(**loose)), sees_contacts=False), "R60")


# R64 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "found"), [(0, ["info"]), (1, ["amber"]), (3, []), (5, ["amber"]), (6, [])])
def test_r64_wants_six_half_terms_or_three_terms(count: int, found: list[str]) -> None:
    assert levels(settings(terms=SETTINGS.terms[:count]), "R64") == found


def test_r64_says_when_no_day_of_this_year_is_a_school_day() -> None:
    (found,) = said(SCHOOL, "R64", date(2027, 9, 6))
    assert (found.level, found.pupil_id) == ("amber", "")
    assert "has no school days" in found.message


def test_r64_finds_half_terms_that_overlap() -> None:
    first, second, *rest = SETTINGS.terms
    assert not said(SCHOOL, "R64")
    overlapping = settings(terms=(first, replace(second, start=first.end), *rest))
    assert levels(overlapping, "R64") == ["amber"]


@pytest.mark.parametrize(("today", "found"), [(date(2027, 6, 8), []), (date(2027, 6, 9), ["info"])])
def test_r64_asks_for_next_years_dates_six_weeks_before_the_summer(today: date, found: list[str]) -> None:
    assert levels(SCHOOL, "R64", today) == found


def test_r64_says_nothing_to_teachers_and_of_an_empty_school() -> None:
    assert not said(replace(settings(terms=()), sees_contacts=False), "R64")
    assert not said(School(settings=Settings()), "R64")


# R65 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("next_check", "found"), [(date(2026, 11, 24), []), (TODAY, ["info"]), (None, [])])
def test_r65_brings_help_of_the_library_up_again_on_its_day(next_check: date | None, found: list[str]) -> None:
    school = having("library", {"name": "Paired reading", "next_check": next_check})
    assert levels(school, "R65") == found


def test_r65_tells_when_what_we_brought_along_grew_old() -> None:
    first = min(each.on for each in dated())
    assert not said(SCHOOL, "R65", date.fromordinal(first.toordinal() - 1))
    assert said(SCHOOL, "R65", first)
    assert not said(replace(SCHOOL, sees_contacts=False), "R65", first)


# R56 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pupil_id", "shown"), [("P1", "P1"), ("P-GONE", ""), ("", "")])
def test_r56_loses_no_request_about_a_pupil_who_is_in_no_workbook_any_more(pupil_id: str, shown: str) -> None:
    (found,) = said(having("access_requests", {"pupil": pupil_id, "asked": date(2026, 10, 1)}), "R56")
    assert (found.level, found.pupil_id) == ("red", shown)
