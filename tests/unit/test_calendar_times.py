"""Times of events: zones, daylight saving, and what is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.calendar.draft import merge_patch, parse_draft, write_draft
from sandbox.calendar.times import micros, parse_when, print_when, stamp
from sandbox.call import ApiError

LONDON = ZoneInfo("Europe/London")
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2036, 12, 31))
ZONES = st.sampled_from(["Europe/London", "Europe/Vienna", "America/New_York", "Asia/Kolkata", "UTC"])


@given(day=DAYS)
def test_half_past_three_in_london_stays_half_past_three_on_every_day_of_the_year(day: date) -> None:
    when = parse_when({"dateTime": f"{day}T15:30:00", "timeZone": "Europe/London"}, "start")
    shown = print_when(when, shown_zone="Europe/London", calendar_zone="Europe/London")
    offset = datetime(day.year, day.month, day.day, 15, 30, tzinfo=LONDON).utcoffset()
    assert shown["dateTime"].startswith(f"{day}T15:30:00")
    assert shown["dateTime"].endswith("+01:00" if offset == timedelta(hours=1) else "Z")
    assert shown["timeZone"] == "Europe/London"


@given(
    moment=st.datetimes(
        min_value=datetime(2020, 1, 1), max_value=datetime(2036, 1, 1), timezones=ZONES.map(ZoneInfo)
    ),
    shown=ZONES,
)
def test_a_moment_is_the_same_moment_in_whatever_zone_it_is_shown(moment: datetime, shown: str) -> None:
    moment = moment.replace(microsecond=0)
    when = parse_when({"dateTime": moment.isoformat()}, "start")
    printed = print_when(when, shown_zone=shown, calendar_zone="UTC")["dateTime"]
    assert datetime.fromisoformat(printed).timestamp() == moment.timestamp()


@given(
    moment=st.datetimes(
        min_value=datetime(2000, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(ZoneInfo("UTC"))
    )
)
def test_an_etag_is_made_of_exact_microseconds(moment: datetime) -> None:
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert datetime.fromisoformat(stamp(whole)) == whole
    assert micros(whole) % 1000 == 0


def _reason(body: dict[str, object]) -> tuple[str, str]:
    with pytest.raises(ApiError) as refused:
        parse_draft(body)
    assert refused.value.status in (400, 501)
    return refused.value.reason, refused.value.message


TIMED = {"dateTime": "2026-11-23T15:30:00Z"}
LATER = {"dateTime": "2026-11-23T16:30:00Z"}


@pytest.mark.parametrize(
    ("body", "reason", "message"),
    [
        ({"end": LATER}, "required", "Missing start time."),
        ({"start": TIMED}, "required", "Missing end time."),
        ({"start": LATER, "end": TIMED}, "timeRangeEmpty", "The specified time range is empty."),
        (
            {"start": {"date": "2026-11-23"}, "end": {"date": "2026-11-23"}},
            "timeRangeEmpty",
            "The specified time range is empty.",
        ),
        (
            {"start": {"date": "2026-11-23"}, "end": LATER},
            "invalid",
            "Start and end times must either both be date or both be dateTime.",
        ),
        ({"start": {"date": "2026-11-23", **TIMED}, "end": LATER}, "invalid", "Invalid start time."),
        ({"start": TIMED, "end": {"date": "2026-02-30"}}, "invalid", "Invalid end time."),
        (
            {"start": {"dateTime": "2026-11-23T15:30:00"}, "end": LATER},
            "required",
            "Missing time zone definition for start time.",
        ),
        (
            {"start": {"dateTime": "2026-11-23T15:30:00", "timeZone": "Europe/Atlantis"}, "end": LATER},
            "invalid",
            "Invalid time zone definition for start time.",
        ),
        ({"start": TIMED, "end": LATER, "attendees": [{"email": "nobody"}]}, "invalid", "Invalid attendee email."),
        (
            {"start": {"date": "2026-11-23"}, "end": {"date": "2026-11-24"}, "recurrence": ["FREQ=DAILY"]},
            "invalid",
            None,
        ),
        (
            {"start": TIMED, "end": LATER, "recurrence": ["RRULE:FREQ=DAILY"]},
            "required",
            "Missing time zone definition for start time.",
        ),
    ],
)
def test_an_event_that_makes_no_sense_is_refused_in_googles_words(
    body: dict[str, object], reason: str, message: str | None
) -> None:
    said, words = _reason(body)
    assert said == reason
    assert message is None or words == message


def test_a_patch_of_nothing_leaves_the_event_as_it_was() -> None:
    draft = parse_draft(
        {
            "summary": "A.I. review meeting",
            "start": {"dateTime": "2026-06-01T15:30:00", "timeZone": "Europe/London"},
            "end": {"dateTime": "2026-06-01T16:30:00", "timeZone": "Europe/London"},
            "attendees": [{"email": "Leela@Example.org", "optional": True}],
            "extendedProperties": {"private": {"k": "v"}},
            "reminders": {"useDefault": False, "overrides": [{"method": "email", "minutes": 60}]},
        }
    )
    assert parse_draft(merge_patch(write_draft(draft), {})) == draft
    assert draft.guests[0].email == "leela@example.org"


def test_too_long_property_keys_are_dropped_and_values_cut_as_google_does() -> None:
    body = {"start": TIMED, "end": LATER, "extendedProperties": {"private": {"k" * 45: "x", "k": "y" * 2000}}}
    assert parse_draft(body).private == {"k": "y" * 1024}
