"""Recurring events through google-api-python-client: the rule, its instances, and what departs from it."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError

SENCO, GUEST = "senco@school.example", "guest@school.example"
ZONE = "Europe/London"


def weekly(*lines: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "reading0",
        "summary": "Reading group",
        "start": {"dateTime": "2026-10-20T09:00:00", "timeZone": ZONE},
        "end": {"dateTime": "2026-10-20T10:00:00", "timeZone": ZONE},
        "recurrence": list(lines or ["RRULE:FREQ=WEEKLY;COUNT=3"]),
        **more,
    }


@pytest.fixture
def events(api: Any) -> Any:
    return api("calendar", "v3", SENCO).events()


def make(events: Any, body: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = events.insert(calendarId="primary", body=body).execute()
    return made


def instances(events: Any, **options: Any) -> list[dict[str, Any]]:
    found = events.instances(calendarId="primary", eventId="reading0", **options).execute()
    return list(found["items"])


def days(found: list[dict[str, Any]]) -> list[str]:
    return [(one["start"].get("dateTime") or one["start"]["date"])[:10] for one in found]


def status_of(request: Any) -> int:
    with pytest.raises(HttpError) as error:
        request.execute()
    return int(error.value.status_code)


def test_a_series_keeps_its_hour_when_the_clocks_change(events: Any) -> None:
    made = make(events, weekly())
    assert made["recurrence"] == ["RRULE:FREQ=WEEKLY;COUNT=3"]
    found = instances(events)
    assert [one["start"]["dateTime"] for one in found] == [
        "2026-10-20T09:00:00+01:00",
        "2026-10-27T09:00:00Z",
        "2026-11-03T09:00:00Z",
    ]
    assert [one["id"] for one in found][:2] == ["reading0_20261020T080000Z", "reading0_20261027T090000Z"]
    assert {one["recurringEventId"] for one in found} == {"reading0"}
    assert all(one["originalStartTime"] == one["start"] for one in found)
    assert all("recurrence" not in one for one in found)
    assert {one["etag"] for one in found} == {made["etag"]}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["RRULE:FREQ=WEEKLY;UNTIL=20261027T235959Z"], ["2026-10-20", "2026-10-27"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20261027"], ["2026-10-20", "2026-10-27"]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/London:20261027T090000"], ["2026-10-20", "2026-11-03"]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261027T090000Z"], ["2026-10-20", "2026-11-03"]),
        (["RRULE:FREQ=WEEKLY;COUNT=1", "RDATE;TZID=Europe/London:20261105T090000"], ["2026-10-20", "2026-11-05"]),
        (["RDATE;TZID=Europe/London:20261105T090000"], ["2026-10-20", "2026-11-05"]),
        (["RRULE:FREQ=MONTHLY;BYDAY=3TU;COUNT=2"], ["2026-10-20", "2026-11-17"]),
        (["RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3"], ["2026-10-20", "2026-10-22", "2026-10-27"]),
    ],
)
def test_rules_dates_and_exceptions_give_these_days(events: Any, lines: list[str], expected: list[str]) -> None:
    make(events, weekly(*lines))
    assert days(instances(events)) == expected


def test_an_all_day_series_has_days_for_ids(events: Any) -> None:
    whole = {"start": {"date": "2026-10-20"}, "end": {"date": "2026-10-22"}}
    make(events, weekly("RRULE:FREQ=DAILY;INTERVAL=7;UNTIL=20261027", **whole))
    found = instances(events)
    assert [one["id"] for one in found] == ["reading0_20261020", "reading0_20261027"]
    assert (found[1]["start"], found[1]["end"]) == ({"date": "2026-10-27"}, {"date": "2026-10-29"})


def test_a_series_without_end_is_cut_to_the_window_asked_for(events: Any) -> None:
    make(events, weekly("RRULE:FREQ=DAILY"))
    window = {"timeMin": "2036-02-28T00:00:00Z", "timeMax": "2036-03-02T00:00:00Z"}
    listed = events.list(calendarId="primary", singleEvents=True, orderBy="startTime", **window).execute()["items"]
    assert days(listed) == ["2036-02-28", "2036-02-29", "2036-03-01"]
    assert [one["id"] for one in events.list(calendarId="primary", **window).execute()["items"]] == ["reading0"]
    assert len(instances(events, maxResults=2500)) == 730


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("RRULE:FREQ=SOMETIMES", "Invalid recurrence rule."),
        ("RRULE:COUNT=3", "Invalid recurrence rule."),
        ("RRULE:FREQ=DAILY;COUNT=2;UNTIL=20261101", "Invalid recurrence rule."),
        ("FREQ=DAILY", "Invalid recurrence rule."),
        ("EXDATE:tomorrow", "Invalid recurrence rule."),
        ("DTSTART:20261020T090000", "Invalid recurrence rule."),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(events: Any, line: str, reason: str) -> None:
    with pytest.raises(HttpError, match=reason) as error:
        make(events, weekly(line))
    assert error.value.status_code == 400


def test_a_timed_series_must_name_its_zone(events: Any) -> None:
    loose = {"start": {"dateTime": "2026-10-20T09:00:00Z"}, "end": {"dateTime": "2026-10-20T10:00:00Z"}}
    with pytest.raises(HttpError, match="Missing time zone definition for start time"):
        make(events, weekly(**loose))


def test_one_instance_can_move_and_be_renamed_alone(events: Any) -> None:
    make(events, weekly())
    second = instances(events)[1]
    moved = {
        "summary": "Library visit",
        "start": {"dateTime": "2026-10-28T14:00:00", "timeZone": ZONE},
        "end": {"dateTime": "2026-10-28T15:00:00", "timeZone": ZONE},
    }
    changed = events.patch(calendarId="primary", eventId=second["id"], body=moved).execute()
    assert (changed["id"], changed["originalStartTime"]) == (second["id"], second["start"])
    assert days(instances(events)) == ["2026-10-20", "2026-10-28", "2026-11-03"]
    listed = events.list(calendarId="primary").execute()["items"]
    assert [one["id"] for one in listed] == ["reading0", second["id"]]
    assert events.get(calendarId="primary", eventId="reading0").execute()["summary"] == "Reading group"
    found = instances(events, originalStart="2026-10-27T09:00:00Z")
    assert [one["summary"] for one in found] == ["Library visit"]


def test_a_deleted_instance_leaves_the_others(events: Any) -> None:
    make(events, weekly())
    second = instances(events)[1]["id"]
    events.delete(calendarId="primary", eventId=second).execute()
    assert days(instances(events)) == ["2026-10-20", "2026-11-03"]
    assert len(instances(events, showDeleted=True)) == 3
    listed = events.list(calendarId="primary").execute()["items"]
    assert [(one["id"], one["status"]) for one in listed] == [("reading0", "confirmed"), (second, "cancelled")]
    assert set(listed[1]) == {"kind", "etag", "id", "status", "recurringEventId", "originalStartTime"}
    assert status_of(events.delete(calendarId="primary", eventId=second)) == 410


def test_an_instance_that_the_rule_does_not_give_is_not_found(events: Any) -> None:
    make(events, weekly())
    for name in ("reading0_20261021T080000Z", "reading0_20261020", "reading0_x", "nothing0_20261020T080000Z"):
        assert status_of(events.get(calendarId="primary", eventId=name)) == 404


def test_a_change_of_the_series_reaches_an_exception_that_did_not_say_otherwise(events: Any) -> None:
    make(events, weekly())
    first, second, _ = instances(events)
    events.patch(calendarId="primary", eventId=first["id"], body={"summary": "Special"}).execute()
    events.patch(calendarId="primary", eventId=second["id"], body={"location": "Hall"}).execute()
    events.patch(calendarId="primary", eventId="reading0", body={"summary": "Phonics"}).execute()
    assert {one["summary"] for one in instances(events)} == {"Special", "Phonics"}
    assert events.get(calendarId="primary", eventId=second["id"]).execute()["summary"] == "Phonics"


def test_a_series_cut_short_loses_the_exceptions_after_its_end(events: Any) -> None:
    make(events, weekly())
    third = instances(events)[2]["id"]
    events.patch(calendarId="primary", eventId=third, body={"summary": "Party"}).execute()
    events.patch(
        calendarId="primary", eventId="reading0", body={"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"]}
    ).execute()
    assert days(instances(events)) == ["2026-10-20", "2026-10-27"]


def test_a_deleted_series_takes_its_exceptions_with_it(events: Any) -> None:
    make(events, weekly())
    events.patch(calendarId="primary", eventId=instances(events)[0]["id"], body={"summary": "First"}).execute()
    events.delete(calendarId="primary", eventId="reading0").execute()
    for options in ({}, {"singleEvents": True}):
        assert events.list(calendarId="primary", **options).execute()["items"] == []


def test_guests_have_the_series_and_answer_one_instance_of_it(events: Any, api: Any) -> None:
    theirs = api("calendar", "v3", GUEST).events()
    make(events, weekly(attendees=[{"email": GUEST}]))
    assert days(instances(theirs)) == ["2026-10-20", "2026-10-27", "2026-11-03"]
    second = instances(theirs)[1]["id"]
    answer = {"attendees": [{"email": GUEST, "responseStatus": "tentative"}]}
    theirs.patch(calendarId="primary", eventId=second, body=answer).execute()
    told = [one["attendees"][0]["responseStatus"] for one in instances(events)]
    assert told == ["needsAction", "tentative", "needsAction"]


def test_an_instance_cancelled_by_its_organiser_is_gone_for_guests(events: Any, api: Any) -> None:
    theirs = api("calendar", "v3", GUEST).events()
    make(events, weekly(attendees=[{"email": GUEST}]))
    events.delete(calendarId="primary", eventId=instances(events)[0]["id"]).execute()
    assert days(instances(theirs)) == ["2026-10-27", "2026-11-03"]
    events.delete(calendarId="primary", eventId="reading0").execute()
    assert theirs.list(calendarId="primary", singleEvents=True).execute()["items"] == []


def test_free_busy_knows_every_instance(events: Any, api: Any) -> None:
    make(events, weekly())
    events.delete(calendarId="primary", eventId=instances(events)[1]["id"]).execute()
    window = {"timeMin": "2026-10-01T00:00:00Z", "timeMax": "2026-12-01T00:00:00Z", "items": [{"id": SENCO}]}
    told = api("calendar", "v3", SENCO).freebusy().query(body=window).execute()["calendars"][SENCO]["busy"]
    assert [one["start"] for one in told] == ["2026-10-20T08:00:00Z", "2026-11-03T09:00:00Z"]
