"""Any school in rows, and the transfer file's way through it without Google: read, taken out, brought in again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import cache
from typing import Any

from hypothesis import strategies as st

from server.plans.transfer.arriving import Arrival, arrival
from server.plans.transfer.leaving import Book, Leaving, leaving
from server.plans.transfer.opening import opened
from server.plans.transfer.policy import BESIDE, travelling_tables
from server.plans.transfer.record import canonical
from sheets_templates import catalogue
from sheets_templates.grids import grids_from
from sheets_templates.readback import read
from sheets_templates.reading import Row
from sheets_templates.schema import Cell, Column, Grid, Workbook

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
KNOWN = catalogue.load()
TABLES = tuple(travelling_tables(KNOWN))
PUPILS = ("P1", "P2")
BOOKS: tuple[Workbook, ...] = ("plan", "senco")


def books(rows: Rows) -> list[Book]:
    """The two workbooks of a school with these rows, as they would be read."""
    return [book(which, rows) for which in BOOKS]


def book(which: Workbook, rows: Rows) -> Book:
    """One of them. Tabs without rows are left out: there are many."""
    own = {table.key: rows[table.key] for table in KNOWN.workbook(which) if table.key in rows}
    made = grids_from(KNOWN, which, starter=own, id_salt="here", spare_rows=1)
    absent = {table.sheet_id for table in KNOWN.workbook(which) if table.key not in own}
    grids: Mapping[int, Grid] = {sheet: grid for sheet, grid in made.items() if sheet not in absent}
    return Book(reading=read(KNOWN, which, grids, absent=absent, older=True), grids=grids)


def sent(rows: Rows, pupil: str = "P1") -> bytes:
    return canonical(KNOWN, gone(rows, pupil).file)


def gone(rows: Rows, pupil: str = "P1") -> Leaving:
    return leaving(KNOWN, books(rows), pupil)


def received(content: bytes, rows: Rows, **how: str) -> Arrival:
    """The plan of bringing a file into a school with these rows."""
    existing: dict[str, list[Row]] = {}
    for each in books(rows):
        for key, table in each.reading.tables.items():
            existing.setdefault(key, []).extend(table.rows)
    taken = {key: {row.id for row in found} for key, found in existing.items()}
    return arrival(KNOWN, opened(KNOWN, content).file, existing, taken, **how)


def with_rows(rows: Rows, plan: Arrival) -> dict[str, list[Mapping[str, Any]]]:
    """The school after the plan's new rows were written."""
    found = {key: list(own) for key, own in rows.items()}
    for add in plan.adds:
        column = KNOWN.table(add.table).id_column
        assert column is not None
        found.setdefault(add.table, []).append({**add.values, column.key: add.row_id})
    return found


@cache
def _cell(table: str, key: str) -> st.SearchStrategy[Any]:
    """What a person might leave in a cell of this column, sense and nonsense."""
    column = KNOWN.table(table).column(key)
    return _right(column) | _nonsense(column)


def _nonsense(column: Column) -> st.SearchStrategy[Cell]:
    if column.kind in ("ref", "refs", "pupil"):
        return st.sampled_from(["nobody", "P2-outcomes-1 of somebody", "#REF!", "st1; st2"])
    odd = st.sampled_from(["=1+1", "#N/A", "- - a", "next week", "'x", "TRUE", "\u200b", "1. 2. b\r\n\n* c"])
    return odd | st.text(max_size=6)


def _right(column: Column) -> st.SearchStrategy[Any]:
    match column.kind:
        case "bool":
            return st.booleans()
        case "date":
            return st.dates(date(1950, 1, 1), date(2149, 12, 31))
        case "time":
            return st.builds(time, st.integers(0, 23), st.integers(0, 59))
        case "number" | "integer" | "rating":
            return st.integers(-2, 40) | st.floats(0, 60, allow_nan=False)
        case "lines":
            return st.lists(st.text(max_size=4), max_size=2).map(tuple)
        case "choice" | "choices":
            values = st.sampled_from([choice.value for choice in column.choices])
            return values if column.kind == "choice" else st.lists(values, max_size=2).map(tuple)
        case "pupil" | "ref" | "refs":
            names = st.sampled_from([f"{pupil}-{column.ref}-{n}" for pupil in PUPILS for n in (1, 2)])
            if column.ref in BESIDE:
                names = st.sampled_from([f"{column.ref}-{n}" for n in (1, 2, 3)])
            return names if column.kind == "ref" else st.lists(names, max_size=2).map(tuple)
        case "link":
            return st.just("https://drive.example/file")
    return st.text(max_size=6)


def _row(draw: st.DrawFn, key: str, name: str, pupil: str = "") -> dict[str, Any]:
    """A row with something in up to four of its columns."""
    table = KNOWN.table(key)
    assert table.id_column is not None
    fixed = {table.id_column.key: name}
    if any(column.kind == "pupil" for column in table.columns):
        fixed["pupil"] = f"{pupil} Somebody"
    free = [column.key for column in table.inputs if column.key not in fixed]
    chosen = draw(st.lists(st.sampled_from(free), max_size=4, unique=True))
    return {**fixed, **{column: draw(_cell(key, column)) for column in chosen}}


OWN = tuple(table.key for table in TABLES if table.key not in BESIDE and table.key != "pupils")


@st.composite
def schools(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Two pupils with rows in some tabs, and the staff and library that those may name."""
    rows = {key: [_row(draw, key, f"{key}-{n}") | {"name": f"{key} {n}"} for n in (1, 2)] for key in sorted(BESIDE)}
    rows["pupils"] = [_row(draw, "pupils", pupil, pupil) | {"first_name": f"A {pupil}"} for pupil in PUPILS]
    for key in draw(st.lists(st.sampled_from(OWN), max_size=4, unique=True)):
        rows[key] = [_row(draw, key, f"{pupil}-{key}-{n}", pupil) for n in (1, 2) for pupil in PUPILS]
    return rows
