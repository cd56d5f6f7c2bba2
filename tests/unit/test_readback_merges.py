"""Cells that a merge hides are told one by one, whatever column they are in, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_templates import catalogue
from sheets_templates.grids import grids_from
from sheets_templates.readback import read
from sheets_templates.readback_merges import filled_mark, has_merged, with_merges
from sheets_templates.reading import Reading
from sheets_templates.standing import Merge

CATALOGUE = catalogue.load()
PLAN = CATALOGUE.table("outcomes")
PLACES = PLAN.positions
ROWS = [
    {"outcome_id": f"O{number}", "pupil": "P1", "cycle": "C1", "outcome": f"Outcome {number}", "note": "Rang home."}
    for number in (1, 2, 3)
]


def reading(*emptied: tuple[int, str]) -> Reading:
    """Three outcomes, these cells (row from 1, column) empty as a merge leaves them."""
    rows = [{key: value for key, value in row.items() if key in PLACES} for row in ROWS]
    grids = dict(grids_from(CATALOGUE, "plan", starter={"outcomes": rows}, id_salt="t", spare_rows=2))
    grid = [list(row) for row in grids[PLAN.sheet_id]]
    for row, key in emptied:
        grid[row][PLACES[key]] = None
    return read(CATALOGUE, "plan", {**grids, PLAN.sheet_id: grid})


def merged(found: Reading, **sides: int) -> Reading:
    return with_merges(CATALOGUE, found, {PLAN.sheet_id: [Merge(**sides)]})


def down(key: str, first: int = 1, end: int = 3) -> dict[str, int]:
    return {"top": first, "bottom": end, "left": PLACES[key], "right": PLACES[key] + 1}


@pytest.mark.parametrize("key", ["outcome", "target", "outcome_id"])
def test_the_cell_that_a_merge_hides_is_named_and_so_is_the_one_that_is_left(key: str) -> None:
    before = reading((2, key))
    found = merged(before, **down(key))
    left, problem = [p for p in found.problems if p not in before.problems]
    assert left.cell == before.tables["outcomes"].rows[0].cells[key]
    assert "may have stood in one of them" in left.message
    row = next(
        r
        for r in (*before.tables["outcomes"].rows, *(m.row for m in before.tables["outcomes"].missing_ids))
        if r.row_index == 2
    )
    assert problem.cell == row.cells[key]
    assert "merged with" in problem.message
    assert has_merged(found)


def test_rows_of_a_merge_are_unreadable_so_that_neither_a_lack_nor_another_s_words_are_believed() -> None:
    before = reading((2, "target"))
    assert "O2" in merged(before, **down("target")).tables["outcomes"].unreadable_ids
    clean = {"rows": before.tables["outcomes"].rows, "unreadable_ids": frozenset[str]()}
    table = replace(before.tables["outcomes"], **clean)
    found = merged(replace(before, tables={**before.tables, "outcomes": table}), **down("target"))
    assert found.tables["outcomes"].unreadable_ids == {"O1", "O2"}


def test_a_row_whose_id_is_hidden_is_given_no_other_in_the_meantime() -> None:
    before = reading((2, "outcome_id"))
    assert before.tables["outcomes"].missing_ids
    assert merged(before, **down("outcome_id")).tables["outcomes"].missing_ids == ()


@pytest.mark.parametrize("sides", [down("target", 0, 1), down("target", 40, 42)])
def test_merged_titles_and_merges_below_the_rows_are_nothing_to_tell(sides: dict[str, int]) -> None:
    before = reading()
    assert merged(before, **sides) == before


def test_one_cell_has_one_problem() -> None:
    found = merged(reading((2, "pupil")), **down("pupil"))
    cells = [problem.cell for problem in found.problems]
    assert len(cells) == len(set(cells))


def test_the_mark_differs_where_a_cell_was_emptied_and_not_where_one_was_retyped() -> None:
    before = filled_mark(CATALOGUE, reading())
    assert filled_mark(CATALOGUE, reading((2, "outcome"))) != before
    table = reading().tables["outcomes"]
    other = tuple(replace(row, values={**row.values, "outcome": "Said otherwise"}) for row in table.rows)
    retyped = replace(reading(), tables={**reading().tables, "outcomes": replace(table, rows=other)})
    assert filled_mark(CATALOGUE, retyped) == before
