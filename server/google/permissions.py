"""Who may open a file. Drive keeps only the last of two concurrent changes to one file, so an HTTP batch never
holds two of them. https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server.google.batch import Part, PartAnswer, rounds, send
from server.google.discovery import collection, service
from server.google.errors import Answer
from server.google.refusals import sharing_sentence
from server.google.transport import Transport
from server.plans.ports import Permission, PermissionChange, PermissionOutcome

BATCH_SIZE = 100


def read_permissions(found: Sequence[Mapping[str, Any]] | None) -> tuple[Permission, ...] | None:
    """A file's permissions; None where Drive keeps them to itself."""
    return None if found is None else tuple(_permission(each) for each in found)


def _permission(found: Mapping[str, Any]) -> Permission:
    details = found.get("permissionDetails", ())
    return Permission(
        permission_id=found["id"],
        type=found.get("type", ""),
        role=found.get("role", ""),
        email=found.get("emailAddress", "").lower(),
        inherited=bool(details) and all(each.get("inherited") for each in details),
    )


def change_permissions(
    transport: Transport, root: str, changes: Sequence[PermissionChange]
) -> tuple[PermissionOutcome, ...]:
    """Apply changes, removals before grants, and say of each what became of it, in the order given.

    A refusal is an outcome. Raises where a whole batch was refused or its answer never came."""
    outcomes: dict[int, PermissionOutcome] = {}
    removals = [index for index, change in enumerate(changes) if change.removes]
    grants = [index for index, change in enumerate(changes) if not change.removes]
    for group in (removals, grants):
        for batch in rounds(group, lambda index: changes[index].file_id, BATCH_SIZE):
            answers = _apply(transport, root, [changes[index] for index in batch])
            outcomes |= {
                index: _outcome(changes[index], answer) for index, answer in zip(batch, answers, strict=True)
            }
    return tuple(outcomes[index] for index in range(len(changes)))


def _apply(transport: Transport, root: str, changes: Sequence[PermissionChange]) -> tuple[PartAnswer, ...]:
    parts = [Part(request=_request(root, change), safe=change.removes) for change in changes]
    return send(service("drive", "v3", root), transport, "drive.permissions.batch", parts)


def _request(root: str, change: PermissionChange) -> Any:
    permissions = collection("drive", "v3", root, "permissions")
    if change.removes:
        return permissions.delete(fileId=change.file_id, permissionId=change.permission_id, supportsAllDrives=True)
    invitation = {"emailMessage": change.message} if change.message else {}
    return permissions.create(
        fileId=change.file_id,
        body={"type": "user", "role": change.role, "emailAddress": change.email},
        sendNotificationEmail=bool(change.message),
        supportsAllDrives=True,
        fields="id",
        **invitation,
    )


def _outcome(change: PermissionChange, answer: PartAnswer) -> PermissionOutcome:
    refusal = answer.refusal
    if refusal is None or (change.removes and _gone(refusal)):
        return PermissionOutcome(change=change)
    reason = refusal.reason or f"status{refusal.status}"
    return PermissionOutcome(change=change, reason=reason, message=sharing_sentence(refusal))


def _gone(refusal: Answer) -> bool:
    """Whether the permission to remove is not there any more; a file out of sight is another matter."""
    about_permission = refusal.location == "permissionId" or refusal.message.startswith("Permission not found")
    return refusal.status == 404 and about_permission
