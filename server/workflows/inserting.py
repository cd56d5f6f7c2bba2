"""Rows put into another workbook as they were: values as typed, notes, colours, ids. One batch for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from server.plans.moving import PlacedRow, own_columns
from server.plans.ports import Grid, Request, TaggedRow
from server.workflows.new_rows import NewRows
from server.workflows.rows import tag_at, untag
from sheets_templates.reading import Reading, TableReading
from sheets_templates.schema import Catalogue, Table

NEW_TAG = "senplans.arrived"
_FIELDS = "userEnteredValue,userEnteredFormat,note,textFormatRuns"
_COPIED = ("userEnteredFormat", "note", "textFormatRuns")

Arriving = tuple[PlacedRow, TaggedRow, TableReading]
"""A row, its cells as they stand, and the table it stands in."""


def insert_requests(
    catalogue: Catalogue, target: Reading, grids: Mapping[int, Grid], rows: Sequence[Arriving]
) -> list[Request]:
    """Put rows under the first row of their tables in the target, so that lists and colours reach over them."""
    ordered = sorted(rows, key=lambda each: each[0].table)
    requests: list[Request] = [untag(NEW_TAG)]
    for key, group in groupby(ordered, key=lambda each: each[0].table):
        table = catalogue.table(key)
        requests += _into_table(table, target.tables[key], grids.get(table.sheet_id, ()), list(group))
    return requests


def _into_table(table: Table, there: TableReading, grid: Grid, rows: list[Arriving]) -> Iterator[Request]:
    new = NewRows(table=table, there=there, count=len(rows))
    own = own_columns(table, there, grid)
    lines = [{"values": _cells(table, there, own, row)} for row in rows]
    yield from new.requests(lines, _FIELDS, like=("PASTE_FORMULA", "PASTE_FORMAT"))
    for number, (row, _, _) in enumerate(rows):
        yield tag_at(NEW_TAG, row.name, table.sheet_id, new.top + number)


def _cells(table: Table, there: TableReading, own: Mapping[str, int], arriving: Arriving) -> list[dict[str, Any]]:
    row, found, here = arriving
    places = {there.columns[c.key]: here.columns[c.key] for c in table.inputs if c.key in _both(here, there)}
    places |= {own[header]: place for header, place in row.own.items() if header in own}
    cells: list[dict[str, Any]] = [{} for _ in range(max(places, default=-1) + 1)]
    for to, place in places.items():
        cells[to] = _as_typed(found.cells[place]) if place < len(found.cells) else {}
    return cells


def _both(here: TableReading, there: TableReading) -> set[str]:
    return set(here.columns) & set(there.columns)


def _as_typed(cell: Mapping[str, Any]) -> dict[str, Any]:
    """A cell as it was typed; what a formula of somebody's own works out stays as its value."""
    kept = {name: cell[name] for name in _COPIED if name in cell}
    value = cell.get("userEnteredValue", {})
    if "formulaValue" in value:
        value = {k: v for k, v in cell.get("effectiveValue", {}).items() if k != "errorValue"}
        kept.pop("textFormatRuns", None)
    return {**kept, **({"userEnteredValue": value} if value else {})}


def undo_cells(table: Table, there: TableReading) -> dict[int, str]:
    """What empties a row that arrived wrong, by the places it was written to."""
    return dict.fromkeys((there.columns[c.key] for c in table.inputs if c.key in there.columns), "")
