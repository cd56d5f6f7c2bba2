"""findReplace. https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.entry import check_length
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Cell, Formula, Json, Sheet


def find_replace(edit: Edit, request: Json) -> Json:
    """Replace text in cells, counting as Google counts."""
    pattern = _pattern(request)
    occurrences, changed, rows, formulas = 0, 0, set(), 0
    for sheet, row, column, cell in _searched(edit, request):
        text = cell.value.text if isinstance(cell.value, Formula) else cell.value
        if not isinstance(text, str) or (isinstance(cell.value, Formula) and not request.get("includeFormulas")):
            continue
        made, count = pattern.subn(lambda _: request.get("replacement", ""), text)
        if not count:
            continue
        edit.allow(Box(sheet_id=sheet.sheet_id, top=row, bottom=row + 1, left=column, right=column + 1))
        check_length(made)
        is_formula = isinstance(cell.value, Formula)
        sheet.put(row, column, replace(cell, value=Formula(made) if is_formula else made or None))
        occurrences, formulas, changed = occurrences + count, formulas + is_formula, changed + (not is_formula)
        rows.add((sheet.sheet_id, row))
    counts = {
        "valuesChanged": changed,
        "formulasChanged": formulas,
        "rowsChanged": len(rows),
        "sheetsChanged": len({sheet_id for sheet_id, _ in rows}),
        "occurrencesChanged": occurrences,
    }
    return {name: count for name, count in counts.items() if count}


def _searched(edit: Edit, request: Json) -> Iterator[tuple[Sheet, int, int, Cell]]:
    if request.get("allSheets"):
        boxes = [sheet.box() for sheet in edit.book.sheets]
    elif "range" in request:
        boxes = [edit.closed(Box.from_json(request["range"]))]
    elif "sheetId" in request:
        boxes = [edit.sheet(request["sheetId"]).box()]
    else:
        raise Refused("Must specify a scope: a range, a sheet or all sheets.")
    for box in boxes:
        sheet = edit.sheet(box.sheet_id)
        for row, column, cell in list(sheet.filled()):
            if box.holds(row, column):
                yield sheet, row, column, cell


def _pattern(request: Json) -> re.Pattern[str]:
    find = request.get("find", "")
    if not find:
        raise Refused("The text to find must not be empty.")
    text = find if request.get("searchByRegex") else re.escape(find)
    if request.get("matchEntireCell"):
        text = rf"\A(?:{text})\Z"
    try:
        return re.compile(text, 0 if request.get("matchCase") else re.IGNORECASE)
    except re.error:
        raise Refused(f"Invalid regular expression: {find}") from None
