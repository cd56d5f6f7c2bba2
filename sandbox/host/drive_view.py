"""Drive's list of files as one person sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.drive.files import DOCUMENT, FOLDER, SPREADSHEET
from sandbox.host.office import Office
from sandbox.host.places import KINDS, file_place

_FIELDS = {"q": "trashed = false", "pageSize": 1000, "orderBy": "folder,name", "fields": "*"}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One line of the list. ``place`` is "" where the page has no view of it."""

    file_id: str
    name: str
    kind: str
    owner: str
    folder: str
    place: str
    mine: bool
    shared: bool


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A file that somebody opened: what it is and whether they may change it."""

    file_id: str
    name: str
    mime_type: str
    may_edit: bool

    @property
    def host(self) -> str:
        """The add-on host that shows such a file: "sheets", "docs" or "drive"."""
        return {SPREADSHEET: "sheets", DOCUMENT: "docs"}.get(self.mime_type, "drive")


def listed(office: Office, email: str) -> list[Listed]:
    """Every file this person can see: their own and what was shared with them. Folders only name a place."""
    files = office.ask(email, "drive.files.list", _FIELDS).get("files", [])
    folders = {one["id"]: one["name"] for one in files if one["mimeType"] == FOLDER}
    return [_line(one, folders) for one in files if one["mimeType"] != FOLDER]


def _line(file: Mapping[str, Any], folders: Mapping[str, str]) -> Listed:
    owner: Mapping[str, Any] = next(iter(file.get("owners", ())), {})
    known = file["mimeType"] in (SPREADSHEET, DOCUMENT)
    return Listed(
        file_id=file["id"],
        name=file["name"],
        kind=KINDS.get(file["mimeType"], "File"),
        owner="me" if file.get("ownedByMe") else owner.get("displayName") or owner.get("emailAddress", ""),
        folder=next((folders[one] for one in file.get("parents", ()) if one in folders), ""),
        place=file_place(file["id"]) if known else "",
        mine=bool(file.get("ownedByMe")),
        shared=bool(file.get("shared")),
    )


def opened(office: Office, email: str, file_id: str) -> Opened:
    """The file, if this person can see it. Raises ApiError (404)."""
    file = office.ask(email, "drive.files.get", {"fileId": file_id, "fields": "*"})
    return Opened(
        file_id=file_id,
        name=file["name"],
        mime_type=file["mimeType"],
        may_edit=bool(file.get("capabilities", {}).get("canEdit")),
    )
