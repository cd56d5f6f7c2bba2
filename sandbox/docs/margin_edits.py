"""Page headers and footers made and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import ApiError
from sandbox.docs import tree
from sandbox.docs.edit import Edit, Refused


def create_header(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"headerId": _create(edit, request, "header")}


def create_footer(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"footerId": _create(edit, request, "footer")}


def delete_header(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    return _delete(edit, str(request.get("headerId", "")), "header")


def delete_footer(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    return _delete(edit, str(request.get("footerId", "")), "footer")


def _create(edit: Edit, request: Mapping[str, Any], name: str) -> str:
    """The default one of the whole document, empty. Refused where there is one."""
    if request.get("sectionBreakLocation", {}).get("index", 0):
        raise ApiError(501, f"A {name} of a later section is not built in the sandbox.")
    if request.get("type", "DEFAULT") != "DEFAULT":
        raise Refused(f"A {name} type must be specified.")
    if name in tree.margins(edit.document):
        raise Refused(f"Default {name} already exists. Cannot create another.")
    getattr(edit.document.sections[0], name).is_linked_to_previous = False
    return tree.margins(edit.document)[name].id


def _delete(edit: Edit, segment_id: str, name: str) -> Mapping[str, Any]:
    segment = edit.segment(segment_id or "none")
    if segment.id != f"kix.{name}":
        raise Refused(f"The {name} with ID {segment_id} was not found.")
    edit.removed(segment, 0, segment.end)
    getattr(edit.document.sections[0], name).is_linked_to_previous = True
    return {}
