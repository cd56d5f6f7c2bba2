"""Tables: a named range with typed columns, its first row their names.

https://developers.google.com/workspace/sheets/api/guides/tables"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.formulas.values import to_text
from sandbox.sheets.model import Json, Ranged, Sheet

_ID_LETTERS = "0123456789"


def add_table(edit: Edit, request: Json) -> Json:
    """A new table; columns that the request doesn't name take their names from the first row."""
    asked = request.get("table", {})
    table_id = asked.get("tableId") or edit.ids.next(9, _ID_LETTERS)
    if any(table.body["tableId"] == table_id for _, table in _all(edit)):
        raise Refused(f"A table with id {table_id} already exists.")
    made = _made(edit, asked, table_id)
    sheet = edit.sheet(made.boxes[0].sheet_id)
    sheet.tables = (*sheet.tables, made)
    return {"table": table_json(made)}


def update_table(edit: Edit, request: Json) -> Json:
    mask = masks.read("Table", request.get("fields", ""))
    asked = masks.both_colours(request.get("table", {}))
    sheet, old = _find(edit, asked.get("tableId", ""))
    after = masks.merged(mask, table_json(old), asked)
    made = _made(edit, after, old.body["tableId"], but=old)
    if made.boxes[0].sheet_id != sheet.sheet_id:
        raise Refused("A table can't move to another sheet.")
    sheet.tables = tuple(made if table is old else table for table in sheet.tables)
    return {}


def delete_table(edit: Edit, request: Json) -> Json:
    """The table goes with everything that its cells hold."""
    sheet, old = _find(edit, request.get("tableId", ""))
    box = sheet.clamp(old.boxes[0])
    edit.allow(box)
    for row, column, cell in list(sheet.filled()):
        if box.holds(row, column):
            sheet.put(row, column, replace(cell, value=None, validation=None, note="", extra={}))
    sheet.tables = tuple(table for table in sheet.tables if table is not old)
    return {}


def table_json(table: Ranged) -> dict[str, Any]:
    """Google's Table."""
    body = dict(table.body)
    return {"tableId": body.pop("tableId"), "name": body.pop("name"), "range": table.boxes[0].to_json(), **body}


def _all(edit: Edit) -> list[tuple[Sheet, Ranged]]:
    return [(sheet, table) for sheet in edit.book.sheets for table in sheet.tables]


def _find(edit: Edit, table_id: str) -> tuple[Sheet, Ranged]:
    for sheet, table in _all(edit):
        if table.body["tableId"] == table_id:
            return sheet, table
    raise Refused(f"No table with id: {table_id}")


def _made(edit: Edit, asked: Json, table_id: str, *, but: Ranged | None = None) -> Ranged:
    if "range" not in asked:
        raise Refused("A table must have a range.")
    box = edit.closed(Box.from_json(asked["range"]))
    sheet, others = edit.sheet(box.sheet_id), [table for _, table in _all(edit) if table is not but]
    edit.allow(box)
    if any(table.boxes[0].meets(box) for table in others):
        raise Refused("You can't create a table over a range that overlaps another table.")
    name = asked.get("name") or _free_name(others)
    if any(table.body["name"].casefold() == name.casefold() for table in others):
        raise Refused(f"A table with the name {name} already exists.")
    body = {"tableId": table_id, "name": name}
    if asked.get("rowsProperties"):
        body["rowsProperties"] = masks.both_colours(asked["rowsProperties"])
    columns = _columns(sheet, box, asked.get("columnProperties", ()))
    return Ranged(boxes=(box,), body={**body, "columnProperties": columns})


def _free_name(others: list[Ranged]) -> str:
    taken, number = {table.body["name"].casefold() for table in others}, 1
    while f"table{number}" in taken:
        number += 1
    return f"Table{number}"


def _columns(sheet: Sheet, box: Box, asked: Sequence[Json]) -> list[dict[str, Any]]:
    """Every column with its name, which is what its cell in the first row says from now on."""
    given = {each.get("columnIndex", place): each for place, each in enumerate(asked)}
    if any(index not in range(len(box.columns())) for index in given):
        raise Refused("A table column index must lie within the table's range.")
    made: list[dict[str, Any]] = []
    for index, column in enumerate(box.columns()):
        cell, own = sheet.cell(box.top, column), given.get(index, {})
        name = own.get("columnName") or _heading(sheet, box.top, column) or f"Column {index + 1}"
        if _heading(sheet, box.top, column) != name:
            sheet.put(box.top, column, replace(cell, value=name, extra={}))
        rest = {key: value for key, value in own.items() if key not in ("columnIndex", "columnName")}
        made.append({**({"columnIndex": index} if index else {}), "columnName": name, **rest})
    return made


def _heading(sheet: Sheet, row: int, column: int) -> str:
    value = sheet.cell(row, column).value
    return to_text(value) if isinstance(value, (str, float, bool)) else ""
