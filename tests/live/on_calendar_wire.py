"""What is taken for granted about Calendar's protocol: etags, limits, conferences, guests' answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from googleapiclient.errors import HttpError
from ground import Google
from live.on_calendar import events, insert
from live.on_sharing import NO_SECOND
from live.outcome import Outcome, assumption, judged, refused, told, untried

MANY = 51
VIDEO = {
    "entryPointType": "video",
    "uri": "https://meet.google.com/aaa-bbbb-ccc",
    "label": "meet.google.com/aaa-bbbb-ccc",
}


def conditioned(request: Any, header: str, etag: str) -> int:
    """The status of a request that is sent with a condition."""
    request.headers[header] = etag
    error = refused(request)
    return error.status_code if error else 200


@assumption("Guests' answers when a meeting moves.")
def answers(google: Google) -> Outcome:
    if not google.second:
        return untried(NO_SECOND)
    guests = [{"email": google.second, "responseStatus": "accepted"}]
    name = insert(google, attendees=guests)["id"]
    day = {"start": {"date": "2026-12-02"}, "end": {"date": "2026-12-03"}}
    moved = events(google).patch(calendarId=google.calendar, eventId=name, body=day).execute()
    events(google).delete(calendarId=google.calendar, eventId=name).execute()
    said = moved["attendees"][0]["responseStatus"]
    return judged(said == "accepted", f"A guest who had accepted is told as {said} after the meeting moved.")


@assumption("How far back a change may be asked for.")
def long_ago(google: Google) -> Outcome:
    now = datetime.now(UTC)
    found = {}
    for days in (1, 20, 400):
        since = (now - timedelta(days=days)).isoformat()
        error = refused(events(google).list(calendarId=google.calendar, updatedMin=since))
        found[days] = told(error) if error else "taken"
    said = "; ".join(f"{days} days ago: {answer}" for days, answer in found.items())
    late = "410 updatedMinTooLongAgo" in found[400]
    return judged((found[1], found[20], late) == ("taken", "taken", True), said)


@assumption("Etags beyond events.")
def etags(google: Google) -> Outcome:
    service, home = google.service("calendar", "v3"), google.calendar
    reads = {
        "calendarList.list": lambda: service.calendarList().list(),
        "acl.list": lambda: service.acl().list(calendarId=home),
        "settings.list": lambda: service.settings().list(),
        "events.list": lambda: service.events().list(calendarId=home),
    }
    found = {}
    for name, read in reads.items():
        found[name] = conditioned(read(), "If-None-Match", read().execute()["etag"])
    change = service.calendars().patch(calendarId=home, body={"location": "x"})
    found["calendars.patch"] = conditioned(change, "If-Match", '"1"')
    said = ", ".join(f"{name} {status}" for name, status in found.items())
    return judged(
        [*found.values()] == [304, 304, 304, 304, 412], f"With its etag read again, with a stale one: {said}."
    )


@assumption("Size of a batch.")
def batch_size(google: Google) -> Outcome:
    service, statuses = google.service("calendar", "v3"), []
    batch = service.new_batch_http_request(callback=lambda _, answer, error: statuses.append(error is None))
    for _ in range(MANY):
        batch.add(service.events().list(calendarId=google.calendar, maxResults=1, fields="kind"))
    try:
        batch.execute()
    except HttpError as error:
        return judged(False, told(error))
    return judged(statuses == [True] * MANY, f"A batch of {MANY}: {sum(statuses)} were done.")


@assumption("A copied conference.")
def conference(google: Google) -> Outcome:
    solution = {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"}
    data = {"entryPoints": [VIDEO], "conferenceSolution": solution, "conferenceId": "aaa-bbbb-ccc"}
    body = {"id": google.event_id(), "summary": "Copied", "conferenceData": data}
    body |= {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
    made = events(google).insert(calendarId=google.calendar, body=body, conferenceDataVersion=1).execute()
    found = made.get("conferenceData", {})
    points = [one.get("uri") for one in found.get("entryPoints", [])]
    return judged(points == [VIDEO["uri"]], f"A conference given as it is was kept with the entry points {points}.")


@assumption("Attachments without the flag.")
def attachments(google: Google) -> Outcome:
    given = [{"fileUrl": "https://docs.google.com/document/d/nothing/edit", "title": "Notes"}]
    found = insert(google, attachments=given).get("attachments", [])
    return judged(found == [], f"Of an attachment without supportsAttachments {len(found)} is kept.")
