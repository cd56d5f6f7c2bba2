"""Starter rows and spare rows of a table as raw cells: the grid that a workbook is born with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_templates.address import address
from sheets_templates.cells import raw, too_long
from sheets_templates.ids import fresh_ids, leading_id
from sheets_templates.schema import REFERENCES, Catalogue, Cell, CellProblem, Column, Table, Workbook
from sheets_templates.text import MAX_CELL, length

SPARE_LINES_OF_OUR_OWN = 20
"""Empty rows at the end of a tab that the service owns."""

StarterRow = Mapping[str, object]
Starter = Mapping[str, Sequence[StarterRow]]


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A table's cells under its header, its ``starter_rows`` before spare ones. Formula cells are None."""

    table: Table
    rows: tuple[tuple[Cell, ...], ...]
    starter_rows: int = 0


def fill(
    catalogue: Catalogue, which: Workbook, *, starter: Starter, salt: str, spare_rows: int | None = None
) -> tuple[tuple[Filled, ...], tuple[CellProblem, ...]]:
    """Every table of a workbook, filled, with a problem for each value that is too long for a cell (left out).

    ``starter`` may hold tables of the other workbook: they are passed over.
    A row without an id gets one. A reference given as a bare id is written as the label that its dropdown offers."""
    tables = catalogue.workbook(which)
    _refuse_strangers(catalogue, starter)
    labels = {table.key: _labels(table, starter.get(table.key, ())) for table in tables if table.label_column}
    problems: list[CellProblem] = []
    filled = tuple(
        _fill_table(table, starter.get(table.key, ()), labels, problems, salt, spare_rows) for table in tables
    )
    return filled, tuple(problems)


def _refuse_strangers(catalogue: Catalogue, starter: Starter) -> None:
    for key, rows in starter.items():
        if key not in catalogue.tables:
            raise ValueError(f"No workbook has a table '{key}'. There are {', '.join(catalogue.tables)}.")
        strange = {name for row in rows for name in row} - {column.key for column in catalogue.table(key).inputs}
        if strange:
            raise ValueError(f"Table '{key}' has no column {', '.join(sorted(strange))} that takes a value.")


def _fill_table(
    table: Table,
    rows: Sequence[StarterRow],
    labels: Mapping[str, Mapping[str, str]],
    problems: list[CellProblem],
    salt: str,
    spare_rows: int | None,
) -> Filled:
    cells = [
        tuple(
            _checked(_cell(table, column, row, labels), address(table.title, number, place), problems)
            for place, column in enumerate(table.columns)
        )
        for number, row in enumerate(rows, start=1)
    ]
    spare = table.spare_rows if spare_rows is None or not table.spare_rows else spare_rows
    return Filled(table=table, rows=_with_ids(table, cells, salt, spare), starter_rows=len(rows))


def _cell(table: Table, column: Column, row: StarterRow, labels: Mapping[str, Mapping[str, str]]) -> Cell:
    if column.computed:
        return label(table, row) if table.service_owned else None
    value = row.get(column.key)
    if column.kind in REFERENCES and value and column.ref in labels:
        offered = labels[column.ref]
        several = value if isinstance(value, list | tuple) else (value,)
        value = tuple(offered.get(str(item), str(item)) for item in several)
    return raw(column, value)


def _checked(value: Cell, place: str, problems: list[CellProblem]) -> Cell:
    if not too_long(value):
        return value
    found = f"{length(str(value)):,} characters"
    problems.append(
        CellProblem(
            cell=place,
            message=f"This text has {found}; a cell holds {MAX_CELL:,}. It was left out. Please shorten it.",
        )
    )
    return None


def _with_ids(table: Table, rows: list[tuple[Cell, ...]], salt: str, spare: int) -> tuple[tuple[Cell, ...], ...]:
    if not table.id_column:
        return (*rows, *[()] * spare)
    taken = {str(row[0]) for row in rows if row[0] is not None}
    missing = sum(row[0] is None for row in rows)
    fresh = iter(fresh_ids(table, salt, taken, missing + spare))
    named = [row if row[0] is not None else (next(fresh), *row[1:]) for row in rows]
    return (*named, *((name,) for name in fresh))


def _labels(table: Table, rows: Sequence[StarterRow]) -> dict[str, str]:
    """What the label formula will show for each row that has an id and something to show."""
    if not table.id_column:
        return {}
    own = table.id_column.key
    named = ((raw(table.columns[0], row.get(own)), label(table, row)) for row in rows)
    return {str(name): text for name, text in named if name is not None and leading_id(text) == name}


def label(table: Table, row: StarterRow) -> str:
    """What the label formula of a table shows for a row, "" where there is nothing to name it by."""
    column = table.label_column
    if column is None:
        return ""
    pieces = [_piece(table, row, part.column, part.limit) for part in column.parts]
    if not any(pieces):
        return ""
    own = [str(raw(table.id_column, row.get(table.id_column.key)) or "")] if table.id_column else []
    return " ".join(word for piece in (*own, *pieces) for word in piece.split(" ") if word)


def _piece(table: Table, row: StarterRow, key: str, limit: int) -> str:
    value = raw(table.column(key), row.get(key))
    text = (
        str(int(value)) if isinstance(value, float) and value == int(value) else str("" if value is None else value)
    )
    return text[:limit] if limit else text
