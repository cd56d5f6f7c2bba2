"""Calendar through google-api-python-client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server.google.batch import Part, PartAnswer, rounds, send
from server.google.discovery import collection, execute, service
from server.google.endpoints import Endpoints
from server.google.refusals import event_sentence
from server.google.transport import Transport
from server.plans.ports import CalendarListing, EventOutcome, EventWrite, RemoteEvent
from server.plans.trouble import Refused

BATCH_SIZE = 50
_CALENDAR_FIELDS = "nextPageToken,items(id,description)"
_EVENT_FIELDS = (
    "nextPageToken,summary,description,timeZone,"
    "items(id,status,etag,summary,start,end,attendees(email,organizer,resource),extendedProperties(private))"
)
_GONE = frozenset({404, 410})


class CalendarDoor:
    """Keeps the promises of ``ports.Calendar``."""

    def __init__(self, transport: Transport, endpoints: Endpoints) -> None:
        self._transport = transport
        self._root = endpoints.calendar

    def _collection(self, name: str) -> Any:
        return collection("calendar", "v3", self._root, name)

    def find_calendar(self, marker: str) -> str | None:
        """As the port says; also among calendars that their owner has hidden from the list."""
        token: str | None = None
        while True:
            request = self._collection("calendarList").list(
                maxResults=250, showHidden=True, pageToken=token, fields=_CALENDAR_FIELDS
            )
            page = execute(request, self._transport)
            for each in page.get("items", ()):
                if marker in each.get("description", ""):
                    return str(each["id"])
            token = page.get("nextPageToken")
            if not token:
                return None

    def create_calendar(self, summary: str, description: str, time_zone: str) -> str:
        body = {"summary": summary, "description": description, "timeZone": time_zone}
        made = execute(self._collection("calendars").insert(body=body), self._transport)
        return str(made["id"])

    def list_events(self, calendar_id: str) -> CalendarListing | None:
        pages: list[Mapping[str, Any]] = []
        token: str | None = None
        while not pages or token:
            try:
                pages.append(self._page(calendar_id, token))
            except Refused as error:
                if error.status in _GONE:
                    return None
                raise
            token = pages[-1].get("nextPageToken")
        return CalendarListing(
            summary=pages[0].get("summary", ""),
            description=pages[0].get("description", ""),
            time_zone=pages[0].get("timeZone", ""),
            events=tuple(_remote_event(each) for page in pages for each in page.get("items", ())),
        )

    def _page(self, calendar_id: str, token: str | None) -> Mapping[str, Any]:
        request = self._collection("events").list(
            calendarId=calendar_id,
            showDeleted=True,
            maxResults=2500,
            pageToken=token,
            fields=_EVENT_FIELDS,
        )
        page: Mapping[str, Any] = execute(request, self._transport)
        return page

    def write_events(self, calendar_id: str, writes: Sequence[EventWrite]) -> tuple[EventOutcome, ...]:
        outcomes: dict[int, EventOutcome] = {}
        for batch in rounds(range(len(writes)), lambda index: writes[index].event_id, BATCH_SIZE):
            answers = self._apply(calendar_id, [writes[index] for index in batch])
            outcomes |= {index: _outcome(writes[index], answer) for index, answer in zip(batch, answers, strict=True)}
        return tuple(outcomes[index] for index in range(len(writes)))

    def _apply(self, calendar_id: str, writes: Sequence[EventWrite]) -> tuple[PartAnswer, ...]:
        parts = [Part(request=self._request(calendar_id, each), safe=each.kind == "cancel") for each in writes]
        client = service("calendar", "v3", self._root)
        return send(client, self._transport, "calendar.events.batch", parts)

    def _request(self, calendar_id: str, write: EventWrite) -> Any:
        events = self._collection("events")
        target = {"calendarId": calendar_id, "sendUpdates": "all"}
        if write.kind == "insert":
            return events.insert(body={**write.body, "id": write.event_id}, fields="id,etag", **target)
        if write.kind == "cancel":
            return events.delete(eventId=write.event_id, **target)
        request = events.update(eventId=write.event_id, body=dict(write.body), fields="id,etag", **target)
        if write.etag:
            request.headers["If-Match"] = write.etag
        return request


def _outcome(write: EventWrite, answer: PartAnswer) -> EventOutcome:
    refusal = answer.refusal
    if refusal is None:
        return EventOutcome(write=write, etag=answer.body.get("etag", ""))
    if write.kind == "cancel" and refusal.status == 410:
        return EventOutcome(write=write)
    reason = refusal.reason or f"status{refusal.status}"
    return EventOutcome(write=write, reason=reason, message=event_sentence(refusal))


def _remote_event(found: Mapping[str, Any]) -> RemoteEvent:
    guests = (each for each in found.get("attendees", ()) if not (each.get("organizer") or each.get("resource")))
    return RemoteEvent(
        event_id=found["id"],
        status=found.get("status", ""),
        etag=found.get("etag", ""),
        summary=found.get("summary", ""),
        start=_moment(found.get("start", {})),
        end=_moment(found.get("end", {})),
        guests=tuple(each.get("email", "").lower() for each in guests),
        properties=found.get("extendedProperties", {}).get("private", {}),
    )


def _moment(found: Mapping[str, Any]) -> str:
    return str(found.get("dateTime") or found.get("date") or "")
