"""updateBorders: lines around and within a range; a side that the request leaves out stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.model import Cell, Json

_WIDTHS = {"SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}
_SIDES = ("top", "bottom", "left", "right")


def update_borders(edit: Edit, request: Json) -> Json:
    """Borders of cells; the style ``NONE`` takes one away."""
    box = Box.from_json(request.get("range", {}))
    sheet, closed = edit.sheet(box.sheet_id), edit.closed(box)
    edit.allow(closed)
    for row, column in closed.cells():
        sides = {side: request[name] for side, name in _names(closed, row, column) if name in request}
        if sides:
            sheet.put(row, column, _bordered(sheet.cell(row, column), sides))
    return {}


def _names(box: Box, row: int, column: int) -> Iterator[tuple[str, str]]:
    """Each side of a cell, and the request's field that says how it looks."""
    yield "top", "top" if row == box.top else "innerHorizontal"
    yield "bottom", "bottom" if row + 1 == box.bottom else "innerHorizontal"
    yield "left", "left" if column == box.left else "innerVertical"
    yield "right", "right" if column + 1 == box.right else "innerVertical"


def _bordered(cell: Cell, sides: dict[str, Json]) -> Cell:
    borders = dict(cell.format.get("borders", {}))
    for side, border in sides.items():
        borders.pop(side, None)
        if border.get("style", "NONE") not in ("NONE", "STYLE_UNSPECIFIED"):
            borders[side] = _whole(border)
    rest = {name: value for name, value in cell.format.items() if name != "borders"}
    ordered = {side: borders[side] for side in _SIDES if side in borders}
    return replace(cell, format={**rest, "borders": ordered} if ordered else rest)


def _whole(border: Json) -> Json:
    """A border with the width that goes with its style, and a colour, black where none was given."""
    coloured = masks.both_colours(border)
    black: Json = {"color": {}, "colorStyle": {"rgbColor": {}}}
    return {**black, **coloured, "width": _WIDTHS.get(border["style"], 1)}
