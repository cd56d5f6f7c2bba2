"""``files.update`` and ``files.delete``: a change is made whole or not at all."""

from __future__ import annotations

from copy import deepcopy

from sandbox.call import ApiError, Call, Reply
from sandbox.drive import access, changelog, content, editors, errors, metadata
from sandbox.drive.capabilities import can_limit, can_unlock, may_delete, may_trash
from sandbox.drive.changelog import News
from sandbox.drive.files import File, drive_state, is_root, root_of, touch
from sandbox.drive.inheritance import ancestors, role_of
from sandbox.drive.making import writable_folder
from sandbox.drive.permissions import Permission
from sandbox.drive.terms import trashed
from sandbox.drive.types import FOLDER

_CONTENT_FIELDS = frozenset({"name", "description", "mimeType"})
_LOCKED_FIELDS = frozenset({"name", "mimeType"})
_OWNERS_FIELDS = frozenset({"writersCanShare"})


def update(call: Call) -> File:
    """The changed file. Its id, link and permissions stay, whatever is uploaded into it."""
    file = _writable(call)
    metadata.check_writable(call.body, updating=True)
    _check_lock(call, file)
    _check_restrictions(call, file)
    draft = deepcopy(file)
    draft.mime_type = _type(call, file)
    title = str(call.body.get("name") or file.name)
    document = (
        content.converted(call.workspace, call.media, draft.mime_type, title=title, owner=file.owner)
        if call.media
        else None
    )
    metadata.apply(call, draft, call.body)
    _trash(call, draft)
    _move(call, draft)
    if call.media:
        content.put(call.workspace, draft, call.media, document)
    drive_state(call.workspace).files[file.id] = draft
    _record(call, file, draft)
    return draft


def delete(call: Call) -> None:
    """Remove a file for good; a folder takes along what its owner has in it."""
    file = access.require(call, call.params["fileId"], "reader")
    state = drive_state(call.workspace)
    if not may_delete(file, _role(call, file)) or is_root(state, file.id):
        raise errors.insufficient(file.id)
    access.require(call, file.id, "writer")
    access.require_children(call, file)
    doomed = [other for other in state.files.values() if other is file or file in ancestors(state, other)]
    for other in doomed:
        if other.owner == file.owner:
            _forget(call, other)
    for other in doomed:
        if other.id in state.files and not any(parent in state.files for parent in other.parents):
            other.parents = [root_of(call.workspace, other.owner).id]


def empty_trash(call: Call) -> Reply:
    """Delete what the caller threw away: their own files, or with ``driveId`` a drive's, as its manager."""
    state = drive_state(call.workspace)
    drive_id = str(call.params.get("driveId", ""))
    if drive_id:
        access.require_drive(call, drive_id, "organizer")
    owner = "" if drive_id else call.caller.email.lower()
    binned = [one for one in state.files.values() if one.drive_id == drive_id and one.owner == owner]
    for file in [one for one in binned if trashed(state, one)]:
        _forget(call, file)
    return Reply(status=204)


def _forget(call: Call, file: File) -> None:
    state = drive_state(call.workspace)
    changelog.record(call.workspace, state, file, News(state="remove"))
    del state.files[file.id]
    state.comments.pop(file.id, None)
    editors.forget(call.workspace, file_id=file.id, mime_type=file.mime_type)
    state.authorised = {entry for entry in state.authorised if entry[2] != file.id}


def _writable(call: Call) -> File:
    """The file, if the caller's role and token allow what is asked: stars are anybody's, the rest a writer's."""
    file_id = call.params["fileId"]
    moving = call.params.get("addParents") or call.params.get("removeParents")
    if call.body and not call.media and not moving and set(call.body) <= metadata.PER_PERSON:
        return access.require(call, file_id, "reader")
    file = access.require(call, file_id, "writer")
    if is_root(drive_state(call.workspace), file.id):
        raise errors.insufficient(file.id)
    if _OWNERS_FIELDS & set(call.body) and _role(call, file) not in ("owner", "organizer"):
        raise errors.insufficient(file.id)
    return file


def _check_restrictions(call: Call, file: File) -> None:
    """What is asked of limited access and of locks, by whom."""
    role = _role(call, file)
    if "inheritedPermissionsDisabled" in call.body and file.mime_type == FOLDER and not can_limit(file, role):
        raise errors.insufficient(file.id)
    asked = call.body.get("contentRestrictions")
    if asked is None:
        return
    owners = any(one.get("ownerRestricted") for one in asked)
    if not can_unlock(file, role) or (owners and role not in ("owner", "organizer")):
        raise errors.insufficient(file.id)


def _role(call: Call, file: File) -> str:
    return role_of(drive_state(call.workspace), file, call.caller.email, call.workspace.clock.now())


def _check_lock(call: Call, file: File) -> None:
    if file.locked and (call.media or _LOCKED_FIELDS & set(call.body)):
        raise errors.locked()


def _type(call: Call, file: File) -> str:
    """The type after the update: only an upload may change a binary file's, and a native file keeps its own."""
    asked = str(call.body.get("mimeType", ""))
    if file.native:
        if asked and asked != file.mime_type:
            raise errors.invalid("Invalid MIME type for this file.", location="mimeType", location_type="other")
        if call.media and file.mime_type == FOLDER:
            raise errors.bad_request("A folder has no content to replace.")
        return file.mime_type
    if not call.media:
        return file.mime_type
    return asked or content.upload_type(call.media)


def _trash(call: Call, file: File) -> None:
    """Only the owner puts a file into the bin or takes it out."""
    wanted = call.body.get("trashed")
    if wanted is None or wanted is file.trashed:
        return
    if not may_trash(file, _role(call, file)):
        raise errors.insufficient(file.id)
    access.require_children(call, drive_state(call.workspace).files[file.id])
    file.trashed = wanted
    file.trashed_by = call.caller.email.lower() if wanted else ""
    file.trashed_at = call.workspace.clock.now() if wanted else None


def _move(call: Call, file: File) -> None:
    """Leave and enter folders; a file stands in one at a time, so its owner's single new folder is a move.

    Source: the reference's words on a single parent (``enforceSingleParent``), which is how all updates work now."""
    leaving = [root_id(call, part) for part in str(call.params.get("removeParents", "")).split(",") if part]
    entering = [part for part in str(call.params.get("addParents", "")).split(",") if part]
    if not leaving and not entering:
        return
    folders = [writable_folder(call, folder_id) for folder_id in entering]
    state = drive_state(call.workspace)
    for folder in folders:
        if folder.id == file.id or any(above.id == file.id for above in ancestors(state, folder)):
            raise errors.bad_request("The specified parent would create a cycle in the folder tree.")
    moved = len(folders) == 1 and _role(call, file) == "owner"
    kept = [] if moved else [parent for parent in file.parents if parent not in leaving]
    parents = kept + [folder.id for folder in folders if folder.id not in kept]
    if len(parents) > 1:
        raise _one_parent(file)
    file.parents = parents or [root_of(call.workspace, file.owner or call.caller.email).id]
    _rehome(call, file)


def _one_parent(file: File) -> ApiError:
    if file.drive_id:
        return errors.forbidden("A shared drive item must have exactly one parent.", reason="teamDrivesParentLimit")
    return errors.forbidden("Increasing the number of parents is not allowed", reason="cannotAddParent")


def _rehome(call: Call, file: File) -> None:
    """Moving into a shared drive gives a file to the drive; moving out gives it to who moves it."""
    state = drive_state(call.workspace)
    home = state.files[file.parents[0]].drive_id
    if home == file.drive_id:
        return
    if file.mime_type == FOLDER:
        message = "Folders cannot be moved into or out of a shared drive here."
        raise errors.forbidden(message, reason="teamDrivesFolderMoveInNotSupported")
    if not may_delete(file, _role(call, file)):
        raise errors.insufficient(file.id)
    file.permissions = {key: grant for key, grant in file.permissions.items() if grant.role != "owner"}
    file.drive_id, file.owner = home, "" if home else call.caller.email.lower()
    if not home:
        grant = Permission(type="user", role="owner", target=file.owner)
        file.permissions[grant.id] = grant


def root_id(call: Call, folder_id: str) -> str:
    """The folder's own id where the alias ``root`` was given."""
    return root_of(call.workspace, call.caller.email).id if folder_id == "root" else folder_id


def _record(call: Call, before: File, file: File) -> None:
    changed = bool(call.media or _CONTENT_FIELDS & set(call.body))
    asked = file.modified
    touch(call.workspace, file.id, email=call.caller.email, content=changed, news=_news(call, before, file))
    if "modifiedTime" in call.body:
        file.modified = asked


def _news(call: Call, before: File, file: File) -> News:
    if file.trashed is not before.trashed:
        return News(state="trash" if file.trashed else "untrash")
    parts = {
        "content": bool(call.media),
        "properties": bool(set(call.body) - {"trashed"}),
        "parents": file.parents != before.parents,
    }
    return News(changed=",".join(name for name, happened in parts.items() if happened) or "properties")
