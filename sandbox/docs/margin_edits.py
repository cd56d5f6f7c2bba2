"""Page headers and footers made and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.docs import margins
from sandbox.docs.edit import Edit, Refused, check_tab


def create_header(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"headerId": _create(edit, request, "header")}


def create_footer(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"footerId": _create(edit, request, "footer")}


def delete_header(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    return _delete(edit, str(request.get("headerId", "")), "header")


def delete_footer(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    return _delete(edit, str(request.get("footerId", "")), "footer")


def _create(edit: Edit, request: Mapping[str, Any], name: str) -> str:
    """The default one of a section, or of the whole document, empty. Refused where there is one."""
    section = _section(edit, request.get("sectionBreakLocation", {}))
    if request.get("type", "DEFAULT") != "DEFAULT":
        raise Refused(f"A {name} type must be specified.")
    taken = [(one.section, one.page, one.kind) for one in margins.of(edit.document)]
    if (section, "default", name) in taken:
        raise Refused(f"Default {name} already exists. Cannot create another.")
    return margins.make(edit.document, section, name)


def _section(edit: Edit, location: Mapping[str, Any]) -> int:
    """The number of the section that begins there."""
    check_tab(location)
    index = int(location.get("index", 0))
    if not index:
        return 0
    for one in edit.segment().breaks():
        if one.start == index:
            return one.number
    raise Refused(f"There is no section break at index {index}.")


def _delete(edit: Edit, segment_id: str, name: str) -> Mapping[str, Any]:
    for margin in margins.of(edit.document):
        if margin.segment.id == segment_id and margin.kind == name:
            edit.removed(margin.segment, 0, margin.segment.end)
            margins.remove(edit.document, margin)
            return {}
    raise Refused(f"The {name} with ID {segment_id} was not found.")
