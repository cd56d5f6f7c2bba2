"""Tabs and header rows as Sheets API requests."""

from __future__ import annotations

from sheets_templates.schema import Column, Table
from sheets_templates.starter import SPARE_LINES_OF_OUR_OWN, Filled

Request = dict[str, object]
_REQUIRED = {"M": "Needed before the plan can start.", "R": "Needed at review.", "auto": "Fills itself in."}
_SEEN = {
    "P": "Parents see it in their copy.",
    "A": "Seen by staff and by the household that said it.",
    "S": "Staff only.",
}


def colour(code: str) -> dict[str, object]:
    """``#RRGGBB`` as a ColorStyle."""
    parts = (int(code[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return {"rgbColor": dict(zip(("red", "green", "blue"), (round(part, 4) for part in parts), strict=True))}


def row_count(filled: Filled) -> int:
    """How many rows the tab is made with, header included."""
    return 1 + max(len(filled.rows), 1) + (SPARE_LINES_OF_OUR_OWN if filled.table.service_owned else 0)


def tab_request(filled: Filled, index: int) -> Request:
    table = filled.table
    grid: dict[str, object] = {
        "rowCount": row_count(filled),
        "columnCount": len(table.columns),
        "frozenRowCount": 1,
        "frozenColumnCount": table.frozen_columns,
    }
    properties = {
        "sheetId": table.sheet_id,
        "title": table.title,
        "index": index,
        "gridProperties": grid,
        "tabColorStyle": colour(table.colour),
        "hidden": table.hidden or (table.optional and not filled.starter_rows),
    }
    return {"addSheet": {"properties": properties}}


def header_requests(table: Table) -> list[Request]:
    """Header texts with their help as notes, then their look in one stroke."""
    cells = [header(column, table.help if not place else "") for place, column in enumerate(table.columns)]
    place = {"sheetId": table.sheet_id, "rowIndex": 0, "columnIndex": 0}
    return [
        {"updateCells": {"start": place, "rows": [{"values": cells}], "fields": "userEnteredValue,note"}},
        {
            "repeatCell": {
                "range": {"sheetId": table.sheet_id, "startRowIndex": 0, "endRowIndex": 1},
                "cell": {"userEnteredFormat": header_look(table)},
                "fields": "userEnteredFormat",
            }
        },
    ]


def header_look(table: Table) -> dict[str, object]:
    return {
        "backgroundColorStyle": colour(table.colour),
        "textFormat": {"bold": True, "foregroundColorStyle": colour("#FFFFFF")},
        "wrapStrategy": "WRAP",
        "verticalAlignment": "MIDDLE",
    }


def header(column: Column, about_tab: str = "") -> dict[str, object]:
    """A header cell: its text, and as a note what hovering over it tells."""
    told = "\n\n".join(text for text in (about_tab, note(column)) if text)
    return {"userEnteredValue": {"stringValue": column.header}, "note": told}


def note(column: Column) -> str:
    """What hovering over the header tells: help, whether it is needed, who sees it, where the law asks for it."""
    lines = [column.help, _REQUIRED.get(column.required, ""), "" if column.computed else _SEEN[column.audience]]
    return "\n".join(line for line in (*lines, column.source) if line)
