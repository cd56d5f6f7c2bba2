"""Named ranges made, deleted and filled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.docs.edit import Edit, Refused
from sandbox.docs.named_ranges import NamedRange
from sandbox.docs.pieces import units
from sandbox.docs.text_edits import delete, insert

_MAX_NAME = 256


def create(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(request.get("name", ""))
    if not 1 <= units(name) <= _MAX_NAME:
        raise Refused("The name must be at least 1 character and no more than 256 UTF-16 code units.")
    segment, start, end = edit.range(request)
    made = NamedRange(id=edit.new_id(), name=name, segment=segment.id, start=start, end=end)
    edit.ranges[made.id] = made
    return {"namedRangeId": made.id}


def remove(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Every range of that name, or the one of that id; the text stays."""
    for one in _asked(edit, request, "namedRangeId", "name"):
        del edit.ranges[one.id]
    return {}


def replace_content(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """New plain text in every range of that name, or in the one of that id; the ranges keep their ids."""
    text = str(request.get("text", ""))
    for one in _asked(edit, request, "namedRangeId", "namedRangeName"):
        _fill(edit, one, text)
    return {}


def _fill(edit: Edit, one: NamedRange, text: str) -> None:
    """The new text stands in the style the range began in."""
    start, end, size = one.start, one.end, 0
    if text:
        size = insert(edit, edit.segment(one.segment), start + 1, text)
        delete(edit, edit.segment(one.segment), start, start + 1)
    delete_from = start + size
    if end - start - (1 if text else 0):
        delete(edit, edit.segment(one.segment), delete_from, delete_from + end - start - (1 if text else 0))
    if text:
        one.start, one.end = start, start + size
        edit.ranges[one.id] = one


def _asked(edit: Edit, request: Mapping[str, Any], by_id: str, by_name: str) -> list[NamedRange]:
    """The ranges a request means. Refused where there are none."""
    wanted, name = request.get(by_id), request.get(by_name)
    found = [one for one in edit.ranges.values() if one.id == wanted or (name and one.name == name)]
    if not found:
        raise Refused(f"The named range with {'ID' if wanted else 'name'} {wanted or name} was not found.")
    return found
