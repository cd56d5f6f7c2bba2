"""Which event is which meeting's. Each carries what it was made for and what was last agreed about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from server.plans.bookings import event_id
from server.plans.ledger import Ledger, is_number
from server.plans.model import School
from server.plans.ports import RemoteEvent

SCHOOL = "senplans_school"
MEETING = "senplans_meeting"
GENERATION = "senplans_generation"
AGREED = "senplans_agreed"

MOST_GENERATIONS = 50

Generation = tuple[int, RemoteEvent]


def own_events(events: Iterable[RemoteEvent], school: School, ledger: Ledger) -> dict[str, Generation]:
    """Per meeting its newest generation. A cancelled event may have lost all but its id, so that counts too."""
    names = _names(school, ledger)
    found: dict[str, Generation] = {}
    for event in events:
        name = names.get(event.event_id) or _signed(event, school.settings.school_id)
        if name and (name[0] not in found or name[1] > found[name[0]][0]):
            found[name[0]] = name[1], event
    return found


def signature(school_id: str, meeting_id: str, generation: int, agreed: str) -> Mapping[str, str]:
    """The private properties an event is found by, with the hash of what both sides say."""
    return {SCHOOL: school_id, MEETING: meeting_id, GENERATION: str(generation), AGREED: agreed}


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
    if event.properties.get(SCHOOL) != school_id or not meeting or not is_number(generation):
        return None
    return meeting, int(generation)
