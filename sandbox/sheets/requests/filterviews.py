"""Filter views: kept and shown to clients, with criteria and filterSpecs saying the same. They hide nothing here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.sheets import criteria
from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Json, Ranged, Sheet
from sandbox.sheets.requests.tables import table_box


def add_filter_view(edit: Edit, request: Json) -> Json:
    asked = request.get("filter", {})
    view_id = asked["filterViewId"] if "filterViewId" in asked else edit.number()
    if any(view_id == view.body["filterViewId"] for sheet in edit.book.sheets for view in sheet.filter_views):
        raise Refused(f"A filter view with id {view_id} already exists.")
    return {"filter": view_json(_keep(edit, asked, view_id))}


def update_filter_view(edit: Edit, request: Json) -> Json:
    mask = masks.read("FilterView", request.get("fields", ""))
    asked = request.get("filter", {})
    sheet, old = _find(edit, asked.get("filterViewId", 0))
    after = masks.merged(mask, view_json(old), asked)
    if "filterSpecs" in mask:
        after.pop("criteria", None)
    elif "criteria" in mask:
        after.pop("filterSpecs", None)
    made = _made(edit, after, old.body["filterViewId"])
    sheet.filter_views = tuple(made if view is old else view for view in sheet.filter_views)
    return {}


def delete_filter_view(edit: Edit, request: Json) -> Json:
    sheet, old = _find(edit, request.get("filterId", 0))
    sheet.filter_views = tuple(view for view in sheet.filter_views if view is not old)
    return {}


def duplicate_filter_view(edit: Edit, request: Json) -> Json:
    sheet, old = _find(edit, request.get("filterId", 0))
    body = {**old.body, "filterViewId": edit.number(), "title": f"Copy of {old.body['title']}"}
    made = replace(old, body=body)
    sheet.filter_views = (*sheet.filter_views, made)
    return {"filter": view_json(made)}


def view_json(view: Ranged) -> dict[str, Any]:
    """Google's FilterView."""
    body = dict(view.body)
    return {
        "filterViewId": body.pop("filterViewId"),
        "title": body.pop("title"),
        "range": view.boxes[0].to_json(),
        **body,
    }


def _find(edit: Edit, view_id: int) -> tuple[Sheet, Ranged]:
    for sheet in edit.book.sheets:
        for view in sheet.filter_views:
            if view.body["filterViewId"] == view_id:
                return sheet, view
    raise Refused(f"No filter view with id: {view_id}")


def _keep(edit: Edit, asked: Json, view_id: int) -> Ranged:
    made = _made(edit, asked, view_id)
    sheet = edit.sheet(made.boxes[0].sheet_id)
    sheet.filter_views = (*sheet.filter_views, made)
    return made


def _made(edit: Edit, asked: Json, view_id: int) -> Ranged:
    box = edit.closed(_box(edit, asked))
    title = asked.get("title") or f"Filter {len(edit.sheet(box.sheet_id).filter_views) + 1}"
    body = {name: asked[name] for name in ("namedRangeId", "tableId") if asked.get(name)}
    return Ranged(boxes=(box,), body={"filterViewId": view_id, "title": title, **body, **criteria.read(asked, box)})


def _box(edit: Edit, asked: Json) -> Box:
    if "range" in asked:
        return Box.from_json(asked["range"])
    if "tableId" in asked:
        return table_box(edit, asked["tableId"])
    named = edit.book.names.get(asked.get("namedRangeId", ""))
    if named is None:
        raise Refused("Must specify a range or a named range to filter.")
    return named.boxes[0]
