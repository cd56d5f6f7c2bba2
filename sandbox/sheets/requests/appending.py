"""appendCells: rows after the last one of a sheet that holds a value, or after the last one of a table.

A table's free rows are filled first; then it becomes longer, its footer and whatever stands below it moving down.
Source: https://developers.google.com/workspace/sheets/api/guides/tables (it knows of full tables and footers). That
only the table's own columns move down is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sandbox.fields import Mask
from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Json, Ranged, Sheet
from sandbox.sheets.requests import moving, tablecolumns
from sandbox.sheets.requests.cells import write
from sandbox.sheets.requests.growth import grow
from sandbox.sheets.requests.tables import find


def append_cells(edit: Edit, request: Json) -> Json:
    """The grid grows where the rows need it. A table's id goes before a sheet's."""
    mask = masks.read("CellData", request.get("fields", ""))
    rows: Sequence[Json] = request.get("rows", ())
    if "tableId" in request:
        sheet, table = find(edit, request["tableId"])
        _into_table(edit, sheet, table, rows, mask)
        return {}
    sheet = edit.sheet(request.get("sheetId", 0))
    top = max((row + 1 for row, _, cell in sheet.filled() if cell.value is not None), default=0)
    grow(edit, sheet, rows=top + len(rows), columns=_width(rows))
    write(edit, sheet, Box(sheet_id=sheet.sheet_id, top=top, bottom=top + len(rows), right=_width(rows)), rows, mask)
    return {}


def _width(rows: Sequence[Json]) -> int:
    return max((len(row.get("values", ())) for row in rows), default=0)


def _into_table(edit: Edit, sheet: Sheet, table: Ranged, rows: Sequence[Json], mask: Mask) -> None:
    box = table.boxes[0]
    if _width(rows) > len(box.columns()):
        raise Refused("The rows have more cells than the table has columns.")
    end = (box.bottom or 0) - tablecolumns.footed(table.body)
    body = replace(box, top=box.top + 1, bottom=end)
    held = [row for row, column, cell in sheet.filled() if cell.value is not None and body.holds(row, column)]
    top = max(held, default=box.top) + 1
    lengthen(edit, sheet, table, top + len(rows) - end)
    target = replace(box, top=top, bottom=top + len(rows), right=box.left + _width(rows))
    write(edit, sheet, target, rows, mask)


def lengthen(edit: Edit, sheet: Sheet, table: Ranged, count: int) -> None:
    """Give the table that many more rows at the end of its body, when there are any to give."""
    if count <= 0:
        return
    box = table.boxes[0]
    end = (box.bottom or 0) - tablecolumns.footed(table.body)
    grow(edit, sheet, rows=(box.bottom or 0) + count)
    below = replace(box, top=end, bottom=None)
    if any(cell.value is not None and below.holds(row, column) for row, column, cell in sheet.filled()):
        moving.insert_range(
            edit, {"range": replace(box, top=end, bottom=end + count).to_json(), "shiftDimension": "ROWS"}
        )
    longer = replace(box, bottom=(box.bottom or 0) + count)
    sheet.tables = tuple(
        replace(each, boxes=(longer,)) if each.body["tableId"] == table.body["tableId"] else each
        for each in sheet.tables
    )
