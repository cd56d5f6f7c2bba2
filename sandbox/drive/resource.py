"""A file as the JSON resource one caller gets; ``fields`` is applied to it later."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sandbox.call import Call
from sandbox.drive import access, people
from sandbox.drive.capabilities import capabilities
from sandbox.drive.files import File, drive_state, is_root
from sandbox.drive.inheritance import Effective, ancestors, effective, role_of
from sandbox.drive.links import export_links
from sandbox.drive.permissions import permission_id
from sandbox.drive.terms import trashed
from sandbox.drive.times import written
from sandbox.drive.types import DOCUMENT, FOLDER, SHORTCUT, SPREADSHEET

_LINKS = {
    DOCUMENT: "https://docs.google.com/document/d/{}/edit?usp=drivesdk",
    SPREADSHEET: "https://docs.google.com/spreadsheets/d/{}/edit?usp=drivesdk",
    FOLDER: "https://drive.google.com/drive/folders/{}",
}


def file_resource(call: Call, file: File) -> Mapping[str, Any]:
    """Everything Drive would tell this caller about the file."""
    state, now = drive_state(call.workspace), call.workspace.clock.now()
    email = call.caller.email.lower()
    grants = effective(state, file, now)
    role = role_of(state, file, email, now)
    own = file.permissions.get(permission_id("user", email))
    able = capabilities(file, role, pending=bool(own and own.pending))
    found: dict[str, Any] = {
        **_described(file),
        "trashed": trashed(state, file),
        "appProperties": dict(file.app_properties.get(call.caller.client_id, {})) or None,
        "capabilities": able,
        "permissionIds": None if file.drive_id else list(reversed(grants)),
        "shared": len(grants) > 1 or bool(file.drive_id),
        **_belongs(call, file),
        "lastModifyingUser": people.user(call, file.last_modifier),
        "isAppAuthorized": (email, call.caller.client_id, file.id) in state.authorised,
        **_parents(call, file),
        **_mine(file, email),
        "sharingUser": people.user(call, file.shared_by[email]) if email in file.shared_by else None,
        **_binary(file),
        "exportLinks": export_links(file),
    }
    if able["canShare"] and not file.drive_id:
        found["permissions"] = [permission_resource(call, grant) for grant in reversed(grants.values())]
    return {key: value for key, value in found.items() if value is not None}


def _belongs(call: Call, file: File) -> dict[str, Any]:
    """Whose it is: a person's, or a shared drive's. Items of drives don't carry their permissions."""
    if not file.drive_id:
        return {"owners": [people.user(call, file.owner)], "writersCanShare": file.writers_can_share}
    own = file.id != file.drive_id and bool(file.permissions)
    found: dict[str, Any] = {
        "driveId": file.drive_id,
        "teamDriveId": file.drive_id,
        "hasAugmentedPermissions": own,
    }
    if file.trashed_at:
        found |= {"trashedTime": written(file.trashed_at), "trashingUser": people.user(call, file.trashed_by)}
    return found


def permission_resource(call: Call, grant: Effective) -> Mapping[str, Any]:
    """One grantee's access, with where it comes from."""
    permission = grant.permission
    found: dict[str, Any] = {
        "kind": "drive#permission",
        "id": permission.id,
        "type": permission.type,
        "role": grant.role,
        "permissionDetails": [
            {
                "permissionType": "file",
                "role": detail.role,
                "inherited": bool(detail.inherited_from),
                **({"inheritedFrom": detail.inherited_from} if detail.inherited_from else {}),
            }
            for detail in grant.details
        ],
    }
    if permission.type in ("user", "group"):
        found |= {"emailAddress": permission.target, "displayName": people.name(call.workspace, permission.target)}
        found |= {"deleted": False, "pendingOwner": permission.pending}
    if permission.type == "domain":
        found |= {"domain": permission.target, "displayName": permission.target}
    if permission.type in ("domain", "anyone"):
        found["allowFileDiscovery"] = permission.allow_discovery
    if grant.kept_out:
        found |= {"view": "metadata", "role": "reader", "inheritedPermissionsDisabled": True}
    if permission.expires:
        found["expirationTime"] = written(permission.expires)
    return found


def web_link(file: File) -> str:
    """Where the file opens in a browser; it stays the same for the file's whole life."""
    return _LINKS.get(file.mime_type, "https://drive.google.com/file/d/{}/view?usp=drivesdk").format(file.id)


def _described(file: File) -> dict[str, Any]:
    """What everybody who sees the file is told alike; None for what it hasn't got."""
    return {
        "kind": "drive#file",
        "id": file.id,
        "name": file.name,
        "mimeType": file.mime_type,
        "description": file.description or None,
        "spaces": ["drive"],
        "explicitlyTrashed": file.trashed,
        "linkShareMetadata": {"securityUpdateEligible": False, "securityUpdateEnabled": True},
        "downloadRestrictions": _downloads(file),
        "version": str(file.version),
        "webViewLink": web_link(file),
        "iconLink": f"https://drive-thirdparty.googleusercontent.com/16/type/{file.mime_type}",
        "hasThumbnail": False,
        "thumbnailVersion": "0",
        "createdTime": written(file.created),
        "modifiedTime": written(file.modified),
        "properties": dict(file.properties) or None,
        "inheritedPermissionsDisabled": file.limited,
        "copyRequiresWriterPermission": file.copy_requires_writer,
        "viewersCanCopyContent": not file.copy_requires_writer,
        "shortcutDetails": ({"targetId": file.target, "targetMimeType": file.target_type} if file.target else None),
        "folderColorRgb": file.folder_colour or None,
        "contentRestrictions": [file.content_restriction] if file.content_restriction else None,
        "quotaBytesUsed": str(len(file.content or b"")),
    }


def _parents(call: Call, file: File) -> dict[str, Any]:
    """The parent folder, where the person may see it."""
    state, now = drive_state(call.workspace), call.workspace.clock.now()
    seen = [
        folder.id
        for folder in ancestors(state, file)
        if folder.id in file.parents
        and role_of(state, folder, call.caller.email, now)
        and (is_root(state, folder.id) or access.visible(call.workspace, call.caller, folder))
    ]
    return {"parents": seen} if seen else {}


def _mine(file: File, email: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ownedByMe": file.owner == email,
        "starred": email in file.starred_by,
        "viewedByMe": email in file.viewed_by,
        "modifiedByMe": email in file.modified_by,
    }
    for key, times in (("viewedByMeTime", file.viewed_by), ("modifiedByMeTime", file.modified_by)):
        if email in times:
            found[key] = written(times[email])
    if email in file.shared_with_me:
        found["sharedWithMeTime"] = written(file.shared_with_me[email])
    return found


def _downloads(file: File) -> dict[str, Any]:
    held = {"restrictedForReaders": file.copy_requires_writer, "restrictedForWriters": file.copying_off}
    return {"itemDownloadRestriction": held, "effectiveDownloadRestrictionWithContext": dict(held)}


def _binary(file: File) -> dict[str, Any]:
    if file.content is None:
        return {} if file.mime_type in (FOLDER, SHORTCUT) else {"size": "1024"}
    extension = file.name.rpartition(".")[2] if "." in file.name else ""
    return {
        "size": str(len(file.content)),
        "md5Checksum": hashlib.md5(file.content, usedforsecurity=False).hexdigest(),
        "sha1Checksum": hashlib.sha1(file.content, usedforsecurity=False).hexdigest(),
        "sha256Checksum": hashlib.sha256(file.content).hexdigest(),
        "headRevisionId": file.revision_id,
        "originalFilename": file.original_name,
        "fileExtension": extension,
        "fullFileExtension": extension,
        "webContentLink": f"https://drive.google.com/uc?id={file.id}&export=download",
    }
