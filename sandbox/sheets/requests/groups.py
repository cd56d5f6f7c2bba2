"""Groups of rows and columns. A group of depth n is a run of lines that are at least n groups deep.

The arithmetic of the reference (a new group over, in or across others; a deleted one) follows from that alone:
https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request#adddimensiongrouprequest"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.sheets import mask as masks
from sandbox.sheets.box import Axis, lines_json
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Json, Line, Sheet
from sandbox.sheets.requests.dimensions import lines_of

_DEEPEST = 8
_CONTROL = {"ROWS": "rowGroupControlAfter", "COLUMNS": "columnGroupControlAfter"}


@dataclass(frozen=True, slots=True)
class Group:
    """Lines ``start`` to ``end`` (excluded), and how many groups hold them, this one included."""

    start: int
    end: int
    depth: int


def add_dimension_group(edit: Edit, request: Json) -> Json:
    """The lines one group deeper; every group of the axis is answered."""
    sheet, axis, start, end = _grouped(edit, request.get("range", {}))
    for index in range(start, end):
        line = sheet.line(axis, index)
        line.depth += 1
        if line.depth > _DEEPEST:
            raise Refused(f"Dimension groups can't be nested deeper than {_DEEPEST} levels.")
    sheet.grid.setdefault(_CONTROL[axis], True)
    return _answer(sheet, axis)


def delete_dimension_group(edit: Edit, request: Json) -> Json:
    """The lines one group less deep; what isn't grouped can't be."""
    sheet, axis, start, end = _grouped(edit, request.get("range", {}))
    lines = _lines(sheet, axis)
    for index in range(start, end):
        if index >= len(lines) or not lines[index].depth:
            raise Refused("Cannot delete a dimension group that does not exist.")
        lines[index].depth -= 1
    return _answer(sheet, axis)


def update_dimension_group(edit: Edit, request: Json) -> Json:
    """Collapse or open one group, named by its range and depth; its lines are hidden or shown with it."""
    mask = masks.read("DimensionGroup", request.get("fields", ""))
    asked = request.get("dimensionGroup", {})
    sheet, axis, start, end = _grouped(edit, asked.get("range", {}))
    wanted = Group(start, end, asked.get("depth", 0))
    if wanted not in groups(_lines(sheet, axis)):
        raise Refused("No dimension group with the given range and depth.")
    if "collapsed" in mask or "*" in mask:
        _collapse(sheet, axis, wanted, collapsed=bool(asked.get("collapsed")))
    return {}


def groups(lines: Sequence[Line]) -> list[Group]:
    """Every group along an axis, outer ones before those inside them."""
    deepest = max((line.depth for line in lines), default=0)
    found = [group for depth in range(1, deepest + 1) for group in _runs(lines, depth)]
    return sorted(found, key=lambda group: (group.start, group.depth))


def groups_json(sheet: Sheet, axis: Axis) -> list[dict[str, Any]]:
    """Google's DimensionGroups of a sheet's rows or columns."""
    lines = _lines(sheet, axis)
    return [_json(sheet, axis, group, lines[group.start]) for group in groups(lines)]


def _json(sheet: Sheet, axis: Axis, group: Group, first: Line) -> dict[str, Any]:
    made = {"range": lines_json(sheet.sheet_id, axis, group.start, group.end), "depth": group.depth}
    return {**made, "collapsed": True} if group.depth in first.collapsed else made


def _runs(lines: Sequence[Line], depth: int) -> Iterator[Group]:
    start = None
    for index in range(len(lines) + 1):
        inside = index < len(lines) and lines[index].depth >= depth
        if inside and start is None:
            start = index
        elif not inside and start is not None:
            yield Group(start, index, depth)
            start = None


def _collapse(sheet: Sheet, axis: Axis, group: Group, *, collapsed: bool) -> None:
    first = sheet.line(axis, group.start)
    first.collapsed = first.collapsed - {group.depth} | ({group.depth} if collapsed else frozenset())
    for index in range(group.start, group.end):
        properties = sheet.line(axis, index).properties
        properties.pop("hiddenByUser", None)
        if collapsed:
            properties["hiddenByUser"] = True


def _grouped(edit: Edit, asked: Json) -> tuple[Sheet, Axis, int, int]:
    sheet, axis, start, end = lines_of(edit, asked)
    if end > sheet.count(axis) or start == end:
        raise Refused(f"Invalid range: {start} to {end} of {sheet.count(axis)}.")
    edit.allow_sheet(sheet)
    return sheet, axis, start, end


def _lines(sheet: Sheet, axis: Axis) -> Sequence[Line]:
    return sheet.rows if axis == "ROWS" else sheet.columns


def _answer(sheet: Sheet, axis: Axis) -> Json:
    found = groups_json(sheet, axis)
    return {"dimensionGroups": found} if found else {}
