"""Slicers: kept, checked in shape and given back. They hide nothing here: what a slicer shows is each viewer's own.

Source: discovery document; refusals as the authors of https://github.com/mmedum/google-sheets-mcp saw them live."""

from __future__ import annotations

from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Json
from sandbox.sheets.requests import placing
from sandbox.sheets.validation import check_condition


def add_slicer(edit: Edit, request: Json) -> Json:
    asked = request.get("slicer", {})
    spec = _spec(edit, asked.get("spec", {}))
    slicer_id = placing.new_id(edit, asked, "slicerId")
    if "overlayPosition" not in asked.get("position", {}):
        raise Refused("A slicer can be positioned only on an existing sheet.")
    sheet, position = placing.placed(edit, asked["position"])
    made = {"slicerId": slicer_id, "spec": spec, "position": position}
    sheet.slicers = (*sheet.slicers, made)
    return {"slicer": made}


def update_slicer_spec(edit: Edit, request: Json) -> Json:
    mask = masks.read("SlicerSpec", request.get("fields", ""))
    slicer_id = request.get("slicerId", 0)
    for sheet in edit.book.sheets:
        for old in sheet.slicers:
            if old["slicerId"] == slicer_id:
                edit.allow_sheet(sheet)
                after = masks.merged(mask, old["spec"], masks.both_colours(request.get("spec", {})))
                made = {**old, "spec": _spec(edit, after)}
                sheet.slicers = tuple(made if slicer is old else slicer for slicer in sheet.slicers)
                return {}
    raise Refused(f"No slicer with id: {slicer_id}")


def _spec(edit: Edit, asked: Json) -> Json:
    if "dataRange" not in asked:
        raise Refused("no data range")
    box = edit.closed(Box.from_json(asked["dataRange"]))
    if not 0 <= asked.get("columnIndex", 0) < len(box.columns()):
        raise Refused("A slicer's column index must lie within its data range.")
    if "condition" in asked.get("filterCriteria", {}):
        check_condition(asked["filterCriteria"]["condition"])
    made: Json = {"applyToPivotTables": True, "horizontalAlignment": "LEFT", **masks.both_colours(asked)}
    return made
