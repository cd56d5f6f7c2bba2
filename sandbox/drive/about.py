"""``about.get``: who is asking, how much they store, and what Google converts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import Call
from sandbox.drive import formats, people
from sandbox.drive.files import drive_state
from sandbox.drive.terms import trashed

_QUOTA = 15 * 1024**3


def resource(call: Call) -> Mapping[str, Any]:
    """The caller, their storage, and the conversions Google offers."""
    return {
        "kind": "drive#about",
        "user": people.user(call, call.caller.email.lower()),
        "storageQuota": _quota(call),
        "importFormats": formats.IMPORTS,
        "exportFormats": {source: list(targets) for source, targets in formats.EXPORTS.items()},
        "maxImportSizes": formats.MAX_IMPORT_SIZES,
        "maxUploadSize": "5242880000000",
        "appInstalled": True,
        "folderColorPalette": list(formats.FOLDER_COLOURS),
        "driveThemes": formats.themes(),
        "teamDriveThemes": formats.themes(),
        "canCreateDrives": people.can_create_drives(call.caller.email),
        "canCreateTeamDrives": people.can_create_drives(call.caller.email),
    }


def _quota(call: Call) -> Mapping[str, str]:
    state = drive_state(call.workspace)
    mine = [file for file in state.files.values() if file.owner == call.caller.email.lower()]
    used = sum(len(file.content or b"") for file in mine)
    binned = sum(len(file.content or b"") for file in mine if trashed(state, file))
    return {
        "limit": str(_QUOTA),
        "usage": str(used),
        "usageInDrive": str(used),
        "usageInDriveTrash": str(binned),
    }
