"""v2's ``about.get``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import Call
from sandbox.drive import about as v3
from sandbox.drive.files import drive_state, root_of
from sandbox.drive.permissions import permission_id
from sandbox.drive.v2.shown import etag, link, person


def get(call: Call) -> Mapping[str, Any]:
    """Who is asking, how much they store, where their tree begins; all of it without ``fields``."""
    found = v3.resource(call)
    quota, user = found["storageQuota"], person(found["user"])
    used = {"quotaBytesUsed": "usageInDrive", "quotaBytesUsedAggregate": "usage"}
    return {
        "kind": "drive#about",
        "etag": etag(repr(quota)),
        "selfLink": link("about"),
        "name": user["displayName"],
        "user": user,
        "permissionId": permission_id("user", call.caller.email),
        "rootFolderId": root_of(call.workspace, call.caller.email).id,
        "largestChangeId": str(len(drive_state(call.workspace).changes)),
        "quotaType": "LIMITED",
        "quotaBytesTotal": quota["limit"],
        "quotaBytesUsedInTrash": quota["usageInDriveTrash"],
        **{name: quota[source] for name, source in used.items()},
        "quotaBytesByService": [{"serviceName": "DRIVE", "bytesUsed": quota["usageInDrive"]}],
        "domainSharingPolicy": "allowed",
        "languageCode": "en-GB",
        "isCurrentAppInstalled": True,
        "importFormats": [{"source": source, "targets": made} for source, made in found["importFormats"].items()],
        "exportFormats": [{"source": source, "targets": made} for source, made in found["exportFormats"].items()],
        "maxUploadSizes": [{"type": "*", "size": found["maxUploadSize"]}],
        "features": [],
        "additionalRoleInfo": [],
        **{name: found[name] for name in ("folderColorPalette", "driveThemes", "teamDriveThemes", "canCreateDrives")},
    }
