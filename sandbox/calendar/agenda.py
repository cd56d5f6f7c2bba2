"""A person's calendar as a page shows it: everything they can see, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sandbox.calendar import series
from sandbox.calendar.access import role_of, sees_details
from sandbox.calendar.mail import describe_time
from sandbox.calendar.people import Guest
from sandbox.calendar.state import CalendarRecord, Event, calendar_state, primary_of
from sandbox.calendar.times import zone_of
from sandbox.state import User, Workspace


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One event as one person sees it. ``start`` is local to the calendar; ``day`` is its first day there.
    ``title`` is "Busy" and the rest empty where they may not see more. ``response`` is their own answer, or ""."""

    event_id: str
    calendar: str
    title: str
    when: str
    day: date
    start: datetime
    all_day: bool
    description: str = ""
    location: str = ""
    organiser: str = ""
    guests: tuple[Guest, ...] = ()
    response: str = ""
    private: bool = False


def upcoming(workspace: Workspace, email: str, *, since: date | None = None) -> list[AgendaItem]:
    """Every event on calendars that this person can see, invitations included, in order of time; from ``since`` on
    where given. An event that stands on several of them is shown once, with the most that they may see; a series
    by its first 730 instances."""
    viewer = email.lower()
    window = series.Window(low=datetime.combine(since, time(), UTC) - timedelta(days=1)) if since else series.ALL
    with workspace.lock:
        primary_of(workspace, workspace.users.get(viewer, User(email=viewer)))
        chosen: dict[str, AgendaItem] = {}
        for record in calendar_state(workspace).calendars.values():
            role = role_of(record, viewer)
            for event in series.occurring(record, window) if role != "none" else ():
                if not event.cancelled:
                    item = _item(record, event, viewer, role)
                    key = f"{event.ical_uid} {event.id.partition('_')[2]}"
                    chosen[key] = max(chosen.get(key, item), item, key=_fullness)
    shown = [item for item in chosen.values() if since is None or item.day >= since]
    return sorted(shown, key=lambda item: (item.day, not item.all_day, item.start, item.title))


def _fullness(item: AgendaItem) -> tuple[bool, int]:
    return bool(item.organiser), len(item.guests)


def _item(record: CalendarRecord, event: Event, viewer: str, role: str) -> AgendaItem:
    start = event.draft.start.instant(record.time_zone).astimezone(zone_of(record.time_zone))
    busy = AgendaItem(
        event_id=event.id,
        calendar=record.summary,
        title="Busy",
        when=describe_time(event, record.time_zone),
        day=start.date(),
        start=start,
        all_day=event.draft.start.day is not None,
    )
    return _detailed(busy, event, viewer) if sees_details(event, viewer, role) else busy


def _detailed(busy: AgendaItem, event: Event, viewer: str) -> AgendaItem:
    draft = event.draft
    hidden = event.is_copy and not draft.says("guestsCanSeeOtherGuests")
    mine = {guest.email: guest for guest in draft.guests}.get(viewer)
    return AgendaItem(
        event_id=busy.event_id,
        calendar=busy.calendar,
        title=str(draft.says("summary") or "(No title)"),
        when=busy.when,
        day=busy.day,
        start=busy.start,
        all_day=busy.all_day,
        description=str(draft.says("description") or ""),
        location=str(draft.says("location") or ""),
        organiser=event.creator,
        guests=tuple(one for one in draft.guests if one is mine) if hidden else draft.guests,
        response=mine.response if mine else "",
        private=draft.says("visibility") in ("private", "confidential"),
    )
