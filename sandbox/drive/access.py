"""Whether a caller may see or change a file: Drive's permissions and the token's scopes, both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import ApiError, Call, Caller
from sandbox.drive import errors, shared_drives, spaces
from sandbox.drive.files import DriveState, File, drive_state, is_root, root_of
from sandbox.drive.inheritance import ancestors, role_of
from sandbox.drive.permissions import RANK
from sandbox.drive.shared_drives import SharedDrive
from sandbox.drive.types import DOCUMENT, FOLDER, SPREADSHEET
from sandbox.state import Workspace

_CONTENT = ("drive", "drive.readonly")
_METADATA = ("drive.metadata", "drive.metadata.readonly")
_DRIVE_BLIND = frozenset(
    {
        *(f"drive.files.{name}" for name in ("copy", "create", "delete", "get", "list", "update", "watch")),
        *(f"drive.permissions.{name}" for name in ("create", "delete", "get", "list", "update")),
        *(f"drive.changes.{name}" for name in ("getStartPageToken", "list", "watch")),
    }
)
"""Methods with ``supportsAllDrives``: without it, what is in a shared drive isn't there for them."""
_EDITOR_SCOPES = {
    "sheets": (SPREADSHEET, ("spreadsheets", "spreadsheets.readonly"), ("spreadsheets",)),
    "docs": (DOCUMENT, ("documents", "documents.readonly"), ("documents",)),
}


def require(call: Call, file_id: str, role: str) -> File:
    """The file, if the caller may see it and holds at least ``role`` on it.

    A file the caller can't see is 404, like one that doesn't exist, though Sheets and Docs say 403 where the token
    would open any file of the caller's own; one that may be seen but not changed is 403.
    ``root`` is the caller's own My Drive. Trashed files count. The words are those of the API that was called."""
    service = call.method.partition(".")[0]
    file = _find(call, file_id, service)
    held = role_of(drive_state(call.workspace), file, call.caller.email, call.workspace.clock.now())
    if RANK[held] < RANK[role]:
        raise errors.insufficient(file.id) if service == "drive" else _editors_refusal()
    if RANK[role] > RANK["reader"] and not _may_write(call, file, service):
        raise errors.not_authorised(call.caller.client_id, file.id) if service == "drive" else _editors_refusal()
    return file


def require_drive(call: Call, drive_id: str, role: str) -> SharedDrive:
    """The shared drive, if the caller is a member with at least ``role``; 404 for everybody else."""
    state = drive_state(call.workspace)
    drive = state.drives.get(drive_id)
    held = role_of(state, state.files[drive_id], call.caller.email, call.workspace.clock.now()) if drive else ""
    if drive is None or not held:
        raise errors.drive_not_found(drive_id)
    if RANK[held] < RANK[role]:
        raise errors.forbidden(
            "The user does not have sufficient permissions for this shared drive.",
            reason="insufficientFilePermissions",
        )
    return drive


def all_drives(call: Call) -> bool:
    """Whether the call says that it knows shared drives. Methods without the parameter always do."""
    if call.method in _DRIVE_BLIND:
        return bool(call.params.get("supportsAllDrives") or call.params.get("supportsTeamDrives"))
    return True


def drive_summary(call: Call, drive_id: str) -> Mapping[str, Any]:
    """A shared drive as it stands in a list of changes."""
    state = drive_state(call.workspace)
    email = call.caller.email.lower()
    role = role_of(state, state.files[drive_id], email, call.workspace.clock.now())
    return shared_drives.resource(state.drives[drive_id], email=email, role=role)


def visible(workspace: Workspace, caller: Caller, file: File, *, service: str = "drive") -> bool:
    """Whether this token can see the file at all, through the named API (``drive``, ``sheets`` or ``docs``)."""
    state = drive_state(workspace)
    if not role_of(state, file, caller.email, workspace.clock.now()):
        return False
    return readable(workspace, caller, file, service=service) or (service == "drive" and caller.has(*_METADATA))


def readable(workspace: Workspace, caller: Caller, file: File, *, service: str = "drive") -> bool:
    """Whether the token's scopes open this file's content (permissions are not looked at)."""
    if caller.has(*_CONTENT) or _through_editor(caller, file, service, writing=False):
        return True
    return caller.has("drive.file") and _opened(drive_state(workspace), caller, file)


def grant_file_scope(workspace: Workspace, email: str, client_id: str, file_id: str) -> None:
    """Let an app see one file for one person from now on, as picking or opening the file with the app does.

    The person must be able to see the file; a ``KeyError`` says that the file doesn't exist for them."""
    state = drive_state(workspace)
    if not role_of(state, state.files[file_id], email, workspace.clock.now()):
        raise KeyError(file_id)
    state.authorised.add((email.lower(), client_id, file_id))


def require_content(call: Call, file: File) -> None:
    """Refuse a token that opens the file's metadata only."""
    if not readable(call.workspace, call.caller, file):
        raise errors.not_authorised(call.caller.client_id, file.id, access="read")


def require_children(call: Call, folder: File) -> None:
    """Refuse an act on a folder whose effect would reach files that this app may not see."""
    state = drive_state(call.workspace)
    if folder.mime_type != FOLDER or call.caller.has("drive"):
        return
    for file in state.files.values():
        if folder in ancestors(state, file) and not _opened(state, call.caller, file):
            raise errors.forbidden(
                f"The user has not granted the app {call.caller.client_id} write access to the children of"
                f" {folder.id}.",
                reason="appNotAuthorizedToChild",
            )


def _find(call: Call, file_id: str, service: str) -> File:
    if service == "drive":
        spaces.check_folder(call, file_id)
    if file_id == "root" and service == "drive" and call.caller.email:
        return root_of(call.workspace, call.caller.email)
    file = drive_state(call.workspace).files.get(file_id)
    known = file is not None and (not file.drive_id or all_drives(call))
    if file is not None and known and visible(call.workspace, call.caller, file, service=service):
        return file
    if service == "drive":
        raise errors.not_found(file_id)
    if file is not None and known and readable(call.workspace, call.caller, file, service=service):
        raise _editors_refusal()  # recorded: a stranger's spreadsheet is 403 for a token that opens any of one's own
    raise ApiError(404, "Requested entity was not found.", status_name="NOT_FOUND", reason="notFound")


def _may_write(call: Call, file: File, service: str) -> bool:
    caller = call.caller
    if caller.has("drive") or _through_editor(caller, file, service, writing=True):
        return True
    return caller.has("drive.file") and (
        _opened(drive_state(call.workspace), caller, file) or is_root(drive_state(call.workspace), file.id)
    )


def _through_editor(caller: Caller, file: File, service: str, *, writing: bool) -> bool:
    mime_type, reading_scopes, writing_scopes = _EDITOR_SCOPES.get(service, ("", (), ()))
    return file.mime_type == mime_type and caller.has(*(writing_scopes if writing else reading_scopes))


def _opened(state: DriveState, caller: Caller, file: File) -> bool:
    return (caller.email.lower(), caller.client_id, file.id) in state.authorised


def _editors_refusal() -> ApiError:
    return ApiError(403, "The caller does not have permission", status_name="PERMISSION_DENIED", reason="forbidden")
