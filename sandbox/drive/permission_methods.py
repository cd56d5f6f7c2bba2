"""``permissions.*``: what a request may ask, before ``sharing`` does it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sandbox.call import ApiError, Call, Reply
from sandbox.drive import access, errors, mail, people, policy, sharing
from sandbox.drive.files import File
from sandbox.drive.permissions import TYPES, Permission, permission_id
from sandbox.drive.resource import permission_resource
from sandbox.drive.terms import moment
from sandbox.drive.types import FOLDER

_MY_DRIVE_ROLES = ("owner", "writer", "commenter", "reader")
_SHARED_DRIVE_ROLES = ("organizer", "fileOrganizer")


def create(call: Call) -> Mapping[str, Any]:
    file = sharing.require_sharing(call, call.params["fileId"], changing=True)
    asked = _asked(call, file)
    notify = _notifies(call, asked)
    stranger = asked.type == "user" and not people.has_account(call.workspace, asked.target)
    if stranger:
        policy.check_visitor(call, asked.target)
    if stranger and file.drive_id:
        message = "Cannot share Team Drives with non Google accounts."
        raise errors.forbidden(message, reason="cannotShareTeamDriveWithNonGoogleAccounts")
    if stranger and not notify:
        raise _no_account(asked.target)
    given = sharing.give(call, file, asked)
    if stranger:
        mail.send_pin_mail(call, file, to=asked.target)
    if notify:
        message = str(call.params.get("emailMessage", ""))
        mail.send_share_mail(call, file, to=asked.target, role=given.role, message=message)
    return permission_resource(call, given)


def list_(call: Call) -> Mapping[str, Any]:
    file = sharing.require_sharing(call, call.params["fileId"], changing=False)
    grants = sharing.listed(call, file)
    size = int(call.params.get("pageSize", 100))
    start = _page_start(call)
    reply: dict[str, Any] = {
        "kind": "drive#permissionList",
        "permissions": [permission_resource(call, grant) for grant in grants[start : start + size]],
    }
    if start + size < len(grants):
        reply["nextPageToken"] = str(start + size)
    return reply


def get(call: Call) -> Mapping[str, Any]:
    file = sharing.require_sharing(call, call.params["fileId"], changing=False)
    return permission_resource(call, sharing.grant_of(call, file, call.params["permissionId"]))


def update(call: Call) -> Mapping[str, Any]:
    file = _to_change(call)
    for key in call.body:
        if key not in ("role", "expirationTime", "kind", "pendingOwner"):
            raise errors.forbidden(
                "The resource body includes fields which are not directly writable.",
                reason="fieldNotWritable",
            )
    current = sharing.grant_of(call, file, call.params["permissionId"])
    role = str(call.body.get("role", current.role))
    _check_role(role, file)
    expires = None if call.params.get("removeExpiration") else current.permission.expires
    if asked := _expiry(call, file, current.permission.type, role):
        expires = asked
    pending = _pending(call, file, current.permission.type, role) or current.permission.pending
    changed = sharing.change(
        call, file, call.params["permissionId"], role=role, expires=expires, pending=pending and role == "writer"
    )
    return permission_resource(call, changed)


def _to_change(call: Call) -> File:
    """The file, for who may share it, and for whom it was offered to."""
    mine = permission_id("user", call.caller.email)
    if call.params["permissionId"] == mine and call.body.get("role") == "owner":
        file = access.require(call, call.params["fileId"], "reader")
        if mine in file.permissions and file.permissions[mine].pending:
            return file
    return sharing.require_sharing(call, call.params["fileId"], changing=True)


def delete(call: Call) -> Reply:
    """Remove a grant; anybody may give up their own."""
    if call.params["permissionId"] == permission_id("user", call.caller.email):
        file = access.require(call, call.params["fileId"], "reader")
    else:
        file = sharing.require_sharing(call, call.params["fileId"], changing=True)
    sharing.take_away(call, file, call.params["permissionId"])
    return Reply(status=204)


def _asked(call: Call, file: File) -> Permission:
    """The grant a create body describes."""
    body = call.body
    for field in ("role", "type"):
        if not body.get(field):
            raise errors.required(f"The permission {field} field is required.")
    type_, role = str(body["type"]), str(body["role"])
    if type_ not in TYPES:
        raise errors.invalid("The specified permission type is invalid.", location="permission.type")
    _check_role(role, file)
    if role == "owner" and type_ != "user":
        raise errors.invalid("Only a user can own a file.", location="permission.role", location_type="other")
    return Permission(
        type=type_,
        role=role,
        target=_target(body, type_),
        allow_discovery=bool(body.get("allowFileDiscovery", False)),
        expires=_expiry(call, file, type_, role),
        pending=_pending(call, file, type_, role),
    )


def _pending(call: Call, file: File, type_: str, role: str) -> bool:
    """Whether the file is offered to that person: by its owner, to a writer, outside shared drives."""
    if not call.body.get("pendingOwner"):
        return False
    if type_ != "user" or role != "writer" or file.drive_id:
        raise errors.forbidden(
            "A pending owner must be a user with the writer role.", reason="pendingOwnerWriterRequired"
        )
    if file.owner != call.caller.email.lower():
        raise errors.insufficient(file.id)
    return True


def _target(body: Mapping[str, Any], type_: str) -> str:
    field = {"user": "emailAddress", "group": "emailAddress", "domain": "domain"}.get(type_)
    if field is None:
        return ""
    target = str(body.get(field, "")).strip().lower()
    name, at, domain = target.rpartition("@")
    proper = bool(name and domain) and " " not in target if field == "emailAddress" else "." in target and not at
    if not proper:
        raise errors.invalid(
            f"The specified {field} is invalid or not applicable for the given permission type.",
            location=f"permission.{field}",
            location_type="other",
        )
    return target


def _check_role(role: str, file: File) -> None:
    if role in _SHARED_DRIVE_ROLES and file.drive_id:
        return
    if role in _SHARED_DRIVE_ROLES:
        raise errors.forbidden(
            "The specified role applies to shared drives and their items only.", reason="invalidRoleForMyDrive"
        )
    if role not in _MY_DRIVE_ROLES:
        raise errors.invalid("The specified permission role is invalid.", location="permission.role")


def _notifies(call: Call, asked: Permission) -> bool:
    wanted = call.params.get("sendNotificationEmail")
    if asked.type in ("user", "group"):
        return wanted is not False
    if wanted:
        raise errors.invalid(
            "Notification emails are only sent to users and groups.", location="sendNotificationEmail"
        )
    return False


def _no_account(email: str) -> ApiError:
    return ApiError(
        400,
        f'Bad Request. User message: "You are trying to invite {email}. Since there is no Google account associated'
        ' with this email address, you must check the Notify people box to invite this recipient."',
        reason="invalidSharingRequest",
    )


def _expiry(call: Call, file: File, type_: str, role: str) -> datetime | None:
    """When the grant ends: within a year, for people and groups, as a reader where it is a folder."""
    if not call.body.get("expirationTime"):
        return None
    ends = moment(str(call.body["expirationTime"]))
    if ends is None:
        raise errors.invalid("Invalid Value", location="permission.expirationTime", location_type="other")
    if file.id == file.drive_id:
        raise errors.forbidden(
            "Expiration dates are not allowed for shared drive members.",
            reason="expirationDateNotAllowedForSharedDriveMembers",
        )
    if type_ not in ("user", "group") or role == "owner" or (file.mime_type == FOLDER and role != "reader"):
        raise errors.forbidden("An expiration cannot be set on this permission.", reason="cannotSetExpiration")
    now = call.workspace.clock.now()
    if ends <= now:
        raise errors.forbidden("Expiration dates must be in the future.", reason="expirationDatesMustBeInTheFuture")
    if ends > now + timedelta(days=366):
        raise errors.forbidden("Expiration dates must be within a year.", reason="cannotSetExpiration")
    return ends


def _page_start(call: Call) -> int:
    token = str(call.params.get("pageToken", "0"))
    if not token.isdecimal():
        raise errors.invalid("Invalid Value", location="pageToken")
    return int(token)
