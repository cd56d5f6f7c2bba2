"""A table's cells by row and column: what a request names, which cells are merged, and the columns' widths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from sandbox.docs.edit import Edit, Refused, check_tab, table_at
from sandbox.docs.tree import Segment, Table, span


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One cell of the grid: its element, which a merged cell shares with those it covers, and where that begins."""

    tc: Any
    row: int
    column: int


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table a request names, and the cell it names."""

    segment: Segment
    table: Table
    row: int = 0
    column: int = 0

    @property
    def rows(self) -> int:
        return len(self.table.rows)

    @property
    def columns(self) -> int:
        return width(self.table)

    def spot(self, row: int, column: int) -> Spot:
        """The cell there; one that a merged cell covers gives the merged cell's beginning."""
        cells = self.table.rows[row].cells
        at = min(column, len(cells) - 1)
        while cells[at].tc is None:
            at -= 1
        while row and continues(cells[at].tc):
            row -= 1
            cells = self.table.rows[row].cells
        return Spot(tc=cells[at].tc, row=row, column=at)

    def within(self, rows: int, columns: int) -> Iterator[Spot]:
        """The cells that begin in a part of the table of that size, from this grid's own cell on."""
        for row in range(self.row, self.row + rows):
            for column, cell in enumerate(self.table.rows[row].cells):
                if self.column <= column < self.column + columns and cell.tc is not None and not continues(cell.tc):
                    yield Spot(tc=cell.tc, row=row, column=column)


def at_table(edit: Edit, request: Mapping[str, Any]) -> Grid:
    """The table of ``tableStartLocation``."""
    start = request.get("tableStartLocation", {})
    check_tab(start)
    segment = edit.segment(str(start.get("segmentId", "")))
    return Grid(segment=segment, table=table_at(segment, int(start.get("index", 0))))


def at_cell(edit: Edit, location: Mapping[str, Any]) -> Grid:
    """The table and cell of a ``tableCellLocation``. Refused outside the table."""
    grid = at_table(edit, location)
    row, column = int(location.get("rowIndex", 0)), int(location.get("columnIndex", 0))
    if not 0 <= row < grid.rows:
        raise Refused(f"Row index {row} must be less than the number of rows, {grid.rows}.")
    if not 0 <= column < grid.columns:
        raise Refused(f"Column index {column} must be less than the number of columns, {grid.columns}.")
    return Grid(segment=grid.segment, table=grid.table, row=row, column=column)


def at_range(edit: Edit, asked: Mapping[str, Any]) -> tuple[Grid, int, int]:
    """The table and first cell of a ``tableRange``, and how many rows and columns it has."""
    grid = at_cell(edit, asked.get("tableCellLocation", {}))
    rows, columns = int(asked.get("rowSpan", 0)), int(asked.get("columnSpan", 0))
    if rows < 1 or columns < 1:
        raise Refused("The row span and column span of the table range must be at least 1.")
    if grid.row + rows > grid.rows or grid.column + columns > grid.columns:
        raise Refused(f"The table range must be within the table's {grid.rows} rows and {grid.columns} columns.")
    return grid, rows, columns


def continues(tc: Any) -> bool:
    """Whether the cell above covers it."""
    merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") if tc is not None else None
    return merge is not None and merge.get(qn("w:val"), "continue") != "restart"


def row_span(table: Table, row: int, column: int) -> int:
    """How many rows the cell that begins there covers."""
    below = (one.cells[column].tc if column < len(one.cells) else None for one in table.rows[row + 1 :])
    rows = 1
    for tc in below:
        if not continues(tc):
            return rows
        rows += 1
    return rows


def width(table: Table) -> int:
    """How many columns the table has."""
    return max((len(row.cells) for row in table.rows), default=0)


def column_cell(table: Table, column: int) -> Any:
    """A cell that has the column to itself, which says how wide that is; None where every one is merged."""
    cells = (row.cells[column].tc for row in table.rows if column < len(row.cells))
    return next((tc for tc in cells if tc is not None and span(tc) == 1), None)
