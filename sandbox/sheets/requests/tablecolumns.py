"""A table's columns: their types, their names, and what a type puts into cells.

Typing a column as checkboxes turns texts and empty cells into FALSE; ratings start at 0. Sources: see ``tables``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Entered, Json, Ranged, Sheet

_STARTS: Mapping[str, Entered] = {"BOOLEAN": False, "RATINGS_CHIP": 0.0}
_NAMES = ("columnIndex", "columnName")


def typed(table: Ranged, asked: Sequence[Json]) -> Ranged:
    """The table with the types that a request's columns have, and no others. Refused for a column it hasn't got."""
    width = len(table.boxes[0].columns())
    found: dict[int, Json] = {}
    for column in asked:
        index = column.get("columnIndex", 0)
        if not 0 <= index < width:
            raise Refused("A table column index must lie within the table's range.")
        if index in found:
            raise Refused(f"Table column index {index} is given more than once.")
        found[index] = {name: value for name, value in column.items() if name not in _NAMES}
    return replace(table, body={**table.body, "columns": {index: own for index, own in found.items() if own}})


def kept(table: Ranged, old: Ranged) -> Ranged:
    """The table with the types that it had, on the sheet's columns that had them."""
    ahead = old.boxes[0].left - table.boxes[0].left
    width = len(table.boxes[0].columns())
    columns = {index + ahead: own for index, own in old.body["columns"].items() if 0 <= index + ahead < width}
    return replace(table, body={**table.body, "columns": columns})


def new_names(asked: Sequence[Json]) -> dict[int, str]:
    """What a new table's header cells will say: the names sent, and numbered ones where only a type was."""
    names: dict[int, str] = {}
    unnamed = 0
    for column in sorted(asked, key=lambda each: int(each.get("columnIndex", 0))):
        unnamed += not column.get("columnName")
        names[column.get("columnIndex", 0)] = column.get("columnName") or f"Column {unnamed}"
    return names


def own_names(asked: Sequence[Json]) -> dict[int, str]:
    """What a changed table's header cells will say. Raises Refused for a column without a name."""
    if not all(column.get("columnName") for column in asked):
        raise Refused("Table header row cell must have a value.")
    return {column.get("columnIndex", 0): column["columnName"] for column in asked}


def footed(body: Json) -> int:
    """How many rows of a table are its footer."""
    return int("footerColorStyle" in body.get("rowsProperties", {}))


def fill(sheet: Sheet, table: Ranged) -> None:
    """Put into the body's cells what their columns' types start with."""
    box, columns = table.boxes[0], table.body["columns"]
    last = (box.bottom or 0) - footed(table.body)
    for index, own in columns.items():
        start = _STARTS.get(own.get("columnType", ""))
        for row in range(box.top + 1, last) if start is not None else ():
            _begin(sheet, row, box.left + index, start)


def _begin(sheet: Sheet, row: int, column: int, start: Entered) -> None:
    cell = sheet.cell(row, column)
    if cell.value is None or (start is False and isinstance(cell.value, str)):
        sheet.put(row, column, replace(cell, value=start, extra={}))
