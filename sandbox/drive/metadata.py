"""Writing a request's metadata onto a file: which fields may be written, and their limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sandbox.call import ApiError, Call
from sandbox.drive import errors
from sandbox.drive.files import File
from sandbox.drive.terms import moment
from sandbox.drive.times import written
from sandbox.drive.types import FOLDER

PER_PERSON = frozenset({"starred", "viewedByMeTime"})
_IGNORED = frozenset({"kind", "contentHints", "id", "parents", "mimeType", "shortcutDetails", "trashed"})
_ONCE = ("id", "createdTime", "shortcutDetails")
_MAX_PROPERTIES = 30
_MAX_PROPERTY_BYTES = 124
_SHARING_FIELDS = ("writersCanShare",)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def check_writable(body: Mapping[str, Any], *, updating: bool) -> None:
    """Refuse what only Drive sets."""
    if updating and "parents" in body:
        raise errors.forbidden(
            "The parents field is not directly writable in update requests. Use the addParents and removeParents"
            " parameters instead.",
            reason="fieldNotWritable",
        )
    for key in body:
        if (key not in _WRITERS and key not in _IGNORED) or (updating and key in _ONCE):
            raise errors.forbidden(
                "The resource body includes fields which are not directly writable.",
                reason="fieldNotWritable",
            )


def apply(call: Call, file: File, body: Mapping[str, Any]) -> None:
    """Set every field of the body that is a field of the file's own."""
    if file.drive_id and any(field in body for field in _SHARING_FIELDS):
        raise errors.forbidden(
            "Sharing restrictions cannot be set on a shared drive item.",
            reason="teamDrivesSharingRestrictionNotAllowed",
        )
    for key, value in body.items():
        if writer := _WRITERS.get(key):
            writer(call, file, value)


def _name(_: Call, file: File, value: Any) -> None:
    file.name = str(value)


def _description(_: Call, file: File, value: Any) -> None:
    file.description = str(value or "")


def _app_properties(call: Call, file: File, value: Any) -> None:
    kept = _merged(file.app_properties.get(call.caller.client_id, {}), value, location="appProperties")
    file.app_properties[call.caller.client_id] = kept
    file.properties_changed = call.workspace.clock.now()


def _properties(call: Call, file: File, value: Any) -> None:
    file.properties = _merged(file.properties, value, location="properties")
    file.properties_changed = call.workspace.clock.now()


def _merged(old: Mapping[str, str], changes: Mapping[str, Any] | None, *, location: str) -> dict[str, str]:
    """Keys are added or replaced; null removes one. At most 30 per app, 124 bytes each of key and value."""
    kept = dict(old)
    for key, value in (changes or {}).items():
        if value is None:
            kept.pop(key, None)
            continue
        if not key or len(key.encode()) + len(str(value).encode()) > _MAX_PROPERTY_BYTES:
            raise ApiError(
                400,
                f"The property {key} is longer than {_MAX_PROPERTY_BYTES} bytes of UTF-8.",
                reason="propertyLengthTooLong",
                location=location,
                location_type="other",
            )
        kept[key] = str(value)
    if len(kept) > _MAX_PROPERTIES:
        raise errors.forbidden(
            "The limit for the number of private properties for this app has been exceeded.",
            reason="numberOfPropertiesExceedsLimit",
        )
    return kept


def _starred(call: Call, file: File, value: Any) -> None:
    email = call.caller.email.lower()
    (file.starred_by.add if value else file.starred_by.discard)(email)


def _viewed(call: Call, file: File, value: Any) -> None:
    file.viewed_by[call.caller.email.lower()] = _moment(value, "viewedByMeTime")


def _created(_: Call, file: File, value: Any) -> None:
    file.created = _moment(value, "createdTime")


def _modified(call: Call, file: File, value: Any) -> None:
    file.modified = _moment(value, "modifiedTime")
    file.modified_by[call.caller.email.lower()] = file.modified


def _moment(value: Any, field: str) -> datetime:
    found = moment(str(value))
    if found is None:
        raise errors.invalid("Invalid Value", location=field, location_type="other")
    return found


def _writers_can_share(_: Call, file: File, value: Any) -> None:
    file.writers_can_share = bool(value)


def _copy_requires_writer(_: Call, file: File, value: Any) -> None:
    file.copy_requires_writer, file.copying_off = bool(value), file.copying_off and bool(value)


def _download_restrictions(_: Call, file: File, value: Any) -> None:
    """Whom the item keeps from copying and downloading: readers, or writers as well."""
    asked = (value or {}).get("itemDownloadRestriction") or {}
    file.copying_off = bool(asked.get("restrictedForWriters"))
    file.copy_requires_writer = file.copying_off or bool(asked.get("restrictedForReaders"))


def _viewers_can_copy(_: Call, file: File, value: Any) -> None:
    file.copy_requires_writer = not value


def _original_name(_: Call, file: File, value: Any) -> None:
    file.original_name = str(value)


def _colour(_: Call, file: File, value: Any) -> None:
    if file.mime_type != FOLDER or not _COLOUR.fullmatch(str(value)):
        raise errors.invalid("Invalid Value", location="folderColorRgb", location_type="other")
    file.folder_colour = str(value)


def _restrictions(call: Call, file: File, value: Any) -> None:
    """Lock or unlock the content. Who locked it and when is Drive's to say."""
    asked = value[0] if value else {}
    if not asked.get("readOnly"):
        file.content_restriction = None
        return
    file.content_restriction = {
        "readOnly": True,
        "reason": str(asked.get("reason", "")),
        "ownerRestricted": bool(asked.get("ownerRestricted", False)),
        "systemRestricted": False,
        "type": "globalContentRestriction",
        "restrictionTime": written(call.workspace.clock.now()),
        "restrictingUser": {"kind": "drive#user", "emailAddress": call.caller.email, "me": True},
    }


def _limited(_: Call, file: File, value: Any) -> None:
    """Keep out, or let in again, who has access to the folders above. Folders only."""
    if value and file.mime_type != FOLDER:
        raise errors.invalid(
            "Inherited permissions can be disabled on folders only.",
            location="inheritedPermissionsDisabled",
            location_type="other",
        )
    file.limited = bool(value)


_WRITERS: Mapping[str, Callable[[Call, File, Any], None]] = {
    "name": _name,
    "description": _description,
    "appProperties": _app_properties,
    "properties": _properties,
    "starred": _starred,
    "viewedByMeTime": _viewed,
    "createdTime": _created,
    "modifiedTime": _modified,
    "writersCanShare": _writers_can_share,
    "copyRequiresWriterPermission": _copy_requires_writer,
    "viewersCanCopyContent": _viewers_can_copy,
    "downloadRestrictions": _download_restrictions,
    "originalFilename": _original_name,
    "folderColorRgb": _colour,
    "contentRestrictions": _restrictions,
    "inheritedPermissionsDisabled": _limited,
}
