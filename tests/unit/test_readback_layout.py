"""However people move, rename, insert and sort, the same records come back."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_sample import CATALOGUE, PLAN, SENCO

from sheets_templates.dates import to_serial
from sheets_templates.grids import grids_from
from sheets_templates.readback import Reading, read
from sheets_templates.schema import Catalogue, Table

Grids = dict[int, list[list[Any]]]
KNOWN = {"staff": ("ST1", "ST2"), "pupils": ("P1", "P2"), "contacts": ("C1", "C2")}


def grids(which: Any, starter: Mapping[str, Any]) -> Grids:
    made = grids_from(CATALOGUE, which, starter=starter, id_salt="t", spare_rows=3)
    return {sheet: [list(row) for row in rows] for sheet, rows in made.items()}


def records(reading: Reading) -> dict[str, dict[str, Any]]:
    return {key: {row.id: dict(row.values) for row in found.rows} for key, found in reading.tables.items()}


PLAN_GRIDS = grids("plan", PLAN)
PLAN_RECORDS = records(read(CATALOGUE, "plan", PLAN_GRIDS, known=KNOWN))


@pytest.mark.parametrize(("which", "starter"), [("plan", PLAN), ("senco", SENCO)])
def test_what_a_workbook_is_made_with_is_what_is_read_back(which: Any, starter: dict[str, Any]) -> None:
    found = read(CATALOGUE, which, grids(which, starter), known=KNOWN)
    assert (found.problems, found.missing_columns) == ((), ())
    for key, rows in starter.items():
        table = CATALOGUE.table(key)
        assert [dict(row.values) for row in found.tables[key].rows] == [
            expected(CATALOGUE, table, row) for row in rows
        ]


def expected(catalogue: Catalogue, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A starter row as it should come back: references as ids, checkboxes always there."""
    found: dict[str, Any] = {}
    for column in table.inputs:
        value = row.get(column.key)
        if column.ref and value:
            ids = [str(each).split()[0] for each in (value if isinstance(value, tuple) else (value,))]
            value = tuple(ids) if column.kind == "refs" else ids[0]
        if column.kind == "bool":
            value = bool(value)
        if value not in (None, "") and column.kind != "id":
            found[column.key] = value
    return found


def _shuffled_columns(grid: list[list[Any]], chance: random.Random) -> tuple[list[list[Any]], list[int]]:
    """The grid with its columns in another order, and where each of them came from."""
    order = list(range(len(grid[0])))
    chance.shuffle(order)
    return [[row[place] if place < len(row) else None for place in order] for row in grid], order


def _teacher(grid: list[list[Any]], keys: list[str], chance: random.Random) -> tuple[list[list[Any]], dict[int, str]]:
    """A tab after a busy term, with the tags that travelled with its columns."""
    grid, order = _shuffled_columns(grid, chance)
    tags = {place: keys[origin] for place, origin in enumerate(order)}
    header, rows = grid[0], grid[1:]
    chance.shuffle(rows)
    for place in range(len(header)):
        if chance.random() < 0.2:
            header[place] = chance.choice(("Our own word", "", None, "Colour", header[place].upper() + " ?"))
    for _ in range(chance.randrange(3)):
        rows.insert(chance.randrange(len(rows) + 1), [])
    for _ in range(chance.randrange(3)):
        place = chance.randrange(len(header) + 1)
        header.insert(place, chance.choice(("Ideas", "Traffic light", None)))
        for row in rows:
            row[place:place] = [chance.choice((None, "x", 4.0))] if len(row) >= place else []
        tags = {at + (at >= place): key for at, key in tags.items()}
    titled = [["Class 3 Ash, autumn"], []][: chance.randrange(3)]
    return [*titled, header, *rows], tags


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_no_rearranging_changes_the_records(seed: int) -> None:
    chance = random.Random(seed)
    edited, tags = {}, {}
    for table in CATALOGUE.workbook("plan"):
        grid = [list(row) for row in PLAN_GRIDS[table.sheet_id]]
        keys = [column.key for column in table.columns]
        edited[table.sheet_id], places = _teacher(grid, keys, chance)
        tags |= {(table.sheet_id, place): key for place, key in places.items()}
    found = read(CATALOGUE, "plan", edited, column_tags=tags, known=KNOWN)
    assert found.problems == ()
    assert records(found) == PLAN_RECORDS


def test_a_renamed_column_is_asked_for_and_found_by_its_tag() -> None:
    sheet, place = CATALOGUE.table("outcomes").sheet_id, CATALOGUE.table("outcomes").positions["measure"]
    edited = {**PLAN_GRIDS, sheet: [list(row) for row in PLAN_GRIDS[sheet]]}
    edited[sheet][0][place] = "Evidence, please"
    assert read(CATALOGUE, "plan", edited).missing_columns == (("outcomes", "measure"),)
    tagged = read(CATALOGUE, "plan", edited, column_tags={(sheet, place): "measure"})
    assert (tagged.missing_columns, tagged.problems) == ((), ())
    assert tagged.tables["outcomes"].columns["measure"] == place


def test_a_deleted_column_is_a_problem_that_says_so_and_the_rest_is_read() -> None:
    sheet, place = CATALOGUE.table("outcomes").sheet_id, CATALOGUE.table("outcomes").positions["target"]
    edited = {**PLAN_GRIDS, sheet: [[*row[:place], *row[place + 1 :]] for row in PLAN_GRIDS[sheet]]}
    found = read(CATALOGUE, "plan", edited, column_tags={})
    assert [
        (p.cell, p.message.startswith("The column 'Next step this cycle' is missing")) for p in found.problems
    ] == [("Plan!A1", True)]
    assert len(found.tables["outcomes"].rows) == 2


def test_headers_are_known_in_any_spelling_and_by_their_other_names() -> None:
    sheet = CATALOGUE.table("outcomes").sheet_id
    places = CATALOGUE.table("outcomes").positions
    edited = {**PLAN_GRIDS, sheet: [list(row) for row in PLAN_GRIDS[sheet]]}
    edited[sheet][0][places["measure"]] = " HOW  will we “know” "
    edited[sheet][0][places["outcome"]] = "outcome:"
    edited[sheet][0][places["baseline_rating"]] = "baseline_rating"
    assert records(read(CATALOGUE, "plan", edited)) == PLAN_RECORDS


def test_of_two_columns_with_one_header_the_first_is_read_unless_the_tag_knows_better() -> None:
    sheet, place = CATALOGUE.table("meetings").sheet_id, CATALOGUE.table("meetings").positions["note"]
    rows = [[*row[:1], "Note" if not index else "mine", *row[1:]] for index, row in enumerate(PLAN_GRIDS[sheet])]
    first = read(CATALOGUE, "plan", {**PLAN_GRIDS, sheet: rows})
    assert [problem.cell for problem in first.problems] == [
        "Meetings!P1",
        "Meetings!C3",
        "Meetings!C4",
        "Meetings!C5",
    ]
    assert first.tables["meetings"].rows[0].values["note"] == "mine"
    tagged = read(CATALOGUE, "plan", {**PLAN_GRIDS, sheet: rows}, column_tags={(sheet, place + 1): "note"})
    assert tagged.problems == ()
    assert records(tagged) == PLAN_RECORDS


def test_rows_whose_pupil_was_merged_away_are_told_with_their_cells() -> None:
    sheet, place = CATALOGUE.table("outcomes").sheet_id, CATALOGUE.table("outcomes").positions["pupil"]
    edited = {**PLAN_GRIDS, sheet: [list(row) for row in PLAN_GRIDS[sheet]]}
    edited[sheet][2][place] = None
    found = read(CATALOGUE, "plan", edited, known=KNOWN)
    assert [(problem.cell, "which pupil" in problem.message) for problem in found.problems] == [("Plan!B3", True)]
    assert [row.values.get("target") for row in found.tables["outcomes"].rows] == [None, "3/5"]


def test_a_tab_that_is_gone_or_empty_reads_as_no_rows() -> None:
    found = read(CATALOGUE, "plan", {})
    assert all(not each.rows for each in found.tables.values())
    assert ("pupils", "pupil_id") in found.missing_columns


CELLS = st.one_of(
    st.none(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=12), st.just("P1")
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=9), max_size=6))
def test_nothing_that_people_type_stops_the_reading(rows: list[list[Any]]) -> None:
    header = [column.header for column in CATALOGUE.table("log").columns]
    found = read(CATALOGUE, "plan", {CATALOGUE.table("log").sheet_id: [header, *rows]})
    told = [problem.cell for problem in found.problems]
    assert len(told) == len(set(told))


HOSTILE = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="\u200b\u2060\ufeff\u180e\ufffe\uffff#"
    ),
    min_size=1,
)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        HOSTILE, st.sampled_from(("=1+1", "{{ 7*7 }}", "{% for %}", "<b>&", "'quoted", "+44 7700", "3/5", "TRUE"))
    )
)
def test_every_text_comes_back_as_it_went_in(text: str) -> None:
    starter = {"pupils": [{"pupil_id": "P1", "first_name": text, "strengths": text}]}
    (row,) = read(CATALOGUE, "plan", grids("plan", starter)).tables["pupils"].rows
    assert row.values["first_name"] == row.values["strengths"] == text


@given(st.dates(date(1950, 1, 1), date(2149, 12, 31)), st.times().map(lambda t: t.replace(second=0, microsecond=0)))
@settings(max_examples=40, deadline=None)
def test_every_date_and_time_comes_back_as_it_went_in(day: date, moment: time) -> None:
    starter = {"meetings": [{"meeting_id": "M1", "date": day, "start_time": moment}]}
    (row,) = read(CATALOGUE, "plan", grids("plan", starter)).tables["meetings"].rows
    assert (row.values["date"], row.values["start_time"]) == (day, moment)


def test_sixteen_hundred_rows_are_all_read() -> None:
    header = [column.header for column in CATALOGUE.table("log").columns]
    serial = to_serial(date(2026, 9, 1))
    rows = [
        [f"L{n}", "P1 Ela Örnek", "P1-C1-V1 Ela", serial + n % 60, n % 5 > 0, "ST1 Jo", n % 4, ""]
        for n in range(1614)
    ]
    edited = {**PLAN_GRIDS, CATALOGUE.table("log").sheet_id: [header, *rows]}
    found = read(CATALOGUE, "plan", edited, known=KNOWN)
    assert len(found.tables["log"].rows) == 1614
