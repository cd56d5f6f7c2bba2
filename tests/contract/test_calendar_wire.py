"""Calendar through google-api-python-client: what the product's door to Google will meet."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from ground import Google

pytestmark = pytest.mark.any_google

SENCO, PARENT, STRANGER = "senco@school.example", "parent@home.example", "stranger@else.example"
OWN = ("calendar.app.created",)


def meeting(event_id: str = "event001", **more: Any) -> dict[str, Any]:
    return {
        "id": event_id,
        "summary": "A.I. review meeting",
        "start": {"dateTime": "2026-11-25T15:30:00", "timeZone": "Europe/London"},
        "end": {"dateTime": "2026-11-25T16:30:00", "timeZone": "Europe/London"},
        "visibility": "private",
        "guestsCanInviteOthers": False,
        "guestsCanSeeOtherGuests": False,
        "extendedProperties": {"private": {"senplans_meeting": "M01"}},
        **more,
    }


@pytest.fixture
def senco(api: Any) -> Any:
    return api("calendar", "v3", SENCO, scopes=OWN)


@pytest.fixture
def home(senco: Any) -> str:
    return str(senco.calendars().insert(body={"summary": "SEN reviews"}).execute()["id"])


def refusal(request: Any) -> tuple[int, str, str]:
    """Status, reason and message of the refusal of this request."""
    with pytest.raises(HttpError) as error:
        request.execute()
    said = json.loads(error.value.content)["error"]
    assert said["code"] == error.value.status_code
    return error.value.status_code, said["errors"][0]["reason"], said["message"]


def test_a_calendar_is_made_in_its_owners_time_zone_and_read_back(
    google: Google, api: Any, senco: Any, home: str
) -> None:
    found = senco.calendars().get(calendarId=home).execute()
    assert (found["summary"], found["dataOwner"]) == ("SEN reviews", google.owner)
    assert found["timeZone"] == api("calendar", "v3", SENCO).settings().get(setting="timezone").execute()["value"]
    assert home.endswith("@group.calendar.google.com")


def test_events_go_in_by_batch_and_come_back_by_list(senco: Any, home: str) -> None:
    ids = [uuid.uuid5(uuid.NAMESPACE_URL, str(number)).hex for number in range(12)]
    answers: dict[str, Any] = {}
    batch = senco.new_batch_http_request(callback=lambda key, answer, error: answers.update({key: error or answer}))
    for number, event_id in enumerate([*ids, ids[0]]):
        batch.add(senco.events().insert(calendarId=home, body=meeting(event_id)), request_id=str(number))
    batch.execute()
    made = [one for one in answers.values() if isinstance(one, dict)]
    refused = [one for one in answers.values() if isinstance(one, HttpError)]
    assert {one["id"] for one in made} == set(ids)
    assert [one.status_code for one in refused] == [409]
    page = senco.events().list(calendarId=home, maxResults=2500).execute()
    assert {one["id"] for one in page["items"]} == set(ids)
    assert page["accessRole"] == "owner"
    assert page["nextSyncToken"]


def test_a_taken_id_is_a_duplicate(senco: Any, home: str) -> None:
    senco.events().insert(calendarId=home, body=meeting()).execute()
    again = senco.events().insert(calendarId=home, body=meeting())
    assert refusal(again) == (409, "duplicate", "The requested identifier already exists.")


def test_an_id_outside_the_alphabet_is_refused(senco: Any, home: str) -> None:
    assert refusal(senco.events().insert(calendarId=home, body=meeting("XYZ-1")))[:2] == (400, "invalid")


def test_a_deleted_event_stays_cancelled_and_keeps_its_id(senco: Any, home: str) -> None:
    senco.events().insert(calendarId=home, body=meeting()).execute()
    assert not senco.events().delete(calendarId=home, eventId="event001").execute()
    assert senco.events().get(calendarId=home, eventId="event001").execute()["status"] == "cancelled"
    deleting = senco.events().delete(calendarId=home, eventId="event001")
    assert refusal(deleting) == (410, "deleted", "Resource has been deleted")
    assert refusal(senco.events().insert(calendarId=home, body=meeting()))[0] == 409
    assert senco.events().list(calendarId=home).execute()["items"] == []
    assert len(senco.events().list(calendarId=home, showDeleted=True).execute()["items"]) == 1


def test_an_older_etag_is_refused(senco: Any, home: str) -> None:
    etag = senco.events().insert(calendarId=home, body=meeting()).execute()["etag"]
    asked = {"calendarId": home, "eventId": "event001"}
    fresh = senco.events().update(body=meeting(summary="A.I. meeting"), **asked)
    fresh.headers["If-Match"] = etag
    assert fresh.execute()["summary"] == "A.I. meeting"
    late = senco.events().update(body=meeting(summary="Lost"), **asked)
    late.headers["If-Match"] = etag
    assert refusal(late)[:2] == (412, "conditionNotMet")
    assert senco.events().get(**asked).execute()["summary"] == "A.I. meeting"


def test_an_empty_time_range_is_refused(senco: Any, home: str) -> None:
    backwards = meeting(end={"dateTime": "2026-11-25T14:30:00", "timeZone": "Europe/London"})
    assert refusal(senco.events().insert(calendarId=home, body=backwards)) == (
        400,
        "timeRangeEmpty",
        "The specified time range is empty.",
    )


def test_a_null_in_a_patch_turns_a_timed_event_into_an_all_day_one(senco: Any, home: str) -> None:
    senco.events().insert(calendarId=home, body=meeting()).execute()
    whole_day = {
        "start": {"date": "2026-11-25", "dateTime": None, "timeZone": None},
        "end": {"date": "2026-11-26", "dateTime": None, "timeZone": None},
    }
    after = senco.events().patch(calendarId=home, eventId="event001", body=whole_day).execute()
    assert (after["start"], after["end"]) == ({"date": "2026-11-25"}, {"date": "2026-11-26"})


def test_only_guests_see_a_private_event_and_each_guest_only_themselves(
    api: Callable[..., Any], senco: Any, home: str
) -> None:
    parent, stranger = api("calendar", "v3", PARENT), api("calendar", "v3", STRANGER)
    guests = [{"email": PARENT}, {"email": "other@home.example"}]
    senco.events().insert(calendarId=home, body=meeting(attendees=guests)).execute()
    copy = parent.events().get(calendarId="primary", eventId="event001").execute()
    assert copy["attendees"] == [{"email": PARENT, "self": True, "responseStatus": "needsAction"}]
    assert "extendedProperties" not in copy
    assert copy["organizer"]["email"] == home
    for calendar in (home, "primary", PARENT):
        looking = stranger.events().get(calendarId=calendar, eventId="event001")
        assert refusal(looking) == (404, "notFound", "Not Found")


def test_the_apps_own_scope_reaches_neither_other_calendars_nor_sharing(
    api: Callable[..., Any], senco: Any, home: str
) -> None:
    full = api("calendar", "v3", SENCO, scopes=["calendar"], client_id="another.apps.googleusercontent.com")
    theirs = full.calendars().insert(body={"summary": "Private"}).execute()["id"]
    assert refusal(senco.events().list(calendarId=theirs))[0] == 404
    assert refusal(senco.events().list(calendarId="primary"))[0] == 404
    assert refusal(senco.acl().list(calendarId=home))[0] == 403
    assert refusal(senco.calendarList().list())[0] == 403
    assert {one["id"] for one in full.calendarList().list().execute()["items"]} == {SENCO, theirs, home}


def test_incremental_sync_and_its_refusals(senco: Any, home: str) -> None:
    senco.events().insert(calendarId=home, body=meeting()).execute()
    token = senco.events().list(calendarId=home).execute()["nextSyncToken"]
    senco.events().patch(calendarId=home, eventId="event001", body={"location": "Library"}).execute()
    changed = senco.events().list(calendarId=home, syncToken=token).execute()
    assert [one["location"] for one in changed["items"]] == ["Library"]
    assert refusal(senco.events().list(calendarId=home, syncToken=token, q="x"))[0] == 400
    assert refusal(senco.events().list(calendarId=home, syncToken="worn"))[:2] == (410, "fullSyncRequired")


def test_a_hostile_title_comes_back_as_the_same_text(senco: Any, home: str) -> None:
    title = '=HYPERLINK("x") {{ 7*7 }} <b>&amp; e\u0301 \u202eabc'
    senco.events().insert(calendarId=home, body=meeting(summary=title)).execute()
    assert senco.events().get(calendarId=home, eventId="event001").execute()["summary"] == title


def test_settings_colours_and_free_busy_answer(api: Callable[..., Any]) -> None:
    person = api("calendar", "v3", SENCO)
    assert person.settings().get(setting="timezone").execute()["value"] == "Europe/London"
    assert len(person.colors().get().execute()["calendar"]) == 24
    person.events().insert(calendarId="primary", body=meeting()).execute()
    window = {"timeMin": "2026-11-25T00:00:00Z", "timeMax": "2026-11-26T00:00:00Z", "items": [{"id": SENCO}]}
    busy = person.freebusy().query(body=window).execute()["calendars"][SENCO]["busy"]
    assert busy == [{"start": "2026-11-25T15:30:00Z", "end": "2026-11-25T16:30:00Z"}]
