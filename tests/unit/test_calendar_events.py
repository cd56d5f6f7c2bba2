"""Calendar's handlers without the wire: copies for guests, roles, mail, sync."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sandbox.calendar.agenda import upcoming
from sandbox.calendar.routes import ROUTES
from sandbox.call import ApiError, Call, Caller, Reply
from sandbox.state import User, Workspace

SENCO, TEACHER, PARENT, STRANGER = (f"{who}@school.example" for who in ("senco", "teacher", "parent", "stranger"))
FULL = frozenset({"https://www.googleapis.com/auth/calendar"})
OWN = frozenset({"https://www.googleapis.com/auth/calendar.app.created"})
REVIEW = {
    "id": "event001",
    "summary": "A.I. review meeting",
    "description": "In the library.",
    "visibility": "private",
    "guestsCanSeeOtherGuests": False,
    "start": {"dateTime": "2026-11-25T15:30:00", "timeZone": "Europe/London"},
    "end": {"dateTime": "2026-11-25T16:30:00", "timeZone": "Europe/London"},
    "attendees": [{"email": TEACHER}, {"email": PARENT}, {"email": "away@elsewhere.example"}],
    "extendedProperties": {"private": {"meeting": "M01"}, "shared": {"school": "S1"}},
}


class Desk:
    """One workspace with four people, called as any of them."""

    def __init__(self) -> None:
        self.workspace = Workspace()
        self.workspace.clock.set(datetime(2026, 11, 23, 9, tzinfo=UTC))
        for email in (SENCO, TEACHER, PARENT, STRANGER):
            self.workspace.users[email] = User(email=email)

    def ask(
        self,
        method: str,
        who: str = SENCO,
        *,
        body: dict[str, Any] | None = None,
        scopes: frozenset[str] = FULL,
        client: str = "app",
        if_match: str = "",
        **params: Any,
    ) -> Any:
        caller = Caller(email=who, client_id=client, scopes=scopes)
        headers = {"If-Match": if_match} if if_match else {}
        call = Call(
            method=f"calendar.{method}",
            caller=caller,
            workspace=self.workspace,
            params=params,
            body=body or {},
            headers=headers,
        )
        answer = ROUTES[call.method](call)
        return answer.status if isinstance(answer, Reply) else answer

    def refused(self, method: str, who: str = SENCO, **said: Any) -> tuple[int, str]:
        with pytest.raises(ApiError) as error:
            self.ask(method, who, **said)
        return error.value.status, error.value.reason

    def calendar(self, **said: Any) -> str:
        return str(self.ask("calendars.insert", body={"summary": "SEN reviews"}, **said)["id"])

    def review(self, **params: Any) -> tuple[str, dict[str, Any]]:
        home = self.calendar()
        return home, self.ask("events.insert", calendarId=home, body=REVIEW, **params)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_new_event_reads_as_google_prints_it(desk: Desk) -> None:
    home, event = desk.review()
    assert event["kind"] == "calendar#event"
    assert event["status"] == "confirmed"
    assert event["iCalUID"] == "event001@google.com"
    assert event["start"] == {"dateTime": "2026-11-25T15:30:00Z", "timeZone": "Europe/London"}
    assert event["organizer"] == {"email": home, "displayName": "SEN reviews", "self": True}
    assert event["creator"] == {"email": SENCO}
    assert event["guestsCanSeeOtherGuests"] is False
    assert "guestsCanInviteOthers" not in event
    assert event["attendees"][0] == {"email": TEACHER, "responseStatus": "needsAction"}
    updated = datetime.fromisoformat(event["updated"])
    assert event["etag"] == f'"{2 * int(updated.timestamp() * 1000) * 1000}"'


def test_a_guest_finds_the_event_in_their_own_calendar_without_the_others_or_private_properties(desk: Desk) -> None:
    desk.review()
    copy = desk.ask("events.get", PARENT, calendarId="primary", eventId="event001")
    assert copy["iCalUID"] == "event001@google.com"
    assert copy["attendees"] == [{"email": PARENT, "self": True, "responseStatus": "needsAction"}]
    assert copy["attendeesOmitted"] is True
    assert copy["extendedProperties"] == {"shared": {"school": "S1"}}
    assert "self" not in copy["organizer"]


def test_nobody_but_guests_and_owners_finds_anything(desk: Desk) -> None:
    home, _ = desk.review()
    assert desk.refused("events.get", STRANGER, calendarId=home, eventId="event001") == (404, "notFound")
    assert desk.refused("events.get", STRANGER, calendarId="primary", eventId="event001") == (404, "notFound")
    assert desk.refused("events.list", PARENT, calendarId=home) == (404, "notFound")
    assert upcoming(desk.workspace, STRANGER) == []


def test_a_changed_date_reaches_every_copy_and_a_removed_guest_loses_theirs(desk: Desk) -> None:
    home, _ = desk.review()
    moved = {**REVIEW, "attendees": [{"email": PARENT}]}
    moved["start"] = {"dateTime": "2026-06-25T15:30:00", "timeZone": "Europe/London"}
    moved["end"] = {"dateTime": "2026-06-25T16:30:00", "timeZone": "Europe/London"}
    after = desk.ask("events.update", calendarId=home, eventId="event001", body=moved)
    assert after["sequence"] == 1
    assert after["start"]["dateTime"] == "2026-06-25T15:30:00+01:00"
    theirs = desk.ask("events.get", PARENT, calendarId="primary", eventId="event001")
    assert theirs["start"] == after["start"]
    gone = desk.ask("events.get", TEACHER, calendarId="primary", eventId="event001")
    assert set(gone) == {"kind", "etag", "id", "status"}
    assert gone["status"] == "cancelled"


def test_a_cancelled_event_stays_as_cancelled_and_is_gone_for_guests(desk: Desk) -> None:
    home, _ = desk.review()
    assert desk.ask("events.delete", calendarId=home, eventId="event001") == 204
    assert desk.refused("events.delete", calendarId=home, eventId="event001") == (410, "deleted")
    assert desk.refused("events.insert", calendarId=home, body=REVIEW) == (409, "duplicate")
    kept = desk.ask("events.get", calendarId=home, eventId="event001")
    assert (kept["status"], kept["summary"]) == ("cancelled", REVIEW["summary"])
    assert desk.ask("events.list", PARENT, calendarId="primary")["items"] == []
    assert upcoming(desk.workspace, PARENT) == []


def test_a_cancelled_event_comes_back_with_an_update(desk: Desk) -> None:
    home, _ = desk.review()
    desk.ask("events.delete", calendarId=home, eventId="event001")
    revived = desk.ask("events.update", calendarId=home, eventId="event001", body={**REVIEW, "status": "confirmed"})
    assert revived["status"] == "confirmed"
    assert len(desk.ask("events.list", PARENT, calendarId="primary")["items"]) == 1


def test_a_write_against_an_older_etag_is_refused_and_changes_nothing(desk: Desk) -> None:
    home, event = desk.review()
    asked = {"calendarId": home, "eventId": "event001"}
    desk.ask("events.patch", body={"location": "Library"}, if_match=event["etag"], **asked)
    for method, body in (("patch", {"location": "Hall"}), ("update", REVIEW), ("delete", {})):
        assert desk.refused(f"events.{method}", body=body, if_match=event["etag"], **asked) == (
            412,
            "conditionNotMet",
        )
    assert desk.ask("events.get", **asked)["location"] == "Library"


def test_put_replaces_all_and_patch_keeps_the_rest(desk: Desk) -> None:
    home, _ = desk.review()
    asked = {"calendarId": home, "eventId": "event001"}
    patched = desk.ask("events.patch", body={"extendedProperties": {"private": {"extra": "1"}}}, **asked)
    assert patched["extendedProperties"]["private"] == {"meeting": "M01", "extra": "1"}
    assert desk.ask("events.patch", body={"description": None}, **asked).get("description") is None
    bare = {"start": REVIEW["start"], "end": REVIEW["end"]}
    replaced = desk.ask("events.update", body=bare, **asked)
    assert not {"summary", "attendees", "extendedProperties", "visibility"} & set(replaced)


def test_new_reminders_change_the_etag_and_not_the_updated_time(desk: Desk) -> None:
    home, event = desk.review()
    reminders = {"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]}}
    after = desk.ask("events.patch", calendarId=home, eventId="event001", body=reminders)
    assert after["updated"] == event["updated"]
    assert after["etag"] != event["etag"]


def test_mail_goes_only_to_whom_the_call_says(desk: Desk) -> None:
    desk.review()
    assert desk.workspace.outbox == []
    desk.review(sendUpdates="externalOnly")
    assert [mail["to"] for mail in desk.workspace.outbox] == ["away@elsewhere.example"]
    home, _ = desk.review(sendUpdates="all")
    desk.workspace.outbox.clear()
    desk.ask("events.delete", calendarId=home, eventId="event001", sendUpdates="all")
    assert {mail["kind"] for mail in desk.workspace.outbox} == {"calendar-cancel"}
    assert {mail["to"] for mail in desk.workspace.outbox} == {TEACHER, PARENT, "away@elsewhere.example"}
    assert "25 Nov 2026 15:30 – 16:30 (GMT)" in desk.workspace.outbox[0]["subject"]


def test_who_is_external_is_the_organisers_domain_to_say(desk: Desk) -> None:
    desk.workspace.users["away@elsewhere.example"] = User(email="away@elsewhere.example")
    desk.review(sendUpdates="externalOnly")
    assert [mail["to"] for mail in desk.workspace.outbox] == ["away@elsewhere.example"]


def test_a_guests_answer_reaches_the_organiser(desk: Desk) -> None:
    home, _ = desk.review()
    answer = {"attendees": [{"email": PARENT, "responseStatus": "accepted"}]}
    desk.ask("events.patch", PARENT, calendarId="primary", eventId="event001", body=answer)
    seen = desk.ask("events.get", calendarId=home, eventId="event001")["attendees"]
    assert {one["email"]: one["responseStatus"] for one in seen}[PARENT] == "accepted"
    desk.ask("events.delete", TEACHER, calendarId="primary", eventId="event001")
    seen = desk.ask("events.get", calendarId=home, eventId="event001")["attendees"]
    assert {one["email"]: one["responseStatus"] for one in seen}[TEACHER] == "declined"


def test_a_guests_own_drag_stays_with_the_guest_and_shared_rules_are_the_organisers(desk: Desk) -> None:
    home, event = desk.review()
    mine = {"calendarId": "primary", "eventId": "event001"}
    desk.ask("events.patch", PARENT, body={"end": {"dateTime": "2026-11-25T18:30:00Z"}}, **mine)
    assert desk.ask("events.get", calendarId=home, eventId="event001")["end"] == event["end"]
    shown = {"guestsCanSeeOtherGuests": True}
    assert desk.refused("events.patch", PARENT, body=shown, **mine) == (403, "forbiddenForNonOrganizer")


def test_an_app_reaches_only_calendars_that_it_made_itself(desk: Desk) -> None:
    ours = desk.calendar(scopes=OWN)
    theirs = desk.calendar(client="another app")
    assert desk.ask("events.list", calendarId=ours, scopes=OWN)["items"] == []
    for calendar in (theirs, "primary"):
        assert desk.refused("events.list", calendarId=calendar, scopes=OWN) == (404, "notFound")
        assert desk.refused("events.insert", calendarId=calendar, scopes=OWN, body=REVIEW) == (404, "notFound")


def test_a_reader_of_the_calendar_sees_private_events_as_busy_and_may_not_write(desk: Desk) -> None:
    home, _ = desk.review()
    rule = {"role": "reader", "scope": {"type": "user", "value": STRANGER}}
    desk.ask("acl.insert", calendarId=home, body=rule)
    seen = desk.ask("events.get", STRANGER, calendarId=home, eventId="event001")
    assert seen["visibility"] == "private"
    assert not {"summary", "description", "attendees", "extendedProperties", "creator"} & set(seen)
    assert desk.ask("events.list", STRANGER, calendarId=home, q="library")["items"] == []
    private = ["meeting=M01"]
    assert desk.ask("events.list", STRANGER, calendarId=home, privateExtendedProperty=private)["items"] == []
    refused = desk.refused("events.delete", STRANGER, calendarId=home, eventId="event001")
    assert refused == (403, "requiredAccessLevel")
    assert [item.title for item in upcoming(desk.workspace, STRANGER)] == ["Busy"]


def test_incremental_sync_brings_exactly_what_changed(desk: Desk) -> None:
    home, _ = desk.review()
    desk.ask("events.insert", calendarId=home, body={**REVIEW, "id": "event002"})
    first = desk.ask("events.list", calendarId=home, maxResults=1)
    assert "nextSyncToken" not in first
    second = desk.ask("events.list", calendarId=home, maxResults=1, pageToken=first["nextPageToken"])
    assert {first["items"][0]["id"], second["items"][0]["id"]} == {"event001", "event002"}
    token = second["nextSyncToken"]
    assert desk.ask("events.list", calendarId=home, syncToken=token)["items"] == []
    desk.ask("events.delete", calendarId=home, eventId="event001")
    changed = desk.ask("events.list", calendarId=home, syncToken=token)["items"]
    assert [(one["id"], one["status"]) for one in changed] == [("event001", "cancelled")]
    assert "summary" not in changed[0]


def test_a_stale_or_foreign_sync_token_asks_for_a_full_sync(desk: Desk) -> None:
    home, other = desk.calendar(), desk.calendar()
    token = desk.ask("events.list", calendarId=home)["nextSyncToken"]
    assert desk.refused("events.list", calendarId=other, syncToken=token) == (410, "fullSyncRequired")
    assert desk.refused("events.list", calendarId=home, syncToken="nonsense") == (410, "fullSyncRequired")
    desk.workspace.clock.advance(timedelta(days=30).total_seconds())
    assert desk.refused("events.list", calendarId=home, syncToken=token) == (410, "fullSyncRequired")


@pytest.mark.parametrize(
    "extra",
    [
        {"timeMin": "2026-01-01T00:00:00Z"},
        {"q": "review"},
        {"orderBy": "updated"},
        {"iCalUID": "x"},
        {"privateExtendedProperty": ["a=b"]},
        {"showDeleted": False},
    ],
)
def test_a_sync_token_refuses_other_restrictions(desk: Desk, extra: dict[str, Any]) -> None:
    home = desk.calendar()
    token = desk.ask("events.list", calendarId=home)["nextSyncToken"]
    assert desk.refused("events.list", calendarId=home, syncToken=token, **extra) == (400, "invalid")


def test_lists_filter_by_time_words_and_properties(desk: Desk) -> None:
    home, _ = desk.review()
    day = {"start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}, "summary": "B.K. review meeting"}
    desk.ask("events.insert", calendarId=home, body=day)

    def titles(**params: Any) -> list[str]:
        return [one["summary"] for one in desk.ask("events.list", calendarId=home, **params)["items"]]

    assert titles(timeMax="2026-11-25T15:30:00Z") == []
    assert titles(timeMin="2026-11-25T16:30:00Z") == ["B.K. review meeting"]
    assert titles(q="b.k. review") == ["B.K. review meeting"]
    assert titles(privateExtendedProperty=["meeting=M01"]) == ["A.I. review meeting"]
    assert titles(iCalUID="event001@google.com") == ["A.I. review meeting"]
    assert titles(singleEvents=True, orderBy="startTime") == ["A.I. review meeting", "B.K. review meeting"]
    assert desk.refused("events.list", calendarId=home, orderBy="startTime")[0] == 400


def test_the_agenda_shows_an_event_once_in_order_of_time(desk: Desk) -> None:
    home, _ = desk.review()
    day = {"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}, "summary": "Earlier"}
    desk.ask("events.insert", calendarId=home, body={**day, "attendees": [{"email": SENCO}]})
    assert [item.title for item in upcoming(desk.workspace, SENCO)] == ["Earlier", "A.I. review meeting"]
    assert [item.title for item in upcoming(desk.workspace, SENCO, since=date(2026, 11, 25))] == [
        "A.I. review meeting"
    ]
    assert len(upcoming(desk.workspace, SENCO)[1].guests) == 3
    assert [guest.email for guest in upcoming(desk.workspace, PARENT)[0].guests] == [PARENT]


def test_a_service_account_cannot_invite_guests(desk: Desk) -> None:
    robot = "robot@project.iam.gserviceaccount.com"
    desk.workspace.users[robot] = User(email=robot, service_account=True)
    home = desk.calendar(who=robot)
    refused = desk.refused("events.insert", robot, calendarId=home, body=REVIEW)
    assert refused == (403, "forbiddenForServiceAccounts")


def test_a_deleted_calendar_is_not_found_and_takes_its_events_from_guests(desk: Desk) -> None:
    home, _ = desk.review()
    assert desk.refused("calendars.delete", TEACHER, calendarId=home) == (404, "notFound")
    assert desk.ask("calendars.delete", calendarId=home) == 204
    assert desk.refused("calendars.get", calendarId=home) == (404, "notFound")
    assert desk.ask("events.list", PARENT, calendarId="primary")["items"] == []
