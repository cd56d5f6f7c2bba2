"""``changes.*``: what has changed for one person since a token. A token is the number of the next change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import Call
from sandbox.drive import access, errors
from sandbox.drive.changelog import Change
from sandbox.drive.files import DriveState, drive_state, root_of
from sandbox.drive.inheritance import ancestors, role_of
from sandbox.drive.pages import page_size
from sandbox.drive.resource import file_resource
from sandbox.drive.times import written


def start_page_token(call: Call) -> Mapping[str, Any]:
    """The token that lists nothing of what happened before."""
    if drive_id := call.params.get("driveId"):
        access.require_drive(call, drive_id, "reader")
    return {"kind": "drive#startPageToken", "startPageToken": str(_next(drive_state(call.workspace)))}


def list_(call: Call) -> Mapping[str, Any]:
    """Each changed file once, at its latest change, in the order of those changes."""
    state, size = drive_state(call.workspace), page_size(call, default=100, most=1000)
    if drive_id := call.params.get("driveId"):
        access.require_drive(call, drive_id, "reader")
    latest = {(change.of_drive, change.file_id): change for change in state.changes[check_token(call) - 1 :]}
    shown: list[Mapping[str, Any]] = []
    for change in sorted(latest.values(), key=lambda one: one.number):
        entry = _entry(call, change)
        if entry and len(shown) == size:
            return {"kind": "drive#changeList", "nextPageToken": str(change.number), "changes": shown}
        if entry:
            shown.append(entry)
    return {"kind": "drive#changeList", "newStartPageToken": str(_next(state)), "changes": shown}


def _next(state: DriveState) -> int:
    return len(state.changes) + 1


def check_token(call: Call) -> int:
    """The number of the first change that the page token asks for; 400 for a token that is none."""
    token = str(call.params["pageToken"])
    if not (token.isascii() and token.isdecimal() and int(token)):
        raise errors.invalid("Invalid Value", location="pageToken")
    return int(token)


def _entry(call: Call, change: Change) -> Mapping[str, Any] | None:
    """The change as this caller sees it; None where it is no business of theirs."""
    if not _listed(call, change):
        return None
    removed = _removed(call, change)
    if removed is None or (removed and call.params.get("includeRemoved") is False):
        return None
    kind = "drive" if change.of_drive else "file"
    entry: dict[str, Any] = {
        "kind": "drive#change",
        "number": change.number,
        "type": kind,
        "changeType": kind,
        "time": written(change.time),
        "removed": removed,
    }
    if change.drive_id:
        entry |= {"driveId": change.drive_id, "teamDriveId": change.drive_id}
    if change.of_drive:
        return entry | ({} if removed else {"drive": access.drive_summary(call, change.drive_id)})
    file = drive_state(call.workspace).files.get(change.file_id)
    return entry | {"fileId": change.file_id} | ({"file": file_resource(call, file)} if file and not removed else {})


def _listed(call: Call, change: Change) -> bool:
    """Whether the change belongs to the list that was asked for: one drive's, or the person's own."""
    state = drive_state(call.workspace)
    if change.file_id in state.roots.values():
        return False
    if drive_id := call.params.get("driveId"):
        return change.drive_id == str(drive_id)
    if not change.drive_id:
        return not call.params.get("restrictToMyDrive") or _in_my_drive(call, change)
    return bool(access.all_drives(call) and call.params.get("includeItemsFromAllDrives"))


def _in_my_drive(call: Call, change: Change) -> bool:
    """Whether the file stands in the caller's own tree; one that is gone counts."""
    state = drive_state(call.workspace)
    file = state.files.get(change.file_id)
    return file is None or root_of(call.workspace, call.caller.email) in ancestors(state, file)


def _removed(call: Call, change: Change) -> bool | None:
    """Whether the file has gone out of the caller's sight; None where it never was in it."""
    state, email = drive_state(call.workspace), call.caller.email.lower()
    file = state.files.get(change.file_id)
    if file and role_of(state, file, email, call.workspace.clock.now(), discoverable=True):
        return False if access.visible(call.workspace, call.caller, file) else None
    if email not in change.audience:
        return None
    whole = call.caller.has("drive", "drive.readonly", "drive.metadata", "drive.metadata.readonly")
    return True if whole or (email, call.caller.client_id) in change.apps else None
