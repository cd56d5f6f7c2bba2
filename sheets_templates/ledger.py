"""Writing the tabs that the service owns: the hidden ledgers, and new lines of the sharing log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheets_templates.cells import cell_data, raw, too_long
from sheets_templates.schema import Cell, Column, Table
from sheets_templates.starter import StarterRow, label

Request = dict[str, object]
_CUT = 49_000


def ledger_requests(table: Table, rows: Sequence[StarterRow], *, used: int) -> tuple[Request, ...]:
    """Make ``rows`` the whole content of a hidden tab that the service owns.

    ``used`` is how many rows stand under its header now (the grid that was read, less one): rows beyond the new
    ones are emptied, and the tab grows by what it lacks. Raises ValueError for a tab that people type in."""
    if not (table.service_owned and table.hidden):
        raise ValueError(f"Tab {table.title} is not the service's own: nothing is written there by position.")
    values = [[_cell(table, column, row) for column in table.columns] for row in rows]
    values += [[None] * len(table.columns)] * max(0, used - len(rows))
    requests: list[Request] = []
    if len(rows) > used:
        growth = {"sheetId": table.sheet_id, "dimension": "ROWS", "length": len(rows) - used}
        requests.append({"appendDimension": growth})
    if values:
        place = {"sheetId": table.sheet_id, "rowIndex": 1, "columnIndex": 0}
        body = [{"values": [cell_data(value) for value in row]} for row in values]
        requests.append({"updateCells": {"start": place, "rows": body, "fields": "userEnteredValue"}})
    return tuple(requests)


def append_log_requests(
    table: Table, rows: Sequence[StarterRow], *, columns: Mapping[str, int] | None = None
) -> tuple[Request, ...]:
    """Add rows under everything that stands on a service-owned tab.

    ``columns`` says where each column is today (``TableReading.columns``), for a tab whose columns were moved."""
    if not table.service_owned:
        raise ValueError(f"Tab {table.title} is not the service's own: nothing is appended there.")
    if not rows:
        return ()
    places = table.positions if columns is None else columns
    width = max(places.values(), default=-1) + 1
    body = []
    for row in rows:
        cells: list[Cell] = [None] * width
        for key, place in places.items():
            cells[place] = _cell(table, table.column(key), row)
        body.append({"values": [cell_data(value) for value in cells]})
    return ({"appendCells": {"sheetId": table.sheet_id, "rows": body, "fields": "userEnteredValue"}},)


def _cell(table: Table, column: Column, row: StarterRow) -> Cell:
    value = label(table, row) if column.computed else raw(column, row.get(column.key))
    return str(value)[: _CUT // 2] if too_long(value) else value
