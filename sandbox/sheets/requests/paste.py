"""copyPaste, cutPaste and findReplace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sandbox.sheets import shift
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.entry import check_length
from sandbox.sheets.errors import Refused, not_built
from sandbox.sheets.formulas import refs
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.formulas.values import FormulaError
from sandbox.sheets.model import EMPTY, Cell, Formula, Json, Sheet

_KINDS = ("PASTE_NORMAL", "PASTE_VALUES", "PASTE_FORMAT", "PASTE_FORMULA", "PASTE_DATA_VALIDATION")


def copy_paste(edit: Edit, request: Json) -> Json:
    """Copy cells; a larger destination is filled with repeats, and formulas shift as when copied by hand."""
    kind = _kind(request)
    source = edit.closed(Box.from_json(request.get("source", {})))
    target = edit.closed(Box.from_json(request.get("destination", {})))
    if request.get("pasteOrientation") == "TRANSPOSE":
        raise not_built("sheets.spreadsheets.batchUpdate.copyPaste with TRANSPOSE")
    height, width = len(source.rows()), len(source.columns())
    if not (height and width):
        raise Refused("The source range must hold at least one cell.")
    repeats = max(1, len(target.rows()) // height), max(1, len(target.columns()) // width)
    whole = replace(target, bottom=target.top + repeats[0] * height, right=target.left + repeats[1] * width)
    sheet = edit.sheet(whole.sheet_id)
    whole = sheet.clamp(whole)
    edit.allow(whole)
    origin, evaluator = edit.sheet(source.sheet_id).copy(), edit.evaluator()
    for row, column in whole.cells():
        old = (source.top + (row - whole.top) % height, source.left + (column - whole.left) % width)
        cell = origin.cell(*old)
        if kind == "PASTE_VALUES":
            cell = replace(cell, value=_value(evaluator, origin, *old))
        copied = shift.rewritten_formula(cell, refs.shifted(row - old[0], column - old[1]))
        sheet.put(row, column, _pasted(sheet.cell(row, column), copied, kind))
    return {}


def cut_paste(edit: Edit, request: Json) -> Json:
    """Move cells; their formulas stay as they are. Row and column metadata doesn't go along."""
    kind = _kind(request)
    source = edit.closed(Box.from_json(request.get("source", {})))
    start = request.get("destination", {})
    height, width = len(source.rows()), len(source.columns())
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    target = Box(sheet_id=start.get("sheetId", 0), top=top, bottom=top + height, left=left, right=left + width)
    edit.closed(target)
    edit.allow(source)
    edit.allow(target)
    sheet, origin = edit.sheet(target.sheet_id), edit.sheet(source.sheet_id)
    taken = {place: origin.cell(*place) for place in source.cells()}
    for row, column in taken:
        origin.put(row, column, EMPTY)
    for (row, column), cell in taken.items():
        place = (row - source.top + top, column - source.left + left)
        sheet.put(*place, _pasted(sheet.cell(*place), cell, kind))
    return {}


def _kind(request: Json) -> str:
    kind: str = request.get("pasteType", "PASTE_NORMAL")
    if kind not in _KINDS:
        raise not_built(f"sheets.spreadsheets.batchUpdate with pasteType {kind}")
    return kind


def _value(evaluator: Evaluator, sheet: Sheet, row: int, column: int) -> str | float | bool | None:
    value = evaluator.outcome(sheet.sheet_id, row, column)
    if isinstance(value, FormulaError):
        return value.code
    if isinstance(value, str):
        return str(value)  # without the address of a link
    return float(value) if isinstance(value, float) else value


def _pasted(onto: Cell, cell: Cell, kind: str) -> Cell:
    if kind == "PASTE_NORMAL":
        return cell
    if kind == "PASTE_FORMAT":
        return replace(onto, format=cell.format)
    if kind == "PASTE_DATA_VALIDATION":
        return replace(onto, validation=cell.validation)
    return replace(onto, value=cell.value, extra={})


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
