"""School days and teaching weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.plans.model import Settings, Term
from server.plans.terms import is_school_day, school_days_between, teaching_weeks, term_of

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
TERMS = st.lists(
    st.builds(
        lambda start, length: Term(name="", start=start, end=start + timedelta(days=length)),
        DAYS,
        st.integers(-3, 60),
    ),
    max_size=6,
).map(tuple)
SETTINGS = st.builds(
    lambda terms, closed: Settings(terms=terms, closed_days=closed), TERMS, st.lists(DAYS, max_size=8).map(tuple)
)
AUTUMN = Settings(
    terms=(
        Term(name="Autumn 1", start=date(2026, 9, 2), end=date(2026, 10, 23)),
        Term(name="Autumn 2", start=date(2026, 11, 2), end=date(2026, 12, 18)),
    ),
    closed_days=(date(2026, 11, 27),),
)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
        (date(2026, 10, 28), False),
        (date(2026, 11, 27), False),
        (date(2026, 9, 2), True),
        (date(2026, 12, 18), True),
    ],
)
def test_weekends_holidays_and_closed_days_are_not_school_days(day: date, open_: bool) -> None:
    assert is_school_day(AUTUMN, day) is open_


def test_without_terms_every_weekday_is_a_school_day() -> None:
    assert is_school_day(Settings(), date(2026, 10, 28))
    assert not is_school_day(Settings(), date(2026, 10, 31))
    assert school_days_between(Settings(), date(2026, 10, 23), date(2026, 10, 30)) == 5


def test_half_term_weighs_nothing() -> None:
    assert school_days_between(AUTUMN, date(2026, 10, 23), date(2026, 11, 2)) == 1
    assert teaching_weeks(AUTUMN, date(2026, 10, 16), date(2026, 11, 6)) == 2.0


def test_term_of_names_the_half_term() -> None:
    found = term_of(AUTUMN, date(2026, 11, 23))
    assert found is not None
    assert found.name == "Autumn 2"
    assert term_of(AUTUMN, date(2026, 10, 26)) is None


@given(SETTINGS, DAYS, DAYS)
def test_the_count_is_the_number_of_school_days_one_by_one(settings: Settings, start: date, end: date) -> None:
    each = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    assert school_days_between(settings, start, end) == sum(is_school_day(settings, day) for day in each)


@given(SETTINGS, st.tuples(DAYS, DAYS, DAYS).map(sorted))
def test_counts_add_up_and_never_fall(settings: Settings, days: list[date]) -> None:
    first, middle, last = days
    whole = school_days_between(settings, first, last)
    assert whole == school_days_between(settings, first, middle) + school_days_between(settings, middle, last)
    assert whole >= school_days_between(settings, first, middle)


def test_a_date_thousands_of_years_off_costs_nothing() -> None:
    assert school_days_between(AUTUMN, date(2026, 11, 30), date.max) == 14
    assert school_days_between(Settings(), date.min, date.max) > 2_000_000
