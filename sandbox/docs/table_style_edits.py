"""Styles of cells, rows and columns.

Source: the discovery document's descriptions of these requests; that a row's ``tableHeader`` is refused:
github.com/mmedum/google-docs-mcp, docs/architecture.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.docs import masks, table_grid, table_looks
from sandbox.docs.edit import Edit, Refused
from sandbox.docs.table_grid import Grid, Spot
from sandbox.docs.tree import span

_CELL = {"backgroundColor", "contentAlignment"} | {
    f"{kind}{side}" for kind in ("border", "padding") for side in table_looks.SIDES
}
_NARROWEST = 5


def update_cells(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Set the named fields of cells; one that isn't given is reset. A border is its neighbour's as well."""
    grid, rows, columns = _cells(edit, request)
    style = request.get("tableCellStyle", {})
    named = masks.fields(request, _CELL)
    for spot in list(grid.within(rows, columns)):
        for field in named:
            _set(grid, spot, field, style.get(field))
    return {}


def update_rows(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Set how high rows are at least, and whether they stay on one page; headers are pinned by their own request."""
    grid = table_grid.at_table(edit, request)
    style = request.get("tableRowStyle", {})
    if "tableHeader" in str(request.get("fields", "")):
        raise Refused("Unallowed field: tableHeader")
    named = masks.fields(request, {"minRowHeight", "preventOverflow"})
    for number in _chosen(request.get("rowIndices", ()), grid.rows, "Row"):
        tr = grid.table.rows[number].tr
        if "minRowHeight" in named:
            height = round(float(style.get("minRowHeight", {}).get("magnitude", 0)) * 20)
            table_looks.set_row(tr, "trHeight", str(height) if height else None)
        if "preventOverflow" in named:
            table_looks.set_row(tr, "cantSplit", "1" if style.get("preventOverflow") else None)
    return {}


def update_columns(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Set how wide columns are: a width of their own, or an even share."""
    grid = table_grid.at_table(edit, request)
    named = masks.fields(request, {"width", "widthType"})
    wide = _width(request.get("tableColumnProperties", {}), named)
    for number in _chosen(request.get("columnIndices", ()), grid.columns, "Column"):
        for row in grid.table.rows:
            cell = row.cells[number] if number < len(row.cells) else None
            if cell is not None and cell.tc is not None and span(cell.tc) == 1:
                table_looks.set_width(cell.tc, wide)
    return {}


def pin_header_rows(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first rows repeat on every page, and no others."""
    grid = table_grid.at_table(edit, request)
    count = int(request.get("pinnedHeaderRowsCount", 0))
    if not 0 <= count <= grid.rows:
        raise Refused(f"The number of pinned header rows must be between 0 and {grid.rows}.")
    for number, row in enumerate(grid.table.rows):
        table_looks.set_row(row.tr, "tblHeader", "1" if number < count else None)
    return {}


def _cells(edit: Edit, request: Mapping[str, Any]) -> tuple[Grid, int, int]:
    if "tableRange" in request:
        return table_grid.at_range(edit, request["tableRange"])
    grid = table_grid.at_table(edit, request)
    return grid, grid.rows, grid.columns


def _set(grid: Grid, spot: Spot, field: str, value: Any) -> None:
    if field == "backgroundColor":
        table_looks.set_background(spot.tc, value)
    elif field == "contentAlignment":
        table_looks.set_alignment(spot.tc, value)
    elif field.startswith("padding"):
        table_looks.set_padding(spot.tc, field.removeprefix("padding"), value)
    else:
        side = field.removeprefix("border")
        table_looks.set_border(spot.tc, side, value)
        for beside, facing in _neighbours(grid, spot, side):
            table_looks.set_border(beside, facing, value)


def _neighbours(grid: Grid, spot: Spot, side: str) -> list[tuple[Any, str]]:
    """The cells that share that border, and which of their sides it is."""
    low = spot.row + table_grid.row_span(grid.table, spot.row, spot.column)
    far = spot.column + span(spot.tc)
    rows, columns = range(spot.row, low), range(spot.column, far)
    places = {
        "Left": [(row, spot.column - 1, "Right") for row in rows],
        "Right": [(row, far, "Left") for row in rows],
        "Top": [(spot.row - 1, column, "Bottom") for column in columns],
        "Bottom": [(low, column, "Top") for column in columns],
    }[side]
    return [
        (grid.spot(row, column).tc, facing)
        for row, column, facing in places
        if 0 <= row < grid.rows and 0 <= column < len(grid.table.rows[row].cells)
    ]


def _chosen(indices: Any, count: int, kind: str) -> list[int]:
    """The rows or columns a request names; all where it names none."""
    for index in indices:
        if not 0 <= index < count:
            raise Refused(f"{kind} index {index} must be less than the number of {kind.lower()}s, {count}.")
    return list(indices) or list(range(count))


def _width(asked: Mapping[str, Any], named: set[str]) -> float | None:
    """The width in points, None for an even share."""
    kind = asked.get("widthType", "EVENLY_DISTRIBUTED" if "widthType" in named else "FIXED_WIDTH")
    if kind == "EVENLY_DISTRIBUTED":
        return None
    wide = float(asked.get("width", {}).get("magnitude", 0))
    if wide < _NARROWEST:
        raise Refused(f"The width of a column must be at least {_NARROWEST} points.")
    return wide
