"""A table's columns put in and taken out, cells merged and parted. Source: the discovery document's descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from docx.exceptions import InvalidSpanError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table as DocxTable

from sandbox.docs import table_grid
from sandbox.docs.anchors import following
from sandbox.docs.edit import Edit, Refused
from sandbox.docs.table_edits import emptied
from sandbox.docs.table_grid import Grid, Spot
from sandbox.docs.tree import Row, span

_MAX_COLUMNS = 20


def insert_column(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """An empty column beside the cell's; a merged cell that the place is inside of grows by it."""
    grid = table_grid.at_cell(edit, request.get("tableCellLocation", {}))
    if grid.columns >= _MAX_COLUMNS:
        raise Refused(f"Tables can have no more than {_MAX_COLUMNS} columns.")
    spot = grid.spot(grid.row, grid.column)
    at = spot.column + span(spot.tc) if request.get("insertRight") else spot.column
    with following(edit, grid.segment):
        for row in grid.table.rows:
            _widen(row, at)
        _grid_columns(grid, at, added=True)
    return {}


def delete_column(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The columns that the cell spans; a table without columns goes too."""
    grid = table_grid.at_cell(edit, request.get("tableCellLocation", {}))
    spot = grid.spot(grid.row, grid.column)
    with following(edit, grid.segment):
        if span(spot.tc) == grid.columns:
            grid.table.tbl.getparent().remove(grid.table.tbl)
            return {}
        for at in range(spot.column + span(spot.tc) - 1, spot.column - 1, -1):
            for row in grid.table.rows:
                _narrow(row, at)
            _grid_columns(grid, at, added=False)
    return {}


def merge_cells(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """One cell with the text of all; those it covers stay as empty ones behind it."""
    grid, rows, columns = table_grid.at_range(edit, request.get("tableRange", {}))
    table = DocxTable(grid.table.tbl, edit.document._body)
    first, last = (grid.row, grid.column), (grid.row + rows - 1, grid.column + columns - 1)
    with following(edit, grid.segment):
        try:
            table.cell(*first).merge(table.cell(*last))
        except InvalidSpanError:
            raise Refused("The table range must be rectangular.") from None
    return {}


def unmerge_cells(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Merged cells that begin in the range are parted; their text stays in the first."""
    grid, rows, columns = table_grid.at_range(edit, request.get("tableRange", {}))
    with following(edit, grid.segment):
        for spot in list(grid.within(rows, columns)):
            _part(grid, spot)
    return {}


def _part(grid: Grid, spot: Spot) -> None:
    for row in range(spot.row, spot.row + table_grid.row_span(grid.table, spot.row, spot.column)):
        tc = grid.table.rows[row].cells[spot.column].tc
        for merge in tc.findall(f"{qn('w:tcPr')}/{qn('w:vMerge')}"):
            merge.getparent().remove(merge)
        for _ in range(span(tc) - 1):
            tc.addnext(_beside(tc))
        _span(tc, 1)


def _widen(row: Row, at: int) -> None:
    """Room for one more column in a row."""
    begun = [(column, cell.tc) for column, cell in enumerate(row.cells) if cell.tc is not None]
    for column, tc in begun:
        if column == at:
            tc.addprevious(_beside(tc))
            return
        if column < at < column + span(tc):
            _span(tc, span(tc) + 1)
            return
    begun[-1][1].addnext(_beside(begun[-1][1]))


def _narrow(row: Row, at: int) -> None:
    """One column less in a row."""
    column = at
    while row.cells[column].tc is None:
        column -= 1
    tc = row.cells[column].tc
    if span(tc) > 1:
        _span(tc, span(tc) - 1)
    else:
        tc.getparent().remove(tc)


def _beside(tc: Any) -> Any:
    """An empty cell that looks like its neighbour and is merged with none."""
    made = deepcopy(tc)
    emptied(made)
    _span(made, 1)
    return made


def _span(tc: Any, columns: int) -> None:
    properties = tc.get_or_add_tcPr()
    for found in properties.findall(qn("w:gridSpan")):
        properties.remove(found)
    if columns > 1:
        tc.grid_span = columns


def _grid_columns(grid: Grid, at: int, *, added: bool) -> None:
    """The table's own list of columns, which shares its width evenly among those of no fixed width."""
    held = grid.table.tbl.find(qn("w:tblGrid"))
    known = held.findall(qn("w:gridCol")) if held is not None else []
    if added and known:
        total = sum(int(one.get(qn("w:w"), "0")) for one in known)
        held.insert(at, OxmlElement("w:gridCol"))
        for one in held:
            one.set(qn("w:w"), str(total // len(held)))
    elif at < len(known):
        held.remove(known[at])
