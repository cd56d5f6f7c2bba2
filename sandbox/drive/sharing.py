"""Giving, changing and taking away access. Every rule of ``permissions.*`` that isn't about the request's shape.

Source of the refusal that an owner stays: the words pygsheets' live tests wait for, and GAM's list of reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sandbox.call import ApiError, Call
from sandbox.drive import access, changelog, errors, people, policy
from sandbox.drive.capabilities import can_share
from sandbox.drive.changelog import News
from sandbox.drive.files import File, drive_state, root_of, touch
from sandbox.drive.inheritance import Effective, ancestors, effective, kept_out, role_of
from sandbox.drive.permissions import RANK, Permission
from sandbox.drive.permissions import permission_id as id_of
from sandbox.drive.types import FOLDER

_OWNER_STAYS = "The owner of a file cannot be removed."


def require_sharing(call: Call, file_id: str, *, changing: bool) -> File:
    """The file, if the caller may see who else has access, and change it when ``changing``."""
    file = access.require(call, file_id, "reader")
    if not _may_look(call, file, changing=changing):
        raise errors.insufficient(file.id)
    if changing:
        access.require(call, file_id, "writer")
        access.require_children(call, file)
    return file


def _may_look(call: Call, file: File, *, changing: bool) -> bool:
    """Sharers see and change who has access; a shared drive's members all see it, its managers change its members."""
    state, role = drive_state(call.workspace), _role(call, file)
    drive = state.drives.get(file.drive_id)
    if drive is None:
        return can_share(file, role)
    if not changing:
        return RANK[role] > 0
    if file.id == drive.id:
        return role == "organizer"
    folders_by_managers = drive.restrictions["sharingFoldersRequiresOrganizerPermission"]
    if file.mime_type == FOLDER and folders_by_managers:
        return role == "organizer"
    return can_share(file, role)


def listed(call: Call, file: File) -> list[Effective]:
    """Everybody's access, the latest grant first, so that the owner comes last.

    Source: PyDrive2's live tests, which find ``anyone`` before the owner."""
    state, now = drive_state(call.workspace), call.workspace.clock.now()
    return list(reversed([*effective(state, file, now).values(), *kept_out(state, file, now).values()]))


def grant_of(call: Call, file: File, permission_id: str) -> Effective:
    """One grantee's access; 404 where they have none."""
    found = effective(drive_state(call.workspace), file, call.workspace.clock.now()).get(permission_id)
    if found is None:
        raise errors.permission_not_found(permission_id)
    return found


def give(call: Call, file: File, asked: Permission) -> Effective:
    """Add a grant. Giving to somebody who has one keeps its id and never lowers its role."""
    policy.check_grant(call, file, asked)
    known = file.permissions.get(asked.id)
    if known and known.expires and known.expires <= call.workspace.clock.now():
        known = None
    if known and RANK[known.role] >= RANK[asked.role]:
        pending = asked.pending or known.pending
        asked = replace(known, expires=asked.expires or known.expires, pending=pending)
    if asked.role == "owner":
        transfer(call, file, asked.target)
    else:
        file.permissions[asked.id] = asked
    if asked.type == "user" and asked.target != file.owner:
        file.shared_with_me.setdefault(asked.target, call.workspace.clock.now())
        file.shared_by.setdefault(asked.target, call.caller.email.lower())
    gained = asked.target if asked.type == "user" and not known else ""
    touch(call.workspace, file.id, content=False, news=News(changed="permissions", gained=gained))
    _tell_below(call, file, asked)
    return grant_of(call, file, asked.id)


def change(
    call: Call, file: File, permission_id: str, *, role: str, expires: datetime | None, pending: bool = False
) -> Effective:
    """Set a grant's role and expiry. Access that comes from a folder can be raised here, not lowered."""
    current = grant_of(call, file, permission_id)
    if current.role == "owner" and role != "owner":
        raise errors.forbidden(_OWNER_STAYS, reason="cannotRemoveOwner")
    inherited = [d.role for d in current.details if d.inherited_from]
    if inherited and RANK[role] < max(RANK[r] for r in inherited):
        raise errors.forbidden(
            "Access inherited from a folder cannot be reduced on an item in it.",
            reason="cannotModifyInheritedPermission",
        )
    if role == "owner":
        transfer(call, file, current.permission.target)
    else:
        file.permissions[permission_id] = replace(current.permission, role=role, expires=expires, pending=pending)
    touch(call.workspace, file.id, content=False, news=News(changed="permissions"))
    return grant_of(call, file, permission_id)


def take_away(call: Call, file: File, permission_id: str) -> None:
    """Remove a direct grant. The owner's, and one that a folder gives, can't be removed here."""
    current = grant_of(call, file, permission_id)
    if current.inherited_only:
        raise errors.forbidden("Cannot delete inherited permission.", reason="cannotDeleteInheritedPermission")
    if current.permission.id in file.permissions and file.permissions[permission_id].role == "owner":
        raise errors.forbidden(_OWNER_STAYS, reason="cannotRemoveOwner")
    removed = file.permissions.pop(permission_id)
    lost = removed.target if removed.type == "user" and not _role_of(call, file, removed.target) else ""
    file.shared_with_me.pop(lost, None)
    file.shared_by.pop(lost, None)
    touch(call.workspace, file.id, content=False, news=News(changed="permissions", lost=lost))
    _tell_below(call, file, removed)


def transfer(call: Call, file: File, email: str) -> None:
    """Make somebody else the owner; the former owner stays a writer.

    Within an organisation the owner does it alone. Elsewhere the owner offers the file (``pendingOwner``) and the
    other takes it. Source: https://developers.google.com/workspace/drive/api/guides/transfer-file."""
    offered = file.permissions.get(id_of("user", email))
    taking = bool(offered and offered.pending) and email == call.caller.email.lower()
    if _role(call, file) != "owner" and not taking:
        raise errors.insufficient(file.id)
    if call.params.get("transferOwnership") is not True:
        raise ApiError(
            403,
            "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
            reason="forbidden",
            location="transferOwnership",
            location_type="parameter",
        )
    if not taking and not people.same_organisation(file.owner, email):
        message = "Consent is required to transfer ownership of a file to another user."
        raise errors.forbidden(message, reason="consentRequiredForOwnershipTransfer")
    former = Permission(type="user", role="writer", target=file.owner)
    owner = Permission(type="user", role="owner", target=email)
    file.permissions |= {former.id: former, owner.id: owner}
    file.owner = email
    if call.params.get("moveToNewOwnersRoot"):
        file.parents = [root_of(call.workspace, email).id]


def _role(call: Call, file: File) -> str:
    return _role_of(call, file, call.caller.email)


def _role_of(call: Call, file: File, email: str) -> str:
    return role_of(drive_state(call.workspace), file, email, call.workspace.clock.now())


def _tell_below(call: Call, folder: File, grant: Permission) -> None:
    """What stands in a folder that was shared or unshared has changed too for whom it concerns."""
    state = drive_state(call.workspace)
    if folder.mime_type != FOLDER:
        return
    target = grant.target if grant.type == "user" else ""
    for file in list(state.files.values()):
        if folder in ancestors(state, file):
            lost = target if target and not _role_of(call, file, target) else ""
            changelog.record(call.workspace, state, file, News(changed="permissions", lost=lost))
