"""Dates and times as people in the UK write them, and as a spreadsheet holds them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_templates.dates import (
    date_from_serial,
    parse_date,
    parse_time,
    time_fraction,
    time_from_serial,
    to_serial,
)

DAYS = st.dates(date(1950, 1, 1), date(2149, 12, 31))
RECENT = st.dates(date(2000, 1, 1), date(2099, 12, 31))
THIRD = date(2026, 9, 3)


@pytest.mark.parametrize(
    "text",
    [
        *("3/9/26", "03/09/2026", "03.09.2026", "3-9-2026", "3 9 2026", "3 / 9 / 2026", "2026-09-03", "2026/9/3"),
        *("3rd Sept 2026", "3 September 2026", "3 sep 26", "3-Sep-26", "3SEP2026", "3rd of September, 2026"),
        *("Thu 3 Sep 2026", "Thursday, 3rd September 2026", "thurs 3/9/26", "September 3, 2026", "Sept 3rd 2026"),
        *("2026-09-03T00:00:00Z", "2026-09-03 15:30"),
    ],
)
def test_one_day_written_in_many_ways_is_that_day(text: str) -> None:
    assert parse_date(text) == THIRD


@pytest.mark.parametrize(
    "text",
    [
        *("31/2/2026", "9/23/2026", "0/1/2026", "Fri 3 Sep 2026", "3 Septembre 2026", "3 Sep", "next Tuesday", ""),
        *("3/9/026", "3/9/20266", "32 Jan 2026", "ma 3 2026", "1/1/1900", "soon 3/9/26", "٣/٩/٢٦x", "2026-13-01"),
    ],
)
def test_what_is_no_day_or_not_clear_is_not_guessed(text: str) -> None:
    assert parse_date(text) is None


@given(DAYS)
def test_a_serial_number_gives_back_its_day(day: date) -> None:
    assert date_from_serial(to_serial(day)) == day
    assert date_from_serial(to_serial(day) + 0.75) == day


def test_serial_numbers_count_from_30_december_1899() -> None:
    assert to_serial(date(2026, 9, 5)) == 46270


@given(RECENT, st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%a %d %b %Y", "%A %d %B %y", "%Y-%m-%d"]))
def test_every_day_can_be_written_day_first(day: date, pattern: str) -> None:
    assert parse_date(day.strftime(pattern)) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_dates_and_times(text: str) -> None:
    found, moment = parse_date(text), parse_time(text)
    assert found is None or isinstance(found, date)
    assert moment is None or isinstance(moment, time)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_breaks_the_reading_of_dates_and_times(number: float) -> None:
    date_from_serial(number)
    time_from_serial(number)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("15:30", time(15, 30)),
        ("3.30pm", time(15, 30)),
        ("3:30 PM", time(15, 30)),
        ("3 p.m.", time(15)),
        ("12am", time(0)),
        ("12.05 pm", time(12, 5)),
        ("noon", time(12)),
        ("9:00", time(9)),
        ("03:30", time(3, 30)),
        ("15:30:00", time(15, 30)),
    ],
)
def test_times_are_read_as_written(text: str, moment: time) -> None:
    assert parse_time(text) == moment


@pytest.mark.parametrize("text", ["3.30", "25:00", "15:61", "15", "13pm", "after lunch", "0am", ""])
def test_a_time_that_may_mean_two_things_is_asked_back(text: str) -> None:
    assert parse_time(text) is None


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0, tzinfo=None)))
def test_a_time_survives_as_a_fraction_of_the_day(moment: time) -> None:
    assert time_from_serial(time_fraction(moment)) == moment
    assert time_from_serial(46270 + time_fraction(moment)) == (moment if moment != time(0) else None)
