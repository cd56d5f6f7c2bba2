"""Conditional requests, video meetings and free/busy queries through Google's own client."""

from __future__ import annotations

import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError

SENCO, PARENT = "senco@school.example", "parent@home.example"
MEET = {"createRequest": {"requestId": "r1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}


def meeting(**more: Any) -> dict[str, Any]:
    return {
        "summary": "Review",
        "start": {"dateTime": "2026-11-25T15:30:00Z"},
        "end": {"dateTime": "2026-11-25T16:30:00Z"},
        **more,
    }


@pytest.fixture
def senco(api: Any) -> Any:
    return api("calendar", "v3", SENCO, scopes=["calendar"])


@pytest.fixture
def home(senco: Any) -> str:
    return str(senco.calendars().insert(body={"summary": "SEN reviews"}).execute()["id"])


def refused(request: Any) -> tuple[int, str]:
    with pytest.raises(HttpError) as error:
        request.execute()
    content = error.value.content
    return error.value.status_code, json.loads(content)["error"]["errors"][0]["reason"] if content else ""


def conditioned(request: Any, name: str, etag: str) -> Any:
    request.headers[name] = etag
    return request


def reads(senco: Any, home: str) -> dict[str, Any]:
    """One request that reads, for each kind of resource that has an etag."""
    event = senco.events().insert(calendarId=home, body=meeting()).execute()["id"]
    return {
        "calendar": lambda: senco.calendars().get(calendarId=home),
        "calendars": lambda: senco.calendarList().list(),
        "entry": lambda: senco.calendarList().get(calendarId=home),
        "event": lambda: senco.events().get(calendarId=home, eventId=event),
        "events": lambda: senco.events().list(calendarId=home),
        "instances": lambda: senco.events().instances(calendarId=home, eventId=event),
        "rule": lambda: senco.acl().get(calendarId=home, ruleId=f"user:{SENCO}"),
        "rules": lambda: senco.acl().list(calendarId=home),
        "setting": lambda: senco.settings().get(setting="locale"),
        "settings": lambda: senco.settings().list(),
    }


KINDS = ["calendar", "calendars", "entry", "event", "events", "instances", "rule", "rules", "setting", "settings"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_reader_has_already_is_not_sent_again(senco: Any, home: str, kind: str) -> None:
    read = reads(senco, home)[kind]
    etag = read().execute()["etag"]
    assert refused(conditioned(read(), "If-None-Match", f'"other", {etag}')) == (304, "")
    assert conditioned(read(), "If-None-Match", '"other"').execute()["etag"] == etag


def test_a_list_that_changed_is_sent(senco: Any, home: str) -> None:
    listed = senco.events().list(calendarId=home)
    etag = listed.execute()["etag"]
    senco.events().insert(calendarId=home, body=meeting()).execute()
    again = conditioned(senco.events().list(calendarId=home), "If-None-Match", etag).execute()
    assert (len(again["items"]), again["etag"] == etag) == (1, False)


def writes(senco: Any, home: str) -> dict[str, Any]:
    """For each resource, its etag and requests that change it."""
    rule = senco.acl().insert(calendarId=home, body={"role": "reader", "scope": {"type": "user", "value": PARENT}})
    made, name = rule.execute(), f"user:{PARENT}"
    entry = senco.calendarList().get(calendarId=home).execute()
    return {
        "calendars": (
            senco.calendars().get(calendarId=home).execute(),
            senco.calendars().patch(calendarId=home, body={"summary": "A"}),
            senco.calendars().update(calendarId=home, body={"summary": "A"}),
            senco.calendars().delete(calendarId=home),
        ),
        "calendarList": (
            entry,
            senco.calendarList().patch(calendarId=home, body={"colorId": "3"}),
            senco.calendarList().update(calendarId=home, body={"colorId": "3"}),
        ),
        "acl": (
            made,
            senco.acl().patch(calendarId=home, ruleId=name, body={"role": "writer"}),
            senco.acl().update(calendarId=home, ruleId=name, body={"role": "writer"}),
            senco.acl().delete(calendarId=home, ruleId=name),
        ),
    }


@pytest.mark.parametrize("kind", ["calendars", "calendarList", "acl"])
def test_a_change_to_another_state_is_refused(senco: Any, home: str, kind: str) -> None:
    resource, *changes = writes(senco, home)[kind]
    for change in changes:
        assert refused(conditioned(change, "If-Match", '"older"')) == (412, "conditionNotMet")
    conditioned(changes[0], "If-Match", resource["etag"]).execute()
    assert refused(conditioned(changes[-1], "If-Match", resource["etag"])) == (412, "conditionNotMet")
    conditioned(changes[-1], "If-Match", "*").execute()


def test_a_video_meeting_is_made_only_for_clients_that_say_so(senco: Any, home: str) -> None:
    events = senco.events()
    assert "conferenceData" not in events.insert(calendarId=home, body=meeting(conferenceData=MEET)).execute()
    body = meeting(conferenceData=MEET)
    made = events.insert(calendarId=home, body=body, conferenceDataVersion=1).execute()
    data = made["conferenceData"]
    assert data["createRequest"] == MEET["createRequest"] | {"status": {"statusCode": "success"}}
    assert data["entryPoints"][0]["uri"] == made["hangoutLink"] == f"https://meet.google.com/{data['conferenceId']}"
    place = {"calendarId": home, "eventId": made["id"]}
    assert events.update(**place, body=meeting()).execute()["conferenceData"] == data
    again = events.patch(**place, body={"conferenceData": MEET}, conferenceDataVersion=1).execute()
    assert again["conferenceData"] == data
    copied = events.insert(calendarId=home, body=meeting(conferenceData=data), conferenceDataVersion=1).execute()
    assert copied["hangoutLink"] == made["hangoutLink"]
    gone = events.patch(**place, body={"conferenceData": None}, conferenceDataVersion=1).execute()
    assert not {"conferenceData", "hangoutLink"} & set(gone)


def test_a_meeting_elsewhere_is_refused(senco: Any, home: str) -> None:
    other = {"createRequest": {"requestId": "r", "conferenceSolutionKey": {"type": "addOn"}}}
    invalid: list[dict[str, Any]] = [other, {"createRequest": {}}, {"conferenceId": "x"}]
    for data in invalid:
        insert = senco.events().insert(calendarId=home, body=meeting(conferenceData=data), conferenceDataVersion=1)
        assert refused(insert) == (400, "invalid")


def test_a_guest_sees_the_meeting_too(api: Any, senco: Any) -> None:
    parent = api("calendar", "v3", PARENT, scopes=["calendar"])
    body = meeting(conferenceData=MEET, attendees=[{"email": PARENT}])
    made = senco.events().insert(calendarId="primary", body=body, conferenceDataVersion=1).execute()
    seen = parent.events().get(calendarId="primary", eventId=made["id"]).execute()
    assert seen["hangoutLink"] == made["hangoutLink"]


def test_busy_times_come_in_the_zone_asked_for(senco: Any, home: str) -> None:
    senco.events().insert(calendarId=home, body=meeting()).execute()
    asked = {"timeMin": "2026-11-25T00:00:00Z", "timeMax": "2026-11-26T00:00:00Z", "items": [{"id": home}]}
    for zone, start in (("UTC", "2026-11-25T15:30:00Z"), ("Asia/Tokyo", "2026-11-26T00:30:00+09:00")):
        found = senco.freebusy().query(body=asked | {"timeZone": zone}).execute()
        assert found["calendars"][home]["busy"][0]["start"] == start


def test_too_many_calendars_are_refused_each(senco: Any, home: str) -> None:
    asked = {"timeMin": "2026-11-25T00:00:00Z", "timeMax": "2026-11-26T00:00:00Z", "calendarExpansionMax": 1}
    found = senco.freebusy().query(body=asked | {"items": [{"id": home}, {"id": "primary"}]}).execute()
    reasons = {one["errors"][0]["reason"] for one in found["calendars"].values()}
    assert reasons == {"tooManyCalendarsRequested"}


def test_a_calendar_that_says_what_it_said_keeps_its_etag(senco: Any, home: str) -> None:
    before = senco.calendars().get(calendarId=home).execute()
    same = senco.calendars().patch(calendarId=home, body={"summary": "SEN reviews"}).execute()
    assert same["etag"] == before["etag"]
    assert senco.calendars().patch(calendarId=home, body={"summary": "B"}).execute()["etag"] != before["etag"]


def test_an_instance_has_one_instance(senco: Any, home: str) -> None:
    weekly = meeting(recurrence=["RRULE:FREQ=WEEKLY;COUNT=3"])
    for end in ("start", "end"):
        weekly[end] |= {"timeZone": "Europe/London"}
    made = senco.events().insert(calendarId=home, body=weekly).execute()["id"]
    _, second, _ = senco.events().instances(calendarId=home, eventId=made).execute()["items"]
    place = {"calendarId": home, "eventId": second["id"]}
    assert [one["id"] for one in senco.events().instances(**place).execute()["items"]] == [second["id"]]
    senco.events().delete(**place).execute()
    assert senco.events().instances(**place).execute()["items"] == []


def test_a_move_says_cancelled_and_means_where_the_event_was(senco: Any, home: str) -> None:
    made = senco.events().insert(calendarId="primary", body=meeting()).execute()["id"]
    moved = senco.events().move(calendarId="primary", eventId=made, destination=home).execute()
    assert (moved["id"], moved["status"], moved["organizer"]["email"]) == (made, "cancelled", home)
    assert senco.events().get(calendarId=home, eventId=made).execute()["status"] == "confirmed"
