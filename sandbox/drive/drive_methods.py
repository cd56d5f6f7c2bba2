"""``drives.*``: shared drives made, found, changed, hidden and deleted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sandbox.call import ApiError, Call, Reply
from sandbox.drive import access, changelog, errors, formats, people
from sandbox.drive.changelog import News
from sandbox.drive.files import File, drive_state
from sandbox.drive.inheritance import ancestors, role_of
from sandbox.drive.pages import paged
from sandbox.drive.permissions import Permission
from sandbox.drive.shared_drives import RESTRICTIONS, SharedDrive, resource
from sandbox.drive.types import FOLDER

_NAME = re.compile(r"\s*(name)\s*(contains|=)\s*'((?:[^'\\]|\\.)*)'\s*")


def create(call: Call) -> Mapping[str, Any]:
    """A drive with the caller as its manager. The same request id again makes no second one."""
    state, email, now = drive_state(call.workspace), call.caller.email.lower(), call.workspace.clock.now()
    request_id = str(call.params["requestId"])
    if not people.can_create_drives(email):
        message = "The user does not have permission to create a shared drive."
        raise errors.forbidden(message, reason="userCannotCreateTeamDrives")
    if any(drive.request_id == request_id for drive in state.drives.values()):
        message = "A shared drive already exists with the provided request ID."
        raise ApiError(409, message, reason="teamDriveAlreadyExists")
    if "restrictions" in call.body:
        raise errors.invalid(
            "Restrictions cannot be set on creation.", location="restrictions", location_type="other"
        )
    drive = SharedDrive(
        id="0A" + call.workspace.ids.next(14) + "PVA",
        name=_name(call),
        domain=email.rpartition("@")[2],
        created=now,
        request_id=request_id,
        theme=_theme(call) or "abacus",
    )
    state.drives[drive.id] = drive
    state.files[drive.id] = _top(drive, email)
    changelog.record(call.workspace, state, state.files[drive.id], News(state="add"), of_drive=True)
    return _shown(call, drive)


def get(call: Call) -> Mapping[str, Any]:
    return _shown(call, access.require_drive(call, call.params["driveId"], "reader"))


def list_(call: Call) -> Mapping[str, Any]:
    """The caller's drives by name; ``q`` knows ``name`` only."""
    state, now = drive_state(call.workspace), call.workspace.clock.now()
    asked = str(call.params.get("q", ""))
    test = _NAME.fullmatch(asked)
    if asked.strip() and test is None:
        raise errors.invalid("Invalid Value", location="q")
    mine = [d for d in state.drives.values() if role_of(state, state.files[d.id], call.caller.email, now)]
    found = [drive for drive in mine if test is None or _named(drive.name, test[2], test[3])]
    shown = [_shown(call, drive) for drive in sorted(found, key=lambda one: (one.name.casefold(), one.id))]
    return {"kind": "drive#driveList", **paged(call, "drives", shown, default=10, most=100)}


def update(call: Call) -> Mapping[str, Any]:
    drive = access.require_drive(call, call.params["driveId"], "organizer")
    if "downloadRestriction" in call.body.get("restrictions", {}):
        raise errors.bad_request("Bad Request")  # seen live, whatever it holds: mmedum/google-drive-mcp, 2026-09-30
    if "name" in call.body:
        drive.name = _name(call)
    drive.theme = _theme(call) or drive.theme
    drive.colour = str(call.body.get("colorRgb", drive.colour))
    for key, value in call.body.get("restrictions", {}).items():
        if key in RESTRICTIONS:
            drive.restrictions[key] = bool(value)
    _log(call, drive)
    return _shown(call, drive)


def delete(call: Call) -> Reply:
    """Only an empty drive goes, unless a domain administrator says otherwise, which nobody is here."""
    drive = access.require_drive(call, call.params["driveId"], "organizer")
    state = drive_state(call.workspace)
    top = state.files[drive.id]
    if any(top in ancestors(state, file) and not file.trashed for file in state.files.values()):
        message = "A shared drive cannot be deleted if it contains non-trashed items."
        raise errors.forbidden(message, reason="cannotDeleteResourceWithChildren")
    _log(call, drive)
    for file in [one for one in state.files.values() if one.drive_id == drive.id]:
        del state.files[file.id]
    del state.drives[drive.id]
    return Reply(status=204)


def hide(call: Call) -> Mapping[str, Any]:
    drive = access.require_drive(call, call.params["driveId"], "reader")
    drive.hidden_by.add(call.caller.email.lower())
    return _shown(call, drive)


def unhide(call: Call) -> Mapping[str, Any]:
    drive = access.require_drive(call, call.params["driveId"], "reader")
    drive.hidden_by.discard(call.caller.email.lower())
    return _shown(call, drive)


def _top(drive: SharedDrive, email: str) -> File:
    manager = Permission(type="user", role="organizer", target=email)
    return File(
        id=drive.id,
        name="Drive",
        mime_type=FOLDER,
        owner="",
        created=drive.created,
        modified=drive.created,
        permissions={manager.id: manager},
        last_modifier=email,
        drive_id=drive.id,
    )


def _shown(call: Call, drive: SharedDrive) -> Mapping[str, Any]:
    state = drive_state(call.workspace)
    role = role_of(state, state.files[drive.id], call.caller.email, call.workspace.clock.now())
    return resource(drive, email=call.caller.email.lower(), role=role)


def _log(call: Call, drive: SharedDrive) -> None:
    state = drive_state(call.workspace)
    changelog.record(call.workspace, state, state.files[drive.id], News(changed="properties"), of_drive=True)


def _name(call: Call) -> str:
    name = str(call.body.get("name", "")).strip()
    if not name:
        raise errors.required("The name of a shared drive cannot be empty.")
    return name


def _theme(call: Call) -> str:
    theme = str(call.body.get("themeId", ""))
    if theme and theme not in formats.THEME_COLOURS:
        raise errors.invalid("Invalid Value", location="themeId", location_type="other")
    return theme


def _named(name: str, operator: str, wanted: str) -> bool:
    wanted = re.sub(r"\\(.)", r"\1", wanted).casefold()
    return wanted in name.casefold() if operator == "contains" else name.casefold() == wanted
