"""Pupils moved between the workbooks of their classes: everything of theirs, once, whatever happens on the way."""

from __future__ import annotations

import functools
from collections import Counter
from typing import Any

import pytest
import snapshots
from crashes import left_behind
from shapes import ClassTown, class_town
from town import Between, Killed, Killer

from server.plans.groups import CLASS, WHOLE_SCHOOL
from server.plans.trouble import InUse, Invalid
from server.workflows.lease import SECONDS
from server.workflows.regroup import Regrouped, add_class, regroup

CLASSES = ("4 Oak", "5 Elm")
TABS = ("Pupils", "Assess", "Plan", "Meetings")


@pytest.fixture
def town() -> ClassTown:
    return class_town(CLASSES)


def grown(town: ClassTown) -> ClassTown:
    """Erin goes to 4 Oak, says her own row; she has a note on her target, in bold and green."""
    town.edit_in("5 Elm", "Pupils", "class_form", "E1", "4 Oak")
    plan = town.tab_in("5 Elm", "Plan")
    place = {"sheetId": plan.sheet_id, "rowIndex": plan.row_of("E1-O1") - 1, "columnIndex": plan.place("target")}
    look = {"textFormat": {"bold": True}, "backgroundColorStyle": {"rgbColor": {"green": 1}}}
    cell = {"note": "Ask her mother first", "userEnteredFormat": look}
    rows = [{"values": [cell]}]
    plan.do("updateCells", {"start": place, "rows": rows, "fields": "note,userEnteredFormat"})
    return town


def move(town: ClassTown, *pupils: str, probe: Any = None, **options: Any) -> Regrouped:
    with town.run(probe) as run:
        return regroup(run, pupils, **options)


def ids(town: ClassTown, group: str, tab: str) -> set[str]:
    """Ids of the rows of a tab in which anything stands."""
    opened = town.tab_in(group, tab)
    return {str(row[0]) for row in opened.rows()[1:] if any(cell not in ("", "FALSE") for cell in row[2:])}


def everywhere(town: ClassTown) -> dict[str, Counter[str]]:
    """How often each row's id stands, in all workbooks together."""
    return {tab: Counter(i for name in CLASSES for i in ids(town, name, tab)) for tab in TABS}


def standing(town: ClassTown) -> dict[str, Any]:
    """What stands, but for the order of rows and the ids of spare ones."""
    state = town.state()
    cells = {book: {tab: _typed(found) for tab, found in tabs.items()} for book, tabs in state["cells"].items()}
    return {**state, "cells": cells}


def _typed(cells: list[tuple[int, int, object]]) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for row, _, value in cells:
        if not str(value).startswith("formula "):
            rows.setdefault(row, []).append(str(value))
    return sorted(found for found in rows.values() if len(found) > 1)


def test_a_dry_run_lists_who_would_move_and_writes_nothing(town: ClassTown) -> None:
    grown(town).forget_calls()
    told = move(town, dry_run=True)
    (would,) = told.moves
    assert (would.pupil_id, would.here, would.wanted) == ("E1", "5 Elm", "4 Oak")
    assert would.rows >= 4
    assert told.moved == ()
    assert town.writes() == 0


def test_a_moved_pupil_s_rows_stand_in_the_new_workbook_alone_with_their_ids(town: ClassTown) -> None:
    before = everywhere(grown(town))
    result = move(town)
    assert result.moved == ("E1",)
    assert not result.waiting
    assert everywhere(town) == before
    assert "E1" in ids(town, "4 Oak", "Pupils")
    assert {"E1-O1"} <= ids(town, "4 Oak", "Plan")
    assert not any("E1" in i for tab in TABS for i in ids(town, "5 Elm", tab))


def test_typed_values_notes_and_colours_come_along_and_none_stay(town: ClassTown) -> None:
    grown(town)
    before = town.cells_in("5 Elm", "Plan", "E1-O1")
    move(town)
    assert town.cells_in("4 Oak", "Plan", "E1-O1") == before
    assert "Ask her mother first" in str(before)
    assert "Ask her mother first" not in str(town.sheet_in("5 Elm", "Plan"))


def test_labels_and_statuses_of_moved_rows_work_themselves_out(town: ClassTown) -> None:
    move(grown(town))
    town.play()
    tab = town.tab_in("4 Oak", "Pupils")
    row = tab.row_of("E1")
    assert tab.cell("label", row) == "E1 Erin Elmer"
    assert tab.cell("where_we_are", row)
    assert tab.cell("shared", row).startswith("Shared")


def test_copies_and_events_keep_their_ids_and_the_family_is_told_nothing(town: ClassTown) -> None:
    grown(town).play()
    copies = {name: [f.file_id for f in files] for name, files in town.files().copies.items()}
    events = set(town.events())
    move(town)
    town.forget_calls()
    town.play()
    assert {name: [f.file_id for f in files] for name, files in town.files().copies.items()} == copies
    assert set(town.events()) == events
    assert town.calls()["drive.files.create"] == 0


def test_the_new_class_s_workbook_opens_to_whoever_answers_for_the_pupil_only_by_the_next_round(
    town: ClassTown,
) -> None:
    move(grown(town))
    town.play()
    file = town.files().plan_of("4 Oak")
    assert file
    writers = {p.email.partition("@")[0] for p in file.permissions or () if p.role == "writer"}
    assert writers == {"teacher.oak", "teacher.elm", "assistant"}


def test_a_second_move_changes_nothing(town: ClassTown) -> None:
    move(grown(town))
    town.play()
    state = town.state()
    town.forget_calls()
    assert move(town).moved == ()
    assert town.state() == state


def test_a_move_costs_a_fixed_number_of_calls_however_many_rows(town: ClassTown) -> None:
    for pupil in ("E1", "E2"):
        town.edit_in("5 Elm", "Pupils", "class_form", pupil, "4 Oak")
    town.forget_calls()
    assert set(move(town).moved) == {"E1", "E2"}
    reads = 1 + len(CLASSES)
    assert town.calls() == {
        "drive.files.list": 2,
        "sheets.spreadsheets.values.batchGetByDataFilter": reads + 1,
        "sheets.spreadsheets.getByDataFilter": 2,
        "sheets.spreadsheets.values.batchUpdateByDataFilter": 1,
        "sheets.spreadsheets.batchUpdate": 1 + 1 + 1 + 1 + 1 + 1,
    }, "lease, rows tagged, noted down, inserted, untagged, ended"


def test_two_who_change_places_both_arrive(town: ClassTown) -> None:
    town.edit_in("5 Elm", "Pupils", "class_form", "E1", "4 Oak")
    town.edit_in("4 Oak", "Pupils", "class_form", "O1", "5 Elm")
    before = everywhere(town)
    result = move(town)
    assert set(result.moved) == {"E1", "O1"}
    assert everywhere(town) == before
    assert "O1" in ids(town, "5 Elm", "Pupils")


def test_a_pupil_is_moved_to_a_class_that_has_no_workbook_yet(town: ClassTown) -> None:
    result = move(town, "E1", to="3 Yew")
    assert result.made == ("3 Yew",)
    assert result.moved == ("E1",)
    assert "E1" in ids(town, "3 Yew", "Pupils")
    assert not [p for p in town.play().problems if "classes move" in p.message]


def test_a_class_is_added_with_two_calls_and_once(town: ClassTown) -> None:
    with town.run() as run:
        assert add_class(run, "3 Yew", dry_run=True).made == ("3 Yew",)
    assert town.files().plan_of("3 Yew") is None
    town.forget_calls()
    with town.run() as run:
        assert add_class(run, "3 Yew").made == ("3 Yew",)
    assert town.calls()["drive.files.create"] == 1
    assert town.calls()["sheets.spreadsheets.batchUpdate"] == 1 + 2, "made; lease taken and given back"
    with town.run() as run:
        assert add_class(run, "3 yew ").made == ()


def test_a_pupil_with_something_in_a_column_of_the_school_s_own_is_not_moved_where_it_would_be_lost(
    town: ClassTown,
) -> None:
    tab = town.tab_in("5 Elm", "Pupils")
    tab.do("appendDimension", {"sheetId": tab.sheet_id, "dimension": "COLUMNS", "length": 1})
    width = len(tab.rows("1:1")[0])
    tab.put(1, width, "House")
    tab.put(tab.row_of("E1"), width, "Red")
    grown(town)
    result = move(town)
    assert result.moved == ()
    assert "House" in result.waiting[0].message
    other = town.tab_in("4 Oak", "Pupils")
    other.do("appendDimension", {"sheetId": other.sheet_id, "dimension": "COLUMNS", "length": 1})
    other.put(1, width, "House")
    assert move(town).moved == ("E1",)
    assert other.rows()[other.row_of("E1") - 1][width] == "Red"


def test_an_unknown_pupil_moves_nobody(town: ClassTown) -> None:
    with pytest.raises(Invalid, match="NOBODY"):
        move(town, "NOBODY", to="4 Oak")


@functools.cache
def _waiting() -> snapshots.Snapshot:
    town = grown(class_town(CLASSES))
    town.forget_calls()
    return snapshots.take(town.sandbox.workspace)


@functools.cache
def _moved() -> tuple[list[snapshots.Snapshot], dict[str, Any], int]:
    """Every state a move leaves Google in, what stands after the round that follows, and its requests."""
    town = restored(_waiting())
    counter = Killer()
    states = left_behind(town, lambda: move(town, probe=counter))
    town.play()
    return states, standing(town), counter.seen


def restored(snapshot: snapshots.Snapshot) -> ClassTown:
    town = class_town(CLASSES, begin=False)
    snapshots.restore(town.world, snapshot)
    return ClassTown(town.world)


@pytest.mark.parametrize(("by", "first"), [("another move", 0), ("a round", 1)])
def test_a_move_killed_at_any_call_is_ended_by_the_next_run(by: str, first: int) -> None:
    states, expected, _ = _moved()
    assert len(states) > 5
    for number, state in list(enumerate(states))[first::2]:
        town = restored(state)
        town.now += SECONDS + 1
        if by == "a round":
            assert not [p for p in town.play().problems if "two workbooks" in p.message]
        move(town)
        town.play()
        assert standing(town) == expected, f"killed in state {number} of {len(states)}, ended by {by}"


def test_a_teacher_who_sorts_between_any_two_calls_loses_no_row(town: ClassTown) -> None:
    _, _, requests = _moved()
    before = everywhere(restored(_waiting()))
    for nth in range(1, requests + 1, 2):
        town = restored(_waiting())
        tabs = [town.tab_in(name, "Plan") for name in ("5 Elm", "4 Oak")]
        descending = [functools.partial(tab.sort, "target", ascending=bool(nth % 4 == 1)) for tab in tabs]
        move(town, probe=Between(lambda acts=descending: [act() for act in acts], nth))
        move(town)
        assert everywhere(town) == before, f"sorted before request {nth}"
        assert "E1-O1" in ids(town, "4 Oak", "Plan")


def test_what_a_teacher_types_while_the_pupil_moves_is_kept(town: ClassTown) -> None:
    """There is one moment in which it is not: between the last look at the rows and the call that empties them."""
    _, _, requests = _moved()
    lost = []
    for nth in range(2, requests + 1, 2):
        town = restored(_waiting())
        tab = town.tab_in("5 Elm", "Plan")

        wrote: list[bool] = []

        def typed(tab: Any = tab, wrote: list[bool] = wrote) -> None:
            if "E1-O1" in tab.column("outcome_id"):
                wrote.append(True)
                tab.type("baseline", tab.row_of("E1-O1"), "Typed meanwhile")

        move(town, probe=Between(typed, nth))
        move(town)
        other = town.tab_in("4 Oak", "Plan")
        told = other.cell("baseline", other.row_of("E1-O1"))
        gone = "E1-O1" not in tab.column("outcome_id")
        assert gone, nth
        lost += [] if told == "Typed meanwhile" or not wrote else [nth]
    assert len(lost) <= 1, lost


def test_of_two_moves_at_once_one_gives_way_and_nothing_is_doubled() -> None:
    _, expected, requests = _moved()
    for nth in range(1, requests + 1, 4):
        town = restored(_waiting())
        second = ClassTown(town.world)
        second.ids = iter(range(1000, 2000))
        outcomes = []

        def other(second: ClassTown = second, outcomes: list[str] = outcomes) -> None:
            try:
                move(second)
            except InUse:
                outcomes.append("gave way")

        try:
            move(town, probe=Between(other, nth))
        except InUse:
            outcomes.append("gave way")
        town.play()
        assert standing(town) == expected, nth


def test_a_whole_school_becomes_one_workbook_a_class_and_back_again(town: ClassTown) -> None:
    whole = class_town(CLASSES, begin=False, shape=WHOLE_SCHOOL)
    whole.begin()
    copies = {name: [f.file_id for f in files] for name, files in whole.files().copies.items()}
    whole.set_shape(CLASS)
    assert any("classes regroup" in note for note in whole.play().notes)
    result = move(whole)
    assert len(result.moved) == 2 * len(CLASSES)
    assert set(result.made) == set(CLASSES)
    assert result.retired == (WHOLE_SCHOOL,)
    settled = whole.play()
    assert not settled.problems
    assert [f.name.startswith("Not in use") for f in whole.files().retired] == [True]
    whole.set_shape("whole school")
    back = move(whole)
    assert set(back.retired) == set(CLASSES)
    assert len(whole.files().plans) == 1
    whole.play()
    assert {name: [f.file_id for f in files] for name, files in whole.files().copies.items()} == copies
    assert move(whole).moved == ()


def test_a_killed_move_says_so_to_nobody_but_the_lease(town: ClassTown) -> None:
    grown(town)
    with pytest.raises(Killed):
        move(town, probe=Killer(9))
    with pytest.raises(InUse):
        move(town)
