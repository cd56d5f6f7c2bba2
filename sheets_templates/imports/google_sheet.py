"""A Google Sheet of a school's own as cells, from one ``spreadsheets.get`` with ``FIELDS``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_templates.address import letters
from sheets_templates.dates import date_from_serial
from sheets_templates.imports.grid import MAX_CELLS, MAX_TABS, BadFile, Book, SourceCell, Tab, is_blank, sound

FIELDS = (
    "sheets(properties(title,hidden),merges,data(rowData(values(effectiveValue,userEnteredValue(formulaValue),"
    "effectiveFormat(backgroundColor,numberFormat,textFormat(strikethrough,bold)))),"
    "rowMetadata(hiddenByUser),columnMetadata(hiddenByUser)))"
)
_WHITE = {"red": 1, "green": 1, "blue": 1}
_DATED = ("DATE", "DATE_TIME")


def book_of_answer(answer: Mapping[str, Any]) -> Book:
    """The tabs of an answer. Raises BadFile where it has more cells than a plan sheet."""
    sheets = answer.get("sheets", ())
    cells = sum(len(row.get("values", ())) for s in sheets for d in s.get("data", ()) for row in d.get("rowData", ()))
    if cells > 10 * MAX_CELLS or len(sheets) > MAX_TABS:
        raise BadFile(f"This sheet has more than {MAX_CELLS:,} cells or {MAX_TABS} tabs. Copy out the part you need.")
    return tuple(_tab(sheet) for sheet in sheets)


def _tab(sheet: Mapping[str, Any]) -> Tab:
    title = str(sheet.get("properties", {}).get("title", ""))
    data: Mapping[str, Any] = next(iter(sheet.get("data", ())), {})
    cells: dict[tuple[int, int], SourceCell] = {}
    fills: dict[tuple[int, int], str] = {}
    for r, row in enumerate(data.get("rowData", ())):
        for c, raw in enumerate(row.get("values", ())):
            value, colour = _value(raw), _colour(raw)
            if not is_blank(value):
                cells[r, c] = _cell(title, r, c, raw, value, colour)
            elif colour:
                fills[r, c] = colour
    return Tab(
        title=title,
        cells=cells,
        fills=fills,
        merges=tuple(_merge(each) for each in sheet.get("merges", ())),
        hidden_rows=_hidden(data.get("rowMetadata", ())),
        hidden_columns=_hidden(data.get("columnMetadata", ())),
        hidden=bool(sheet.get("properties", {}).get("hidden")),
    )


def _cell(title: str, row: int, column: int, raw: Mapping[str, Any], value: object, colour: str) -> SourceCell:
    text = raw.get("effectiveFormat", {}).get("textFormat", {})
    return SourceCell(
        tab=title,
        row=row,
        column=column,
        value=sound(value),
        formula="formulaValue" in raw.get("userEnteredValue", {}),
        fill=colour,
        struck=bool(text.get("strikethrough")),
        bold=bool(text.get("bold")),
        address=f"{letters(column)}{row + 1}",
    )


def _value(raw: Mapping[str, Any]) -> object:
    """What a cell shows: dates as dates, errors as their text."""
    value = raw.get("effectiveValue", {})
    if "errorValue" in value:
        return f"#{value['errorValue'].get('type', 'ERROR')}!"
    found = next(iter(value.values()), None)
    kind = raw.get("effectiveFormat", {}).get("numberFormat", {}).get("type")
    if kind in _DATED and isinstance(found, int | float):
        return date_from_serial(found) or found
    return found


def _colour(raw: Mapping[str, Any]) -> str:
    colour = raw.get("effectiveFormat", {}).get("backgroundColor", _WHITE)
    parts = [round(255 * float(colour.get(name, 0))) for name in ("red", "green", "blue")]
    return "" if parts == [255, 255, 255] else "".join(f"{part:02X}" for part in parts)


def _merge(found: Mapping[str, int]) -> tuple[int, int, int, int]:
    top, left = found.get("startRowIndex", 0), found.get("startColumnIndex", 0)
    return top, left, found.get("endRowIndex", top + 1) - 1, found.get("endColumnIndex", left + 1) - 1


def _hidden(dimensions: Any) -> frozenset[int]:
    return frozenset(number for number, each in enumerate(dimensions) if each.get("hiddenByUser"))
