"""Who may do what to a file: its own grants and those of every folder above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sandbox.drive.permissions import RANK, Permission

if TYPE_CHECKING:
    from sandbox.drive.files import DriveState, File


_ALWAYS_IN = ("owner", "organizer")
"""Whom a limited-access folder can't keep out."""


@dataclass(frozen=True, kw_only=True)
class Detail:
    """One source of a grantee's access: the role, and the folder it comes from ("" when direct)."""

    role: str
    inherited_from: str = ""


@dataclass(frozen=True, kw_only=True)
class Effective:
    """What one grantee has on one file: the strongest role, and every source of it. ``kept_out`` of a limited folder
    is who would have it from above: they are listed, and can't open it."""

    permission: Permission
    details: tuple[Detail, ...]
    kept_out: bool = False

    @property
    def role(self) -> str:
        return max((d.role for d in self.details), key=RANK.__getitem__)

    @property
    def inherited_only(self) -> bool:
        return all(d.inherited_from for d in self.details)


def effective(state: DriveState, file: File, now: datetime) -> dict[str, Effective]:
    """Everybody's access to a file, by permission id, direct grants first. Lapsed grants don't count."""
    found: dict[str, Effective] = {}
    for permission in file.permissions.values():
        if permission.expires is None or permission.expires > now:
            _add(found, permission, Detail(role=permission.role))
    limited = file.limited
    for folder in ancestors(state, file):
        for permission in folder.permissions.values():
            passes = not limited or permission.role in _ALWAYS_IN
            if passes and (permission.expires is None or permission.expires > now):
                _add(found, permission, Detail(role=_passed_down(permission.role), inherited_from=folder.id))
        limited = limited or folder.limited
    return found


def kept_out(state: DriveState, file: File, now: datetime) -> dict[str, Effective]:
    """Who has access to the folders above a limited one and not to itself, by permission id.

    Source: https://developers.google.com/workspace/drive/api/guides/limited-expansive-access."""
    found: dict[str, Effective] = {}
    let_in = effective(state, file, now)
    for folder in ancestors(state, file) if file.limited else ():
        for key, entry in effective(state, folder, now).items():
            if key not in let_in:
                detail = Detail(role="reader", inherited_from=folder.id)
                found[key] = Effective(permission=entry.permission, details=(detail,), kept_out=True)
    return found


def role_of(state: DriveState, file: File, email: str, now: datetime, *, discoverable: bool = False) -> str:
    """The strongest role an account has, "" for none. ``discoverable``: leave link-only grants out."""
    roles = [
        entry.role
        for entry in effective(state, file, now).values()
        if entry.permission.covers(email) and not (discoverable and _link_only(entry.permission))
    ]
    return max(roles, key=RANK.__getitem__, default="")


def ancestors(state: DriveState, file: File) -> list[File]:
    """The folders above a file, nearest first."""
    found: list[File] = []
    todo = list(file.parents)
    while todo:
        folder = state.files.get(todo.pop(0))
        if folder and folder not in found:
            found.append(folder)
            todo.extend(folder.parents)
    return found


def _passed_down(role: str) -> str:
    """A folder's owner is a writer of what others put into it."""
    return "writer" if role == "owner" else role


def _link_only(permission: Permission) -> bool:
    return permission.type in ("anyone", "domain") and not permission.allow_discovery


def _add(found: dict[str, Effective], permission: Permission, detail: Detail) -> None:
    known = found.get(permission.id)
    if known is None:
        found[permission.id] = Effective(permission=permission, details=(detail,))
    else:
        found[permission.id] = Effective(permission=known.permission, details=(*known.details, detail))
