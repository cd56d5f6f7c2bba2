"""Dates, amounts and codes in the words that parents read."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.plans.copy_words import (
    day_in_words,
    decision_in_words,
    how_often,
    moment_in_words,
    rating_in_words,
    year_in_words,
)
from server.plans.model import Outcome, Provision

RATING = st.integers(1, 10)
ORDER = ["Not yet", "A start", "Nearly there", "There", "Beyond"]


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ((10, 5, 6, 2), "10 minutes, 5 times a week for 6 weeks, in a group of 2"),
        ((15, 1, 1, 1), "15 minutes, once a week for 1 week, one to one"),
        ((120, 0.2, 10, 1), "2 hours, once every 5 weeks for 10 weeks, one to one"),
        ((150, 2, None, None), "2 hours 30 minutes, twice a week"),
        ((60, 0.5, 11, 4), "60 minutes, once every 2 weeks for 11 weeks, in a group of 4"),
        ((None, 25, 8, 1), "25 times a week for 8 weeks, one to one"),
        ((12.5, 2.5, None, None), "12.5 minutes, 2.5 times a week"),
        ((None, None, None, 1), ""),
        ((None, None, 8, 4), ""),
    ],
)
def test_how_often_is_said_in_words(amounts: tuple[float | None, ...], words: str) -> None:
    minutes, sessions, weeks, group = amounts
    provision = Provision(
        provision_id="V", minutes_per_session=minutes, sessions_per_week=sessions, weeks=weeks, group_size=group
    )
    assert how_often(provision) == words[:1].upper() + words[1:]


@given(RATING, RATING, RATING, RATING)
def test_a_better_rating_never_reads_as_worse(start: int, aim: int, one: int, two: int) -> None:
    if aim <= start:
        return
    said = [
        rating_in_words(Outcome(outcome_id="O", baseline_rating=start, expected_rating=aim, actual_rating=now))
        for now in sorted((one, two))
    ]
    assert ORDER.index(said[0]) <= ORDER.index(said[1])
    assert (said[1] == "There") == (max(one, two) == aim)
    assert (said[1] == "Not yet") == (max(one, two) <= start)


def test_a_result_without_ratings_is_still_said_in_words() -> None:
    assert rating_in_words(Outcome(outcome_id="O", result="Exceeded")) == "Beyond"
    assert rating_in_words(Outcome(outcome_id="O", result="Not yet rated")) == ""
    assert rating_in_words(Outcome(outcome_id="O", actual_rating=3)) == ""


def test_dates_and_times_are_said_in_words() -> None:
    assert day_in_words(date(2026, 12, 3)) == "3 December 2026"
    assert day_in_words(None) == ""
    assert moment_in_words(date(2026, 12, 3), time(15, 30)) == "Thursday 3 December 2026 at 3.30pm"
    assert moment_in_words(date(2026, 12, 3), time(9)) == "Thursday 3 December 2026 at 9am"
    assert moment_in_words(date(2026, 12, 3), time(0, 5)) == "Thursday 3 December 2026 at 12.05am"
    assert moment_in_words(date(2026, 12, 3), None) == "Thursday 3 December 2026"


def test_years_are_said_in_words() -> None:
    years = {"Y3": "Year 3", "n2": "Nursery (N2)", " R ": "Reception", "Y13": "Year 13", "Mixed 1/2": "Mixed 1/2"}
    assert {code: year_in_words(code) for code in years} == years


def test_a_schools_own_decision_stays_as_written() -> None:
    assert decision_in_words("Tweak") == "We will make small changes."
    assert decision_in_words("Move to the lunch club") == "Move to the lunch club"
    assert decision_in_words("") == ""
