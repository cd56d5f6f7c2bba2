"""Requests that tidy texts and rows: trimWhitespace, deleteDuplicates, textToColumns, pasteData."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace

from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.entry import enter, typed
from sandbox.sheets.errors import Refused, not_built
from sandbox.sheets.formulas.values import FormulaError
from sandbox.sheets.model import EMPTY, Json, Sheet
from sandbox.sheets.requests.growth import grow

_DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}


def trim_whitespace(edit: Edit, request: Json) -> Json:
    """White space goes from both ends of a text and is one space inside it; what is left stays text."""
    sheet, box = _asked(edit, request.get("range", {}))
    changed = 0
    for row, column, cell in list(sheet.filled()):
        if isinstance(cell.value, str) and box.holds(row, column):
            text = re.sub(r"\s+", " ", cell.value.strip())
            if text != cell.value:
                sheet.put(row, column, replace(cell, value=text or None, extra={}))
                changed += 1
    return {"cellsChangedCount": changed} if changed else {}


def delete_duplicates(edit: Edit, request: Json) -> Json:
    """Rows whose values, in any case of letters, stood further up go; the rest of the range moves up."""
    sheet, box = _asked(edit, request.get("range", {}))
    columns = sorted(index for each in request.get("comparisonColumns", ()) for index in _columns(each, box))
    evaluator = edit.evaluator()
    last = max((row + 1 for row, column, cell in sheet.filled() if box.holds(row, column)), default=box.top)
    seen: set[tuple[object, ...]] = set()
    kept = []
    for row in range(box.top, last):
        key = tuple(_folded(evaluator.outcome(sheet.sheet_id, row, column)) for column in columns or box.columns())
        if key not in seen:
            seen.add(key)
            kept.append([sheet.cell(row, column) for column in box.columns()])
    removed = last - box.top - len(kept)
    blank = [EMPTY] * len(box.columns())
    for row, cells in enumerate([*kept, *[blank] * removed], box.top):
        for column, cell in zip(box.columns(), cells, strict=True):
            if cell is not EMPTY or sheet.cell(row, column) is not EMPTY:
                sheet.put(row, column, cell)
    return {"duplicatesRemovedCount": removed} if removed else {}


def _columns(lines: Json, box: Box) -> range:
    if lines.get("dimension", "COLUMNS") != "COLUMNS":
        raise Refused("Comparison columns must be columns.")
    found = range(lines.get("startIndex", box.left), lines.get("endIndex", box.right or 0))
    if any(index not in box.columns() for index in found):
        raise Refused("Comparison columns must lie within the range.")
    return found


def _folded(value: object) -> object:
    if isinstance(value, FormulaError):
        return value.code
    return value.casefold() if isinstance(value, str) else (type(value).__name__, value)


def text_to_columns(edit: Edit, request: Json) -> Json:
    """One column's texts, split: each part is read as if typed into its own cell, over whatever stands there."""
    sheet, box = _asked(edit, request.get("source", {}))
    if len(box.columns()) != 1:
        raise Refused("The source range must span exactly one column.")
    texts = {row: value for row in box.rows() if isinstance(value := sheet.cell(row, box.left).value, str)}
    delimiter = _delimiter(request, list(texts.values()))
    split = {row: next(iter(_split(text, delimiter)), []) for row, text in texts.items()}
    width = max(map(len, split.values()), default=1)
    grow(edit, sheet, columns=box.left + width)
    edit.allow(replace(box, right=box.left + width))
    for row, parts in split.items():
        _type_in(edit, sheet, row, box.left, parts)
    return {}


def _delimiter(request: Json, texts: list[str]) -> str:
    kind = request.get("delimiterType", "DELIMITER_TYPE_UNSPECIFIED")
    if kind in _DELIMITERS:
        return _DELIMITERS[kind]
    if kind == "CUSTOM":
        return _given(request.get("delimiter", ""))
    if kind != "AUTODETECT":
        raise Refused("A delimiter type must be specified.")
    counts = Counter(letter for text in texts for letter in text if letter in _DELIMITERS.values())
    return counts.most_common(1)[0][0] if counts else ","


def _given(delimiter: str) -> str:
    if not delimiter:
        raise Refused("A delimiter must be specified.")
    return delimiter


def _split(text: str, delimiter: str) -> list[list[str]]:
    """Lines of parts. A delimiter of one letter may stand in quotes; one of several may not."""
    if len(delimiter) > 1:
        return [line.split(delimiter) for line in text.splitlines()]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def paste_data(edit: Edit, request: Json) -> Json:
    """Delimited text from a cell on, each part read as if typed; the grid grows where it must."""
    kind = request.get("type", "PASTE_NORMAL")
    if request.get("html") or kind not in ("PASTE_NORMAL", "PASTE_VALUES"):
        raise not_built(f"sheets.spreadsheets.batchUpdate.pasteData with {'html' if request.get('html') else kind}")
    start = request.get("coordinate", {})
    sheet, top, left = edit.sheet(start.get("sheetId", 0)), start.get("rowIndex", 0), start.get("columnIndex", 0)
    rows = _split(request.get("data", ""), _given(request.get("delimiter", "")))
    width = max(map(len, rows), default=0)
    grow(edit, sheet, rows=top + len(rows), columns=left + width)
    edit.allow(Box(sheet_id=sheet.sheet_id, top=top, bottom=top + len(rows), left=left, right=left + width))
    for row, parts in enumerate(rows, top):
        _type_in(edit, sheet, row, left, parts)
    return {}


def _type_in(edit: Edit, sheet: Sheet, row: int, left: int, parts: list[str]) -> None:
    for column, part in enumerate(parts, left):
        cell = sheet.cell(row, column)
        sheet.put(row, column, enter(cell, typed(part, cell, edit.manner())))


def _asked(edit: Edit, grid: Json) -> tuple[Sheet, Box]:
    box = Box.from_json(grid)
    sheet, closed = edit.sheet(box.sheet_id), edit.closed(box)
    edit.allow(closed)
    return sheet, closed
