"""v2's ``changes.*`` and ``revisions.*``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import Call, Reply
from sandbox.drive import changes, errors
from sandbox.drive import revision_methods as revisions
from sandbox.drive.files import drive_state
from sandbox.drive.v2.asked import as_v3
from sandbox.drive.v2.shown import etag, file_shown, link, listed, person

_REVISION = (
    "id",
    "mimeType",
    "md5Checksum",
    "originalFilename",
    "published",
    "publishAuto",
    "publishedLink",
    "publishedOutsideDomain",
)


def start_page_token(call: Call) -> Mapping[str, Any]:
    return changes.start_page_token(as_v3(call, "drive.changes.getStartPageToken"))


def list_changes(call: Call) -> Mapping[str, Any]:
    """Changes from ``pageToken``, ``startChangeId`` or the beginning on."""
    token = call.params.get("pageToken") or call.params.get("startChangeId") or "1"
    same = as_v3(call, "drive.changes.list", pageToken=str(token))
    found = changes.list_(same)
    more = {name: found.get(name) for name in ("nextPageToken", "newStartPageToken")}
    largest = str(len(drive_state(call.workspace).changes))
    items = [_change(same, one) for one in found["changes"]]
    return listed("drive#changeList", "changes", items, largestChangeId=largest, **more)


def get_change(call: Call) -> Mapping[str, Any]:
    same = as_v3(call, "drive.changes.list", pageToken=str(call.params["changeId"]), pageSize=1)
    found = changes.list_(same)["changes"]
    if not found:
        raise errors.invalid("Invalid Value", location="changeId")
    return _change(same, found[0])


def list_revisions(call: Call) -> Mapping[str, Any]:
    file_id = call.params["fileId"]
    found = revisions.list_(as_v3(call, "drive.revisions.list"))
    items = [_revision(file_id, one) for one in found["revisions"]]
    return listed("drive#revisionList", f"files/{file_id}/revisions", items, nextPageToken=found.get("nextPageToken"))


def get_revision(call: Call) -> Mapping[str, Any] | Reply:
    found = revisions.get(as_v3(call, "drive.revisions.get"))
    return found if isinstance(found, Reply) else _revision(call.params["fileId"], found)


def update_revision(call: Call) -> Mapping[str, Any]:
    body = {
        name: call.body[name] for name in ("published", "publishAuto", "publishedOutsideDomain") if name in call.body
    }
    if "pinned" in call.body:
        body["keepForever"] = call.body["pinned"]
    return _revision(call.params["fileId"], revisions.update(as_v3(call, "drive.revisions.update", body=body)))


def delete_revision(call: Call) -> Reply:
    return revisions.delete(as_v3(call, "drive.revisions.delete"))


def _change(call: Call, found: Mapping[str, Any]) -> dict[str, Any]:
    number = str(found["number"])
    made = {
        "kind": "drive#change",
        "id": number,
        "selfLink": link(f"changes/{number}"),
        "changeType": found["changeType"],
        "type": found["type"],
        "deleted": found["removed"],
        "modificationDate": found["time"],
        **{name: found[name] for name in ("fileId", "driveId", "drive") if name in found},
    }
    if "file" in found:
        made["file"] = file_shown(call, drive_state(call.workspace).files[found["fileId"]])
    return made


def _revision(file_id: str, found: Mapping[str, Any]) -> dict[str, Any]:
    made = {
        "kind": "drive#revision",
        "etag": etag(repr(found)),
        "selfLink": link(f"files/{file_id}/revisions/{found['id']}"),
        **{name: found[name] for name in _REVISION if name in found},
        "modifiedDate": found["modifiedTime"],
        "pinned": found.get("keepForever", False),
        "fileSize": found.get("size"),
        "lastModifyingUserName": found["lastModifyingUser"]["displayName"],
        "lastModifyingUser": person(found["lastModifyingUser"]),
    }
    if "size" in found:
        made["downloadUrl"] = link(f"files/{file_id}/revisions/{found['id']}?alt=media")
    return {name: value for name, value in made.items() if value is not None}
