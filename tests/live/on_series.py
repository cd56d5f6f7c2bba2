"""What is taken for granted about recurring events and what a sync tells of them."""

from __future__ import annotations

from typing import Any

from ground import Google
from live.on_calendar import events, insert
from live.outcome import Outcome, assumption, judged, refused, told

ZONE = "Europe/London"
DAILY = "RRULE:FREQ=DAILY"
TIMES = {
    "start": {"dateTime": "2026-10-20T09:00:00", "timeZone": ZONE},
    "end": {"dateTime": "2026-10-20T10:00:00", "timeZone": ZONE},
}


def series(google: Google, count: int = 4) -> str:
    return str(insert(google, summary="Reading", recurrence=[f"{DAILY};COUNT={count}"], **TIMES)["id"])


def instances(google: Google, name: str, **options: Any) -> list[dict[str, Any]]:
    """All instances, page by page."""
    own, found = events(google), []
    request = own.instances(calendarId=google.calendar, eventId=name, maxResults=2500, **options)
    while request is not None:
        page = request.execute()
        found += page["items"]
        request = own.instances_next(request, page)
    return found


@assumption("Exceptions of a series.")
def exceptions(google: Google) -> Outcome:
    name, own, home = series(google), events(google), google.calendar
    first, second, _, last = (one["id"] for one in instances(google, name))
    own.patch(calendarId=home, eventId=first, body={"summary": "Special"}).execute()
    own.patch(calendarId=home, eventId=second, body={"location": "Hall"}).execute()
    own.patch(calendarId=home, eventId=last, body={"location": "Park"}).execute()
    own.patch(calendarId=home, eventId=name, body={"summary": "Phonics"}).execute()
    renamed = [one["summary"] for one in instances(google, name)]
    own.patch(calendarId=home, eventId=name, body={"recurrence": [f"{DAILY};COUNT=3"]}).execute()
    shorter = [one["id"] for one in instances(google, name)]
    fits = renamed == ["Special", "Phonics", "Phonics", "Phonics"] and last not in shorter and len(shorter) == 3
    return judged(
        fits, f"Renamed, the series is {', '.join(renamed)}; cut to three, it has {len(shorter)} instances."
    )


@assumption("A series without end.")
def endless(google: Google) -> Outcome:
    name = insert(google, recurrence=[DAILY], **TIMES)["id"]
    count = len(instances(google, name))
    events(google).delete(calendarId=google.calendar, eventId=name).execute()
    return judged(count == 730, f"{count} instances.")


@assumption("Single events in a sync.")
def synced(google: Google) -> Outcome:
    name, own, home = series(google), events(google), google.calendar
    asked = {"calendarId": home, "singleEvents": True, "maxResults": 2500}
    token = own.list(**asked).execute()["nextSyncToken"]
    own.patch(calendarId=home, eventId=name, body={"recurrence": [f"{DAILY};COUNT=2"]}).execute()
    told = own.list(**asked, syncToken=token).execute()["items"]
    gone = sum(one["status"] == "cancelled" and one["id"].startswith(name) for one in told)
    return judged(gone == 2, f"A series of four was cut to two; the sync told of {gone} cancelled instances.")


@assumption("A sync token of instances.")
def instances_token(google: Google) -> Outcome:
    name, own, home = series(google), events(google), google.calendar
    page = own.instances(calendarId=home, eventId=name, maxResults=2500).execute()
    token = page.get("nextSyncToken")
    error = refused(own.list(calendarId=home, syncToken=token)) if token else None
    said = "with" if token else "without"
    taken = f"events.list: {told(error) if error else 'takes it'}"
    return judged(bool(token) and error is None, f"events.instances ends {said} a sync token. {taken}.")
