"""The plan of a review sync: sheet, calendar, and what both last agreed. Nothing is written here.

An event carries what we last wrote into it (a hash, private to the organiser's copy), so each side's change is
told from the other's without a clock: the row differs from the hash, the event differs from the hash, or both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from server.plans.bookings import Booking, booking, content_hash, event_body, event_id, remote_hash
from server.plans.ledger import CANCELLED, Entry, Ledger
from server.plans.model import Meeting, Problem, School
from server.plans.ports import EventWrite, RemoteEvent

SCHOOL = "senplans_school"
MEETING = "senplans_meeting"
GENERATION = "senplans_generation"
AGREED = "senplans_agreed"

MOST_GENERATIONS = 50

IN_CALENDAR = "In Calendar"
DELETED = "Deleted in Calendar. To book it again, change the date or time in this row."
MOVED = "Moved in Calendar to {there}. Change the date in this row, or move the event back."
BOTH = "Changed here and in Calendar ({there}). Make both the same, then check again."
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
    ours = _ours(events, school, ledger)
    if not school.meetings and any(e.status != "cancelled" for _, e in ours.values()):
        return ReviewPlan(stopped=EMPTY)
    steps: dict[str, _Step] = {}
    events_kept: dict[str, tuple[Booking, str]] = {}
    for meeting in school.meetings:
        wanted = booking(school, meeting)
        if meeting.meeting_id in unread or (meeting.is_booked and wanted is None):
            continue
        step = _step(school.settings.school_id, meeting, wanted, ours.get(meeting.meeting_id), ledger)
        steps[meeting.meeting_id] = step
        if wanted and step.entry:
            events_kept[meeting.meeting_id] = wanted, step.entry.remote_id
    gone = _gone(ours, {m.meeting_id for m in school.meetings} | unread)
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


def _ours(events: Iterable[RemoteEvent], school: School, ledger: Ledger) -> dict[str, tuple[int, RemoteEvent]]:
    """Per meeting its newest generation. A cancelled event may have lost all but its id, so that counts too."""
    names = _names(school, ledger)
    found: dict[str, tuple[int, RemoteEvent]] = {}
    for event in events:
        name = names.get(event.event_id) or _signed(event, school.settings.school_id)
        if name and (name[0] not in found or name[1] > found[name[0]][0]):
            found[name[0]] = name[1], event
    return found


def _names(school: School, ledger: Ledger) -> dict[str, tuple[str, int]]:
    """Event id to meeting and generation, for every generation that may exist."""
    names = {}
    for meeting in school.meetings:
        entry = ledger.get("event", meeting.meeting_id)
        for generation in range(1, min(entry.number if entry else 1, MOST_GENERATIONS) + 1):
            name = event_id(school.settings.school_id, meeting.meeting_id, generation)
            names[name] = meeting.meeting_id, generation
    return names


def _signed(event: RemoteEvent, school_id: str) -> tuple[str, int] | None:
    meeting, generation = event.properties.get(MEETING, ""), event.properties.get(GENERATION, "")
    if event.properties.get(SCHOOL) != school_id or not meeting or not generation.isdigit():
        return None
    return meeting, int(generation)


def _step(
    school_id: str, meeting: Meeting, wanted: Booking | None, known: tuple[int, RemoteEvent] | None, ledger: Ledger
) -> _Step:
    entry = ledger.get("event", meeting.meeting_id)
    generation, event = known or ((entry.number, None) if entry else (1, None))
    standing = event is not None and event.status != "cancelled"
    if wanted is None:
        return _unbooked(meeting, event if standing else None, generation, entry)
    if standing and event is not None:
        return _compare(school_id, wanted, event, generation)
    if entry is None and event is None:
        return _insert(school_id, wanted, 1)
    if entry is None or entry.hash in (CANCELLED, "") or entry.hash != wanted.hash:
        return _rebook(school_id, wanted, generation, entry)
    return _Step(status=DELETED, entry=entry, conflict=DELETED)


def _rebook(school_id: str, wanted: Booking, generation: int, entry: Entry | None) -> _Step:
    """A deleted event keeps its id for good, so a new booking takes the next generation."""
    if entry is None:
        return _Step(status=DELETED, conflict=DELETED)
    return _insert(school_id, wanted, generation + 1)


def _insert(school_id: str, wanted: Booking, generation: int) -> _Step:
    return _written("insert", school_id, wanted, generation, etag="")


def _written(kind: str, school_id: str, wanted: Booking, generation: int, etag: str) -> _Step:
    name = event_id(school_id, wanted.meeting_id, generation)
    properties = {
        SCHOOL: school_id,
        MEETING: wanted.meeting_id,
        GENERATION: str(generation),
        AGREED: wanted.hash,
    }
    body = event_body(wanted, event_id=name, properties=properties)
    return _Step(
        write=EventWrite(kind=kind, event_id=name, body=body, etag=etag),
        entry=_entry(wanted, name, generation),
        status=IN_CALENDAR,
    )


def _entry(wanted: Booking, name: str, generation: int) -> Entry:
    return Entry(
        kind="event",
        key=wanted.meeting_id,
        remote_id=name,
        generation=str(generation),
        hash=wanted.hash,
        agreed=wanted.moment,
    )


def _compare(school_id: str, wanted: Booking, event: RemoteEvent, generation: int) -> _Step:
    """Three-way: the row, the event, and the hash of what was last written into the event."""
    agreed, there = event.properties.get(AGREED, ""), remote_hash(event)
    entry = _entry(wanted, event.event_id, generation)
    if there == wanted.hash:
        return _Step(entry=entry, status=IN_CALENDAR)
    if there == agreed:
        return _written("update", school_id, wanted, generation, event.etag)
    moved = content_hash(wanted.summary, event.start, event.end, wanted.guests) != wanted.hash
    if wanted.hash == agreed and not moved:
        return _written("update", school_id, wanted, generation, event.etag)
    message = (MOVED if wanted.hash == agreed else BOTH).format(there=event.start)
    return _Step(entry=entry, status=message, conflict=message)


def _unbooked(meeting: Meeting, event: RemoteEvent | None, generation: int, entry: Entry | None) -> _Step:
    """A held meeting keeps its event; a cancelled one takes it off the calendar."""
    if meeting.is_held or (event is None and entry is None):
        return _Step(entry=entry)
    gone = Entry(
        kind="event",
        key=meeting.meeting_id,
        generation=str(generation),
        hash=CANCELLED,
    )
    return _Step(write=EventWrite(kind="cancel", event_id=event.event_id) if event else None, entry=gone)


def _gone(ours: Mapping[str, tuple[int, RemoteEvent]], rows: set[str] | frozenset[str]) -> Iterator[EventWrite]:
    """Events of meetings whose row was deleted from the sheet."""
    for meeting, (_, event) in ours.items():
        if meeting not in rows and event.status != "cancelled":
            yield EventWrite(kind="cancel", event_id=event.event_id)
