"""Import, move and clear; and the lists of calendars, rules and settings, paged and followed by sync tokens."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError

SENCO, GUEST = "senco@school.example", "guest@school.example"
DAY = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}


@pytest.fixture
def senco(api: Any) -> Any:
    return api("calendar", "v3", SENCO)


def refusal(request: Any) -> tuple[int, str]:
    with pytest.raises(HttpError) as error:
        request.execute()
    return error.value.status_code, error.value.error_details[0]["reason"]


def test_an_imported_event_keeps_its_uid_and_organiser_and_invites_nobody(senco: Any, sandbox_server: Any) -> None:
    body = {
        "iCalUID": "abc@elsewhere.example",
        "summary": "Concert",
        "organizer": {"email": "head@elsewhere.example", "displayName": "Head"},
        "attendees": [{"email": GUEST}],
        **DAY,
    }
    made = senco.events().import_(calendarId="primary", body=body).execute()
    assert (made["iCalUID"], made["organizer"]["email"]) == ("abc@elsewhere.example", "head@elsewhere.example")
    again = senco.events().import_(calendarId="primary", body=body | {"summary": "Concert (moved)"}).execute()
    assert (again["id"], again["summary"]) == (made["id"], "Concert (moved)")
    assert len(senco.events().list(calendarId="primary").execute()["items"]) == 1
    assert sandbox_server.workspace.outbox == []
    assert refusal(senco.events().import_(calendarId="primary", body=DAY)) == (400, "required")


def test_a_moved_event_leaves_one_calendar_and_is_organised_by_the_other(senco: Any, api: Any) -> None:
    guest = api("calendar", "v3", GUEST)
    body = {"id": "event001", "summary": "Review", "attendees": [{"email": GUEST}], **DAY}
    senco.events().insert(calendarId="primary", body=body).execute()
    token = senco.events().list(calendarId="primary").execute()["nextSyncToken"]
    there = senco.calendars().insert(body={"summary": "Reviews"}).execute()["id"]
    moved = senco.events().move(calendarId="primary", eventId="event001", destination=there).execute()
    assert (moved["id"], moved["organizer"]["email"]) == ("event001", there)
    told = senco.events().list(calendarId="primary", syncToken=token).execute()["items"]
    assert [(one["id"], one["status"]) for one in told] == [("event001", "cancelled")]
    assert senco.events().get(calendarId=there, eventId="event001").execute()["summary"] == "Review"
    theirs = guest.events().get(calendarId="primary", eventId="event001").execute()
    assert (theirs["status"], theirs["organizer"]["email"]) == ("confirmed", there)
    to_own = guest.events().move(calendarId="primary", eventId="event001", destination=there)
    assert refusal(to_own)[0] in (403, 404)


def test_a_calendar_stays_in_its_owners_list(senco: Any) -> None:
    made = senco.calendars().insert(body={"summary": "Reviews"}).execute()["id"]
    with pytest.raises(HttpError) as error:
        senco.calendarList().delete(calendarId=made).execute()
    assert error.value.status_code == 403
    assert error.value.reason.startswith("The data owner of a calendar cannot remove")


def test_an_instance_cannot_move_alone(senco: Any) -> None:
    series = {"id": "serial0", "recurrence": ["RRULE:FREQ=DAILY;COUNT=2"], **DAY}
    senco.events().insert(calendarId="primary", body=series).execute()
    there = senco.calendars().insert(body={"summary": "Reviews"}).execute()["id"]
    alone = senco.events().move(calendarId="primary", eventId="serial0_20261125", destination=there)
    assert refusal(alone) == (400, "cannotChangeOrganizerOfInstance")
    senco.events().move(calendarId="primary", eventId="serial0", destination=there).execute()
    assert len(senco.events().instances(calendarId=there, eventId="serial0").execute()["items"]) == 2


def test_a_primary_calendar_is_cleared_and_no_other(senco: Any) -> None:
    senco.events().insert(calendarId="primary", body={"id": "event001", **DAY}).execute()
    senco.calendars().clear(calendarId="primary").execute()
    assert senco.events().list(calendarId="primary").execute()["items"] == []
    other = senco.calendars().insert(body={"summary": "Reviews"}).execute()["id"]
    assert refusal(senco.calendars().clear(calendarId=other))[0] == 400


def test_quick_add_is_said_not_to_be_there(senco: Any) -> None:
    assert refusal(senco.events().quickAdd(calendarId="primary", text="Lunch at noon")) == (501, "notImplemented")


def test_the_calendar_list_is_paged_and_followed(senco: Any) -> None:
    made = [senco.calendars().insert(body={"summary": f"C{number}"}).execute()["id"] for number in range(3)]
    first = senco.calendarList().list(maxResults=2).execute()
    rest = senco.calendarList().list(maxResults=2, pageToken=first["nextPageToken"]).execute()
    assert [one["id"] for one in first["items"] + rest["items"]] == [SENCO, *made]
    token = rest["nextSyncToken"]
    assert senco.calendarList().list(syncToken=token).execute()["items"] == []
    senco.calendarList().patch(calendarId=made[0], body={"hidden": True}).execute()
    senco.calendars().delete(calendarId=made[1]).execute()
    told = senco.calendarList().list(syncToken=token, showHidden=True).execute()
    assert {one["id"]: one.get("deleted", False) for one in told["items"]} == {made[0]: False, made[1]: True}
    assert senco.calendarList().list(syncToken=told["nextSyncToken"]).execute()["items"] == []
    assert refusal(senco.calendarList().list(syncToken="worn")) == (410, "fullSyncRequired")


def test_a_replaced_list_entry_keeps_only_what_it_was_given(senco: Any) -> None:
    senco.calendarList().patch(calendarId="primary", body={"colorId": "3", "summaryOverride": "Mine"}).execute()
    entry = senco.calendarList().update(calendarId="primary", body={"colorId": "5"}).execute()
    assert entry["colorId"] == "5"
    assert "summaryOverride" not in entry


def test_a_removed_rule_is_told_by_the_role_none(senco: Any) -> None:
    rule = {"role": "reader", "scope": {"type": "user", "value": GUEST}}
    senco.acl().insert(calendarId="primary", body=rule).execute()
    token = senco.acl().list(calendarId="primary").execute()["nextSyncToken"]
    senco.acl().delete(calendarId="primary", ruleId=f"user:{GUEST}").execute()
    told = senco.acl().list(calendarId="primary", syncToken=token).execute()
    assert [(one["id"], one["role"]) for one in told["items"]] == [(f"user:{GUEST}", "none")]
    assert len(senco.acl().list(calendarId="primary").execute()["items"]) == 1


def test_settings_come_in_pages_and_do_not_change(senco: Any) -> None:
    page = senco.settings().list(maxResults=5).execute()
    assert len(page["items"]) == 5
    assert page["nextPageToken"]
    token = senco.settings().list().execute()["nextSyncToken"]
    assert senco.settings().list(syncToken=token).execute()["items"] == []


def test_reminders_and_mails_chosen_in_the_list_are_those_of_the_calendar(senco: Any, api: Any) -> None:
    reminders = [{"method": "email", "minutes": 60}]
    mails = {"notifications": [{"type": "eventCreation", "method": "email"}]}
    body = {"defaultReminders": reminders, "notificationSettings": mails}
    told = senco.calendarList().patch(calendarId="primary", body=body).execute()
    assert (told["defaultReminders"], told["notificationSettings"]) == (reminders, mails)
    assert senco.events().list(calendarId="primary").execute()["defaultReminders"] == reminders
    series = DAY | {"id": "serial0", "recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]}
    senco.events().insert(calendarId="primary", body=series).execute()
    shown = senco.events().instances(calendarId="primary", eventId="serial0").execute()
    assert shown["defaultReminders"] == reminders
    senco.events().patch(calendarId="primary", eventId="serial0", body={"summary": "Renamed"}).execute()
    changed = senco.events().list(calendarId="primary", syncToken=shown["nextSyncToken"]).execute()["items"]
    assert [one["summary"] for one in changed] == ["Renamed"]


def test_an_event_of_a_whole_day_reminds_nobody_unless_asked_to(senco: Any) -> None:
    made = senco.events().insert(calendarId="primary", body=DAY).execute()
    assert made["reminders"] == {"useDefault": False}
    asked = senco.events().insert(calendarId="primary", body=DAY | {"reminders": {"useDefault": True}}).execute()
    assert asked["reminders"] == {"useDefault": True}


def test_the_rule_for_everybody_names_the_public(senco: Any) -> None:
    rule = {"role": "reader", "scope": {"type": "default"}}
    told = senco.acl().insert(calendarId="primary", body=rule).execute()
    public = {"type": "default", "value": "__public_principal__@public.calendar.google.com"}
    assert (told["id"], told["scope"]) == ("default", public)
    assert senco.acl().insert(calendarId="primary", body=rule | {"scope": public}).execute()["id"] == "default"
