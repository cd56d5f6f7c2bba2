"""Protected ranges: made, changed and lifted only by those whom they let through."""

from __future__ import annotations

from dataclasses import replace

from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import PROTECTED, Refused
from sandbox.sheets.model import Json, Ranged, Sheet


def add_protected_range(edit: Edit, request: Json) -> Json:
    asked = request.get("protectedRange", {})
    _check_warning(asked, asked.get("editors"))
    sheet, boxes = _boxes(edit, asked)
    known = asked.get("protectedRangeId")
    if known in [made.body["protectedRangeId"] for other in edit.book.sheets for made in other.protections]:
        raise Refused(f"A protected range with id {known} already exists.")
    made = Ranged(boxes=boxes, body=_body(edit, asked, known if known is not None else edit.number()))
    sheet.protections = (*sheet.protections, made)
    # Live answers show the owner among the editors only when the range is next read.
    named = {name: value for name, value in asked.get("editors", {}).items() if value}
    return {"protectedRange": {**protection_json(made, may=True), "editors": named}}


def update_protected_range(edit: Edit, request: Json) -> Json:
    mask = masks.read("ProtectedRange", request.get("fields", ""))
    asked = request.get("protectedRange", {})
    sheet, old = _find(edit, asked.get("protectedRangeId", 0))
    after = masks.merged(mask, protection_json(old, may=True), asked)
    _check_warning(after, asked.get("editors"))
    target, boxes = _boxes(edit, after)
    made = Ranged(boxes=boxes, body=_body(edit, after, old.body["protectedRangeId"]))
    sheet.protections = tuple(p for p in sheet.protections if p is not old)
    target.protections = (*target.protections, made)
    return {}


def delete_protected_range(edit: Edit, request: Json) -> Json:
    sheet, old = _find(edit, request.get("protectedRangeId", 0))
    sheet.protections = tuple(p for p in sheet.protections if p is not old)
    return {}


def _check_warning(protected: Json, editors: Json | None) -> None:
    """Raises Refused where a mere warning is given editors.

    Source: https://github.com/burnash/gspread/issues/1437, and gspread's pull request 1439."""
    if protected.get("warningOnly") and any((editors or {}).values()):
        raise Refused("ProtectedRange is warningOnly. Editors cannot be set on it.")


def protection_json(protection: Ranged, *, may: bool) -> dict[str, object]:
    """Google's ProtectedRange; who the editors are is shown only to those who may edit."""
    body = dict(protection.body)
    if not may:
        body.pop("editors", None)
    made = {"protectedRangeId": body.pop("protectedRangeId"), "range": protection.boxes[0].to_json(), **body}
    if protection.boxes[1:]:
        made["unprotectedRanges"] = [box.to_json() for box in protection.boxes[1:]]
    return {**made, "requestingUserCanEdit": True} if may else made


def _find(edit: Edit, protected_id: int) -> tuple[Sheet, Ranged]:
    for sheet in edit.book.sheets:
        for protection in sheet.protections:
            if protection.body["protectedRangeId"] == protected_id:
                if not edit.may(protection):
                    raise Refused(PROTECTED)
                return sheet, protection
    raise Refused(f"No protected range with id: {protected_id}")


def _boxes(edit: Edit, asked: Json) -> tuple[Sheet, tuple[Box, ...]]:
    box = _box(edit, asked)
    sheet = edit.sheet(box.sheet_id)
    edit.closed(box)
    holes = tuple(Box.from_json(grid) for grid in asked.get("unprotectedRanges", ()))
    if holes and not box.is_whole_sheet():
        raise Refused("Unprotected ranges are only supported on protected sheets.")
    return sheet, (box, *holes)


def _box(edit: Edit, asked: Json) -> Box:
    if "namedRangeId" in asked and "range" not in asked:
        named = edit.book.names.get(asked["namedRangeId"])
        if named is None:
            raise Refused(f"No NamedRange with id: {asked['namedRangeId']}")
        return named.boxes[0]
    if "range" not in asked:
        raise Refused("Must specify a range or a named range to protect.")
    return Box.from_json(asked["range"])


def _body(edit: Edit, asked: Json, protected_id: int) -> dict[str, object]:
    body: dict[str, object] = {"protectedRangeId": protected_id}
    body |= {name: asked[name] for name in ("description", "namedRangeId") if asked.get(name)}
    if asked.get("warningOnly"):
        # The reference: editors are ignored then. Recorded answers show the owner all the same.
        return {**body, "warningOnly": True, "editors": _editors(edit, {})}
    return {**body, "editors": _editors(edit, asked.get("editors", {}))}


def _editors(edit: Edit, asked: Json) -> dict[str, object]:
    """The people named; the file's owner and whoever protects can't shut themselves out."""
    users = [*asked.get("users", ()), edit.owner, edit.editor]
    unique = {user.lower(): user for user in reversed(users) if user}
    made: dict[str, object] = {"users": list(reversed(list(unique.values())))}
    if asked.get("domainUsersCanEdit"):
        made["domainUsersCanEdit"] = True
    if asked.get("groups"):
        made["groups"] = list(asked["groups"])
    return made


def dropped(protection: Ranged, named_range_id: str) -> Ranged:
    """The protection when the named range that it was backed by is deleted."""
    if protection.body.get("namedRangeId") != named_range_id:
        return protection
    return replace(protection, body={k: v for k, v in protection.body.items() if k != "namedRangeId"})
