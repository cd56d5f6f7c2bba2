"""The header cells of tables: their texts are the columns' names.

Text written into one names its column, and a formula there becomes "Column" and the column's place (seen live by the
authors of https://github.com/mmedum/google-sheets-mcp, spike T); that an emptied one does too is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.sheets.box import Box
from sandbox.sheets.formulas.values import to_text
from sandbox.sheets.model import Formula, Ranged, Sheet


def table_json(sheet: Sheet, table: Ranged) -> dict[str, Any]:
    """Google's Table."""
    box, body = table.boxes[0], table.body
    columns = [
        {**({"columnIndex": index} if index else {}), "columnName": name, **body["columns"].get(index, {})}
        for index, name in enumerate(_names(sheet, box))
    ]
    rest = {name: value for name, value in body.items() if name not in ("tableId", "name", "columns")}
    return {
        "tableId": body["tableId"],
        "name": body["name"],
        "range": box.to_json(),
        **rest,
        "columnProperties": columns,
    }


def write(sheet: Sheet, box: Box, names: Mapping[int, str]) -> None:
    """Put names into a table's header cells, by their places in the table."""
    for index, name in names.items():
        _put(sheet, box, index, name)


def settle(sheet: Sheet) -> None:
    """Give every header cell that holds no text of its own a name."""
    for table in sheet.tables:
        box = table.boxes[0]
        for index, column in enumerate(box.columns()):
            value = sheet.cell(box.top, column).value
            if value is None or isinstance(value, Formula):
                _put(sheet, box, index, f"Column {index + 1}")


def _put(sheet: Sheet, box: Box, index: int, name: str) -> None:
    column = box.left + index
    sheet.put(box.top, column, replace(sheet.cell(box.top, column), value=name, extra={}))


def _names(sheet: Sheet, box: Box) -> list[str]:
    found = (sheet.cell(box.top, column).value for column in box.columns())
    return ["" if isinstance(value, Formula) else to_text(value) for value in found]
