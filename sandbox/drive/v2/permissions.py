"""v2's ``permissions.*``: ``value`` names the grantee, and commenters are readers with an additional role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import Call, Reply
from sandbox.drive import permission_methods as permissions
from sandbox.drive.permissions import permission_id
from sandbox.drive.v2 import asked
from sandbox.drive.v2.asked import as_v3
from sandbox.drive.v2.shown import listed, permission_shown


def list_(call: Call) -> Mapping[str, Any]:
    file_id = call.params["fileId"]
    found = permissions.list_(as_v3(call, "drive.permissions.list"))
    items = [permission_shown(file_id, one) for one in found["permissions"]]
    return listed(
        "drive#permissionList", f"files/{file_id}/permissions", items, nextPageToken=found.get("nextPageToken")
    )


def get(call: Call) -> Mapping[str, Any]:
    return permission_shown(call.params["fileId"], permissions.get(as_v3(call, "drive.permissions.get")))


def insert(call: Call) -> Mapping[str, Any]:
    """A new grant. v2 has no switch for a change of owner: asking for it is enough."""
    body = asked.permission_body(call)
    owner = {"transferOwnership": True} if body.get("role") == "owner" else {}
    made = permissions.create(as_v3(call, "drive.permissions.create", body=body, **owner))
    return permission_shown(call.params["fileId"], made)


def update(call: Call) -> Mapping[str, Any]:
    """A changed role or end; what else a whole resource holds is passed over."""
    whole = asked.permission_body(call)
    body = {name: value for name, value in whole.items() if name in ("role", "expirationTime")}
    changed = permissions.update(as_v3(call, "drive.permissions.update", body=body))
    return permission_shown(call.params["fileId"], changed)


def delete(call: Call) -> Reply:
    return permissions.delete(as_v3(call, "drive.permissions.delete"))


def id_for_email(call: Call) -> Mapping[str, Any]:
    """The id that a person's permissions have on every file."""
    return {"kind": "drive#permissionId", "id": permission_id("user", str(call.params["email"]))}
