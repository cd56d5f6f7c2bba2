"""A new school year: old closed cycles put away, everybody up a year and to their new class, once."""

from __future__ import annotations

import functools
from typing import Any

import pytest
import snapshots
from crashes import left_behind
from shapes import CLASSES, ClassTown, class_town
from test_moving_pupils import ids, standing

from server.plans.files import ARCHIVE_KIND, KIND, group_in
from server.plans.trouble import Invalid
from server.workflows.lease import SECONDS
from server.workflows.new_year import NewYear, start_new_year

MAPPING = {"4 Oak": "5 Elm", "5 Elm": "6 Beech", "5 Ash": "6 Beech"}
YEAR = "2027-28"


def with_history(town: ClassTown) -> ClassTown:
    """Olive has four closed cycles beside her open one, each with a row in Plan; the oldest with a held meeting."""
    for number in range(4):
        name = f"O1-H{number}"
        _typed(town, "Assess", name, {"pupil": "O1", "cycle_number": number + 1, "stage": "Closed", **_days(number)})
        cells = {"pupil": "O1", "cycle": name, "target": f"Old target {number}"}
        _typed(town, "Plan", f"{name}-O1", cells)
    town.play()
    town.forget_calls()
    return town


def _days(number: int) -> dict[str, str]:
    return {"assess_date": f"2025-0{number + 1}-10", "review_held_date": f"2025-0{number + 1}-28"}


def _typed(town: ClassTown, title: str, row_id: str, cells: dict[str, Any]) -> None:
    tab = town.tab_in("4 Oak", title)
    row = len(ids(town, "4 Oak", title)) + 2
    tab.type(tab.table.columns[0].key, row, row_id)
    for key, value in cells.items():
        tab.type(key, row, value)


def roll(town: ClassTown, probe: Any = None, **options: Any) -> NewYear:
    with town.run(probe) as run:
        return start_new_year(run, **{"classes": MAPPING, "year": YEAR, **options})


def restored(snapshot: snapshots.Snapshot) -> ClassTown:
    town = class_town(begin=False)
    snapshots.restore(town.world, snapshot)
    return town


@functools.cache
def _before() -> snapshots.Snapshot:
    return snapshots.take(with_history(class_town()).sandbox.workspace)


@functools.cache
def _rolled() -> tuple[snapshots.Snapshot, NewYear]:
    """What stands after a roll-over, and what it told."""
    town = restored(_before())
    told = roll(town)
    return snapshots.take(town.sandbox.workspace), told


@pytest.fixture
def town() -> ClassTown:
    """Before the new year."""
    return restored(_before())


@pytest.fixture
def rolled() -> ClassTown:
    """After it, the calls it made still in the journal."""
    return restored(_rolled()[0])


def test_a_dry_run_tells_everything_and_writes_nothing(town: ClassTown) -> None:
    told = roll(town, dry_run=True)
    assert told.archived == ("O1-H0", "O1-H1")
    assert {r.pupil_id for r in told.rises} == {"O1", "O2", "E1", "E2", "A1", "A2"}
    assert set(told.leaving) == {"B1", "B2"}
    assert {(m.pupil_id, m.wanted) for m in told.moves} >= {("O1", "5 Elm"), ("E1", "6 Beech"), ("A2", "6 Beech")}
    assert town.writes() == 0


def test_everybody_goes_up_a_year_and_to_the_class_that_was_said(rolled: ClassTown) -> None:
    assert ids(rolled, "5 Elm", "Pupils") == {"O1", "O2"}
    assert ids(rolled, "6 Beech", "Pupils") == {"B1", "B2", "E1", "E2", "A1", "A2"}
    tab = rolled.tab_in("6 Beech", "Pupils")
    assert {i: tab.cell("year_group", tab.row_of(i)) for i in ("E1", "A1", "B1")} == {
        "E1": "Y6",
        "A1": "Y6",
        "B1": "Y6",
    }


def test_leavers_are_told_and_left(rolled: ClassTown) -> None:
    assert set(_rolled()[1].leaving) == {"B1", "B2"}
    assert {"B1-C1", "B2-C1"} <= ids(rolled, "6 Beech", "Assess")


def test_open_cycles_and_the_last_two_closed_ones_stay_with_the_pupil(rolled: ClassTown) -> None:
    assert {i for i in ids(rolled, "5 Elm", "Assess") if i.startswith("O1")} == {"O1-C1", "O1-H2", "O1-H3"}


def test_older_cycles_stand_in_the_archive_of_the_year_that_ended_with_their_rows(rolled: ClassTown) -> None:
    assert _rolled()[1].archived == ("O1-H0", "O1-H1")
    (archive,) = rolled.files().archives
    assert group_in(archive) == "2026-27"
    assert archive.properties[KIND] == ARCHIVE_KIND
    cells = rolled.state()["cells"]
    rows = cells["archive/2026-27"]
    assert "Old target 0" in str(rows["Plan"])
    assert "Old target 2" not in str(rows["Plan"])
    assert "Old target 0" not in str([cells[f"plan/{name}"] for name in CLASSES])


def test_an_archive_is_made_with_two_calls(rolled: ClassTown) -> None:
    (archive,) = rolled.files().archives
    made = [e["method"] for e in rolled.journal() if e["target"] == archive.file_id and e["write"]]
    assert rolled.calls()["drive.files.create"] == 1
    assert made == ["drive.files.create", *["sheets.spreadsheets.batchUpdate"] * 2], "made, and the cycles put in"


def test_after_a_new_year_a_round_shares_the_archive_and_never_reads_it_and_copies_and_events_stay(
    town: ClassTown,
) -> None:
    copies = {name: [f.file_id for f in files] for name, files in town.files().copies.items()}
    events = {(e.event_id, e.status) for e in town.events().values()}
    snapshots.restore(town.world, _rolled()[0])
    town.play()
    assert {name: [f.file_id for f in files] for name, files in town.files().copies.items()} == copies
    assert {(e.event_id, e.status) for e in town.events().values()} == events
    (archive,) = town.files().archives
    grants = {(p.email, p.role) for p in archive.permissions or () if p.role != "owner"}
    assert grants == {("assistant@tannerfield.example", "reader")}, "the SENCO team reads, nobody else writes"
    town.forget_calls()
    town.play()
    assert town.writes() == 0
    assert town.calls()["sheets.spreadsheets.values.batchGetByDataFilter"] == 1 + len(CLASSES)
    assert archive.file_id not in {entry["target"] for entry in town.journal()}


def test_a_second_run_changes_nothing(rolled: ClassTown) -> None:
    before = rolled.state()
    assert roll(rolled).already
    assert rolled.state() == before
    assert roll(rolled, dry_run=True).already


def test_a_roll_over_killed_at_any_call_is_gone_on_with_and_nobody_goes_up_twice() -> None:
    town = with_history(class_town(("4 Oak", "5 Elm"), 1))
    states = left_behind(town, lambda: roll(town), ends=False)
    expected = standing(town)
    assert len(states) > 8
    for number, state in enumerate(states):
        snapshots.restore(town.world, state)
        town.now += SECONDS + 1
        roll(town)
        assert standing(town) == expected, f"killed in state {number} of {len(states)}"


def test_a_closed_row_changed_after_its_copying_was_cut_short_is_archived_as_it_stands_now() -> None:
    town = with_history(class_town(("4 Oak", "5 Elm"), 1))
    for state in left_behind(town, lambda: roll(town), ends=False):
        snapshots.restore(town.world, state)
        if "Old target 0" in str(town.state()["cells"].get("archive/2026-27")):
            break
    town.edit_in("4 Oak", "Plan", "target", "O1-H0-O1", "What it came to")
    town.now += SECONDS + 1
    assert roll(town).waiting == ()
    archived = str(town.state()["cells"]["archive/2026-27"])
    assert "What it came to" in archived
    assert "Old target 0" not in archived


def test_a_class_that_nobody_mapped_is_named_and_keeps_its_pupils(town: ClassTown) -> None:
    told = roll(town, classes={"4 Oak": "5 Elm"})
    assert set(told.unmapped) == {"5 Elm", "5 Ash"}
    assert {"E1", "E2", "O1"} <= ids(town, "5 Elm", "Pupils")


def test_a_text_that_is_no_school_year_is_refused(town: ClassTown) -> None:
    with pytest.raises(Invalid, match="2026-27"):
        roll(town, year="next year")
