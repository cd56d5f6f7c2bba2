"""The plan of a review sync: sheet, calendar, and what both last agreed. Nothing is written here.

An event carries what we last wrote into it (a hash, private to the organiser's copy), so each side's change is
told from the other's without a clock: the row differs from the hash, the event differs from the hash, or both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from server.plans.bookings import Booking, barred_guests, booking, content_hash, event_body, event_id, remote_hash
from server.plans.ledger import CANCELLED, Entry, Ledger
from server.plans.mailbox import mailbox
from server.plans.model import Meeting, Problem, School
from server.plans.own_events import AGREED, Generation, own_events, signature
from server.plans.ports import EventWrite, RemoteEvent

IN_CALENDAR = "In Calendar"
DELETED = "Deleted in Calendar. To book it again, change the date or time in this row."
MOVED = "Moved in Calendar to {there}. Change the date in this row, or move the event back."
BOTH = "Changed here and in Calendar ({there}). Make both the same, then check again."
UNREAD = "In Calendar as it was: this row could not be read."
EMPTY = "No meeting could be read from the Meetings tab, but Calendar holds reviews: nothing was changed there."


@dataclass(frozen=True, kw_only=True)
class ReviewPlan:
    """Writes to the calendar, the ledger lines they lead to, and what each meeting's row should say."""

    writes: tuple[EventWrite, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, tuple[Booking, str]] = field(default_factory=dict)
    conflicts: tuple[Problem, ...] = ()
    stopped: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.writes


@dataclass(frozen=True, kw_only=True)
class _Step:
    """What one meeting leads to."""

    write: EventWrite | None = None
    entry: Entry | None = None
    status: str = ""
    conflict: str = ""


def plan_reviews(
    school: School,
    events: Iterable[RemoteEvent],
    ledger: Ledger,
    *,
    unread: frozenset[str] = frozenset(),
) -> ReviewPlan:
    """Compare every meeting with its event. Meetings named in ``unread`` have a row that could not be read:
    their events stay as they are. If no meeting at all can be read but events stand, nothing is done."""
    ours = own_events(events, school, ledger)
    if not school.meetings and any(e.status != "cancelled" for _, e in ours.values()):
        return ReviewPlan(stopped=EMPTY)
    archived = {entry.key for entry in ledger.of_kind("archived")}
    steps: dict[str, _Step] = {}
    events_kept: dict[str, tuple[Booking, str]] = {}
    for meeting in school.meetings:
        wanted, known = booking(school, meeting), ours.get(meeting.meeting_id)
        if meeting.meeting_id in unread or (meeting.is_booked and wanted is None):
            step = _left_alone(school, meeting, known)
        else:
            step = _step(school, meeting, wanted, known, ledger)
        steps[meeting.meeting_id] = step
        if wanted and step.entry:
            events_kept[meeting.meeting_id] = wanted, step.entry.remote_id
    gone = _gone(ours, {m.meeting_id for m in school.meetings} | unread | archived)
    writes = [*(s.write for s in steps.values() if s.write), *gone]
    return ReviewPlan(
        writes=tuple(writes),
        entries={key: s.entry for key, s in steps.items() if s.entry},
        statuses={key: s.status for key, s in steps.items()},
        events=events_kept,
        conflicts=tuple(
            Problem(cell=m.cell("date"), message=steps[m.meeting_id].conflict)
            for m in school.meetings
            if m.meeting_id in steps and steps[m.meeting_id].conflict
        ),
    )


def _left_alone(school: School, meeting: Meeting, known: Generation | None) -> _Step:
    """A row that can't be followed keeps its event as it is, but for guests who must not know of it."""
    if known is None or known[1].status == "cancelled":
        return _Step()
    barred = barred_guests(school, meeting.pupil)
    return _Step(write=_without_guests(school, meeting, known, barred), status=UNREAD)


def _without_guests(school: School, meeting: Meeting, known: Generation, barred: frozenset[str]) -> EventWrite | None:
    """Take these guests off an event and change nothing else of it."""
    event = known[1]
    staying = tuple(guest for guest in event.guests if mailbox(guest) not in barred)
    return None if len(staying) == len(event.guests) else _with_guests(school, meeting, known, staying)


def _with_guests(school: School, meeting: Meeting, known: Generation, guests: tuple[str, ...]) -> EventWrite:
    """The event as it stands in Calendar, with this guest list."""
    generation, event = known
    there = Booking(
        meeting_id=meeting.meeting_id,
        pupil_id=meeting.pupil,
        cycle_id=meeting.cycle,
        cell=meeting.cell("date"),
        summary=event.summary,
        start=_moment(event.start, school.settings.time_zone),
        end=_moment(event.end, school.settings.time_zone),
        guests=guests,
    )
    agreed = event.properties.get(AGREED, "")
    agreed = there.hash if remote_hash(event) == agreed else agreed
    return _write("update", school, there, generation, agreed=agreed, etag=event.etag)


def _moment(text: str, time_zone: str) -> Mapping[str, str]:
    return {"dateTime": text, "timeZone": time_zone} if "T" in text else {"date": text}


def _step(
    school: School, meeting: Meeting, wanted: Booking | None, known: Generation | None, ledger: Ledger
) -> _Step:
    entry = ledger.get("event", meeting.meeting_id)
    generation, event = known or ((entry.number, None) if entry else (1, None))
    standing = event is not None and event.status != "cancelled"
    if wanted is None:
        return _unbooked(school, meeting, known if standing else None, generation, entry)
    if standing and known:
        return _compare(school, meeting, wanted, known, entry)
    if entry is None and event is None:
        return _insert(school, wanted, 1)
    if entry is not None and (entry.hash in (CANCELLED, "") or entry.hash != wanted.hash):
        return _insert(school, wanted, generation + 1)
    name = event_id(school.settings.school_id, wanted.meeting_id, generation)
    return _Step(status=DELETED, entry=entry or _entry(wanted, name, generation), conflict=DELETED)


def _insert(school: School, wanted: Booking, generation: int) -> _Step:
    """A deleted event keeps its id for good, so a new booking takes the next generation."""
    return _written("insert", school, wanted, generation, etag="")


def _written(kind: str, school: School, wanted: Booking, generation: int, etag: str) -> _Step:
    write = _write(kind, school, wanted, generation, agreed=wanted.hash, etag=etag)
    return _Step(write=write, entry=_entry(wanted, write.event_id, generation), status=IN_CALENDAR)


def _write(kind: str, school: School, wanted: Booking, generation: int, *, agreed: str, etag: str) -> EventWrite:
    school_id = school.settings.school_id
    name = event_id(school_id, wanted.meeting_id, generation)
    properties = signature(school_id, wanted.meeting_id, generation, agreed)
    return EventWrite(
        kind=kind, event_id=name, body=event_body(wanted, event_id=name, properties=properties), etag=etag
    )


def _entry(wanted: Booking, name: str, generation: int) -> Entry:
    return Entry(
        kind="event",
        key=wanted.meeting_id,
        remote_id=name,
        generation=str(generation),
        hash=wanted.hash,
        agreed=wanted.hash,
    )


def _compare(school: School, meeting: Meeting, wanted: Booking, known: Generation, entry: Entry | None) -> _Step:
    """Three-way: the row, the event, and what both last agreed on: the event carries it, and so does the ledger,
    which also knows of agreements that needed no write."""
    generation, event = known
    there = remote_hash(event)
    before = entry.agreed if entry and entry.remote_id == event.event_id else ""
    agreed = {event.properties.get(AGREED, ""), before}
    if there == wanted.hash:
        return _Step(entry=_entry(wanted, event.event_id, generation), status=IN_CALENDAR)
    same_time = content_hash(wanted.summary, event.start, event.end, wanted.guests) == wanted.hash
    if there in agreed or same_time:
        return _written("update", school, wanted, generation, event.etag)
    message = (MOVED if wanted.hash in agreed else BOTH).format(there=event.start)
    return _Step(
        write=_with_guests(school, meeting, known, wanted.guests)
        if set(event.guests) != set(wanted.guests)
        else None,
        entry=replace(_entry(wanted, event.event_id, generation), agreed=before),
        status=message,
        conflict=message,
    )


def _unbooked(
    school: School, meeting: Meeting, known: Generation | None, generation: int, entry: Entry | None
) -> _Step:
    """A held meeting keeps its event; a cancelled one takes it off the calendar."""
    if meeting.is_held or (known is None and entry is None):
        barred = barred_guests(school, meeting.pupil)
        return _Step(entry=entry, write=_without_guests(school, meeting, known, barred) if known else None)
    gone = Entry(kind="event", key=meeting.meeting_id, generation=str(generation), hash=CANCELLED)
    return _Step(write=EventWrite(kind="cancel", event_id=known[1].event_id) if known else None, entry=gone)


def _gone(ours: Mapping[str, Generation], rows: set[str] | frozenset[str]) -> Iterator[EventWrite]:
    """Events of meetings whose row was deleted from the sheet, and not put into an archive."""
    for meeting, (_, event) in ours.items():
        if meeting not in rows and event.status != "cancelled":
            yield EventWrite(kind="cancel", event_id=event.event_id)
