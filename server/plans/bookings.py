"""Meetings as Calendar events: what each booked row of Meetings should look like in Calendar.

Only initials and "review meeting" leave the workbook (R57)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from server.plans.mailbox import address, mailbox
from server.plans.model import Meeting, Pupil, School
from server.plans.ports import RemoteEvent
from server.plans.sharing import barred_mailboxes, contacts_of, invited

USUAL_MINUTES = 60
REMINDER_DAYS = (21, 14, 7, 1)
_HEX32 = "0123456789abcdefghijklmnopqrstuv"


@dataclass(frozen=True, kw_only=True)
class Booking:
    """One booked meeting as Calendar should show it. ``start`` and ``end`` are Google's start and end objects."""

    meeting_id: str
    pupil_id: str
    cycle_id: str
    cell: str
    summary: str
    start: Mapping[str, str]
    end: Mapping[str, str]
    guests: tuple[str, ...]

    @property
    def moment(self) -> str:
        """The start as one text: a date for all-day, else a date-time with the offset that holds then."""
        return instant(self.start)

    @property
    def hash(self) -> str:
        return content_hash(self.summary, self.moment, instant(self.end), self.guests)


def instant(moment: Mapping[str, str]) -> str:
    """Google's start or end object as one text with offset, so that DST is settled before comparing."""
    if "date" in moment:
        return moment["date"]
    local = datetime.fromisoformat(moment["dateTime"])
    zone = ZoneInfo(moment["timeZone"])
    return (local.replace(tzinfo=zone) if local.tzinfo is None else local.astimezone(zone)).isoformat()


def content_hash(summary: str, start: str, end: str, guests: tuple[str, ...]) -> str:
    """A short hash of what a person would see changed: title, times (as instants) and who is invited."""
    text = json.dumps([summary, _utc(start), _utc(end), sorted(map(mailbox, guests))], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _utc(moment: str) -> str:
    return moment if "T" not in moment else datetime.fromisoformat(moment).astimezone(ZoneInfo("UTC")).isoformat()


def remote_hash(event: RemoteEvent) -> str:
    return content_hash(event.summary, event.start, event.end, event.guests)


def event_id(school_id: str, meeting_id: str, generation: int) -> str:
    """The id an event has for this school, meeting and generation: always the same, in Google's alphabet."""
    digest = hashlib.sha256(json.dumps([school_id, meeting_id, generation]).encode()).digest()
    number = int.from_bytes(digest[:20], "big")
    return "".join(_HEX32[(number >> shift) & 31] for shift in range(155, -5, -5))


def booking(school: School, meeting: Meeting) -> Booking | None:
    """The event a row asks for; None where the row is not booked, has no readable date or names no pupil."""
    pupil = next((p for p in school.pupils if p.pupil_id == meeting.pupil), None)
    if not meeting.is_booked or meeting.date is None or pupil is None:
        return None
    start, end = _times(meeting, meeting.date, school.settings.time_zone)
    return Booking(
        meeting_id=meeting.meeting_id,
        pupil_id=pupil.pupil_id,
        cycle_id=meeting.cycle,
        cell=meeting.cell("date"),
        summary=f"{pupil.initials} review meeting",
        start=start,
        end=end,
        guests=_guests(school, pupil),
    )


def _times(meeting: Meeting, day: date, time_zone: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    if meeting.start_time is None:
        return {"date": day.isoformat()}, {"date": (day + timedelta(days=1)).isoformat()}
    begin = datetime.combine(day, meeting.start_time)
    minutes = meeting.minutes if meeting.minutes and 0 < meeting.minutes <= 24 * 60 else USUAL_MINUTES
    return _timed(begin, time_zone), _timed(begin + timedelta(minutes=minutes), time_zone)


def _timed(local: datetime, time_zone: str) -> Mapping[str, str]:
    return {"dateTime": local.isoformat(timespec="seconds"), "timeZone": time_zone}


def _guests(school: School, pupil: Pupil) -> tuple[str, ...]:
    """The accountable teacher, the SENCO and every entitled parent, once each."""
    staff = {s.staff_id: address(s.email) for s in school.staff}
    people = [staff.get(s, "") for s in (*pupil.accountable_staff, pupil.senco_staff)]
    people += [reader.email for reader in invited(school, pupil.pupil_id)]
    barred = barred_guests(school, pupil.pupil_id)
    invited_once = {mailbox(email): email for email in people if email}
    return tuple(sorted(email for box, email in invited_once.items() if box not in barred))


def barred_guests(school: School, pupil_id: str) -> frozenset[str]:
    """Mailboxes that must stand in no guest list of this pupil's, whoever else uses them."""
    return barred_mailboxes(contacts_of(school, pupil_id))


def event_body(booking: Booking, *, event_id: str, properties: Mapping[str, str]) -> dict[str, Any]:
    """The whole event resource. Private, and guests can neither see nor invite nor change."""
    return {
        "id": event_id,
        "status": "confirmed",
        "summary": booking.summary,
        "start": dict(booking.start),
        "end": dict(booking.end),
        "attendees": [{"email": email} for email in booking.guests],
        "visibility": "private",
        "guestsCanInviteOthers": False,
        "guestsCanModify": False,
        "guestsCanSeeOtherGuests": False,
        "reminders": {
            "useDefault": False,
            "overrides": [{"method": "email", "minutes": days * 24 * 60} for days in REMINDER_DAYS],
        },
        "extendedProperties": {"private": dict(properties)},
    }
