"""A spreadsheet as Google's JSON, with or without its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.sheets import conditions, metadata
from sandbox.sheets.box import Axis, Box
from sandbox.sheets.celljson import extended, to_json
from sandbox.sheets.edit import may_edit, within
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.formulas.values import Formatted, FormulaError, Linked, Scalar
from sandbox.sheets.headers import table_json
from sandbox.sheets.model import EMPTY, Cell, Line, Sheet, Spreadsheet
from sandbox.sheets.properties import SHOWN_FORMAT, book_properties, is_grid, sheet_properties
from sandbox.sheets.requests.filterviews import view_json
from sandbox.sheets.requests.groups import groups_json
from sandbox.sheets.requests.looks import band_json, ranged_json
from sandbox.sheets.requests.names import named_json
from sandbox.sheets.requests.protection import protection_json
from sandbox.sheets.show import pattern, shown

_FORMAT_ORDER = (
    "numberFormat",
    "backgroundColor",
    "borders",
    "padding",
    "horizontalAlignment",
    "verticalAlignment",
    "wrapStrategy",
    "textDirection",
    "textFormat",
    "hyperlinkDisplayType",
    "textRotation",
    "backgroundColorStyle",
)
_SIZES = {"ROWS": 21, "COLUMNS": 100}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A book as one caller sees it."""

    book: Spreadsheet
    evaluator: Evaluator
    reader: str
    client: str
    owner: str


def spreadsheet(view: View, *, boxes: Iterable[Box] | None = None, grid: bool = False) -> dict[str, Any]:
    """Google's Spreadsheet; with ``boxes``, only the sheets they are on and of those only these cells."""
    book = view.book
    wanted = None if boxes is None else list(boxes)
    made: dict[str, Any] = {
        "spreadsheetId": book.id,
        "properties": book_properties(book),
        "sheets": [_sheet(view, sheet, own, grid=grid) for sheet in book.sheets if (own := _own(sheet, wanted))],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
    }
    if book.names:
        made["namedRanges"] = [named_json(named_id, named) for named_id, named in book.names.items()]
    found = _metadata(view, metadata.Place())
    return {**made, "developerMetadata": found} if found else made


def _own(sheet: Sheet, wanted: list[Box] | None) -> list[Box]:
    if wanted is None:
        return [sheet.box()]
    return [box for box in wanted if box.sheet_id == sheet.sheet_id]


def _sheet(view: View, sheet: Sheet, boxes: list[Box], *, grid: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"properties": sheet_properties(view.book, sheet)}
    if grid and is_grid(sheet):
        made["data"] = [_grid_data(view, sheet, box) for box in boxes]
    parts = {
        "merges": [merge.boxes[0].to_json() for merge in sheet.merges if any(map(merge.boxes[0].meets, boxes))],
        "conditionalFormats": [ranged_json(rule) for rule in sheet.conditional_formats],
        "bandedRanges": [band_json(band) for band in sheet.bands],
        "protectedRanges": [
            protection_json(found, may=may_edit(found, editor=view.reader, owner=view.owner))
            for found in sheet.protections
        ],
        "developerMetadata": _metadata(view, metadata.Place(sheet.sheet_id)),
        "filterViews": [view_json(view) for view in sheet.filter_views],
        "tables": [table_json(sheet, table) for table in sheet.tables],
        "charts": [dict(chart) for chart in sheet.charts],
        "slicers": [dict(slicer) for slicer in sheet.slicers],
        "rowGroups": groups_json(sheet, "ROWS"),
        "columnGroups": groups_json(sheet, "COLUMNS"),
    }
    made |= {name: part for name, part in parts.items() if part}
    if sheet.basic_filter:
        made["basicFilter"] = {"range": sheet.basic_filter.boxes[0].to_json(), **sheet.basic_filter.body}
    return made


def _metadata(view: View, place: metadata.Place) -> list[dict[str, Any]]:
    here = metadata.holder(view.book, place).metadata
    return [
        metadata.to_json(found, place)
        for found in here
        if found.visibility == "DOCUMENT" or found.project == view.client
    ]


def _grid_data(view: View, sheet: Sheet, box: Box) -> dict[str, Any]:
    within(sheet, box)
    box = sheet.clamp(box)
    made: dict[str, Any] = {}
    if box.top:
        made["startRow"] = box.top
    if box.left:
        made["startColumn"] = box.left
    rows = [_row(view, sheet, row, box) for row in view.evaluator.used(box).rows()]
    while rows and not rows[-1]:
        rows.pop()
    if rows:
        made["rowData"] = rows
    made["rowMetadata"] = _lines(view, sheet, "ROWS", box.rows())
    made["columnMetadata"] = _lines(view, sheet, "COLUMNS", box.columns())
    return made


def _row(view: View, sheet: Sheet, row: int, box: Box) -> dict[str, Any]:
    cells = [_cell(view, sheet, row, column) for column in box.columns()]
    while cells and not cells[-1]:
        cells.pop()
    return {"values": cells} if cells else {}


def _cell(view: View, sheet: Sheet, row: int, column: int) -> dict[str, Any]:
    cell = sheet.cell(row, column)
    if cell is EMPTY:
        return {}
    made = to_json(cell)
    value = None if cell.value is None else view.evaluator.outcome(sheet.sheet_id, row, column)
    # What comes to nothing, or to an empty text, has neither value nor text, as seen live.
    if value is not None and value != "":
        made["effectiveValue"] = extended(value)
        made["formattedValue"] = shown(value, cell.number_format(), view.book.locale)
    link = hyperlink(cell, value)
    if link:
        made["hyperlink"] = link
    if cell.value is not None or cell.format:
        made["effectiveFormat"] = effective_format(view.evaluator, sheet, row, column, value)
    return made


def hyperlink(cell: Cell, value: Scalar | FormulaError) -> str:
    """The one address that a cell leads to: its HYPERLINK formula's, or its format's. ``""`` for none."""
    if isinstance(value, Linked):
        return value.url
    found: str = cell.format.get("textFormat", {}).get("link", {}).get("uri", "")
    return found


def effective_format(
    evaluator: Evaluator, sheet: Sheet, row: int, column: int, value: Scalar | FormulaError
) -> dict[str, Any]:
    """Default format, the cell's own and conditional ones, over each other; aligned by what the cell shows.

    Source: NangoHQ/integration-templates' recordings of 2026."""
    cell = sheet.cell(row, column)
    made = _over(_over(SHOWN_FORMAT, cell.format), conditions.applied(evaluator, sheet, row, column))
    if value is not None:
        made.setdefault("horizontalAlignment", _alignment(value))
    if hyperlink(cell, value) and "hyperlinkDisplayType" not in cell.format:
        made["hyperlinkDisplayType"] = "LINKED"
    number_format = cell.number_format() or (value.pattern if isinstance(value, Formatted) else {})
    if number_format:
        shape = pattern(number_format, evaluator.book.locale)
        made["numberFormat"] = {**number_format, **({"pattern": shape} if shape else {})}
    return {name: made[name] for name in _FORMAT_ORDER if name in made}


def _alignment(value: Scalar | FormulaError) -> str:
    if isinstance(value, bool | FormulaError):
        return "CENTER"
    return "LEFT" if isinstance(value, str) else "RIGHT"


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(below)
    for name, value in above.items():
        nested = isinstance(value, Mapping) and isinstance(made.get(name), Mapping) and "olor" not in name
        made[name] = _over(made[name], value) if nested else value
    return made


def _lines(view: View, sheet: Sheet, axis: Axis, indexes: range) -> list[dict[str, Any]]:
    lines: list[Any] = sheet.rows if axis == "ROWS" else sheet.columns
    return [_line(view, sheet, axis, n, lines[n]) if n < len(lines) else {"pixelSize": _SIZES[axis]} for n in indexes]


def _line(view: View, sheet: Sheet, axis: Axis, index: int, line: Line) -> dict[str, Any]:
    made = {"pixelSize": _SIZES[axis], **line.properties}
    found = _metadata(view, metadata.Place(sheet.sheet_id, axis, index)) if line.metadata else []
    return {**made, "developerMetadata": found} if found else made
