"""A booked row as the event it asks for."""

from __future__ import annotations

from datetime import date, time

import pytest

from server.plans.bookings import REMINDER_DAYS, Booking, booking, event_body, instant, remote_hash
from server.plans.model import Contact, Meeting, Pupil, School, Settings, Staff
from server.plans.ports import RemoteEvent

PUPIL = Pupil(pupil_id="P1", first_name="Mei-Lin", last_name="o’Shea", accountable_staff=("T1",), senco_staff="T2")
SCHOOL = School(
    settings=Settings(school_id="S1"),
    staff=(Staff(staff_id="T1", email="T1@school.example"), Staff(staff_id="T2", email="t2@school.example")),
    contacts=(
        Contact(contact_id="C1", pupil="P1", email="a@x.org", receives_plan_copy=True, restriction_kind="none"),
        Contact(contact_id="C2", pupil="P1", email="b@x.org", receives_plan_copy=True),
        Contact(contact_id="C3", pupil="P2", email="c@x.org", receives_plan_copy=True, restriction_kind="none"),
    ),
    pupils=(PUPIL,),
)


def booked(day: date | None, at: time | None = None, minutes: float | None = None) -> Booking:
    meeting = Meeting(meeting_id="M1", pupil="P1", date=day, start_time=at, minutes=minutes, status="booked")
    found = booking(SCHOOL, meeting)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("day", "offset"),
    [(date(2026, 3, 27), "+00:00"), (date(2026, 3, 30), "+01:00"), (date(2026, 10, 26), "+00:00")],
)
def test_the_offset_is_the_one_that_holds_on_the_day(day: date, offset: str) -> None:
    assert booked(day, time(15, 30)).moment.endswith(offset)


@pytest.mark.parametrize(
    ("minutes", "end"), [(None, "16:30"), (45, "16:15"), (0, "16:30"), (-5, "16:30"), (2e3, "16:30")]
)
def test_a_meeting_without_a_sensible_length_takes_an_hour(minutes: float | None, end: str) -> None:
    assert booked(date(2026, 12, 1), time(15, 30), minutes).end["dateTime"] == f"2026-12-01T{end}:00"


def test_a_meeting_past_midnight_ends_the_next_day() -> None:
    assert booked(date(2026, 12, 1), time(23, 30)).end["dateTime"].startswith("2026-12-02T00:30")


def test_without_a_time_it_is_the_whole_day() -> None:
    whole = booked(date(2026, 12, 31))
    assert (whole.start, whole.end) == ({"date": "2026-12-31"}, {"date": "2027-01-01"})


def test_guests_are_the_child_s_own_people_in_lower_case() -> None:
    assert booked(date(2026, 12, 1)).guests == ("a@x.org", "t1@school.example", "t2@school.example")


def test_only_initials_leave_the_school() -> None:
    assert booked(date(2026, 12, 1)).summary == "M.O. review meeting"


@pytest.mark.parametrize("status", ["Held", "Cancelled", "", "Booked "])
def test_only_a_booked_row_asks_for_an_event(status: str) -> None:
    assert booking(SCHOOL, Meeting(meeting_id="M1", pupil="P1", date=date(2026, 12, 1), status=status)) is None


@pytest.mark.parametrize(("pupil", "day"), [("P9", date(2026, 12, 1)), ("P1", None)])
def test_a_row_without_pupil_or_date_asks_for_none(pupil: str, day: date | None) -> None:
    assert booking(SCHOOL, Meeting(meeting_id="M1", pupil=pupil, date=day, status="Booked")) is None


def test_the_event_is_private_and_guests_may_do_nothing_with_it() -> None:
    body = event_body(booked(date(2026, 12, 1)), event_id="abcde", properties={})
    assert body["visibility"] == "private"
    assert not any(body[name] for name in body if name.startswith("guestsCan"))
    assert len(body["reminders"]["overrides"]) == len(REMINDER_DAYS) <= 5


def test_the_same_moment_in_another_offset_is_no_change() -> None:
    own = booked(date(2026, 7, 1), time(15, 30))
    there = RemoteEvent(
        event_id="x",
        status="confirmed",
        summary=own.summary,
        start="2026-07-01T14:30:00Z",
        end="2026-07-01T16:30:00+01:00",
        guests=tuple(reversed(own.guests)),
    )
    assert remote_hash(there) == own.hash


def test_an_hour_that_the_clocks_skip_is_still_a_moment() -> None:
    assert instant({"dateTime": "2026-03-29T01:30:00", "timeZone": "Europe/London"})
