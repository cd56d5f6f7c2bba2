"""``files.create`` and ``files.copy``: a new file, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.call import ApiError, Call, Media
from sandbox.drive import access, content, editors, errors, metadata, spaces
from sandbox.drive.capabilities import can_download
from sandbox.drive.files import File, drive_state, keep, new_file, new_id, root_of
from sandbox.drive.inheritance import role_of
from sandbox.drive.permissions import RANK
from sandbox.drive.resource import file_resource
from sandbox.drive.types import DOCUMENT, FOLDER, GOOGLE, SHORTCUT, SPREADSHEET

_MADE_HERE = (DOCUMENT, SPREADSHEET, FOLDER, SHORTCUT)
_OTHER_APPS = GOOGLE + "drive-sdk"
"""Files that live in somebody else's app: metadata alone, with the app's id behind a full stop."""


def create(call: Call) -> Mapping[str, Any]:
    """A file from metadata, from an upload, or from an upload converted to a Google Doc."""
    metadata.check_writable(call.body, updating=False)
    mime_type = _type(call)
    _check_type(mime_type)
    name = str(call.body.get("name") or "Untitled")
    made = (
        content.converted(call.workspace, call.media, mime_type, title=name, owner=call.caller.email)
        if call.media
        else None
    )
    file = new_file(
        call.workspace,
        file_id=_id(call, mime_type),
        name="Untitled",
        mime_type=mime_type,
        owner=call.caller.email,
        parents=_parents(call),
    )
    metadata.apply(call, file, call.body)
    _point(call, file)
    keep(call.workspace, file, client_id=call.caller.client_id, is_filled=made is not None)
    if call.media or not file.native:
        content.put(call.workspace, file, call.media or Media(content_type=mime_type, data=b""), made)
    return file_resource(call, file)


def copy(call: Call) -> Mapping[str, Any]:
    """A copy that the caller owns, shared with nobody but whom its folder is shared with.

    Properties of every kind come along, as the reference implies where it says that null clears one in a copy
    request (https://developers.google.com/workspace/drive/api/reference/rest/v3/files/copy)."""
    call = replace(call, body={name: value for name, value in call.body.items() if value is not None})
    source = access.require(call, call.params["fileId"], "reader")
    access.require_content(call, source)
    _check_copying(call, source)
    metadata.check_writable(call.body, updating=False)
    mime_type = str(call.body.get("mimeType", source.mime_type))
    file = new_file(
        call.workspace,
        file_id=_id(call, mime_type),
        name=f"Copy of {source.name}",
        mime_type=mime_type,
        owner=call.caller.email,
        parents=_parents(call) if call.body.get("parents") else _parents_of_copy(call, source),
    )
    file.description, file.target, file.target_type = source.description, source.target, source.target_type
    file.properties = dict(source.properties)
    file.app_properties = {app: dict(pairs) for app, pairs in source.app_properties.items()}
    file.properties_changed = call.workspace.clock.now()
    metadata.apply(call, file, call.body)
    _fill_copy(call, source, file)
    return file_resource(call, file)


def generate_ids(call: Call) -> Mapping[str, Any]:
    """Ids that a later create may use for a file of no Google editor's type."""
    count = int(call.params.get("count", 10))
    if not 1 <= count <= 1000:
        raise errors.invalid(f"Invalid value '{count}'. Values must be within the range: [1, 1000]", location="count")
    spaces.check(call, [str(call.params.get("space") or "drive")])
    ids = [new_id(call.workspace, "") for _ in range(count)]
    drive_state(call.workspace).reserved_ids.update(ids)
    return {"kind": "drive#generatedIds", "space": str(call.params.get("space", "drive")), "ids": ids}


def writable_folder(call: Call, folder_id: str) -> File:
    """A folder the caller may add to; their own My Drive always is."""
    spaces.check_folder(call, folder_id)
    root = root_of(call.workspace, call.caller.email)
    if folder_id in ("root", root.id):
        return root
    folder = access.require(call, folder_id, "writer")
    if folder.mime_type != FOLDER:
        raise errors.forbidden("The specified parent is not a folder.", reason="parentNotAFolder")
    return folder


def _point(call: Call, file: File) -> None:
    """Makes a shortcut stand for its target, which the caller must see; no other file has one."""
    target_id = str((call.body.get("shortcutDetails") or {}).get("targetId", ""))
    if file.mime_type != SHORTCUT:
        return
    if not target_id:
        raise errors.required("The shortcutDetails.targetId field is required for shortcuts.")
    target = access.require(call, target_id, "reader")
    if target.mime_type == SHORTCUT:
        raise errors.forbidden("A shortcut cannot target another shortcut.", reason="shortcutTargetInvalid")
    file.target, file.target_type = target.id, target.mime_type


def _type(call: Call) -> str:
    if named := str(call.body.get("mimeType", "")):
        return named
    return content.upload_type(call.media) if call.media else "application/octet-stream"


def _check_type(mime_type: str) -> None:
    other_apps = mime_type.partition("drive-sdk.")[0] == GOOGLE or mime_type == _OTHER_APPS
    if mime_type.startswith(GOOGLE) and mime_type not in _MADE_HERE and not other_apps:
        raise errors.not_built(f"A file of type {mime_type}")


def _id(call: Call, mime_type: str) -> str:
    """The id asked for, if it was generated for this; a fresh one otherwise."""
    asked = str(call.body.get("id", ""))
    if not asked:
        return new_id(call.workspace, mime_type)
    state = drive_state(call.workspace)
    if asked in state.files:
        raise ApiError(409, "A file already exists with the provided ID.", reason="fileIdInUse")
    if mime_type.startswith(GOOGLE) and mime_type != FOLDER:
        raise errors.forbidden(
            "Generated IDs are not supported for Docs Editors formats.", reason="generatedIdNotSupported"
        )
    if asked not in state.reserved_ids:
        raise errors.invalid("The provided file ID is not usable.", location="file.id", location_type="other")
    return asked


def _parents(call: Call) -> tuple[str, ...]:
    asked = [str(parent) for parent in call.body.get("parents") or ["root"]]
    if len(asked) > 1:
        raise errors.invalid("A file cannot be created in more than one folder.", location="parents")
    return (writable_folder(call, asked[0]).id,)


def _parents_of_copy(call: Call, source: File) -> tuple[str, ...]:
    """Beside the source where the caller may add there, else in their own My Drive."""
    state, now = drive_state(call.workspace), call.workspace.clock.now()
    for parent_id in source.parents:
        folder = state.files.get(parent_id)
        if folder and RANK[role_of(state, folder, call.caller.email, now)] >= RANK["writer"]:
            return (folder.id,)
    return (root_of(call.workspace, call.caller.email).id,)


def _check_copying(call: Call, source: File) -> None:
    role = role_of(drive_state(call.workspace), source, call.caller.email, call.workspace.clock.now())
    if source.mime_type == FOLDER or not can_download(source, role):
        raise errors.forbidden("This file cannot be copied by the user.", reason="cannotCopyFile")


def _fill_copy(call: Call, source: File, file: File) -> None:
    """Keep the copy and give it the source's content, converted where another type was asked for."""
    upload = Media(content_type=source.mime_type, data=source.content or b"")
    document = None
    if file.mime_type != source.mime_type:
        if source.native:
            raise errors.bad_request("The requested conversion is not supported.")
        document = content.converted(call.workspace, upload, file.mime_type, title=file.name, owner=file.owner)
    keep(call.workspace, file, client_id=call.caller.client_id, is_filled=True)
    if file.native and file.mime_type == source.mime_type:
        editors.copy(call.workspace, source_id=source.id, file_id=file.id, mime_type=file.mime_type, title=file.name)
    else:
        content.put(call.workspace, file, upload, document)
