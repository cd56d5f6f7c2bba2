"""How Drive names people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import Call
from sandbox.drive.permissions import permission_id
from sandbox.state import Workspace

_CONSUMER = ("gmail.com", "googlemail.com")


def has_account(workspace: Workspace, email: str) -> bool:
    """Whether that address belongs to a Google account. With open access every address does."""
    return workspace.open_access or any(known.lower() == email.lower() for known in workspace.users)


def name(workspace: Workspace, email: str) -> str:
    """The account's display name; an address without one is named by its first part."""
    for known, user_ in workspace.users.items():
        if known.lower() == email.lower() and user_.name:
            return user_.name
    return email.partition("@")[0]


def user(call: Call, email: str) -> Mapping[str, Any]:
    """Drive's ``User`` resource."""
    return {
        "kind": "drive#user",
        "displayName": name(call.workspace, email),
        "me": email == call.caller.email.lower(),
        "permissionId": permission_id("user", email),
        "emailAddress": email,
    }


def same_organisation(one: str, other: str) -> bool:
    """Whether both are of one Workspace organisation; consumer accounts are of none."""
    home = one.rpartition("@")[2].lower()
    return home == other.rpartition("@")[2].lower() and home not in _CONSUMER


def can_create_drives(email: str) -> bool:
    """Whether that person may make shared drives: everybody in an organisation, no consumer account."""
    return email.rpartition("@")[2].lower() not in _CONSUMER
