"""The sample's three schools after their first and second round, looked at with everybody's own eyes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

import clients
import pytest
from browser_person import BROWSER

from sandbox.drive.files import drive_state
from server import wiring
from server.demo.journey import Journey
from server.demo.sample import load, starters
from server.demo.world import STRANGER, World
from server.plans.trouble import NotVisible
from server.settings import Settings

TODAY = date(2026, 11, 23)
RULES = {"R01", "R04", "R06", "R10", "R11", "R12", "R13", "R14", "R15", "R20", "R21", "R22", "R23"}
NOT_TOLD = ("marek.przyklad@example.org", "karim.almithal@example.org")


@dataclass
class Sample:
    world: World
    report: Any
    file: Any

    @property
    def copies(self) -> list[Any]:
        return [copy for school in self.report["schools"] for copy in school["copies"]]

    @property
    def events(self) -> dict[str, Any]:
        return {event["meeting_id"]: event for school in self.report["schools"] for event in school["events"]}

    def owner_of(self, file_id: str) -> str:
        return drive_state(self.world.sandbox.workspace).files[file_id].owner


@pytest.fixture(scope="module")
def sample() -> Iterator[Sample]:
    file = json.loads((files("server.demo") / "sample_pupils.json").read_text("utf-8"))
    with World(load(), TODAY) as world:
        journey = Journey(world)
        journey.play("first", starters(load()), new=True)
        journey.play("second", starters(load()), new=False)
        yield Sample(world, journey.report(), file)


@pytest.fixture(scope="module")
def seen_by(sample: Sample) -> dict[str, set[str]]:
    """Per person the copies and workbooks they can open, each tried with that person's own token."""
    workbooks = [i for s in sample.report["schools"] for i in (s["senco_workbook_id"], *s["plan_workbook_ids"])]
    every = [copy["doc_id"] for copy in sample.copies] + workbooks
    return {email: opened(sample, email, every) for email in sample.world.people}


def opened(sample: Sample, email: str, file_ids: list[str]) -> set[str]:
    """Which of these files this person can open, by trying each of them."""
    drive = clients.service(sample.world.sandbox, "drive", "v3", email, scopes=["drive.readonly"], client_id=BROWSER)
    seen: set[str] = set()
    statuses: set[int] = set()

    def keep(_: str, body: Any, error: Any) -> None:
        statuses.add(int(error.resp.status) if error else 200)
        if not error:
            seen.add(body["id"])

    batch = drive.new_batch_http_request(callback=keep)
    for file_id in file_ids:
        batch.add(drive.files().get(fileId=file_id, fields="id"))
    batch.execute()
    assert statuses <= {200, 404}
    return seen


def test_every_pupil_of_the_sample_stands_in_a_workbook_of_their_own_school(sample: Sample) -> None:
    for school in sample.report["schools"]:
        settings = sample.world.settings(school["setting_id"])
        with wiring.door(settings) as google:
            grids = google.sheets.read(school["plan_workbook_ids"][0], [2101])
        found = {row[0] for row in grids[2101][1:] if len(row) > 2 and row[2]}
        assert found == {p["pupil_id"] for p in sample.file["pupils"] if p["setting_id"] == school["setting_id"]}


def test_no_cell_of_the_sample_is_a_problem(sample: Sample) -> None:
    assert [school["problems"] for school in sample.report["schools"]] == [[], [], []]


def test_every_expected_finding_of_the_rules_is_reported(sample: Sample) -> None:
    found = {(f["pupil_id"], f["rule"], f["level"]) for s in sample.report["schools"] for f in s["findings"]}
    flags = sample.file["expected_flags_at_anchor"]
    expected = {(f["pupil_id"], f["rule_id"], f["level"]) for f in flags if f["rule_id"] in RULES}
    assert expected
    assert expected - found == set()


def test_each_booked_meeting_has_exactly_one_event_and_nothing_else_has(sample: Sample) -> None:
    booked = {m["meeting_id"] for m in sample.file["meetings"] if m["status"] == "Booked"}
    events = [event for school in sample.report["schools"] for event in school["events"]]
    assert sorted(event["meeting_id"] for event in events) == sorted(booked)
    assert len({event["id"] for event in events}) == len(events)
    for school in sample.report["schools"]:
        with wiring.door(sample.world.settings(school["setting_id"])) as google:
            calendar = google.calendar.find_calendar("senplans:")
            assert calendar
            listing = google.calendar.list_events(calendar)
        assert listing is not None
        assert {event.event_id for event in listing.events} == {event["id"] for event in school["events"]}


@pytest.mark.parametrize(
    ("meeting", "start", "end"),
    [
        ("M045", "2026-12-14T15:30:00Z", "2026-12-14T16:30:00Z"),
        ("M053", "2026-11-26T13:30:00Z", "2026-11-26T15:00:00Z"),
        ("M046", "2027-01-22", "2027-01-23"),
    ],
)
def test_events_stand_at_the_school_s_own_time(sample: Sample, meeting: str, start: str, end: str) -> None:
    assert (sample.events[meeting]["start"], sample.events[meeting]["end"]) == (start, end)


def test_guests_are_the_teacher_the_senco_and_the_entitled_parents(sample: Sample) -> None:
    assert sample.events["M045"]["guests"] == [
        "anil.specimen@larkmeadow.example.com",
        "dev.udaharan@example.org",
        "leela.udaharan@example.org",
        "poppy.mockford@larkmeadow.example.com",
    ]
    assert [g for g in sample.events["M051"]["guests"] if "almithal" in g] == ["rania.almithal@example.org"]


def test_an_event_tells_initials_and_no_name(sample: Sample) -> None:
    for school in sample.report["schools"]:
        with wiring.door(sample.world.settings(school["setting_id"])) as google:
            calendar = google.calendar.find_calendar("senplans:")
            listing = google.calendar.list_events(calendar or "")
        assert listing is not None
        told = {event.summary for event in listing.events}
        pupils = [p for p in sample.file["pupils"] if p["setting_id"] == school["setting_id"]]
        assert told <= {f"{p['first_name'][0]}.{p['last_name'][0]}. review meeting" for p in pupils}


def test_each_household_with_an_entitled_contact_has_exactly_one_copy(sample: Sample) -> None:
    entitled = {
        (c["pupil_id"], c["household"])
        for c in sample.file["contacts"]
        if c["receives_plan_copy"] and c["restriction_kind"] != "no_information"
    }
    assert sorted((c["pupil_id"], c["household"]) for c in sample.copies) == sorted(entitled)


def test_each_copy_opens_for_its_household_and_its_senco_and_is_not_there_for_anybody_else(
    sample: Sample, seen_by: dict[str, set[str]]
) -> None:
    entitled = [c for c in sample.file["contacts"] if c["restriction_kind"] != "no_information"]
    assert len(seen_by) > 50
    for copy in sample.copies:
        readers = {c["email"] for c in entitled if c["household"] == copy["household"]}
        openers = {email for email, seen in seen_by.items() if copy["doc_id"] in seen}
        assert openers == readers | {sample.owner_of(copy["doc_id"])}


def test_parents_and_strangers_find_nothing_but_their_own_copies(
    sample: Sample, seen_by: dict[str, set[str]]
) -> None:
    copies = {copy["doc_id"] for copy in sample.copies}
    for email, person in sample.world.people.items():
        if person.role in ("Parent or carer", "Stranger"):
            assert seen_by[email] <= copies, person
    for email in (*NOT_TOLD, STRANGER):
        assert seen_by[email] == set()


def test_staff_open_their_own_school_s_plan_workbook_at_most_and_only_its_senco_the_senco_workbook(
    sample: Sample, seen_by: dict[str, set[str]]
) -> None:
    for school in sample.report["schools"]:
        (plan,), senco = school["plan_workbook_ids"], school["senco_workbook_id"]
        owner = sample.world.senco(school["setting_id"]).email
        assert {email for email, seen in seen_by.items() if senco in seen} == {owner}
        openers = {email for email, seen in seen_by.items() if plan in seen}
        own = {email for email, person in sample.world.people.items() if person.school_id == school["setting_id"]}
        assert owner in openers
        assert len(openers) > 1
        assert openers <= own


def test_a_copy_s_text_is_read_with_the_reader_s_token_and_refused_to_the_other_household(sample: Sample) -> None:
    copies = {copy["household"]: copy for copy in sample.copies}
    reader, other = copies["P05-H1"]["readers"][0], copies["P05-H2"]["readers"][0]
    for email, allowed in ((reader, True), (other, False)):
        token = sample.world.reading_token(email)
        with wiring.door(Settings(google_url=sample.world.sandbox.url, token=token)) as google:
            if allowed:
                assert "Seren" in google.drive.export_text(copies["P05-H1"]["doc_id"])
            else:
                with pytest.raises(NotVisible):
                    google.drive.export_text(copies["P05-H1"]["doc_id"])


def test_who_must_not_be_told_stands_in_no_grant_no_guest_list_and_no_mail(sample: Sample) -> None:
    workspace = sample.world.sandbox.workspace
    grants = {p.target for file in drive_state(workspace).files.values() for p in file.permissions.values()}
    guests = {guest for event in sample.events.values() for guest in event["guests"]}
    mails = json.dumps(workspace.outbox)
    assert len(workspace.outbox) > 20
    for email in NOT_TOLD:
        assert email not in grants | guests
        assert email not in mails


def test_copies_are_shared_with_single_people_as_readers_and_nothing_by_folder_or_link(sample: Sample) -> None:
    copies = {copy["doc_id"] for copy in sample.copies}
    for file in drive_state(sample.world.sandbox.workspace).files.values():
        given = [p for p in file.permissions.values() if p.role != "owner"]
        assert {p.type for p in given} <= {"user"}
        if file.id in copies:
            assert {p.role for p in given} == {"reader"}
        if "folder" in file.mime_type:
            assert given == []


def test_the_redacted_copy_of_one_household_leaves_out_what_the_other_reads(sample: Sample) -> None:
    texts = {copy["household"]: copy["text"] for copy in sample.copies}
    assert texts["P02-H1"] != texts["P02-H2"]


def test_every_copy_says_something_and_names_its_child(sample: Sample) -> None:
    names = {p["pupil_id"]: p["known_as"] or p["first_name"] for p in sample.file["pupils"]}
    for copy in sample.copies:
        assert names[copy["pupil_id"]] in copy["text"]
        assert len(copy["text"]) > 500


def test_the_second_run_writes_nothing_and_reads_each_workbook_once(sample: Sample) -> None:
    first, second = sample.report["runs"]
    assert first["writes"] > 0
    assert second["writes"] == 0
    assert second["calls"] == {
        "calendar.events.list": 3,
        "drive.files.list": 3,
        "sheets.spreadsheets.values.batchGetByDataFilter": 6,
    }
