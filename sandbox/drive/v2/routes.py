"""Drive v2: every method the sandbox answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import Call, Handler, Reply
from sandbox.drive.v2 import about, files, folders, history, permissions, properties

_ON_REQUEST = {"permissions", "permissionIds", "hasThumbnail", "thumbnailVersion", "inheritedPermissionsDisabled"}
_ALWAYS_ABLE = ("canCopy", "canEdit")


def _discreet(handler: Handler) -> Handler:
    """The handler, its files without what only ``fields`` ask for, unless some are named.

    Source: gspread's recordings of ``files.update``, PyDrive2's live tests."""

    def answer(call: Call) -> Mapping[str, Any] | Reply:
        made = handler(call)
        if isinstance(made, Reply) or call.params.get("fields"):
            return made
        items = {"items": [_without(each) for each in made["items"]]} if "items" in made else {}
        return {**_without(made), **items}

    return answer


def _without(file: Mapping[str, Any]) -> dict[str, Any]:
    made = {name: value for name, value in file.items() if name not in _ON_REQUEST}
    if "capabilities" in made:
        made["capabilities"] = {name: made["capabilities"][name] for name in _ALWAYS_ABLE}
    return made


HANDLERS: Mapping[str, Handler] = {
    "drive.v2.about.get": about.get,
    "drive.v2.changes.get": history.get_change,
    "drive.v2.changes.getStartPageToken": history.start_page_token,
    "drive.v2.changes.list": history.list_changes,
    "drive.v2.children.delete": folders.delete_child,
    "drive.v2.children.get": folders.get_child,
    "drive.v2.children.insert": folders.insert_child,
    "drive.v2.children.list": folders.list_children,
    "drive.v2.files.copy": _discreet(files.copy),
    "drive.v2.files.delete": files.delete,
    "drive.v2.files.emptyTrash": files.empty_trash,
    "drive.v2.files.export": files.export,
    "drive.v2.files.generateIds": files.generate_ids,
    "drive.v2.files.get": _discreet(files.get),
    "drive.v2.files.insert": _discreet(files.insert),
    "drive.v2.files.list": _discreet(files.list_),
    "drive.v2.files.patch": _discreet(files.update),
    "drive.v2.files.touch": _discreet(files.touch),
    "drive.v2.files.trash": _discreet(files.trash),
    "drive.v2.files.untrash": _discreet(files.untrash),
    "drive.v2.files.update": _discreet(files.update),
    "drive.v2.parents.delete": folders.delete_parent,
    "drive.v2.parents.get": folders.get_parent,
    "drive.v2.parents.insert": folders.insert_parent,
    "drive.v2.parents.list": folders.list_parents,
    "drive.v2.permissions.delete": permissions.delete,
    "drive.v2.permissions.get": permissions.get,
    "drive.v2.permissions.getIdForEmail": permissions.id_for_email,
    "drive.v2.permissions.insert": permissions.insert,
    "drive.v2.permissions.list": permissions.list_,
    "drive.v2.permissions.patch": permissions.update,
    "drive.v2.permissions.update": permissions.update,
    "drive.v2.properties.delete": properties.delete,
    "drive.v2.properties.get": properties.get,
    "drive.v2.properties.insert": properties.put,
    "drive.v2.properties.list": properties.list_,
    "drive.v2.properties.patch": properties.put,
    "drive.v2.properties.update": properties.put,
    "drive.v2.revisions.delete": history.delete_revision,
    "drive.v2.revisions.get": history.get_revision,
    "drive.v2.revisions.list": history.list_revisions,
    "drive.v2.revisions.patch": history.update_revision,
    "drive.v2.revisions.update": history.update_revision,
}
