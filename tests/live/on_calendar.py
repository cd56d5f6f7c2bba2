"""What is taken for granted about Calendar: lists, reminders, guests, search, refusals."""

from __future__ import annotations

from typing import Any

from ground import OWNER, SECOND, Google
from live.on_drive import seconds_until
from live.on_sharing import NO_SECOND
from live.outcome import Outcome, assumption, held, judged, not_held, person, refused, told, untried
from live.words import compared

DAY = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
EARLY = 21 * 24 * 60
OWN, LIST = "calendar.app.created", "calendar.calendarlist.readonly"


def events(google: Google) -> Any:
    return google.service("calendar", "v3").events()


def insert(google: Google, **body: Any) -> dict[str, Any]:
    """A new event of a day in the run's calendar."""
    made = {"id": google.event_id(), "summary": "Live check", **DAY, **body}
    answer: dict[str, Any] = events(google).insert(calendarId=google.calendar, body=made).execute()
    return answer


@assumption("Finding our own calendar.")
def find(google: Google) -> Outcome:
    alone = refused(google.service("calendar", "v3", OWNER, scopes=[OWN]).calendarList().list())
    both = refused(google.service("calendar", "v3", OWNER, scopes=[OWN, LIST]).calendarList().list())
    said = f"With {OWN} alone: {told(alone) if alone else 'answered'}. With {LIST} as well: "
    said += told(both) if both else "answered."
    return judged(alone is not None and alone.status_code == 403 and both is None, said)


@assumption("Early reminders.")
def reminders(google: Google) -> Outcome:
    asked = {"useDefault": False, "overrides": [{"method": "email", "minutes": EARLY}]}
    made = insert(google, reminders=asked)
    found = events(google).get(calendarId=google.calendar, eventId=made["id"]).execute().get("reminders")
    return judged(found == asked, f"Asked for {EARLY} minutes before; it keeps {found}.")


@assumption("Words of Calendar's refusals.")
def words(google: Google) -> Outcome:
    return compared(google, "Calendar")


@assumption("Words about moving and channels.")
def moving_words(google: Google) -> Outcome:
    line = ["RRULE:FREQ=DAILY;COUNT=2"]
    series = insert(google, recurrence=line)["id"]
    own, home = events(google), google.calendar
    first = own.instances(calendarId=home, eventId=series).execute()["items"][0]["id"]
    service = google.service("calendar", "v3")
    other = service.calendars().insert(body={"summary": "Elsewhere"}).execute()["id"]
    alone = refused(own.move(calendarId=home, eventId=first, destination=other))
    stop = google.request("POST", "/calendar/v3/channels/stop", json={"id": "none", "resourceId": "x"})
    service.calendars().delete(calendarId=other).execute()
    reason = stop.json().get("error", {}) if stop.content else {}
    said = f"Moving an instance: {told(alone) if alone else 'taken'}. Stopping no channel: {stop.status_code} "
    fits = alone is not None and "cannotChangeOrganizerOfInstance" in told(alone) and stop.status_code == 404
    return judged(fits, said + str(reason.get("message", "")))


@assumption("Age of a sync token.")
def token_age(google: Google) -> Outcome:
    insert(google)
    token = events(google).list(calendarId=google.calendar).execute().get("nextSyncToken")
    if not token or refused(events(google).list(calendarId=google.calendar, syncToken=token)):
        return not_held("A fresh sync token was refused.")
    return person(
        "Keep a sync token of a calendar of your own for 28 days and use it once before and once after; it should "
        "answer 410 only then.",
        "A fresh one is taken.",
    )


def _invited(google: Google, **options: Any) -> tuple[str, Any]:
    """An event that the second person is invited to without a mail, and that person's own events."""
    guest = google.service("calendar", "v3", SECOND).events()
    made = insert(google, attendees=[{"email": google.second}], **options)
    return made["id"], guest


@assumption("What a guest may change.")
def guests(google: Google) -> Outcome:
    if not google.second:
        return untried(NO_SECOND)
    name, guest = _invited(google)
    own, asked = events(google), {"calendarId": "primary", "eventId": name}
    guest.patch(**asked, body={"summary": "Mine"}).execute()
    between = own.get(calendarId=google.calendar, eventId=name).execute()["summary"]
    own.patch(calendarId=google.calendar, eventId=name, body={"summary": "Ours"}).execute()
    after = guest.get(**asked).execute()["summary"]
    rules = refused(guest.patch(**asked, body={"guestsCanInviteOthers": False}))
    own.delete(calendarId=google.calendar, eventId=name).execute()
    said = f"The organiser's copy said {between}, the guest's then {after}; rules for guests: "
    said += told(rules) if rules else "taken from a guest, without effect on the organiser's"
    return judged((between, after) == ("Live check", "Ours"), said + ".")


@assumption("A withdrawn invitation without a mail.")
def withdrawn(google: Google) -> Outcome:
    if not google.second:
        return untried(NO_SECOND)
    name, guest = _invited(google)
    events(google).delete(calendarId=google.calendar, eventId=name, sendUpdates="none").execute()

    def gone() -> bool:
        error = refused(guest.get(calendarId="primary", eventId=name))
        return bool(error) or guest.get(calendarId="primary", eventId=name).execute()["status"] == "cancelled"

    waited = seconds_until(google, gone)
    if waited is None:
        return not_held("The event stayed on the guest's calendar.")
    return held(f"The event was gone from the guest's calendar after {waited:g} s.")


@assumption("Search words.")
def search(google: Google) -> Outcome:
    mark = google.event_id()
    made = insert(google, summary=f"Review {mark}", location="Library", description="Phonics")["id"]
    found = {}
    for words_ in (f"{mark} LIBRARY", f"phonics {mark.upper()}", f"{mark} nowhere"):
        page = events(google).list(calendarId=google.calendar, q=words_).execute()
        found[words_.replace(mark, "id").replace(mark.upper(), "ID")] = [one["id"] for one in page["items"]] == [made]
    said = ", ".join(f"{name!r} {'found' if seen else 'not found'}" for name, seen in found.items())
    return judged(list(found.values()) == [True, True, False], said)


@assumption("Answers of freeBusy for a stranger.")
def stranger(google: Google) -> Outcome:
    service, name = google.service("calendar", "v3"), f"{google.event_id()}@group.calendar.google.com"
    body = {"timeMin": "2026-11-25T00:00:00Z", "timeMax": "2026-11-26T00:00:00Z", "items": [{"id": name}]}
    told_of = service.freebusy().query(body=body).execute()["calendars"][name]
    reasons = [one["reason"] for one in told_of.get("errors", [])]
    fits = reasons == ["notFound"] and told_of.get("busy", []) == []
    return held(f"errors {reasons}") if fits else not_held(f"errors {reasons}, busy {told_of.get('busy')}")
