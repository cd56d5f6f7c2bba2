"""Writing the tabs that the service owns: the hidden ledgers, and new lines of the sharing log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheets_templates.cells import cell_data, raw, too_long
from sheets_templates.schema import Catalogue, Cell, Column, Table
from sheets_templates.starter import SPARE_LINES_OF_OUR_OWN, StarterRow, label
from sheets_templates.text import MAX_CELL

Request = dict[str, object]
_CUT = "…"


def ledger_requests(catalogue: Catalogue, key: str, rows: Sequence[StarterRow]) -> tuple[Request, ...]:
    """Make ``rows`` the whole content of a hidden tab that the service owns, whatever stands there now.

    The tab gets the size it needs first, so no reading is needed and repeating changes nothing. Raises ValueError
    for a tab that people type in."""
    table = catalogue.table(key)
    if not (table.service_owned and table.hidden):
        raise ValueError(f"Tab {table.title} is not the service's own: nothing is written there by position.")
    values = [[_cell(table, column, row) for column in table.columns] for row in rows]
    values += [[None] * len(table.columns)] * SPARE_LINES_OF_OUR_OWN
    size = {"sheetId": table.sheet_id, "gridProperties": {"rowCount": 1 + len(values)}}
    place = {"sheetId": table.sheet_id, "rowIndex": 1, "columnIndex": 0}
    body = [{"values": [cell_data(value) for value in row]} for row in values]
    return (
        {"updateSheetProperties": {"properties": size, "fields": "gridProperties.rowCount"}},
        {"updateCells": {"start": place, "rows": body, "fields": "userEnteredValue"}},
    )


def append_log_requests(
    catalogue: Catalogue,
    rows: Sequence[StarterRow],
    *,
    key: str = "sharing_log",
    columns: Mapping[str, int] | None = None,
) -> tuple[Request, ...]:
    """Add rows under everything that stands on a service-owned tab.

    ``columns`` says where each column is today (``TableReading.columns``), for a tab whose columns were moved."""
    table = catalogue.table(key)
    if not table.service_owned:
        raise ValueError(f"Tab {table.title} is not the service's own: nothing is appended there.")
    places = table.positions if columns is None else columns
    body = [_line(table, row, places) for row in rows]
    append = {"sheetId": table.sheet_id, "rows": body, "fields": "userEnteredValue"}
    return ({"appendCells": append},) if body else ()


def _line(table: Table, row: StarterRow, places: Mapping[str, int]) -> dict[str, object]:
    cells: list[Cell] = [None] * (max(places.values(), default=-1) + 1)
    for key, place in places.items():
        cells[place] = _cell(table, table.column(key), row)
    return {"values": [cell_data(value) for value in cells]}


def _cell(table: Table, column: Column, row: StarterRow) -> Cell:
    """The value as a cell; of a text too long for one, its beginning."""
    value = label(table, row) if column.computed else raw(column, row.get(column.key))
    return str(value)[: MAX_CELL // 2 - 1] + _CUT if too_long(value) else value
