"""``about.get``: who is asking, and what Drive here can convert."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import Call
from sandbox.docs import exporting, importing, package
from sandbox.drive import people
from sandbox.drive.files import drive_state
from sandbox.drive.types import DOCUMENT


def resource(call: Call) -> Mapping[str, Any]:
    """The caller, their storage, and the conversions that are built."""
    files = drive_state(call.workspace).files.values()
    used = sum(len(file.content or b"") for file in files if file.owner == call.caller.email.lower())
    imports = (importing.DOCX, importing.HTML, importing.TEXT)
    return {
        "kind": "drive#about",
        "user": people.user(call, call.caller.email.lower()),
        "storageQuota": {"usage": str(used), "usageInDrive": str(used), "usageInDriveTrash": "0"},
        "importFormats": {kind: [DOCUMENT] for kind in imports},
        "exportFormats": {DOCUMENT: list(exporting.FORMATS)},
        "maxImportSizes": {DOCUMENT: str(package.MAX_BYTES)},
        "maxUploadSize": str(5 * 1024**4),
        "appInstalled": True,
        "canCreateDrives": False,
        "folderColorPalette": [],
    }
