"""A whole trust's plan workbook as its cells come from Google: 2,000 pupils, and 72,000 rows of their cycles.

Every row is one of the sample with an id of its own in it and in its texts: they are as long, and choices as mixed,
as there, and no two rows say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle

from server.demo import sample
from sheets_templates import catalogue
from sheets_templates.grids import grids_from
from sheets_templates.schema import Cell, Column, Grid, Table

PUPILS, CYCLES = 2_000, 3
ROWS_OF_CYCLE = {"cycles": 1, "outcomes": 3, "provision": 3, "log": 3, "reviews": 1, "meetings": 1}
"""How many rows of each table a cycle has: twelve together."""

Names = Mapping[str, str]
"""By table, the label of the row that a reference to it names."""


def big_workbook(pupils: int = PUPILS) -> Mapping[int, list[list[Cell]]]:
    """Every tab's values by sheet id."""
    tables, small = catalogue.load(), _sample()
    named: dict[str, list[Names]] = {"pupils": [{"pupils": f"Q{number:04}"} for number in range(pupils)]}
    for key, count in ROWS_OF_CYCLE.items():
        before = named["pupils" if key == "cycles" else "cycles"]
        each = CYCLES if key == "cycles" else count
        named[key] = [
            {**names, key: f"{tables.table(key).id_prefix}{number}x{at}"}
            for number, names in enumerate(before)
            for at in range(each)
        ]
    for key, served in (("provision", "outcomes"), ("log", "provision")):
        named[key] = [
            {**names, served: other[served]} for names, other in zip(named[key], named[served], strict=True)
        ]
    return {
        table.sheet_id: [list(row) for row in _rows(table, small[table.sheet_id], named.get(table.key, ()))]
        for table in tables.workbook("plan")
    }


def _sample() -> Mapping[int, Grid]:
    tables = catalogue.load()
    starter = max(sample.starters(sample.load()), key=lambda one: len(one.tables["log"]))
    return grids_from(tables, "plan", starter=starter.tables, id_salt="big", spare_rows=0)


def _rows(table: Table, small: Grid, named: Sequence[Names]) -> Iterator[Sequence[Cell]]:
    """The header, and for each name the next row of the sample that carries it."""
    yield small[0] if small else ()
    for names, row in zip(named, cycle(small[1:]), strict=False):
        yield [
            _cell(column, cell, names, own=names[table.key]) for column, cell in zip(table.columns, row, strict=True)
        ]


def _cell(column: Column, cell: Cell, names: Names, *, own: str) -> Cell:
    """The cell with the row's own id; a reference as its dropdown writes it: the id, then what the row is called."""
    if column.kind == "id":
        return own
    if column.ref in names:
        return f"{names[column.ref]} of {column.ref}"
    if cell and column.kind in ("text", "longtext", "lines"):
        return f"{cell} ({own})"
    return "" if cell is None else cell
