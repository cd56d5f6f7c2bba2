"""Conditional format rules and bandings that are there already: replaced, moved, changed."""

from __future__ import annotations

from dataclasses import replace

from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Json, Ranged, Sheet
from sandbox.sheets.requests.looks import band_json, made_rule, ranged_json


def update_conditional_format_rule(edit: Edit, request: Json) -> Json:
    """Another rule in the place of one, or the same one at another place."""
    index = request.get("index", 0)
    if "rule" in request:
        made = made_rule(edit, request["rule"])
        sheet = edit.sheet(made.boxes[0].sheet_id)
        old = _take(sheet, index)
        _insert(sheet, index, made)
        return {"newRule": ranged_json(made), "newIndex": index, "oldRule": ranged_json(old)}
    if "newIndex" not in request:
        raise Refused("Must specify a rule or a new index.")
    sheet, new = edit.sheet(request.get("sheetId", 0)), request["newIndex"]
    if not 0 <= new < len(sheet.conditional_formats):
        raise Refused(f"No conditional format on sheet: {sheet.sheet_id} at index: {new}")
    moved = _take(sheet, index)
    _insert(sheet, new, moved)
    return {"newRule": ranged_json(moved), "newIndex": new, "oldIndex": index}


def _take(sheet: Sheet, index: int) -> Ranged:
    rules = sheet.conditional_formats
    if not 0 <= index < len(rules):
        raise Refused(f"No conditional format on sheet: {sheet.sheet_id} at index: {index}")
    sheet.conditional_formats = (*rules[:index], *rules[index + 1 :])
    return rules[index]


def _insert(sheet: Sheet, index: int, rule: Ranged) -> None:
    sheet.conditional_formats = (*sheet.conditional_formats[:index], rule, *sheet.conditional_formats[index:])


def update_banding(edit: Edit, request: Json) -> Json:
    mask = masks.read("BandedRange", request.get("fields", ""))
    asked = masks.both_colours(request.get("bandedRange", {}))
    wanted = asked.get("bandedRangeId", 0)
    for sheet in edit.book.sheets:
        old = next((band for band in sheet.bands if band.body["bandedRangeId"] == wanted), None)
        if old is not None:
            after = masks.merged(mask, band_json(old), asked)
            box = Box.from_json(after.get("range", {}))
            edit.closed(box)
            if any(band is not old and band.boxes[0].meets(box) for band in sheet.bands):
                raise Refused("The range overlaps another banded range.")
            body = {name: value for name, value in after.items() if name != "range"} | {"bandedRangeId": wanted}
            made = replace(old, boxes=(box,), body=body)
            sheet.bands = tuple(made if band is old else band for band in sheet.bands)
            return {}
    raise Refused(f"No banding with id: {wanted}")
