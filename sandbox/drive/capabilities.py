"""What somebody with a role may do to a file, as Drive's ``capabilities`` say it.

Source: the names and an owner's values from files that several projects printed whole, 2022 to 2024; other roles from
the reference's descriptions."""

from __future__ import annotations

from sandbox.drive.files import File
from sandbox.drive.permissions import RANK
from sandbox.drive.types import FOLDER

_OWNER = ("canDelete", "canTrash", "canUntrash", "canMoveItemIntoTeamDrive", "canMoveItemOutOfDrive")
_WRITER = ("canRename", "canMoveItemWithinDrive", "canChangeCopyRequiresWriterPermission")
_NEVER = ("canAddMyDriveParent", "canChangeSecurityUpdateEnabled", "canModifyLabels", "canReadLabels")


def can_share(file: File, role: str) -> bool:
    """Whether that role may see and change who else has access."""
    if file.drive_id:
        return RANK[role] >= RANK["fileOrganizer" if file.mime_type == FOLDER else "writer"]
    return role == "owner" or (RANK[role] >= RANK["writer"] and file.writers_can_share)


def can_download(file: File, role: str) -> bool:
    """Whether that role may copy, download and export."""
    if RANK[role] > RANK["writer"] or (role == "writer" and not file.copying_off):
        return True
    return bool(role) and not file.copy_requires_writer


def can_limit(file: File, role: str) -> bool:
    """Whether that role may keep out, or let in again, those who have access to the folders above."""
    sharing_writer = not file.drive_id and role == "writer" and file.writers_can_share
    return file.mime_type == FOLDER and (role in ("owner", "organizer") or sharing_writer)


def can_unlock(file: File, role: str) -> bool:
    """Whether that role may lift the restriction that is on the file."""
    restriction = file.content_restriction or {}
    return RANK[role] >= RANK["writer"] and (not restriction.get("ownerRestricted") or role in ("owner", "organizer"))


def capabilities(file: File, role: str, *, pending: bool = False) -> dict[str, bool]:
    """Every capability for that role; "" has none. ``pending``: the file waits for that person to own it."""
    rank, folder = RANK[role], file.mime_type == FOLDER
    writer, owner = rank >= RANK["writer"], role == "owner"
    limits = can_limit(file, role)
    return {
        "canAcceptOwnership": pending,
        "canEdit": writer and not file.locked,
        "canModifyContent": writer and not folder and not file.locked,
        "canModifyContentRestriction": writer and not folder and can_unlock(file, role),
        "canModifyEditorContentRestriction": writer and not folder and can_unlock(file, role),
        "canModifyOwnerContentRestriction": role in ("owner", "organizer") and not folder,
        "canRemoveContentRestriction": file.locked and can_unlock(file, role),
        "canComment": rank >= RANK["commenter"] and not file.locked,
        "canShare": can_share(file, role),
        "canCopy": not folder and can_download(file, role),
        "canDownload": can_download(file, role),
        "canReadRevisions": writer and not folder,
        "canListChildren": folder and rank > 0,
        "canAddChildren": folder and writer,
        "canRemoveChildren": folder and writer,
        "canMoveChildrenWithinDrive": folder and writer,
        "canDisableInheritedPermissions": limits and not file.limited,
        "canEnableInheritedPermissions": limits and file.limited,
        "canChangeViewersCanCopyContent": writer,
        "canRemoveMyDriveParent": owner and not file.drive_id,
        **dict.fromkeys(_OWNER, owner),
        **dict.fromkeys(_WRITER, writer),
        **dict.fromkeys(_NEVER, False),
        **(_in_drive(rank, folder=folder) if file.drive_id else {}),
    }


def may_trash(file: File, role: str) -> bool:
    """Whether that role may put the file into the bin: its owner, or a content manager of its drive."""
    return RANK[role] >= RANK["fileOrganizer"] if file.drive_id else role == "owner"


def may_delete(file: File, role: str) -> bool:
    """Whether that role may delete the file for good: its owner, or a manager of its drive."""
    return RANK[role] >= RANK["organizer"] if file.drive_id else role == "owner"


def _in_drive(rank: int, *, folder: bool) -> dict[str, bool]:
    """What an item of a shared drive has beyond, or unlike, a file of My Drive."""
    content_manager, manager = rank >= RANK["fileOrganizer"], rank >= RANK["organizer"]
    return {
        "canReadDrive": rank > 0,
        "canReadTeamDrive": rank > 0,
        "canAddFolderFromAnotherDrive": False,
        "canTrash": content_manager,
        "canUntrash": content_manager,
        "canTrashChildren": folder and content_manager,
        "canDelete": manager,
        "canDeleteChildren": folder and manager,
        "canMoveItemWithinDrive": content_manager,
        "canMoveItemOutOfDrive": manager,
        "canMoveItemIntoTeamDrive": False,
    }
