"""The plan of a review sync, over any school and any calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from server.plans.bookings import event_id
from server.plans.ledger import Ledger
from server.plans.model import Contact, Meeting, Pupil, School, Settings, Staff
from server.plans.ports import EventWrite, RemoteEvent
from server.plans.reviews import ReviewPlan, plan_reviews

STATUSES = ("Booked", "Held", "Cancelled", "")
PUPILS = ("P1", "P2", "")
BARRED = "barred@example.org"
EMPTY = Ledger.of((), workbook_id="w")

meetings = st.builds(
    Meeting,
    meeting_id=st.sampled_from([f"M{n}" for n in range(6)]),
    pupil=st.sampled_from(PUPILS),
    date=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    start_time=st.none() | st.sampled_from([time(0, 30), time(1, 30), time(15, 30), time(23, 45)]),
    minutes=st.none() | st.integers(-5, 2000),
    status=st.sampled_from(STATUSES),
)
contacts = st.builds(
    Contact,
    contact_id=st.sampled_from([f"C{n}" for n in range(4)]),
    pupil=st.sampled_from(PUPILS),
    email=st.sampled_from(["one@example.org", "two@example.org", "rubbish", ""]),
    household=st.sampled_from(["H1", "H2", ""]),
    receives_plan_copy=st.booleans(),
    restriction_kind=st.sampled_from(["none", "redact", "no_information", "odd"]),
)


def with_own_ids(found: list[Meeting]) -> tuple[Meeting, ...]:
    return tuple({meeting.meeting_id: meeting for meeting in found}.values())


schools = st.builds(
    lambda found, people: School(
        settings=Settings(school_id="S1"),
        staff=(Staff(staff_id="T1", email="t@school.example"),),
        contacts=(*people, Contact(contact_id="CB", pupil="P1", email=BARRED)),
        pupils=(
            Pupil(pupil_id="P1", first_name="Ada", last_name="One", accountable_staff=("T1",)),
            Pupil(pupil_id="P2", first_name="Ben", last_name="Two"),
        ),
        meetings=with_own_ids(found),
    ),
    st.lists(meetings, max_size=6),
    st.lists(contacts, max_size=4),
)


class Calendar:
    """A calendar that refuses what Google refuses: an id twice, and a change of what is not there."""

    def __init__(self) -> None:
        self.events: dict[str, RemoteEvent] = {}

    def apply(self, writes: tuple[EventWrite, ...]) -> None:
        for write in writes:
            getattr(self, f"_{write.kind}")(write)

    def _insert(self, write: EventWrite) -> None:
        assert write.event_id not in self.events, "inserted twice"
        self._put(write)

    def _update(self, write: EventWrite) -> None:
        assert self.events[write.event_id].status == "confirmed"
        assert self.events[write.event_id].etag == write.etag
        self._put(write)

    def _cancel(self, write: EventWrite) -> None:
        self.events[write.event_id] = RemoteEvent(event_id=write.event_id, status="cancelled")

    def _put(self, write: EventWrite) -> None:
        body: Mapping[str, Any] = write.body
        self.events[write.event_id] = RemoteEvent(
            event_id=write.event_id,
            status="confirmed",
            etag=f"e{len(self.events)}",
            summary=body["summary"],
            start=body["start"].get("date") or body["start"]["dateTime"] + offset(body["start"]["dateTime"]),
            end=body["end"].get("date") or body["end"]["dateTime"] + offset(body["end"]["dateTime"]),
            guests=tuple(guest["email"] for guest in body["attendees"]),
            properties=body["extendedProperties"]["private"],
        )


def offset(moment: str) -> str:
    """Europe/London's offset, where the text does not carry one."""
    local = datetime.fromisoformat(moment)
    return "" if local.tzinfo else local.replace(tzinfo=ZoneInfo("Europe/London")).isoformat()[19:]


def played(school: School, calendar: Calendar, ledger: Ledger, unread: frozenset[str] = frozenset()) -> ReviewPlan:
    plan = plan_reviews(school, calendar.events.values(), ledger, unread=unread)
    calendar.apply(plan.writes)
    return plan


def after(ledger: Ledger, plan: ReviewPlan) -> Ledger:
    return ledger.with_entries(plan.entries.values())


@given(schools, schools, st.sets(st.sampled_from([f"M{n}" for n in range(6)])))
def test_planning_again_after_any_change_of_the_sheet_writes_nothing(
    first: School, second: School, unread: set[str]
) -> None:
    calendar, ledger = Calendar(), EMPTY
    ledger = after(ledger, played(first, calendar, ledger))
    plan = played(second, calendar, ledger, frozenset(unread))
    again = plan_reviews(second, calendar.events.values(), after(ledger, plan), unread=frozenset(unread))
    assert again.writes == ()


@given(schools, schools)
def test_a_lost_ledger_neither_doubles_an_event_nor_writes_what_stands(first: School, second: School) -> None:
    calendar = Calendar()
    played(first, calendar, EMPTY)
    assert plan_reviews(first, calendar.events.values(), EMPTY).writes == ()
    played(second, calendar, EMPTY)
    standing = [e.properties["senplans_meeting"] for e in calendar.events.values() if e.status == "confirmed"]
    assert len(standing) == len(set(standing))


@given(schools, schools, st.sets(st.sampled_from([f"M{n}" for n in range(6)])))
def test_an_event_whose_row_is_unread_is_never_cancelled_nor_moved(
    first: School, second: School, unread: set[str]
) -> None:
    calendar, ledger = Calendar(), EMPTY
    ledger = after(ledger, played(first, calendar, ledger))
    before = dict(calendar.events)
    played(second, calendar, ledger, frozenset(unread))
    for name, event in before.items():
        if event.properties.get("senplans_meeting") in unread:
            now = calendar.events[name]
            assert (now.status, now.start, now.end) == (event.status, event.start, event.end)


@given(schools, schools, st.booleans())
def test_nobody_barred_is_ever_written_into_a_guest_list(first: School, second: School, forget: bool) -> None:
    calendar = Calendar()
    plan = played(first, calendar, EMPTY)
    played(second, calendar, EMPTY if forget else after(EMPTY, plan))
    for event in calendar.events.values():
        pupil = next(
            (m.pupil for m in second.meetings if m.meeting_id == event.properties.get("senplans_meeting")), ""
        )
        barred = {
            c.email
            for c in second.contacts
            if c.pupil == pupil and not (c.receives_plan_copy and c.restriction_kind in ("none", "redact"))
        }
        if pupil and second.meetings:
            assert not barred & set(event.guests)


@given(schools)
def test_an_emptied_meetings_tab_cancels_nothing(school: School) -> None:
    calendar = Calendar()
    plan = played(school, calendar, EMPTY)
    emptied = plan_reviews(replace(school, meetings=()), calendar.events.values(), after(EMPTY, plan))
    assert emptied.writes == ()
    assert bool(emptied.stopped) == any(e.status == "confirmed" for e in calendar.events.values())


@given(st.text(max_size=40), st.text(max_size=40), st.integers(1, 10**9))
def test_event_ids_are_in_google_s_alphabet_and_of_its_length(school: str, meeting: str, generation: int) -> None:
    name = event_id(school, meeting, generation)
    assert 5 <= len(name) <= 1024
    assert set(name) <= set("0123456789abcdefghijklmnopqrstuv")
    assert name == event_id(school, meeting, generation)


def test_event_ids_differ_for_every_school_meeting_and_generation() -> None:
    every = [(s, f"M{m}", g) for s in ("S1", "S2", "S1M") for m in range(60) for g in range(1, 12)]
    assert len({event_id(*each) for each in every}) == len(every)
    assert event_id("S1", "1M", 1) != event_id("S11", "M", 1)
