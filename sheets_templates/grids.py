"""The raw grids that reading a freshly made workbook gives, without Google: for tests and dry runs."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_templates.schema import Catalogue, Cell, Grid, Table, Workbook
from sheets_templates.starter import Filled, Starter, StarterRow, fill, label


def grids_from(
    catalogue: Catalogue, which: Workbook, *, starter: Starter, id_salt: str = "", spare_rows: int | None = None
) -> Mapping[int, Grid]:
    """Sheet id to values, as made with this starter: header, rows, spare ids; labels worked out, lookups empty."""
    filled, _ = fill(catalogue, which, starter=starter, salt=id_salt, spare_rows=spare_rows)
    return {each.table.sheet_id: _grid(each) for each in filled}


def _grid(filled: Filled) -> Grid:
    headers: tuple[Cell, ...] = tuple(column.header for column in filled.table.columns)
    return (headers, *(_computed(filled.table, row) for row in filled.rows))


def _computed(table: Table, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The row with what its formulas would show."""
    if table.service_owned or not row:
        return row
    values: StarterRow = {column.key: value for column, value in zip(table.columns, row, strict=False)}
    full = (*row, *[None] * (len(table.columns) - len(row)))
    shown = {"label": label(table, values), "lookup": ""}
    return tuple(shown.get(column.kind, cell) for column, cell in zip(table.columns, full, strict=True))
