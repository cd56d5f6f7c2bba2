"""Drive v2's files, as far as clients still use them: read, made and changed by v3's rules, shown in v2's words.

https://developers.google.com/workspace/drive/api/reference/rest/v2/files"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.call import Call
from sandbox.drive import access, changing, content, errors, formats, making
from sandbox.drive.files import File, drive_state, is_root
from sandbox.drive.inheritance import role_of
from sandbox.drive.resource import file_resource
from sandbox.drive.types import DOCUMENT, FOLDER, SPREADSHEET

_BASE = "https://www.googleapis.com/drive/v2/files/"
_RENAMED = {"title": "name", "description": "description", "mimeType": "mimeType", "id": "id"}
_TYPES = {
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/x-vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/epub+zip": "epub",
    "text/tab-separated-values": "tsv",
    "text/plain": "txt",
    "text/x-markdown": "markdown",
    "text/markdown": "md",
}
_EXPORT_PLACES = {SPREADSHEET: "spreadsheets/export", DOCUMENT: "feeds/download/documents/export/Export"}


def get(call: Call) -> Mapping[str, Any]:
    """The file in v2's words."""
    if call.params.get("alt") == "media":
        raise errors.not_built("drive.v2.files.get with alt=media")
    return _shown(call, access.require(call, call.params["fileId"], "reader"))


def update(call: Call) -> Mapping[str, Any]:
    """Changed metadata, or a new content; a Google file's is converted."""
    return _shown(call, changing.update(_in_v3(call)))


def insert(call: Call) -> Mapping[str, Any]:
    """A new file; with ``convert`` an upload becomes the Google file that takes it in."""
    asked = _in_v3(call)
    if call.params.get("convert") and call.media:
        kind = content.upload_type(call.media)
        made = formats.IMPORTS.get(kind)
        asked = replace(asked, body={**asked.body, **({"mimeType": made[0]} if made else {})})
    return _shown(call, drive_state(call.workspace).files[str(making.create(asked)["id"])])


def _in_v3(call: Call) -> Call:
    """The same request in v3's words. 501 for metadata that has none here."""
    made: dict[str, Any] = {}
    for name, value in call.body.items():
        if name in _RENAMED:
            made[_RENAMED[name]] = value
        elif name == "parents":
            made["parents"] = [parent.get("id", "") for parent in value]
        elif name == "labels":
            made |= {label: value[label] for label in ("starred", "trashed") if label in value}
        else:
            raise errors.not_built(f"{call.method} with {name}")
    return replace(call, body=made)


def _shown(call: Call, file: File) -> Mapping[str, Any]:
    found = file_resource(call, file)
    role = role_of(drive_state(call.workspace), file, call.caller.email, call.workspace.clock.now())
    link, stamp = _BASE + file.id, f'"{file.id[-8:]}{file.version}"'
    able: Mapping[str, bool] = found["capabilities"]
    made = {
        "kind": "drive#file",
        "userPermission": {
            "id": "me",
            "type": "user",
            "role": role,
            "kind": "drive#permission",
            "selfLink": f"{link}/permissions/me",
            "etag": stamp,
            "pendingOwner": False,
        },
        "selfLink": link,
        **_people(found),
        "editable": able["canEdit"],
        "copyable": able["canCopy"],
        "exportLinks": _export_links(file) or None,
        "parents": [_parent(call, link, parent) for parent in found.get("parents", ())],
        "appDataContents": False,
        "etag": stamp,
        "alternateLink": found["webViewLink"],
        "embedLink": f"{str(found['webViewLink']).rpartition('/')[0]}/htmlembed" if file.native else None,
        "fileSize": found.get("size"),
        "title": file.name,
        "labels": _labels(found),
        **{name: found[name] for name in _SAME if name in found},
        **{name: found[source] for name, source in _DATES.items() if source in found},
        "markedViewedByMeDate": "1970-01-01T00:00:00.000Z",
        "capabilities": {"canEdit": able["canEdit"], "canCopy": able["canCopy"]},
    }
    if file.native and file.mime_type != FOLDER:
        made["thumbnailLink"] = f"https://docs.google.com/feeds/vt?gd=true&id={file.id}&v=1&sz=s220"
    return {name: value for name, value in made.items() if value is not None}


_SAME = (
    "id",
    "mimeType",
    "description",
    "iconLink",
    "shared",
    "spaces",
    "writersCanShare",
    "copyRequiresWriterPermission",
    "explicitlyTrashed",
    "quotaBytesUsed",
    "version",
    "md5Checksum",
    "originalFilename",
    "fileExtension",
)
_DATES = {
    "createdDate": "createdTime",
    "modifiedDate": "modifiedTime",
    "modifiedByMeDate": "modifiedByMeTime",
    "lastViewedByMeDate": "viewedByMeTime",
    "sharedWithMeDate": "sharedWithMeTime",
}


def _people(found: Mapping[str, Any]) -> dict[str, Any]:
    owners = [_person(owner) for owner in found.get("owners", ())]
    last = _person(found["lastModifyingUser"])
    return {
        "ownerNames": [owner["displayName"] for owner in owners],
        "owners": owners,
        "lastModifyingUser": last,
        "lastModifyingUserName": last["displayName"],
    }


def _person(user: Mapping[str, Any]) -> dict[str, Any]:
    same = {name: user[name] for name in ("displayName", "kind", "permissionId", "emailAddress") if name in user}
    picture = {"url": "https://lh3.googleusercontent.com/a/default-user=s64"}
    return {**same, "isAuthenticatedUser": user.get("me", False), "picture": picture}


def _parent(call: Call, link: str, parent_id: str) -> dict[str, Any]:
    return {
        "selfLink": f"{link}/parents/{parent_id}",
        "id": parent_id,
        "isRoot": is_root(drive_state(call.workspace), parent_id),
        "kind": "drive#parentReference",
        "parentLink": _BASE + parent_id,
    }


def _labels(found: Mapping[str, Any]) -> dict[str, bool]:
    return {
        "viewed": bool(found.get("viewedByMe")),
        "restricted": bool(found.get("copyRequiresWriterPermission")),
        "starred": bool(found.get("starred")),
        "hidden": False,
        "trashed": bool(found.get("trashed")),
    }


def _export_links(file: File) -> dict[str, str]:
    place = _EXPORT_PLACES.get(file.mime_type)
    kinds = formats.EXPORTS.get(file.mime_type, ()) if place else ()
    form = f"https://docs.google.com/{place}?id={file.id}&exportFormat="
    return {kind: form + _TYPES.get(kind, kind.rpartition("/")[2]) for kind in kinds}
