"""What the organisation's administrator allows, and Drive's refusals otherwise. At first everything is allowed.

Set by ``POST /_sandbox/seed`` with ``{"drive": {...}}``. Where a reason was seen in the wild, its message is the one
seen with it; Drive's reference documents ``invalidSharingRequest`` only
(https://developers.google.com/workspace/drive/api/guides/handle-errors)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sandbox.call import ApiError, Call
from sandbox.drive import errors
from sandbox.drive.files import File, drive_state
from sandbox.drive.inheritance import effective
from sandbox.drive.permissions import Permission
from sandbox.drive.types import FOLDER
from sandbox.state import Workspace

_OUTSIDE = {
    "invalidSharingRequest": (400, 'Bad Request. User message: "ACL change not allowed."'),
    "shareOutNotPermitted": (403, "Sharing outside the domain is not permitted."),
    "shareOutNotPermittedToUser": (403, "Sharing with this user is not permitted."),
}
_CHOICES = {"external_sharing": ("on", "allowlist", "off"), "api_access": ("on", "off")}


@dataclass(frozen=True, kw_only=True)
class Policy:
    """``external_sharing``: "on", "allowlist" (``allowed_domains`` only) or "off"; ``refusal`` is the reason given
    then. ``publishing``: links for anyone. ``visitor_sharing``: people without a Google account, by PIN.
    ``reader_only``: accounts whose licence lets them read only. ``api_access`` "off" refuses every call."""

    external_sharing: str = "on"
    allowed_domains: tuple[str, ...] = ()
    refusal: str = "invalidSharingRequest"
    publishing: bool = True
    visitor_sharing: bool = True
    reader_only: tuple[str, ...] = ()
    api_access: str = "on"

    def __post_init__(self) -> None:
        for name, known in (*_CHOICES.items(), ("refusal", tuple(_OUTSIDE))):
            if getattr(self, name) not in known:
                raise ValueError(f"{name} must be one of {', '.join(known)}")


def policy_of(workspace: Workspace) -> Policy:
    """The policy in force."""
    return workspace.service("drive_policy", Policy)


def seed(workspace: Workspace, settings: Mapping[str, Any]) -> None:
    """Change the named settings; ``property_search_lag`` is in seconds. ValueError for unknown ones."""
    asked: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in settings.items()}
    lag = asked.pop("property_search_lag", None)
    known = {one.name for one in dataclasses.fields(Policy)}
    if unknown := set(asked) - known:
        raise ValueError(f"unknown drive settings: {', '.join(sorted(unknown))}")
    workspace.services["drive_policy"] = dataclasses.replace(policy_of(workspace), **asked)
    if lag is not None:
        drive_state(workspace).property_search_lag = timedelta(seconds=float(lag))


def check_api(call: Call) -> None:
    """Refuse every call where the administrator has switched Drive's API off."""
    if policy_of(call.workspace).api_access == "off":
        raise errors.forbidden("The domain administrators have disabled Drive apps.", reason="domainPolicy")


def check_grant(call: Call, file: File, asked: Permission) -> None:
    """Refuse a grant that the organisation or the file's shared drive forbids."""
    policy = policy_of(call.workspace)
    if asked.type == "anyone" and not policy.publishing:
        raise ApiError(400, 'Bad Request. User message: ""', reason="publishOutNotPermitted")
    if asked.target in policy.reader_only and asked.role != "reader":
        raise errors.forbidden(
            "The target user role is limited by a license restriction.",
            reason="targetUserRoleLimitedByLicenseRestriction",
        )
    if _outside(call, file, asked) and not _allowed(policy, asked):
        status, message = _OUTSIDE[policy.refusal]
        raise ApiError(status, message, reason=policy.refusal)
    if file.drive_id:
        _check_drive(call, file, asked)


def check_visitor(call: Call, email: str) -> None:
    """Refuse somebody without a Google account where visitors aren't let in."""
    if not policy_of(call.workspace).visitor_sharing:
        message = f"The user {email} does not have a Google account and cannot be invited."
        raise errors.forbidden(message, reason="cannotInviteNonGoogleUser")


def _domain(target: str) -> str:
    return target.rpartition("@")[2]


def _outside(call: Call, file: File, asked: Permission) -> bool:
    drive = drive_state(call.workspace).drives.get(file.drive_id)
    home = drive.domain if drive else _domain(file.owner)
    return asked.type == "anyone" or _domain(asked.target) != home


def _allowed(policy: Policy, asked: Permission) -> bool:
    if asked.type == "anyone":
        return policy.external_sharing == "on"
    return policy.external_sharing == "on" or (
        policy.external_sharing == "allowlist" and _domain(asked.target) in policy.allowed_domains
    )


def _check_drive(call: Call, file: File, asked: Permission) -> None:
    state = drive_state(call.workspace)
    drive = state.drives[file.drive_id]
    if asked.role == "owner":
        message = "The owner role cannot be given on an item of a shared drive."
        raise errors.forbidden(message, reason="ownerOnTeamDriveItemNotSupported")
    if file.id == drive.id and asked.type in ("anyone", "domain"):
        message = "The top folder of a shared drive cannot be shared with anyone or with domains."
        raise errors.forbidden(message, reason="cannotShareTeamDriveTopFolderWithAnyoneOrDomains")
    if drive.restrictions["domainUsersOnly"] and _outside(call, file, asked):
        message = "The user does not have permission to share this item outside the shared drive's domain."
        raise errors.forbidden(message, reason="teamDriveDomainUsersOnlyRestriction")
    members = effective(state, state.files[drive.id], call.workspace.clock.now())
    if drive.restrictions["driveMembersOnly"] and file.id != drive.id and asked.id not in members:
        message = "Items in this shared drive can be shared with its members only."
        raise errors.forbidden(message, reason="teamDriveTeamMembersOnlyRestriction")
    if asked.role == "organizer" and file.id != drive.id:
        message = "The organizer role applies to shared drives, not to the items in them."
        raise errors.forbidden(message, reason="organizerOnNonTeamDriveItemNotSupported")
    if asked.role == "fileOrganizer" and file.mime_type != FOLDER:
        message = "The fileOrganizer role applies to shared drives and folders in them only."
        raise errors.forbidden(message, reason="fileOrganizerOnFoldersInSharedDriveOnly")
