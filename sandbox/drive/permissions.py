"""A grant on one file: who (a user, group, domain or anyone) may do what (a role)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

RANK = {"": 0, "reader": 1, "commenter": 2, "writer": 3, "fileOrganizer": 4, "organizer": 5, "owner": 6}
TYPES = ("user", "group", "domain", "anyone")


@dataclass(frozen=True, kw_only=True)
class Permission:
    """One direct grant. ``target`` is the address or the domain, lower case; "" for ``anyone``.
    ``pending``: the owner has offered the file to that person."""

    type: str
    role: str
    target: str = ""
    allow_discovery: bool = False
    expires: datetime | None = None
    pending: bool = False

    @property
    def id(self) -> str:
        return permission_id(self.type, self.target, discoverable=self.allow_discovery)

    def covers(self, email: str) -> bool:
        """Whether this grant reaches that account. Groups have no members here."""
        if self.type == "anyone":
            return True
        if self.type == "domain":
            return email.lower().rpartition("@")[2] == self.target
        return self.type == "user" and email.lower() == self.target


def permission_id(type_: str, target: str, *, discoverable: bool = False) -> str:
    """The grantee's id: the same for one person on every file, as Google's are."""
    if type_ == "anyone":
        return "anyone" if discoverable else "anyoneWithLink"
    digest = hashlib.sha256(target.lower().encode()).hexdigest()
    number = f"{int(digest, 16) % 10**19:020d}"
    return number + "k" if type_ == "domain" else number
