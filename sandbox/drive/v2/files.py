"""v2's ``files.*``: get, list, insert, update, patch, copy, touch, trash, untrash, delete, export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.call import Call, Reply
from sandbox.drive import access, changing, content, formats, listing, making, reading
from sandbox.drive.files import File, drive_state
from sandbox.drive.v2 import asked
from sandbox.drive.v2.asked import as_v3
from sandbox.drive.v2.shown import file_shown, link, listed


def get(call: Call) -> Mapping[str, Any] | Reply:
    """The file in v2's words, or its bytes."""
    same = as_v3(call, "drive.files.get")
    if call.params.get("alt") == "media":
        return reading.media(same)
    return file_shown(same, access.require(same, call.params["fileId"], "reader"))


def list_(call: Call) -> Mapping[str, Any]:
    """Files found by v2's search words (``title``, ``modifiedDate``)."""
    same = as_v3(call, "drive.files.list")
    files, token = listing.page(same, old=True)
    more = {"nextLink": link(f"files?pageToken={token}"), "nextPageToken": token} if token else {}
    items = [file_shown(same, file) for file in files]
    return listed("drive#fileList", "files", items, incompleteSearch=False, **more)


def insert(call: Call) -> Mapping[str, Any]:
    """A new file; with ``convert`` an upload becomes the Google file that takes it in."""
    body = asked.file_body(call)
    if folders := asked.parents(call):
        body["parents"] = folders
    if call.params.get("convert") and call.media and (made := formats.IMPORTS.get(content.upload_type(call.media))):
        body["mimeType"] = made[0]
    return _made(as_v3(call, "drive.files.create", body=body), making.create)


def copy(call: Call) -> Mapping[str, Any]:
    body = {name: value for name, value in asked.file_body(call).items() if name != "id" or value}
    if folders := asked.parents(call):
        body["parents"] = folders
    return _made(as_v3(call, "drive.files.copy", body=body), making.copy)


def update(call: Call) -> Mapping[str, Any]:
    """Changed metadata, or a new content; a Google file's is converted. A body's ``parents`` are where it stands."""
    body = asked.file_body(call)
    body.pop("id", None)
    if not call.media:
        body.pop("mimeType", None)
    if "createdTime" in body:
        del body["createdTime"]
    same = as_v3(call, "drive.files.update", body=body)
    if folders := asked.parents(call):
        standing = access.require(same, call.params["fileId"], "reader").parents
        entering = [one for one in folders if changing.root_id(same, one) not in standing]
        leaving = [one for one in standing if one not in [changing.root_id(same, each) for each in folders]]
        moves = {"addParents": ",".join(entering), "removeParents": ",".join(leaving) if entering else ""}
        same = replace(same, params={**moves, **same.params})
    return file_shown(same, changing.update(same))


def touch(call: Call) -> Mapping[str, Any]:
    """Sets the time of change to now."""
    now = call.workspace.clock.now().isoformat()
    return _updated(call, {"modifiedTime": now})


def trash(call: Call) -> Mapping[str, Any]:
    return _updated(call, {"trashed": True})


def untrash(call: Call) -> Mapping[str, Any]:
    return _updated(call, {"trashed": False})


def delete(call: Call) -> Reply:
    changing.delete(as_v3(call, "drive.files.delete"))
    return Reply(status=204)


def empty_trash(call: Call) -> Reply:
    return changing.empty_trash(as_v3(call, "drive.files.emptyTrash"))


def export(call: Call) -> Reply:
    return reading.export(as_v3(call, "drive.files.export"))


def generate_ids(call: Call) -> Mapping[str, Any]:
    same = as_v3(call, "drive.files.generateIds", count=call.params.get("maxResults"))
    return making.generate_ids(same)


def _updated(call: Call, body: Mapping[str, Any]) -> Mapping[str, Any]:
    same = as_v3(call, "drive.files.update", body=body)
    return file_shown(same, changing.update(same))


def _made(same: Call, make: Any) -> Mapping[str, Any]:
    file: File = drive_state(same.workspace).files[str(make(same)["id"])]
    return file_shown(same, file)
