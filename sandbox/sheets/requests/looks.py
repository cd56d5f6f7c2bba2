"""Requests about how a sheet looks: conditional formats, banding, merges and the basic filter."""

from __future__ import annotations

from dataclasses import replace

from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import EMPTY, Json, Ranged, Sheet
from sandbox.sheets.validation import check_condition


def add_conditional_format_rule(edit: Edit, request: Json) -> Json:
    made = made_rule(edit, request.get("rule", {}))
    sheet, index = edit.sheet(made.boxes[0].sheet_id), request.get("index", 0)
    rules = list(sheet.conditional_formats)
    if not 0 <= index <= len(rules):
        raise Refused(f"Conditional format rule index {index} is out of range.")
    rules.insert(index, made)
    sheet.conditional_formats = tuple(rules)
    return {}


def made_rule(edit: Edit, asked: Json) -> Ranged:
    """The rule as it is kept. Raises Refused for one that Sheets wouldn't take."""
    rule = masks.both_colours(asked)
    boxes = tuple(Box.from_json(grid) for grid in rule.get("ranges", ()))
    if not boxes or ("booleanRule" in rule) == ("gradientRule" in rule):
        raise Refused("A conditional format rule needs ranges and either a booleanRule or a gradientRule.")
    if len({box.sheet_id for box in boxes}) > 1:
        raise Refused("All ranges of a conditional format rule must be on the same sheet.")
    if "booleanRule" in rule:
        check_condition(rule["booleanRule"].get("condition", {}))
    for box in boxes:
        edit.closed(box)
    return Ranged(boxes=boxes, body={name: value for name, value in rule.items() if name != "ranges"})


def delete_conditional_format_rule(edit: Edit, request: Json) -> Json:
    sheet, index = edit.sheet(request.get("sheetId", 0)), request.get("index", 0)
    if not 0 <= index < len(sheet.conditional_formats):
        raise Refused(f"No conditional format on sheet: {sheet.sheet_id} at index: {index}")
    gone = sheet.conditional_formats[index]
    sheet.conditional_formats = (*sheet.conditional_formats[:index], *sheet.conditional_formats[index + 1 :])
    return {"rule": ranged_json(gone)}


def ranged_json(rule: Ranged) -> dict[str, object]:
    """Google's ConditionalFormatRule."""
    return {"ranges": [box.to_json() for box in rule.boxes], **rule.body}


def add_banding(edit: Edit, request: Json) -> Json:
    asked = masks.both_colours(request.get("bandedRange", {}))
    box = Box.from_json(asked.get("range", {}))
    sheet = edit.sheet(box.sheet_id)
    edit.closed(box)
    if "rowProperties" not in asked and "columnProperties" not in asked:
        raise Refused("A banded range needs rowProperties or columnProperties.")
    if any(band.boxes[0].meets(box) for band in sheet.bands):
        raise Refused(
            "You cannot add alternating background colors to a range that already has alternating background colors."
        )
    body = {name: value for name, value in asked.items() if name != "range"}
    body["bandedRangeId"] = asked["bandedRangeId"] if "bandedRangeId" in asked else edit.number()
    made = Ranged(boxes=(box,), body=body)
    sheet.bands = (*sheet.bands, made)
    return {"bandedRange": band_json(made)}


def delete_banding(edit: Edit, request: Json) -> Json:
    wanted = request.get("bandedRangeId", 0)
    for sheet in edit.book.sheets:
        kept = tuple(band for band in sheet.bands if band.body["bandedRangeId"] != wanted)
        if len(kept) < len(sheet.bands):
            sheet.bands = kept
            return {}
    raise Refused(f"No banding with id: {wanted}")


def band_json(band: Ranged) -> dict[str, object]:
    """Google's BandedRange."""
    return {"bandedRangeId": band.body["bandedRangeId"], "range": band.boxes[0].to_json(), **band.body}


def merge_cells(edit: Edit, request: Json) -> Json:
    box = Box.from_json(request.get("range", {}))
    sheet, closed = edit.sheet(box.sheet_id), edit.closed(box)
    edit.allow(closed)
    inside = [merge for merge in sheet.merges if merge.boxes[0].meets(closed)]
    if not all(merge.boxes[0].within(closed) for merge in inside):
        raise Refused("You must select all cells in a merged range to merge or unmerge them.")
    pieces = [piece for piece in _pieces(closed, request.get("mergeType", "MERGE_ALL")) if not piece.is_single()]
    if any(_half_frozen(sheet, piece) for piece in pieces):
        raise Refused("You can't merge frozen and non-frozen columns or rows.")
    sheet.merges = tuple(merge for merge in sheet.merges if merge not in inside)
    for piece in pieces:
        _keep_first(sheet, piece)
    sheet.merges = (*sheet.merges, *(Ranged(boxes=(piece,)) for piece in pieces))
    return {}


def _half_frozen(sheet: Sheet, box: Box) -> bool:
    rows, columns = sheet.grid.get("frozenRowCount", 0), sheet.grid.get("frozenColumnCount", 0)
    return bool(box.top < rows < (box.bottom or 0) or box.left < columns < (box.right or 0))


def unmerge_cells(edit: Edit, request: Json) -> Json:
    box = Box.from_json(request.get("range", {}))
    sheet, closed = edit.sheet(box.sheet_id), edit.closed(box)
    edit.allow(closed)
    touched = [merge for merge in sheet.merges if merge.boxes[0].meets(closed)]
    if not all(merge.boxes[0].within(closed) for merge in touched):
        raise Refused("You must select all cells in a merged range to merge or unmerge them.")
    sheet.merges = tuple(merge for merge in sheet.merges if merge not in touched)
    return {}


def _pieces(box: Box, kind: str) -> list[Box]:
    if kind == "MERGE_COLUMNS":
        return [replace(box, left=column, right=column + 1) for column in box.columns()]
    if kind == "MERGE_ROWS":
        return [replace(box, top=row, bottom=row + 1) for row in box.rows()]
    return [box]


def _keep_first(sheet: Sheet, box: Box) -> None:
    """Merged cells lose all values but the first one found, which moves to the top left."""
    kept = None
    for row, column in box.cells():
        cell = sheet.cell(row, column)
        if cell.value is not None:
            kept = cell.value if kept is None else kept
            sheet.put(row, column, replace(cell, value=None))
    if kept is not None:
        first = sheet.cell(box.top, box.left)
        sheet.put(box.top, box.left, replace(EMPTY if first is EMPTY else first, value=kept))
