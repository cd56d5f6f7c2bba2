"""Files, people and lists as v2 writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.call import Call
from sandbox.drive.files import File, drive_state, is_root
from sandbox.drive.inheritance import role_of
from sandbox.drive.links import export_links
from sandbox.drive.permissions import permission_id
from sandbox.drive.resource import file_resource
from sandbox.drive.types import FOLDER

_API = "https://www.googleapis.com/drive/v2/"
_BASE = "https://www.googleapis.com/drive/v2/files/"


def file_shown(call: Call, file: File) -> Mapping[str, Any]:
    found = file_resource(call, file)
    role = role_of(drive_state(call.workspace), file, call.caller.email, call.workspace.clock.now())
    link, stamp = _BASE + file.id, etag(f"{file.id}{file.version}")
    able: Mapping[str, bool] = found["capabilities"]
    made = {
        "kind": "drive#file",
        "userPermission": {
            "id": "me",
            "type": "user",
            **_role(role),
            "kind": "drive#permission",
            "selfLink": f"{link}/permissions/me",
            "etag": stamp,
            "pendingOwner": False,
        },
        "selfLink": link,
        **_people(found),
        "editable": able["canEdit"],
        "copyable": able["canCopy"],
        "exportLinks": export_links(file),
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
        "properties": _properties(found) or None,
        "permissions": [permission_shown(file.id, one) for one in found.get("permissions", ())] or None,
        "downloadUrl": f"{link}?alt=media&source=downloadUrl" if file.content is not None else None,
        "markedViewedByMeDate": "1970-01-01T00:00:00.000Z",
        "capabilities": dict(able),
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
    "sha1Checksum",
    "sha256Checksum",
    "headRevisionId",
    "webContentLink",
    "driveId",
    "teamDriveId",
    "resourceKey",
    "shortcutDetails",
    "contentRestrictions",
    "folderColorRgb",
    "hasThumbnail",
    "thumbnailVersion",
    "thumbnailLink",
    "permissionIds",
    "fullFileExtension",
    "inheritedPermissionsDisabled",
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


def listed(kind: str, path: str, items: Sequence[Any], **more: Any) -> dict[str, Any]:
    """A list of v2's; what is None among ``more`` is left out."""
    found = {"kind": kind, "etag": etag(repr(items)), "selfLink": _API + path, **more, "items": list(items)}
    return {name: value for name, value in found.items() if value is not None}


def etag(seed: str) -> str:
    """A quoted tag that changes when the seed does."""
    return f'"{permission_id("user", seed)}"'


def link(path: str) -> str:
    """Where v2 has that."""
    return _API + path


def permission_shown(file_id: str, found: Mapping[str, Any]) -> dict[str, Any]:
    """A v3 permission in v2's words."""
    made = {
        "kind": "drive#permission",
        "etag": etag(repr(found)),
        "id": found["id"],
        "selfLink": f"{_BASE}{file_id}/permissions/{found['id']}",
        "name": found.get("displayName"),
        **_role(str(found["role"])),
        **{name: found[name] for name in _SAME_IN_PERMISSIONS if name in found},
        "expirationDate": found.get("expirationTime"),
        "withLink": not found["allowFileDiscovery"] if "allowFileDiscovery" in found else None,
        "permissionDetails": found.get("permissionDetails"),
    }
    return {name: value for name, value in made.items() if value is not None}


_SAME_IN_PERMISSIONS = ("type", "emailAddress", "domain", "deleted", "pendingOwner", "view")


def _role(role: str) -> dict[str, Any]:
    return {"role": "reader", "additionalRoles": ["commenter"]} if role == "commenter" else {"role": role}


def _properties(found: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        property_shown(str(found["id"]), key, value, public=name == "properties")
        for name in ("properties", "appProperties")
        for key, value in found.get(name, {}).items()
    ]


def property_shown(file_id: str, key: str, value: str, *, public: bool) -> dict[str, str]:
    """One property of a file."""
    visibility = "PUBLIC" if public else "PRIVATE"
    return {
        "kind": "drive#property",
        "etag": etag(f"{key}{value}"),
        "selfLink": f"{_BASE}{file_id}/properties/{key}?visibility={visibility}",
        "key": key,
        "value": value,
        "visibility": visibility,
    }


def parent_shown(call: Call, file_id: str, parent_id: str) -> dict[str, Any]:
    """A folder that a file stands in."""
    return _parent(call, _BASE + file_id, parent_id)


def child_shown(folder_id: str, child_id: str) -> dict[str, Any]:
    """A file that stands in a folder."""
    return {
        "kind": "drive#childReference",
        "id": child_id,
        "selfLink": f"{_BASE}{folder_id}/children/{child_id}",
        "childLink": _BASE + child_id,
    }


def _people(found: Mapping[str, Any]) -> dict[str, Any]:
    owners = [person(owner) for owner in found.get("owners", ())]
    last = person(found["lastModifyingUser"])
    return {
        "ownerNames": [owner["displayName"] for owner in owners],
        "owners": owners,
        "lastModifyingUser": last,
        "lastModifyingUserName": last["displayName"],
    }


def person(user: Mapping[str, Any]) -> dict[str, Any]:
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
