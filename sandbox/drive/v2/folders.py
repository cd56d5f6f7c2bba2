"""v2's ``parents.*`` and ``children.*``: one relation seen from both ends. A file stands in one folder at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import Call, Reply
from sandbox.drive import access, changing, errors, listing
from sandbox.drive.v2.asked import as_v3
from sandbox.drive.v2.shown import child_shown, link, listed, parent_shown


def list_parents(call: Call) -> Mapping[str, Any]:
    file_id = call.params["fileId"]
    file = access.require(as_v3(call, "drive.files.get", supportsAllDrives=True), file_id, "reader")
    items = [parent_shown(call, file.id, parent) for parent in file.parents]
    return listed("drive#parentList", f"files/{file.id}/parents", items)


def get_parent(call: Call) -> Mapping[str, Any]:
    file_id, parent_id = _pair(call, call.params["fileId"], call.params["parentId"])
    return parent_shown(call, file_id, parent_id)


def insert_parent(call: Call) -> Mapping[str, Any]:
    """Moves the file into that folder."""
    file_id, parent_id = _move(call, call.params["fileId"], str(call.body.get("id", "")))
    return parent_shown(call, file_id, parent_id)


def delete_parent(call: Call) -> Reply:
    return _leave(call, call.params["fileId"], call.params["parentId"])


def list_children(call: Call) -> Mapping[str, Any]:
    """What stands in a folder, narrowed by ``q``."""
    folder_id = call.params["folderId"]
    inside = f"'{folder_id}' in parents"
    query = f"{inside} and ({call.params['q']})" if call.params.get("q") else inside
    files, token = listing.page(as_v3(call, "drive.files.list", q=query), old=True)
    path = f"files/{folder_id}/children"
    more = {"nextLink": link(f"{path}?pageToken={token}"), "nextPageToken": token} if token else {}
    return listed("drive#childList", path, [child_shown(folder_id, file.id) for file in files], **more)


def get_child(call: Call) -> Mapping[str, Any]:
    child_id, folder_id = _pair(call, call.params["childId"], call.params["folderId"])
    return child_shown(folder_id, child_id)


def insert_child(call: Call) -> Mapping[str, Any]:
    """Moves a file into the folder."""
    child_id, folder_id = _move(call, str(call.body.get("id", "")), call.params["folderId"])
    return child_shown(folder_id, child_id)


def delete_child(call: Call) -> Reply:
    return _leave(call, call.params["childId"], call.params["folderId"])


def _pair(call: Call, file_id: str, folder_id: str) -> tuple[str, str]:
    file = access.require(as_v3(call, "drive.files.get", supportsAllDrives=True), file_id, "reader")
    if (folder := changing.root_id(call, folder_id)) not in file.parents:
        raise errors.not_found(folder_id)
    return file.id, folder


def _move(call: Call, file_id: str, folder_id: str) -> tuple[str, str]:
    same = as_v3(call, "drive.files.update", body={}, fileId=file_id, supportsAllDrives=True, addParents=folder_id)
    file = access.require(same, file_id, "reader")
    folder = changing.root_id(call, folder_id)
    leaving = ",".join(parent for parent in file.parents if parent != folder)
    changing.update(as_v3(same, "drive.files.update", removeParents=leaving))
    return file.id, folder


def _leave(call: Call, file_id: str, folder_id: str) -> Reply:
    file_id, folder_id = _pair(call, file_id, folder_id)
    leaving = {"fileId": file_id, "removeParents": folder_id, "supportsAllDrives": True}
    changing.update(as_v3(call, "drive.files.update", body={}, **leaving))
    return Reply(status=204)
