"""An import's rows as cells and requests: new rows under the header, rows that stand tagged where they were seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from server.plans.ports import Cell, Grid, Request
from server.workflows.new_rows import NewRows
from server.workflows.rows import tag_at, untag
from sheets_templates.cells import cell_data, raw, too_long
from sheets_templates.imports.matching import Add, Change
from sheets_templates.reading import Reading, TableReading
from sheets_templates.schema import REFERENCES, Catalogue, Column, Table
from sheets_templates.starter import label


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row to be written: its cells by column key, and a note on its first one."""

    table: str
    row_id: str
    cells: Mapping[str, Cell]
    note: str = ""


def lines_of(
    catalogue: Catalogue, readings: Iterable[Reading], adds: Iterable[Add], wanted: Sequence[Add | Change]
) -> list[Line]:
    """Rows (or single cells) as raw values, references as the labels that dropdowns offer.

    ``readings`` and ``adds`` are the rows, standing and new, that a reference may name."""
    shown = _labels(catalogue, readings, adds)
    lines = []
    for each in wanted:
        table = catalogue.table(each.table)
        values = each.values if isinstance(each, Add) else {each.column: each.after}
        cells = {
            key: _cell(table.column(key), value, shown) for key, value in values.items() if key in table.positions
        }
        if isinstance(each, Add) and table.id_column:
            cells[table.id_column.key] = each.row_id
        note = each.note if isinstance(each, Add) else ""
        lines.append(Line(table=each.table, row_id=each.row_id, cells=cells, note=note))
    return lines


def _cell(column: Column, value: object, shown: Mapping[tuple[str, str], str]) -> Cell:
    if column.kind in REFERENCES and value:
        several = value if isinstance(value, list | tuple) else (value,)
        value = tuple(_label(shown.get((column.ref, str(item)), ""), str(item)) for item in several)
    found = raw(column, value)
    return None if too_long(found) else found


def _label(text: str, name: str) -> str:
    """What a list shows for a row; its bare id where the text would be taken for several rows."""
    return name if not text or any(mark in text for mark in ",;\n") else text


def _labels(catalogue: Catalogue, readings: Iterable[Reading], adds: Iterable[Add]) -> dict[tuple[str, str], str]:
    """What lists show for every row, new ones too."""
    shown: dict[tuple[str, str], str] = {}
    for reading in readings:
        for key, table in reading.tables.items():
            for row in table.rows:
                _put_label(catalogue, key, row.id, row.values, shown)
    for add in adds:
        _put_label(catalogue, add.table, add.row_id, add.values, shown)
    return shown


def _put_label(
    catalogue: Catalogue, key: str, row_id: str, values: Mapping[str, object], shown: dict[tuple[str, str], str]
) -> None:
    table = catalogue.table(key)
    if table.id_column is None or table.label_column is None:
        return
    plain = {**values, table.id_column.key: row_id}
    if "pupil" in plain:
        plain["pupil"] = shown.get(("pupils", str(plain["pupil"])), plain["pupil"])
    if text := label(table, plain):
        shown[key, row_id] = text


def added_rows(catalogue: Catalogue, reading: Reading, lines: Sequence[Line]) -> list[Request]:
    """Requests that put new rows right under the first row of their tables, with its lists, formulas and looks."""
    requests: list[Request] = []
    for key in dict.fromkeys(line.table for line in lines):
        table, there = catalogue.table(key), reading.tables[key]
        requests += _insert(table, there, [line for line in lines if line.table == key])
    return requests


def _insert(table: Table, there: TableReading, lines: Sequence[Line]) -> Iterator[Request]:
    new = NewRows(table=table, there=there, count=len(lines))
    return new.requests([{"values": _row(there, line)} for line in lines], "userEnteredValue,note")


def _row(there: TableReading, line: Line) -> list[dict[str, object]]:
    places = {there.columns[key]: value for key, value in line.cells.items() if key in there.columns}
    cells = [cell_data(places.get(place)) for place in range(max(places, default=-1) + 1)]
    return [{**cells[0], "note": line.note}, *cells[1:]] if line.note and cells else cells


def changed_rows(
    catalogue: Catalogue, reading: Reading, grids: Mapping[int, Grid], changes: Sequence[Change], tag: str
) -> tuple[list[Request], dict[str, tuple[Cell, ...]]]:
    """Requests that tag the rows to be changed where they were seen, and each row as it was seen."""
    requests: list[Request] = [untag(tag)] if changes else []
    seen: dict[str, tuple[Cell, ...]] = {}
    for change in changes:
        if change.row_id in seen:
            continue
        table = catalogue.table(change.table)
        row = next(row for row in reading.tables[change.table].rows if row.id == change.row_id)
        grid = grids[table.sheet_id]
        cells = ["" if cell is None else cell for cell in grid[row.row_index]]
        while cells and cells[-1] in ("", False):
            cells.pop()
        seen[change.row_id] = tuple(cells)
        requests.append(tag_at(tag, change.row_id, table.sheet_id, row.row_index))
    return requests, seen
