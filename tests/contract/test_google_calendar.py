"""Our Calendar adapter keeps its promises, against the sandbox over HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from doors import SENCO, StillTime, calls, fault, open_door

from sandbox.server import RunningSandbox
from server.google.calendar import CalendarDoor
from server.plans.ports import EventWrite
from server.plans.trouble import Unreachable

INSERT = "calendar.events.insert"
GUESTS = ("teacher@school.example", "parent@family.example")


@pytest.fixture
def time() -> StillTime:
    return StillTime()


@pytest.fixture
def calendar(sandbox_server: RunningSandbox, time: StillTime) -> Iterator[CalendarDoor]:
    with open_door(sandbox_server, time=time) as door:
        yield door.calendar


@pytest.fixture
def reviews(calendar: CalendarDoor, sandbox_server: RunningSandbox) -> str:
    """A calendar made by the adapter; the journal starts after it."""
    made = calendar.create_calendar("SEN reviews", "Made by SEN Plans (school-1)", "Europe/London")
    sandbox_server.workspace.journal.clear()
    return made


def event(summary: str = "A.I. review meeting", day: str = "2026-11-30", **more: Any) -> Mapping[str, Any]:
    return {
        "summary": summary,
        "start": {"dateTime": f"{day}T15:30:00", "timeZone": "Europe/London"},
        "end": {"dateTime": f"{day}T16:00:00", "timeZone": "Europe/London"},
        "attendees": [{"email": guest} for guest in GUESTS],
        "extendedProperties": {"private": {"senplans_meeting": "M1"}},
        **more,
    }


def insert(event_id: str, **more: Any) -> EventWrite:
    return EventWrite(kind="insert", event_id=event_id, body=event(**more))


def cancel(event_id: str) -> EventWrite:
    return EventWrite(kind="cancel", event_id=event_id)


def test_a_calendar_is_found_by_its_marker_in_one_call(
    calendar: CalendarDoor, reviews: str, sandbox_server: RunningSandbox
) -> None:
    assert calendar.find_calendar("(school-1)") == reviews
    assert calls(sandbox_server) == {"calendar.calendarList.list": 1}
    assert calendar.find_calendar("(school-2)") is None


def test_a_calendar_hidden_from_the_list_is_found(calendar: CalendarDoor, reviews: str, api: Any) -> None:
    owner = api("calendar", "v3", SENCO, scopes=["calendar"])
    owner.calendarList().patch(calendarId=reviews, body={"hidden": True}).execute()
    assert calendar.find_calendar("(school-1)") == reviews


def test_events_are_listed_with_their_calendar_in_one_call(
    calendar: CalendarDoor, reviews: str, sandbox_server: RunningSandbox
) -> None:
    calendar.write_events(reviews, [insert("sen00001"), insert("sen00002", day="2026-07-01")])
    sandbox_server.workspace.journal.clear()
    listing = calendar.list_events(reviews)
    assert calls(sandbox_server) == {"calendar.events.list": 1}
    assert listing is not None
    assert (listing.summary, listing.time_zone) == ("SEN reviews", "Europe/London")
    assert "(school-1)" in listing.description
    found = {each.event_id: each for each in listing.events}
    assert found["sen00001"].start == "2026-11-30T15:30:00Z"
    assert found["sen00002"].start == "2026-07-01T15:30:00+01:00"
    assert sorted(found["sen00001"].guests) == sorted(GUESTS)
    assert found["sen00001"].properties == {"senplans_meeting": "M1"}


def test_all_day_events_have_plain_dates(calendar: CalendarDoor, reviews: str) -> None:
    days = {"start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}}
    calendar.write_events(reviews, [EventWrite(kind="insert", event_id="sen00003", body={**event(), **days})])
    listing = calendar.list_events(reviews)
    assert listing is not None
    assert [(each.start, each.end) for each in listing.events] == [("2026-12-01", "2026-12-02")]


def test_a_calendar_that_is_gone_is_none(calendar: CalendarDoor, reviews: str, api: Any) -> None:
    api("calendar", "v3", SENCO, scopes=["calendar"]).calendars().delete(calendarId=reviews).execute()
    assert calendar.list_events(reviews) is None


def test_cancelled_events_are_listed_as_cancelled(calendar: CalendarDoor, reviews: str) -> None:
    calendar.write_events(reviews, [insert("sen00001")])
    assert all(outcome.done for outcome in calendar.write_events(reviews, [cancel("sen00001")]))
    listing = calendar.list_events(reviews)
    assert listing is not None
    assert [(each.event_id, each.status) for each in listing.events] == [("sen00001", "cancelled")]


def test_fifty_events_travel_in_one_request(
    calendar: CalendarDoor, reviews: str, sandbox_server: RunningSandbox
) -> None:
    outcomes = calendar.write_events(reviews, [insert(f"sen{n:05}") for n in range(51)])
    assert all(outcome.done and outcome.etag for outcome in outcomes)
    assert calls(sandbox_server) == {"batch.calendar": 2, INSERT: 51}


def test_guests_are_told(calendar: CalendarDoor, reviews: str, sandbox_server: RunningSandbox) -> None:
    calendar.write_events(reviews, [insert("sen00001")])
    assert len(sandbox_server.workspace.outbox) == len(GUESTS)


def test_an_event_that_exists_is_an_outcome(calendar: CalendarDoor, reviews: str) -> None:
    calendar.write_events(reviews, [insert("sen00001")])
    again, fresh = calendar.write_events(reviews, [insert("sen00001"), insert("sen00002")])
    assert (again.done, again.reason) == (False, "duplicate")
    assert "not changed" in again.message
    assert fresh.done


def test_an_update_is_guarded_by_its_etag(calendar: CalendarDoor, reviews: str) -> None:
    (made,) = calendar.write_events(reviews, [insert("sen00001")])
    moved = EventWrite(kind="update", event_id="sen00001", body=event(day="2026-12-07"), etag=made.etag)
    (first,) = calendar.write_events(reviews, [moved])
    assert first.done
    assert first.etag not in ("", made.etag)
    (late,) = calendar.write_events(reviews, [moved])
    assert (late.reason, late.done) == ("conditionNotMet", False)
    assert "not changed" in late.message


def test_cancelling_twice_counts_as_done(calendar: CalendarDoor, reviews: str) -> None:
    calendar.write_events(reviews, [insert("sen00001")])
    outcomes = [
        *calendar.write_events(reviews, [cancel("sen00001")]),
        *calendar.write_events(reviews, [cancel("sen00001")]),
    ]
    assert [outcome.done for outcome in outcomes] == [True, True]


def test_two_writes_of_one_event_never_share_a_request(
    calendar: CalendarDoor, reviews: str, sandbox_server: RunningSandbox
) -> None:
    outcomes = calendar.write_events(reviews, [insert("sen00001"), cancel("sen00001"), insert("sen00002")])
    assert [outcome.done for outcome in outcomes] == [True, True, True]
    assert calls(sandbox_server)["batch.calendar"] == 2


def test_only_the_part_that_came_too_fast_is_sent_again(
    calendar: CalendarDoor, reviews: str, sandbox_server: RunningSandbox, time: StillTime
) -> None:
    fault(sandbox_server, method=INSERT, nth=2, status=403, reason="rateLimitExceeded")
    outcomes = calendar.write_events(reviews, [insert(f"sen{n:05}") for n in range(3)])
    assert all(outcome.done for outcome in outcomes)
    assert calls(sandbox_server) == {"batch.calendar": 2, INSERT: 4}
    assert time.slept == [1.0]


def test_a_part_that_keeps_coming_too_fast_is_an_outcome_in_the_end(
    calendar: CalendarDoor, reviews: str, sandbox_server: RunningSandbox, time: StillTime
) -> None:
    fault(sandbox_server, method=INSERT, status=403, reason="rateLimitExceeded")
    (outcome,) = calendar.write_events(reviews, [insert("sen00001")])
    assert outcome.reason == "rateLimitExceeded"
    assert "not changed" in outcome.message
    assert 0 < sum(time.slept) <= 60


def test_a_part_with_a_server_fault_is_not_inserted_again(
    calendar: CalendarDoor, reviews: str, sandbox_server: RunningSandbox
) -> None:
    fault(sandbox_server, method=INSERT, nth=1, status=503)
    (outcome,) = calendar.write_events(reviews, [insert("sen00001")])
    assert outcome.reason == "backendError"
    assert calls(sandbox_server)[INSERT] == 1


def test_a_lost_batch_answer_is_not_sent_again(
    calendar: CalendarDoor, reviews: str, sandbox_server: RunningSandbox
) -> None:
    fault(sandbox_server, method=INSERT, nth=1, lost=True)
    with pytest.raises(Unreachable):
        calendar.write_events(reviews, [insert("sen00001")])
    assert calls(sandbox_server)[INSERT] == 1


def test_a_call_that_came_too_fast_is_repeated(
    calendar: CalendarDoor, reviews: str, sandbox_server: RunningSandbox, time: StillTime
) -> None:
    fault(sandbox_server, method="calendar.calendarList.list", nth=1, status=403, reason="userRateLimitExceeded")
    assert calendar.find_calendar("(school-1)") == reviews
    assert calls(sandbox_server) == {"calendar.calendarList.list": 2}
    assert time.slept == [1.0]
