"""``calendar.events``: insert, get, patch, update, delete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.calendar import conference, errors, following, guests, organiser, series
from sandbox.calendar.access import Reach, reach, reach_to_write
from sandbox.calendar.draft import check_event_id, merge_patch, parse_draft, write_draft
from sandbox.calendar.resources import event_etag, print_event
from sandbox.calendar.state import BASE32HEX, Event
from sandbox.calendar.times import zone_of
from sandbox.call import Call, Reply


def get(call: Call) -> Mapping[str, Any]:
    found = reach(call)
    event = _event(found, call)
    if call.params.get("timeZone"):
        zone_of(call.params["timeZone"])
    return show(call, found, event)


def insert(call: Call) -> Mapping[str, Any]:
    found = reach_to_write(call)
    event_id = call.body.get("id") or ""
    if event_id:
        check_event_id(event_id)
    if event_id in found.calendar.events:
        raise errors.duplicate()
    if call.body.get("status") == "cancelled":
        raise errors.invalid("Invalid status value.")
    draft = parse_draft(call.body, attachments=bool(call.params.get("supportsAttachments")))
    draft = draft.meeting(conference.settled(call, None))
    _guests_allowed(call, bool(draft.guests))
    event_id = event_id or call.workspace.ids.next(26, BASE32HEX)
    ical_uid = call.body.get("iCalUID") or f"{event_id}@google.com"
    event = organiser.create(call, found.calendar, draft, event_id=event_id, ical_uid=ical_uid)
    return show(call, found, event)


def update(call: Call) -> Mapping[str, Any]:
    """PUT: what the body leaves out is gone."""
    found, event = for_change(call)
    _check_sequence(call.body, event)
    return _write(call, found, event, call.body)


def patch(call: Call) -> Mapping[str, Any]:
    """What the body leaves out stays; null removes; lists are replaced whole."""
    found, event = for_change(call)
    _check_sequence(call.body, event)
    base = write_draft(event.draft) | ({"status": "cancelled"} if event.cancelled else {})
    return _write(call, found, event, merge_patch(base, call.body))


def delete(call: Call) -> Reply:
    """The event stays behind as cancelled; a second time is 410."""
    found, event = for_change(call)
    if event.cancelled:
        raise errors.deleted()
    following.keep(call, found.calendar, event)
    _cancel(call, found, event)
    return Reply(status=204, content_type="text/html")


def show(call: Call, found: Reach, event: Event) -> dict[str, Any]:
    """The event's JSON for this caller."""
    return print_event(
        event,
        found.calendar,
        call.workspace,
        viewer=call.caller.email,
        role=found.role,
        zone=call.params.get("timeZone", ""),
        max_attendees=call.params.get("maxAttendees"),
    )


def _event(found: Reach, call: Call) -> Event:
    event = series.find(found.calendar, call.params["eventId"])
    if event is None:
        raise errors.not_found()
    return event


def for_change(call: Call) -> tuple[Reach, Event]:
    """The event that the call is about to change. 403 for readers, 412 where If-Match names another state of it."""
    found = reach_to_write(call)
    event = _event(found, call)
    wanted = next((value for name, value in call.headers.items() if name.lower() == "if-match"), "*")
    if wanted != "*" and event_etag(event) not in [one.strip() for one in wanted.split(",")]:
        raise errors.changed_meanwhile()
    if event.bare and not event.is_copy:
        raise errors.deleted()
    return found, event


def _check_sequence(body: Mapping[str, Any], event: Event) -> None:
    if (body.get("sequence") or event.sequence) < event.sequence:
        raise errors.invalid(
            "Invalid sequence value. The specified sequence number is below the current sequence number of the "
            "resource. Re-fetch the resource and use its sequence number on the following request."
        )


def _write(call: Call, found: Reach, event: Event, body: Mapping[str, Any]) -> Mapping[str, Any]:
    following.keep(call, found.calendar, event)
    if body.get("status") == "cancelled":
        if not event.cancelled:
            _cancel(call, found, event)
        return show(call, found, event)
    attachments = bool(call.params.get("supportsAttachments"))
    draft = parse_draft(body, attachments=attachments or "attachments" in event.draft.plain)
    draft = replace(draft, recurrence=()) if event.series else draft
    draft = draft.meeting(conference.settled(call, event.draft.plain.get("conferenceData")))
    _guests_allowed(call, draft.guests != event.draft.guests)
    if event.is_copy:
        guests.change(call, event, draft)
    else:
        organiser.change(call, found.calendar, event, draft)
    return show(call, found, event)


def _cancel(call: Call, found: Reach, event: Event) -> None:
    if event.is_copy:
        guests.decline(call, event)
    else:
        organiser.cancel(call, found.calendar, event)


def _guests_allowed(call: Call, changed: bool) -> None:
    user = call.workspace.users.get(call.caller.email)
    if changed and user is not None and user.service_account:
        raise errors.service_account_guests()
