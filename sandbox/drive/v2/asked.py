"""A v2 request in v3's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.call import Call

_BODY = {
    "title": "name",
    "description": "description",
    "mimeType": "mimeType",
    "id": "id",
    "createdDate": "createdTime",
    "lastViewedByMeDate": "viewedByMeTime",
    "originalFilename": "originalFilename",
    "folderColorRgb": "folderColorRgb",
    "writersCanShare": "writersCanShare",
    "copyRequiresWriterPermission": "copyRequiresWriterPermission",
    "contentRestrictions": "contentRestrictions",
    "inheritedPermissionsDisabled": "inheritedPermissionsDisabled",
    "shortcutDetails": "shortcutDetails",
}
_PARAMS = {
    "maxResults": "pageSize",
    "includeDeleted": "includeRemoved",
    "sendNotificationEmails": "sendNotificationEmail",
}
_LABELS = {"starred": "starred", "trashed": "trashed", "restricted": "copyRequiresWriterPermission"}


def as_v3(call: Call, method: str, *, body: Mapping[str, Any] | None = None, **params: Any) -> Call:
    """The same call of v3's method, its parameters under v3's names; a parameter that is None is left out."""
    renamed = {_PARAMS.get(name, name): value for name, value in call.params.items() if name != "fields"}
    if renamed.get("corpora") == "default":
        renamed["corpora"] = "user"
    merged = {name: value for name, value in {**renamed, **params}.items() if value is not None}
    return replace(call, method=method, params=merged, body=call.body if body is None else body)


def file_body(call: Call) -> dict[str, Any]:
    """The metadata of a file as v3 takes it. What is only Drive's to set is passed over, as v2 takes whole resources
    back."""
    made = {_BODY[name]: value for name, value in call.body.items() if name in _BODY}
    labels = call.body.get("labels") or {}
    made |= {name: labels[label] for label, name in _LABELS.items() if label in labels}
    if call.body.get("modifiedDate") and (call.params.get("setModifiedDate") or call.method.endswith(".insert")):
        made["modifiedTime"] = call.body["modifiedDate"]
    for one in call.body.get("properties") or ():
        kind = "properties" if one.get("visibility") == "PUBLIC" else "appProperties"
        made.setdefault(kind, {})[one.get("key", "")] = one.get("value")
    return made


def parents(call: Call) -> list[str]:
    """The folders that the body names."""
    return [str(parent.get("id", "")) for parent in call.body.get("parents") or ()]


def permission_body(call: Call) -> dict[str, Any]:
    """A permission as v3 takes it."""
    body = call.body
    made = {name: body[name] for name in ("role", "type", "view", "pendingOwner") if name in body}
    if "commenter" in (body.get("additionalRoles") or ()) and made.get("role") == "reader":
        made["role"] = "commenter"
    if target := body.get("value") or body.get("emailAddress") or body.get("domain"):
        made["domain" if body.get("type") == "domain" else "emailAddress"] = target
    if body.get("type") in ("anyone", "domain"):
        made["allowFileDiscovery"] = not body.get("withLink", False)
    if body.get("expirationDate"):
        made["expirationTime"] = body["expirationDate"]
    return made
