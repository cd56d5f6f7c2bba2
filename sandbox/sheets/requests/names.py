"""Named ranges. An id may be chosen by the client; one that exists is refused, which makes it a lock."""

from __future__ import annotations

import re

from sandbox.sheets import a1
from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Json, Ranged
from sandbox.sheets.requests.protection import dropped

_NAME = re.compile(r"[^\W\d]\w{0,249}")


def add_named_range(edit: Edit, request: Json) -> Json:
    asked = request.get("namedRange", {})
    name = asked.get("name", "")
    named_id = asked.get("namedRangeId") or edit.ids.next(13, "abcdefghijklmnopqrstuvwxyz0123456789")
    # The words for a name are Google's; those for an id follow them (the live sentence is not on record).
    if named_id in edit.book.names:
        raise Refused(f"Cannot add named range with ID {named_id}, a named range with that ID already exists.")
    if edit.book.named(name) is not None:
        raise Refused(f"Cannot add named range with name {name}, a named range with that name already exists.")
    edit.book.names[named_id] = _made(edit, asked)
    return {"namedRange": named_json(named_id, edit.book.names[named_id])}


def update_named_range(edit: Edit, request: Json) -> Json:
    mask = masks.read("NamedRange", request.get("fields", ""))
    asked = request.get("namedRange", {})
    named_id = asked.get("namedRangeId", "")
    old = _find(edit, named_id)
    after = masks.merged(mask, named_json(named_id, old), asked)
    name = after.get("name", "")
    if name.casefold() != old.body["name"].casefold() and edit.book.named(name) is not None:
        raise Refused(f"Cannot update named range to name {name}, a named range with that name already exists.")
    edit.book.names[named_id] = _made(edit, after)
    return {}


def delete_named_range(edit: Edit, request: Json) -> Json:
    named_id = request.get("namedRangeId", "")
    _find(edit, named_id)
    del edit.book.names[named_id]
    for sheet in edit.book.sheets:
        sheet.protections = tuple(dropped(protection, named_id) for protection in sheet.protections)
    return {}


def named_json(named_id: str, named: Ranged) -> dict[str, object]:
    return {"namedRangeId": named_id, "name": named.body["name"], "range": named.boxes[0].to_json()}


def _find(edit: Edit, named_id: str) -> Ranged:
    found = edit.book.names.get(named_id)
    if found is None:
        raise Refused(f"No NamedRange with id: {named_id}")
    return found


def _made(edit: Edit, asked: Json) -> Ranged:
    name = asked.get("name", "")
    if not _NAME.fullmatch(name) or a1.looks_like_cell(name) or name.upper() in ("TRUE", "FALSE"):
        raise Refused("The name given to this range is invalid.")
    if "range" not in asked:
        raise Refused("A named range must have a range.")
    box = Box.from_json(asked["range"])
    edit.closed(box)
    return Ranged(boxes=(box,), body={"name": name})
