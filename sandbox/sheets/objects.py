"""Charts and slicers, which float over a sheet: where they are anchored and which cells they draw.

A series whose cells are deleted goes without a word and the chart stays (seen live by the authors of
https://github.com/mmedum/google-sheets-mcp, docs/architecture.md, spike L)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sandbox.sheets.box import Axis, Box
from sandbox.sheets.lines import LineEdit
from sandbox.sheets.model import Json, Spreadsheet

Move = Callable[[Box], Box | None]

_PARTS = ("domain", "series")


def follow(book: Spreadsheet, move: Move) -> None:
    """Every chart and slicer draws the cells where ``move`` says that they are now."""
    for sheet in book.sheets:
        if sheet.charts:
            sheet.charts = tuple({**chart, "spec": _followed(chart["spec"], move) or {}} for chart in sheet.charts)
        if sheet.slicers:
            sheet.slicers = tuple({**slicer, "spec": _sliced(slicer["spec"], move)} for slicer in sheet.slicers)


def follow_anchors(book: Spreadsheet, sheet_id: int, axis: Axis, edit: LineEdit) -> None:
    """Objects over a sheet go with their anchor's row or column; where that is deleted they stay in its place."""
    sheet = book.find(sheet_id)
    if sheet is not None:
        sheet.charts = tuple(_carried(thing, axis, edit, sheet.count(axis)) for thing in sheet.charts)
        sheet.slicers = tuple(_carried(thing, axis, edit, sheet.count(axis)) for thing in sheet.slicers)


def onto(thing: Json, old_id: int, new_id: int) -> Json:
    """The object of a copied sheet: what it drew of the original it draws of the copy."""

    def move(box: Box) -> Box:
        return replace(box, sheet_id=new_id) if box.sheet_id == old_id else box

    spec = thing["spec"]
    spec = _sliced(spec, move) if "slicerId" in thing else _followed(spec, move)
    overlay = thing["position"].get("overlayPosition")
    if overlay is None:
        return {**thing, "spec": spec, "position": {"sheetId": new_id}}
    anchor = {name: value for name, value in overlay["anchorCell"].items() if name != "sheetId"}
    placed = {**overlay, "anchorCell": {**({"sheetId": new_id} if new_id else {}), **anchor}}
    return {**thing, "spec": spec, "position": {"overlayPosition": placed}}


def _followed(value: Any, move: Move) -> Any:
    """The same JSON with its source ranges moved; None for what drew only cells that are gone."""
    if isinstance(value, list):
        return _listed(value, move)
    if not isinstance(value, Mapping):
        return value
    if "sources" in value:
        kept = [box.to_json() for grid in value["sources"] if (box := move(Box.from_json(grid)))]
        return {**value, "sources": kept} if kept else None
    if "sourceRange" in value and _followed(value["sourceRange"], move) is None:
        return None
    made = {name: _followed(item, move) for name, item in value.items()}
    return {name: item for name, item in made.items() if item is not None}


def _listed(items: list[Any], move: Move) -> list[Any]:
    made = [(item, _followed(item, move)) for item in items]
    return [new for old, new in made if new is not None and not _lost(old, new)]


def _lost(old: Any, new: Any) -> bool:
    return isinstance(old, Mapping) and any(part in old and part not in new for part in _PARTS)


def _sliced(spec: Json, move: Move) -> Json:
    """A slicer whose cells are gone keeps its criteria and has no range any more."""
    if "dataRange" not in spec:
        return spec
    box = move(Box.from_json(spec["dataRange"]))
    rest = {name: value for name, value in spec.items() if name != "dataRange"}
    return rest if box is None else {"dataRange": box.to_json(), **rest}


def _carried(thing: Json, axis: Axis, edit: LineEdit, count: int) -> Json:
    overlay = thing["position"].get("overlayPosition")
    if overlay is None:
        return thing
    name = "rowIndex" if axis == "ROWS" else "columnIndex"
    index: int = overlay["anchorCell"].get(name, 0)
    point = edit.point(index)
    place = min(index, count - 1) if point is None else point
    rest = {key: value for key, value in overlay["anchorCell"].items() if key != name}
    anchor = {**rest, name: place} if place else rest
    return {**thing, "position": {"overlayPosition": {**overlay, "anchorCell": anchor}}}
