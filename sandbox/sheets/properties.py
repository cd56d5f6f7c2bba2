"""The properties of a spreadsheet and of its sheets, as Google prints and takes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Sheet, Spreadsheet

DEFAULT_FORMAT: Mapping[str, Any] = {
    "backgroundColor": {"red": 1, "green": 1, "blue": 1},
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": {"red": 1, "green": 1, "blue": 1}},
}


def sheet_properties(book: Spreadsheet, sheet: Sheet) -> dict[str, Any]:
    return {
        "sheetId": sheet.sheet_id,
        "title": sheet.title,
        "index": next((n for n, other in enumerate(book.sheets) if other is sheet), len(book.sheets)),
        "sheetType": "GRID",
        "gridProperties": {"rowCount": sheet.row_count, "columnCount": sheet.column_count, **sheet.grid},
        **sheet.properties,
    }


def book_properties(book: Spreadsheet) -> dict[str, Any]:
    return {
        "title": book.title,
        "locale": book.locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": book.time_zone,
        "defaultFormat": DEFAULT_FORMAT,
        **book.properties,
    }


def set_book_properties(book: Spreadsheet, asked: Mapping[str, Any]) -> None:
    """Take over SpreadsheetProperties. Raises Refused for a locale or time zone that Google doesn't know."""
    zone, locale = asked.get("timeZone") or book.time_zone, asked.get("locale") or book.locale
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z0-9]{2,3})?", locale):
        raise Refused(f"Unsupported locale: {locale}")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Refused(f"Invalid time zone: {zone}") from None
    book.title = asked.get("title") or book.title
    book.locale, book.time_zone = locale, zone
    own = ("title", "locale", "timeZone", "defaultFormat")
    book.properties = {name: value for name, value in asked.items() if name not in own}
