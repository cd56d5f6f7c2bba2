"""What a run costs, counted by the sandbox's journal."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from town import SMALL, TODAY, Town, small_sample

from server.demo.sample import SampleFile
from server.demo.world import World
from server.plans.files import of_school
from server.workflows.performing import PLANS_A_BATCH
from server.workflows.planning import Ask

PUPILS = 45


@pytest.fixture(scope="module")
def first() -> Iterator[Town]:
    """The small school right after its very first run, its journal kept."""
    with World(small_sample(), TODAY) as world:
        town = Town(world)
        town.begin()
        yield town


def targets(town: Town, method: str) -> Counter[str]:
    return Counter(entry["target"] for entry in town.journal() if entry["method"] == method)


def test_each_workbook_is_made_with_two_calls_and_read_with_one(first: Town) -> None:
    calls = first.calls()
    assert calls["drive.files.create"] == 1 + 2 + 1 + 4, "folder, workbooks, template Doc, copies"
    assert targets(first, "sheets.spreadsheets.values.batchGetByDataFilter") == dict.fromkeys(workbooks(first), 1)
    senco, plan = workbooks(first)
    batches = targets(first, "sheets.spreadsheets.batchUpdate")
    assert batches[plan] == 1 + 1, "made, and its statuses written at the end"
    assert batches[senco] == 1 + 1 + 1, "made, the new copies noted down before they are shared, closed"


def workbooks(town: Town) -> tuple[str, str]:
    """The ids of the SENCO workbook and the plan workbook, without a call of the service's."""
    made = [e["target"] for e in town.journal() if e["method"] == "sheets.spreadsheets.values.batchGetByDataFilter"]
    return made[0], made[1]


def test_each_copy_is_written_with_one_call_the_template_read_once(first: Town) -> None:
    calls = first.calls()
    assert calls["drive.files.update"] == 0
    assert calls["drive.files.export"] == 1


def test_the_first_run_makes_no_other_call(first: Town) -> None:
    assert set(first.calls()) == {
        "drive.files.list",
        "drive.files.create",
        "drive.files.export",
        "drive.permissions.create",
        "sheets.spreadsheets.batchUpdate",
        "sheets.spreadsheets.values.batchGetByDataFilter",
        "calendar.calendarList.list",
        "calendar.calendars.insert",
        "calendar.events.insert",
    }
    assert first.calls()["drive.files.list"] == 2, "one to look, one to see that nobody made the school meanwhile"


def batches(town: Town) -> Iterator[list[dict[str, Any]]]:
    """The parts of each HTTP batch, in order."""
    for in_batch, entries in groupby(town.journal(), key=lambda e: (bool(e["in_batch"]), e["kind"] == "batch")):
        if in_batch[0]:
            yield list(entries)


def test_permissions_and_events_go_in_batches_with_one_change_per_file_at_most(first: Town) -> None:
    parts = [entry for batch in batches(first) for entry in batch]
    changes = {"drive.permissions.create", "calendar.events.insert"}
    alone = [e for e in first.journal() if e["method"] in changes and not e["in_batch"]]
    assert alone == []
    assert {entry["method"] for entry in parts} == changes
    for batch in batches(first):
        files = Counter(e["target"] for e in batch if e["method"] == "drive.permissions.create")
        assert max(files.values(), default=1) == 1
    assert sum(1 for b in batches(first) if b[0]["method"] == "calendar.events.insert") == 1


def test_a_copy_is_noted_down_before_anybody_is_given_it(first: Town) -> None:
    senco, _ = workbooks(first)
    journal = first.journal()
    copies = [n for n, e in enumerate(journal) if e["method"] == "drive.files.create"][-4:]
    noted = next(
        n
        for n, e in enumerate(journal)
        if n > copies[-1] and e["method"] == "sheets.spreadsheets.batchUpdate" and e["target"] == senco
    )
    shared = next(n for n, e in enumerate(journal) if e["method"] == "drive.permissions.create")
    assert copies[-1] < noted < shared


def test_an_idle_run_reads_each_workbook_once_asks_twice_more_and_writes_nothing(school: Town) -> None:
    school.play()
    assert school.writes() == 0
    assert school.calls() == {
        "drive.files.list": 1,
        "calendar.events.list": 1,
        "sheets.spreadsheets.values.batchGetByDataFilter": 2,
    }


def test_one_edited_outcome_writes_exactly_one_copy_in_place(school: Town) -> None:
    before = school.copy("P10", "H1").file_id
    school.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    school.forget_calls()
    result = school.play()
    assert result.written == (("P10", "P10-H1"),)
    calls = school.calls()
    assert calls["drive.files.update"] == 1
    assert calls["drive.files.create"] == 0
    assert targets(school, "drive.files.update") == {before: 1}
    assert [method for method in calls if "permissions" in method or "events.i" in method] == []
    assert "Starts 18 of 20 lessons" in school.text("P10", "H1")
    school.forget_calls()
    school.play()
    assert school.writes() == 0


def test_an_edited_outcome_is_written_once_for_each_household(school: Town) -> None:
    school.edit("Plan", "target", "P11-C3-O1", "Answers 9 of 10 questions")
    school.forget_calls()
    assert set(school.play().written) == {("P11", "P11-H1"), ("P11", "P11-H2")}
    assert school.calls()["drive.files.update"] == 2


def test_an_edit_that_no_parent_reads_writes_no_copy(school: Town) -> None:
    school.edit("Contacts", "note", "C20", "Rang on Monday.")
    school.forget_calls()
    assert school.play().written == ()
    assert school.writes() == 0


def test_a_dry_run_tells_the_plan_and_writes_nothing(school: Town) -> None:
    school.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    school.forget_calls()
    result = school.play(Ask(dry_run=True))
    assert [write.wanted.name for write in result.plan.publication.writes] == [("P10", "P10-H1")]
    assert school.writes() == 0


@pytest.fixture(scope="module")
def big() -> Iterator[Town]:
    """A school of 45 pupils, a parent each, right after its first run."""
    with World(big_sample(), TODAY) as world:
        town = Town(world)
        town.begin()
        yield town


def big_sample() -> SampleFile:
    """One pupil of the small school again and again."""
    tables = small_sample().tables
    pupil = next(r for r in tables["pupils"] if r["pupil_id"] == "P10")
    cycle = next(r for r in tables["cycles"] if r["cycle_id"] == "P10-C3")
    contact = next(r for r in tables["contacts"] if r["contact_id"] == "C20")
    names = [f"Q{number:02}" for number in range(PUPILS)]
    made = {
        "pupils": [{**pupil, "pupil_id": name} for name in names],
        "cycles": [{**cycle, "pupil_id": name, "cycle_id": f"{name}-C1"} for name in names],
        "contacts": [
            {
                **contact,
                "pupil_id": name,
                "contact_id": f"C-{name}",
                "household": f"{name}-H1",
                "email": f"{name.lower()}@example.org",
            }
            for name in names
        ],
    }
    kept = {name: rows for name, rows in tables.items() if name in ("terms", "staff")}
    settings = [r for r in tables["settings"] if r["setting_id"] == SMALL]
    return SampleFile(anchor=TODAY, tables={**{name: [] for name in tables}, **kept, "settings": settings, **made})


def test_the_ledger_is_written_back_once_for_every_twenty_new_copies(big: Town) -> None:
    senco, _ = workbooks(big)
    checkpoints = math.ceil(PUPILS / PLANS_A_BATCH)
    assert targets(big, "sheets.spreadsheets.batchUpdate")[senco] == 1 + checkpoints + 1
    assert big.calls()["drive.files.create"] == 4 + PUPILS


def test_forty_five_families_are_shared_with_in_one_batch_and_staff_in_as_many_as_there_are_staff(big: Town) -> None:
    sharing = [b for b in batches(big) if b[0]["method"] == "drive.permissions.create"]
    assert len(sharing[0]) == PUPILS
    assert all(len({e["target"] for e in batch}) == len(batch) for batch in sharing)


def test_a_big_school_s_idle_run_costs_no_more_calls_than_a_small_one_s(big: Town) -> None:
    before = len(big.journal())
    big.play()
    since = Counter(entry["method"] for entry in big.journal()[before:])
    assert sum(since.values()) <= 2 + 2 + 1
    assert not any(entry["write"] for entry in big.journal()[before:])
    with big.run() as run:
        assert len(of_school(run.google.drive.list_files(), SMALL).copies) == PUPILS
