"""Shared drives: what one is, and how Drive writes it. Its members are the permissions of its top folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.drive import formats
from sandbox.drive.permissions import RANK
from sandbox.drive.times import written

RESTRICTIONS = (
    "adminManagedRestrictions",
    "copyRequiresWriterPermission",
    "domainUsersOnly",
    "driveMembersOnly",
    "sharingFoldersRequiresOrganizerPermission",
)


@dataclass(kw_only=True)
class SharedDrive:
    """One shared drive; its id is also its top folder's. ``domain`` is the organisation's it belongs to."""

    id: str
    name: str
    domain: str
    created: datetime
    request_id: str = ""
    theme: str = "abacus"
    colour: str = ""
    restrictions: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(RESTRICTIONS, False))
    hidden_by: set[str] = field(default_factory=set)


def resource(drive: SharedDrive, *, email: str, role: str) -> Mapping[str, Any]:
    """The drive as a member with that role gets it."""
    return {
        "kind": "drive#drive",
        "id": drive.id,
        "name": drive.name,
        "themeId": drive.theme,
        "colorRgb": drive.colour or formats.THEME_COLOURS[drive.theme],
        "backgroundImageLink": formats.theme_image(drive.theme),
        "createdTime": written(drive.created),
        "hidden": email in drive.hidden_by,
        "restrictions": dict(drive.restrictions),
        "capabilities": capabilities(role),
    }


def capabilities(role: str) -> Mapping[str, bool]:
    """What a member may do to the drive and, in general, to what is in it."""
    rank = RANK[role]
    reader, commenter, writer = (rank >= RANK[least] for least in ("reader", "commenter", "writer"))
    content_manager, manager = rank >= RANK["fileOrganizer"], rank >= RANK["organizer"]
    return {
        "canAddChildren": writer,
        "canComment": commenter,
        "canCopy": reader,
        "canDeleteChildren": manager,
        "canDeleteDrive": manager,
        "canDownload": reader,
        "canEdit": writer,
        "canListChildren": reader,
        "canManageMembers": manager,
        "canReadRevisions": writer,
        "canRename": writer,
        "canRenameDrive": manager,
        "canShare": writer,
        "canTrashChildren": content_manager,
        "canChangeDriveBackground": manager,
        "canResetDriveRestrictions": manager,
        "canChangeCopyRequiresWriterPermissionRestriction": manager,
        "canChangeDomainUsersOnlyRestriction": manager,
        "canChangeDriveMembersOnlyRestriction": manager,
        "canChangeSharingFoldersRequiresOrganizerPermissionRestriction": manager,
        "canChangeDownloadRestriction": manager,
    }
