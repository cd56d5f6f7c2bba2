"""Where charts and slicers are: over a cell, or on a sheet of their own; moved, bordered and deleted by one id.

Sources: discovery document; refusals and the sheet of type OBJECT without a grid as the authors of
https://github.com/mmedum/google-sheets-mcp saw them live (spike L)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from sandbox.sheets import mask as masks
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Json, Sheet

Kind = Literal["charts", "slicers"]
_IDS: dict[Kind, str] = {"charts": "chartId", "slicers": "slicerId"}
_SIZE = {"widthPixels": 600, "heightPixels": 371}
_SPREAD = ("offsetXPixels", "offsetYPixels")


def new_id(edit: Edit, asked: Json, name: str) -> int:
    """The id asked for, or a fresh one. Raises Refused where a chart or a slicer has it."""
    if name not in asked:
        return edit.number()
    wanted: int = asked[name]
    if any(wanted == thing[_IDS[kind]] for _, kind, thing in _every(edit)):
        raise Refused(f"An embedded object with id {wanted} already exists.")
    return wanted


def placed(edit: Edit, asked: Json) -> tuple[Sheet, Json]:
    """The sheet that an object goes to, and its position there."""
    if asked.get("newSheet") or "sheetId" in asked:
        sheet = _own_sheet(edit, asked.get("sheetId"))
        return sheet, {"sheetId": sheet.sheet_id}
    overlay = asked.get("overlayPosition")
    if overlay is None:
        raise Refused("One of EmbeddedObjectPosition.overlayPosition or EmbeddedObjectPosition.sheetId must be set")
    return _over(edit, overlay)


def _over(edit: Edit, overlay: Json) -> tuple[Sheet, Json]:
    anchor = overlay.get("anchorCell", {})
    sheet = edit.sheet(anchor.get("sheetId", 0), noun="sheet")
    row, column = anchor.get("rowIndex", 0), anchor.get("columnIndex", 0)
    if not (0 <= row < sheet.row_count and 0 <= column < sheet.column_count):
        raise Refused("The anchor cell is outside of the grid.")
    edit.allow_sheet(sheet)
    places = {"sheetId": sheet.sheet_id, "rowIndex": row, "columnIndex": column}
    made: dict[str, Any] = {"anchorCell": {name: place for name, place in places.items() if place}}
    made |= {name: overlay[name] for name in _SPREAD if overlay.get(name)}
    size = {name: overlay.get(name) or pixels for name, pixels in _SIZE.items()}
    if any(pixels < 0 for pixels in size.values()):
        raise Refused("An embedded object's size must not be negative.")
    return sheet, {"overlayPosition": {**made, **size}}


def _own_sheet(edit: Edit, sheet_id: int | None) -> Sheet:
    if sheet_id is not None and (sheet_id < 0 or edit.book.find(sheet_id)):
        raise Refused(f"Sheet with id {sheet_id} already exists.")
    number = 1
    while edit.book.titled(f"Chart{number}"):
        number += 1
    made = Sheet(
        sheet_id=edit.number() if sheet_id is None else sheet_id,
        title=f"Chart{number}",
        row_count=0,
        column_count=0,
        properties={"sheetType": "OBJECT"},
    )
    edit.book.sheets.append(made)
    return made


def update_embedded_object_position(edit: Edit, request: Json) -> Json:
    sheet, kind, old = _find(edit, request.get("objectId", 0))
    edit.allow_sheet(sheet)
    asked = request.get("newPosition", {})
    overlay = asked.get("overlayPosition")
    if overlay is not None:
        mask = masks.read("OverlayPosition", request.get("fields", ""))
        asked = {"overlayPosition": masks.merged(mask, old["position"].get("overlayPosition", {}), overlay)}
    _take(sheet, kind, old)
    target, position = placed(edit, asked)
    _put(target, kind, {**old, "position": position})
    _forget(edit, sheet)
    return {"position": position}


def update_embedded_object_border(edit: Edit, request: Json) -> Json:
    sheet, kind, old = _find(edit, request.get("objectId", 0))
    edit.allow_sheet(sheet)
    mask = masks.read("EmbeddedObjectBorder", request.get("fields", ""))
    border = masks.merged(mask, old.get("border", {}), masks.both_colours(request.get("border", {})))
    _take(sheet, kind, old)
    _put(sheet, kind, {**{name: part for name, part in old.items() if name != "border"}, "border": border})
    return {}


def delete_embedded_object(edit: Edit, request: Json) -> Json:
    sheet, kind, old = _find(edit, request.get("objectId", 0))
    edit.allow_sheet(sheet)
    _take(sheet, kind, old)
    _forget(edit, sheet)
    return {}


def _every(edit: Edit) -> Iterator[tuple[Sheet, Kind, Json]]:
    for sheet in edit.book.sheets:
        yield from ((sheet, "charts", chart) for chart in sheet.charts)
        yield from ((sheet, "slicers", slicer) for slicer in sheet.slicers)


def _find(edit: Edit, object_id: int) -> tuple[Sheet, Kind, Json]:
    for sheet, kind, thing in _every(edit):
        if thing[_IDS[kind]] == object_id:
            return sheet, kind, thing
    raise Refused(f"No embedded object with id: {object_id}")


def _take(sheet: Sheet, kind: Kind, gone: Json) -> None:
    setattr(sheet, kind, tuple(thing for thing in getattr(sheet, kind) if thing is not gone))


def _put(sheet: Sheet, kind: Kind, made: Json) -> None:
    setattr(sheet, kind, (*getattr(sheet, kind), made))


def _forget(edit: Edit, sheet: Sheet) -> None:
    """A sheet that was there for one chart only goes with it, unless it is the last one."""
    if sheet.properties.get("sheetType") == "OBJECT" and not sheet.charts and len(edit.book.sheets) > 1:
        edit.book.sheets.remove(sheet)
