"""Starter rows and spare ids as requests, with long runs of one value down a column sent once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheets_templates.cells import cell_data, row_data
from sheets_templates.schema import Cell
from sheets_templates.starter import Filled

Request = dict[str, object]
_WORTH_REPEATING = 6


def cell_requests(filled: Filled) -> list[Request]:
    """Fill the rows under the header."""
    if not any(filled.rows):
        return []
    rows = [list(row) for row in filled.rows]
    repeated = []
    for column in range(len(filled.table.columns)):
        for first, end in _runs([row[column] if column < len(row) else None for row in rows]):
            repeated.append(_repeat(filled.table.sheet_id, column, first, end, rows[first][column]))
            for row in rows[first:end]:
                row[column] = None
    place = {"sheetId": filled.table.sheet_id, "rowIndex": 1, "columnIndex": 0}
    body = [row_data(row) for row in rows]
    return [{"updateCells": {"start": place, "rows": body, "fields": "userEnteredValue"}}, *repeated]


def _runs(values: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of one value that is long enough to send as one."""
    first = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[first] or type(values[place]) is not type(values[first]):
            if place - first >= _WORTH_REPEATING and values[first] is not None:
                yield first, place
            first = place


def _repeat(sheet_id: int, column: int, first: int, end: int, value: Cell) -> Request:
    rows = {"startRowIndex": first + 1, "endRowIndex": end + 1}
    area = {"sheetId": sheet_id, **rows, "startColumnIndex": column, "endColumnIndex": column + 1}
    return {"repeatCell": {"range": area, "cell": cell_data(value), "fields": "userEnteredValue"}}
