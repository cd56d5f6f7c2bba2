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
SHOWN_FORMAT: Mapping[str, Any] = {
    **DEFAULT_FORMAT,
    "textFormat": {**DEFAULT_FORMAT["textFormat"], "fontFamily": "Arial"},
    "hyperlinkDisplayType": "PLAIN_TEXT",
}
"""The default as a cell shows it."""

_BLACK: Mapping[str, Any] = {}
_WHITE = {"red": 1, "green": 1, "blue": 1}
_THEME_COLOURS: Mapping[str, Mapping[str, float]] = {
    "TEXT": _BLACK,
    "BACKGROUND": _WHITE,
    "ACCENT1": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275},
    "ACCENT2": {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314},
    "ACCENT3": {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275},
    "ACCENT4": {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902},
    "ACCENT5": {"red": 1, "green": 0.42745098, "blue": 0.003921569},
    "ACCENT6": {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706},
    "LINK": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8},
}
DEFAULT_THEME: Mapping[str, Any] = {
    "primaryFontFamily": "Arial",
    "themeColors": [{"colorType": kind, "color": {"rgbColor": colour}} for kind, colour in _THEME_COLOURS.items()],
}
"""What a new spreadsheet has, as live accounts answer it."""


def sheet_properties(book: Spreadsheet, sheet: Sheet) -> dict[str, Any]:
    made = {
        "sheetId": sheet.sheet_id,
        "title": sheet.title,
        "index": next((n for n, other in enumerate(book.sheets) if other is sheet), len(book.sheets)),
        "sheetType": "GRID",
    }
    if is_grid(sheet):
        made["gridProperties"] = {"rowCount": sheet.row_count, "columnCount": sheet.column_count, **sheet.grid}
    return {**made, **sheet.properties}


def is_grid(sheet: Sheet) -> bool:
    """Whether the sheet has cells; a chart's own has none."""
    return bool(sheet.properties.get("sheetType", "GRID") == "GRID")


def book_properties(book: Spreadsheet) -> dict[str, Any]:
    return {
        "title": book.title,
        "locale": book.locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": book.time_zone,
        "defaultFormat": DEFAULT_FORMAT,
        "spreadsheetTheme": DEFAULT_THEME,
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
