"""One cell at a time: what is understood, and what is said about the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables_sample import CATALOGUE

from sheets_templates.readback import Reading, fingerprint, read
from sheets_templates.readback_values import read_cells
from sheets_templates.schema import Cell, Column, Table

SERIAL = 46368
DAY = date(2026, 12, 12)


def table_of(key: str) -> Table:
    return CATALOGUE.table(key)


def grid(key: str, *rows: dict[str, Cell]) -> list[list[Cell]]:
    """A tab under today's headers."""
    columns = table_of(key).columns
    return [[c.header for c in columns], *([row.get(c.key) for c in columns] for row in rows)]


def reading(which: Any, options: dict[str, Any] | None = None, **tabs: Sequence[dict[str, Cell]]) -> Reading:
    grids = {table.sheet_id: grid(table.key) for table in CATALOGUE.workbook(which)}
    grids |= {table_of(key).sheet_id: grid(key, *rows) for key, rows in tabs.items()}
    return read(CATALOGUE, which, grids, **(options or {}))


def one(key: str, column: str, cell: Cell) -> tuple[object, list[str]]:
    """What one cell reads as in an otherwise empty row, and what is said about it."""
    which = table_of(key).workbook
    id_column = table_of(key).id_column
    found = reading(which, **{key: [{(id_column.key if id_column else "note"): "X1", column: cell}]})
    rows = found.tables[key].rows
    return (rows[0].values.get(column) if rows else None), [problem.message for problem in found.problems]


@pytest.mark.parametrize(
    ("key", "column", "cell", "value"),
    [
        ("pupils", "dob", SERIAL, DAY),
        ("pupils", "dob", 46368.5, DAY),
        ("pupils", "dob", " 12th Dec 2026\u00a0", DAY),
        ("pupils", "dob", "12/12/26", DAY),
        ("meetings", "start_time", 0.6458333333333334, time(15, 30)),
        ("meetings", "start_time", "3.30pm", time(15, 30)),
        ("meetings", "minutes", 45.0, 45.0),
        ("meetings", "minutes", "1,000", 1000.0),
        ("outcomes", "baseline_rating", 3.0, 3),
        ("outcomes", "baseline_rating", "3", 3),
        ("log", "response", 0, 0),
        ("pupils", "ready_to_share", "Yes", True),
        ("pupils", "ready_to_share", "✓", True),
        ("pupils", "ready_to_share", 1, True),
        ("pupils", "ready_to_share", "no", False),
        ("pupils", "year_group", 5.0, "Y5"),
        ("pupils", "year_group", " year 5 ", "Y5"),
        ("pupils", "sen_status", "EHC plan", "E"),
        ("outcomes", "decision", "achieved - new outcome", "Achieved – new outcome"),
        ("provision", "evidence_basis", "School’s own data", "School's own data"),
        ("provision", "kind", "1 to 1", "1:1"),
        ("contacts", "restriction_kind", "No information", "no_information"),
        ("contacts", "relationship", "  Great-aunt ", "Great-aunt"),
        ("contacts", "relationship", "mother", "Mother"),
        ("pupils", "upn", 123456789012.0, "123456789012"),
        ("pupils", "known_as", "\u200b \u00a0Tomek\ufeff", "Tomek"),
        ("pupils", "strengths", "“smart” – it’s\x00 kept", "“smart” – it’s kept"),
        ("pupils", "strengths", '=HYPERLINK("x")', '=HYPERLINK("x")'),
        ("pupils", "strengths", "שלום \u202babc\u202c e\u0301", "שלום \u202babc\u202c e\u0301"),
        ("pupils", "strengths", "x" * 50_000, "x" * 50_000),
    ],
)
def test_a_cell_is_understood(key: str, column: str, cell: Cell, value: object) -> None:
    assert one(key, column, cell) == (value, [])


@pytest.mark.parametrize(
    ("key", "column", "cell", "told"),
    [
        ("pupils", "dob", "31/2/2026", "“31/2/2026” is not a date we can read"),
        ("pupils", "dob", 3, "“3” is not a date we can read"),
        ("pupils", "dob", True, "“TRUE” is not a date"),
        ("meetings", "start_time", "after lunch", "not a time we can read"),
        ("meetings", "start_time", 15.3, "not a time we can read"),
        ("provision", "minutes_per_session", "10 mins", "“10 mins” should be a number from 0 to 1440, without words"),
        ("outcomes", "baseline_rating", 11, "should be a whole number from 1 to 10"),
        ("outcomes", "baseline_rating", 2.5, "should be a whole number from 1 to 10"),
        ("cycles", "cycle_number", "1e400", "should be a whole number"),
        ("pupils", "ready_to_share", "soon", "should be ticked or not"),
        (
            "cycles",
            "stage",
            "Reveiw",
            "is not one of the choices: Assess, Plan, Do, Review, Closed. Did you mean “Review”?",
        ),
        ("contacts", "restriction_kind", "ask the head", "is not one of the choices: none, redact, no_information"),
        ("outcomes", "pupil", "P99 Nobody", "“P99 Nobody” does not start with the id of a row on Pupils"),
        ("outcomes", "pupil", "?? Ela", "does not start with the id"),
        ("provision", "outcomes", ";;", "names no row on Plan"),
        ("pupils", "strengths", "#REF!", "shows the error #REF!"),
        ("pupils", "strengths", "x" * 50_001, "longer than 50,000 characters"),
        ("pupils", "strengths", "😀" * 25_001, "longer than 50,000 characters"),
    ],
)
def test_a_cell_that_is_not_understood_is_one_problem_and_reads_as_empty(
    key: str, column: str, cell: Cell, told: str
) -> None:
    value, problems = one(key, column, cell)
    assert value is None
    assert len(problems) == 1
    assert told in problems[0]


def test_a_problem_names_its_cell_and_the_rest_of_the_row_is_read() -> None:
    found = reading(
        "plan", outcomes=[{}, {"outcome_id": "O1", "outcome": "Reads", "expected_rating": "lots", "target": "3/5"}]
    )
    assert [problem.cell for problem in found.problems] == ["Plan!N3"]
    (row,) = found.tables["outcomes"].rows
    assert (row.values["outcome"], row.values["target"]) == ("Reads", "3/5")
    assert row.cells["expected_rating"] == "Plan!N3"
    assert row.cells["actual"] == "Plan!T3"
    assert found.tables["outcomes"].unreadable_ids == {"O1"}


def test_addresses_use_todays_title_with_quotes_where_it_needs_them() -> None:
    options = {"titles": {table_of("outcomes").sheet_id: "Mum's plan"}}
    found = reading("plan", options, outcomes=[{"outcome_id": "O1", "expected_rating": "lots"}])
    assert [problem.cell for problem in found.problems] == ["'Mum''s plan'!N2"]


def test_an_unclear_restriction_stays_unread_so_that_nothing_is_shared() -> None:
    found = reading("senco", contacts=[{"contact_id": "C1", "name": "Bo", "restriction_kind": "???"}])
    assert "restriction_kind" not in found.tables["contacts"].rows[0].values


def test_references_are_the_ids_that_labels_start_with() -> None:
    pupils = [{"pupil_id": "P09", "first_name": "Amara", "accountable_staff": "ST1 Jo Ash; st2 Al Oak;"}]
    cycles = [{"cycle_id": "P09-C1", "pupil": " p09  Amara"}]
    outcomes = [{"outcome_id": "O1", "pupil": "P09 Amara", "cycle": "P09-C1 P09 Amara 1"}]
    provision = [{"provision_id": "V1", "outcomes": "O1, o1"}]
    options = {"known": {"staff": ["ST1", "ST2"]}}
    found = reading("plan", options, pupils=pupils, cycles=cycles, outcomes=outcomes, provision=provision)
    assert found.problems == ()
    rows = {key: found.tables[key].rows[0].values for key in ("pupils", "cycles", "outcomes", "provision")}
    assert rows["pupils"]["accountable_staff"] == ("ST1", "ST2")
    assert rows["cycles"]["pupil"] == "P09"
    assert rows["outcomes"]["cycle"] == "P09-C1"
    assert rows["provision"]["outcomes"] == ("O1",)


def test_a_person_of_the_other_workbook_is_checked_only_where_that_list_is_given() -> None:
    meetings = [{"meeting_id": "M1", "staff": "ST7 Kay"}]
    assert reading("plan", meetings=meetings).problems == ()
    found = reading("plan", {"known": {"staff": ["ST1"]}}, meetings=meetings)
    assert [problem.cell for problem in found.problems] == ["Meetings!I2"]


def test_rows_that_hold_only_our_own_cells_are_passed_over_in_silence() -> None:
    spare = {"pupil_id": "P-0000", "label": "#REF!", "interpreter_needed": False, "where_we_are": "", "shared": "x"}
    found = reading("plan", pupils=[spare, {**spare, "first_name": "  \u200b"}])
    assert found.tables["pupils"].rows == ()
    assert found.problems == ()


def test_a_row_without_an_id_and_a_copied_row_are_set_apart_with_their_labels() -> None:
    rows = [
        {"meeting_id": "M1", "pupil": "P1", "type": "PCP", "note": "first"},
        {"meeting_id": " m1 ", "pupil": "P1", "type": "PCP", "note": "copy"},
        {"pupil": "P1", "type": "Interim"},
    ]
    pupils = [{"pupil_id": "P1", "first_name": "Ela"}]
    found = reading("plan", pupils=pupils, meetings=rows).tables["meetings"]
    assert [row.values["note"] for row in found.rows] == ["first"]
    assert [(each.row_index, each.label) for each in found.missing_ids] == [(3, "P1 · Interim")]
    assert [(each.id, each.row_index, each.row.values["note"]) for each in found.duplicate_ids] == [("m1", 2, "copy")]


def test_an_id_that_someone_overwrote_is_a_problem_and_the_row_waits() -> None:
    found = reading("plan", pupils=[{"pupil_id": "see above", "first_name": "Ela"}])
    assert [problem.cell for problem in found.problems] == ["Pupils!A2"]
    assert found.tables["pupils"].rows == ()
    assert found.tables["pupils"].missing_ids == ()


def test_a_fingerprint_changes_with_a_value_and_not_with_the_place() -> None:
    def row_of(*rows: dict[str, Cell]) -> str:
        return fingerprint(reading("plan", pupils=rows).tables["pupils"].rows[-1])

    row = {"pupil_id": "P1", "first_name": "Ela", "dob": SERIAL}
    assert row_of(row) == row_of({}, {**row, "interpreter_needed": False, "where_we_are": "Do"})
    assert row_of(row) != row_of({**row, "dob": SERIAL + 1})


def test_a_list_in_a_cell_is_read_line_by_line_without_its_bullets() -> None:
    cell = "• Heavy bag\n\n- den\n2. Humming \n– 3 slow breaths"
    found = reading("plan", relational=[{"relational_id": "RP1", "calm": cell}])
    (row,) = found.tables["relational"].rows
    assert row.values["calm"] == ("Heavy bag", "den", "Humming", "3 slow breaths")


def test_several_choices_stand_in_one_cell_and_a_wrong_one_is_named() -> None:
    found = reading(
        "plan", cycles=[{"cycle_id": "C1", "sources": "Parent; TA"}, {"cycle_id": "C2", "sources": "x;y"}]
    )
    good, bad = found.tables["cycles"].rows
    assert good.values["sources"] == ("Parent", "TA / support staff")
    assert "sources" not in bad.values
    assert [problem.cell for problem in found.problems] == [bad.cells["sources"]]


def test_a_link_is_a_link_and_a_word_is_not() -> None:
    rows = [{"profile_id": "P1", "photo": "https://drive.google.com/x"}, {"profile_id": "P2", "photo": "on my desk"}]
    found = reading("plan", profiles=rows)
    assert found.tables["profiles"].rows[0].values["photo"] == "https://drive.google.com/x"
    assert ["is not a link" in problem.message for problem in found.problems] == [True]


CELLS: list[Cell] = [
    *(None, "", " ", True, False, 1, 1.0, 0, 0.0, 12, 46368, 0.5),
    *("1", "0", "TRUE", "yes", "#REF!", "K", " K ", "P1 Amara", "P1, P2", "Ω", "3/9/26", "\x00", "a\nb"),
]
EVERY_COLUMN = [column for table in CATALOGUE.tables.values() for column in table.inputs]


@given(column=st.sampled_from(EVERY_COLUMN), cells=st.lists(st.sampled_from(CELLS), max_size=12))
def test_what_a_cell_says_does_not_depend_on_the_cells_it_stands_with(column: Column, cells: list[Cell]) -> None:
    values, unread = read_cells(column, cells, {"p1": "P1"}, "Pupils")
    for place, cell in enumerate(cells):
        alone, why = read_cells(column, [cell], {"p1": "P1"}, "Pupils")
        assert [repr(values[place])] == [repr(value) for value in alone]
        assert unread.get(place) == why.get(0)
