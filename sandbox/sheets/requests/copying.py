"""A sheet's copy, within its spreadsheet or into another: everything that covers cells covers the copy's.

Developer metadata stays with the original; what has an id gets a new one. What Google names the copy of a table is
assumed: the same name with a number behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.sheets import objects
from sandbox.sheets.edit import Edit
from sandbox.sheets.model import Json, Ranged, Sheet
from sandbox.sheets.requests.tables import every, free_name


def copied(sheet: Sheet, sheet_id: int, title: str, edit: Edit) -> Sheet:
    """A fresh copy of a sheet's object, made to be that sheet: ids, title and all that covers its cells."""
    for line in (*sheet.rows, *sheet.columns):
        line.metadata = ()

    def onto(things: tuple[Ranged, ...], id_name: str = "") -> tuple[Ranged, ...]:
        return tuple(_onto(thing, sheet_id, {id_name: edit.number()} if id_name else {}) for thing in things)

    return replace(
        sheet,
        sheet_id=sheet_id,
        title=title,
        metadata=(),
        merges=onto(sheet.merges),
        conditional_formats=onto(sheet.conditional_formats),
        bands=onto(sheet.bands, "bandedRangeId"),
        protections=onto(sheet.protections, "protectedRangeId"),
        filter_views=onto(sheet.filter_views, "filterViewId"),
        tables=_tables(edit, sheet, sheet_id),
        basic_filter=onto((sheet.basic_filter,))[0] if sheet.basic_filter else None,
        charts=tuple({**chart, "chartId": edit.number()} for chart in _floating(sheet, sheet_id, sheet.charts)),
        slicers=tuple({**slicer, "slicerId": edit.number()} for slicer in _floating(sheet, sheet_id, sheet.slicers)),
    )


def _onto(thing: Ranged, sheet_id: int, new: dict[str, Any]) -> Ranged:
    boxes = tuple(replace(box, sheet_id=sheet_id) for box in thing.boxes)
    return replace(thing, boxes=boxes, body={**thing.body, **new})


def _tables(edit: Edit, sheet: Sheet, sheet_id: int) -> tuple[Ranged, ...]:
    made: list[Ranged] = []
    for table in sheet.tables:
        taken = {other.body["name"].casefold() for other in [*(found for _, found in every(edit)), *made]}
        new = {"tableId": edit.ids.next(9, "0123456789"), "name": free_name(taken, table.body["name"])}
        made.append(_onto(table, sheet_id, new))
    return tuple(made)


def _floating(sheet: Sheet, sheet_id: int, things: tuple[Json, ...]) -> list[Json]:
    return [objects.onto(thing, sheet.sheet_id, sheet_id) for thing in things]
