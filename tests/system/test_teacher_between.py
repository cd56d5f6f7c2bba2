"""A teacher goes on working while a run is on: whatever they do between any two requests, no row gets what is
another row's."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest
import snapshots
from browser_person import Tab
from town import TODAY, Between, Killer, Town, begun_snapshot, small_sample

from sheets_templates.ids import is_id


def waiting_school() -> Town:
    """The school with a moved meeting, a changed outcome and a new row that has no id."""
    town = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(town.world, _waiting())
    return town


@functools.cache
def _waiting() -> snapshots.Snapshot:
    town = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(town.world, begun_snapshot())
    town.edit("Meetings", "date", "M050", "2026-12-05")
    town.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    tab = town.tab("Meetings")
    free = len(small_sample_meetings()) + 2
    for column, value in {"pupil": "P10 Noah Testerby", "date": "2026-12-16", "status": "Booked"}.items():
        tab.type(column, free, value)
    tab.type("meeting_id", free, "")
    return snapshots.take(town.sandbox.workspace)


def small_sample_meetings() -> list[str]:
    return [
        row["meeting_id"] for row in small_sample().tables["meetings"] if row["pupil_id"] in ("P10", "P11", "P12")
    ]


@functools.cache
def requests_of_a_run() -> int:
    town, counter = waiting_school(), Killer()
    town.play(probe=counter)
    return counter.seen


def rows_by_id(tab: Tab) -> dict[str, tuple[str, str]]:
    """Each id that has content: its row's pupil and note, which nobody changes here."""
    ids, pupils, statuses = tab.column("meeting_id"), tab.column("pupil"), tab.column("date")
    found = [(i, (p, s)) for i, p, s in zip(ids, pupils, statuses, strict=False) if p]
    assert len(found) == len(dict(found)), "two rows carry one id"
    return dict(found)


EDITS: dict[str, Callable[[Tab], None]] = {
    "sorts the rows": lambda tab: tab.sort("date"),
    "inserts a row above": lambda tab: tab.insert_row(2),
    "copies a row over a spare one": lambda tab: tab.copy_row(3, len(tab.rows())),
    "moves a column": lambda tab: tab.move_column("date", 9),
    "renames the tab": lambda tab: tab.rename("Parents' meetings"),
}


def moments(number: int) -> range:
    """Every third moment of a run for the sort; for each other edit every seventh, and not the same ones."""
    return range(1 + number, requests_of_a_run() + 1, 7 if number else 3)


@pytest.mark.parametrize("number", range(len(EDITS)), ids=list(EDITS))
def test_no_row_gets_another_row_s_id_link_or_status(number: int) -> None:
    act = list(EDITS.values())[number]
    for nth in moments(number):
        town = waiting_school()
        tab = town.tab("Meetings")
        before = {i: seen for i, seen in rows_by_id_or_none(tab).items() if i}
        town.play(probe=Between(lambda tab=tab: act(tab), nth))
        town.play()
        after = rows_by_id(tab)
        assert all(is_id(row_id) for row_id in after), nth
        assert {i: after[i] for i in before} == before, nth
        statuses = dict(zip(tab.column("meeting_id"), tab.column("in_calendar"), strict=False))
        assert (statuses["M050"], statuses["M051"]) == ("In Calendar", "In Calendar"), nth
        assert [statuses.get(i, "") for i in ("M034", "M041")] == ["", ""], nth
        assert town.event("M050").start.startswith("2026-12-05"), nth
        town.forget_calls()
        town.play()
        assert town.writes() == 0, nth


def rows_by_id_or_none(tab: Tab) -> dict[str, tuple[str, str]]:
    ids, pupils, dates = tab.column("meeting_id"), tab.column("pupil"), tab.column("date")
    return {i: (p, d) for i, p, d in zip(ids, pupils, dates, strict=False) if p}


def test_a_row_without_an_id_gets_one_and_its_meeting_is_booked() -> None:
    town = waiting_school()
    town.play()
    booked = {e.properties["senplans_meeting"]: e for e in town.events().values()}
    (new,) = set(booked) - {"M050", "M051"}
    assert is_id(new)
    assert booked[new].start == "2026-12-16"
    assert town.meeting_status(new) == "In Calendar"


def test_a_copied_row_gets_an_id_of_its_own_and_the_first_one_keeps_the_event(school: Town) -> None:
    tab = school.tab("Meetings")
    before = school.event("M050")
    spare = len(tab.rows())
    tab.copy_row(tab.row_of("M050"), spare)
    tab.type("date", spare, "2026-12-18")
    (told,) = school.play().problems
    assert told.cell == f"Meetings!A{spare}"
    assert "M050" in told.message
    own = tab.cell("meeting_id", spare)
    assert is_id(own)
    assert own != "M050"
    assert school.event("M050") == before
    assert school.event(own).start.startswith("2026-12-18")
    school.forget_calls()
    school.play()
    assert school.writes() == 0


def test_a_copied_pupil_or_outcome_row_never_takes_over_the_first_one_s_copy(school: Town) -> None:
    before = school.text("P11", "H1")
    tab = school.tab("Plan")
    tab.copy_row(tab.row_of("P10-C3-O1"), len(tab.rows()))
    result = school.play()
    assert {name[0] for name in result.written} <= {"P10"}
    assert school.text("P11", "H1") == before


def test_sorted_moved_renamed_and_inserted_columns_change_nothing(school: Town) -> None:
    for title in ("Pupils", "Meetings"):
        school.tab(title).sort("sen_status" if title == "Pupils" else "date")
    school.tab("Pupils").move_column("last_name", 6)
    school.tab("Plan").move_column("pupil", 6)
    school.tab("Contacts").move_column("restriction_kind", 1)
    school.forget_calls()
    assert school.play().problems == ()
    assert school.writes() == 0


def test_a_renamed_header_is_found_by_its_tag_and_costs_two_reads_more(school: Town) -> None:
    school.tab("Contacts").rename_header("restriction_kind", "Court orders")
    school.forget_calls()
    school.play()
    assert school.writes() == 0
    assert school.readers("P12", "H1") == {("rania.almithal@example.org", "reader")}


def test_a_restriction_column_that_is_gone_shares_with_nobody(school: Town) -> None:
    school.tab("Contacts").delete_column("restriction_kind")
    result = school.play()
    assert result.problems
    assert school.readers("P12", "H1") == set()
    assert school.readers("P11", "H1") == set()
