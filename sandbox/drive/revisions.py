"""A file's earlier states. Binary files keep each one's bytes; of Google's own types only the fact is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sandbox.drive.times import written
from sandbox.drive.types import FOLDER, SHORTCUT

if TYPE_CHECKING:
    from sandbox.drive.files import File

_MERGED_WITHIN = timedelta(minutes=1)


@dataclass(kw_only=True)
class Revision:
    """One state of a file. ``content`` is None for Google's own types."""

    id: str
    modified: datetime
    author: str
    mime_type: str
    name: str = ""
    content: bytes | None = None
    keep_forever: bool = False
    published: bool = False
    publish_auto: bool = False
    published_outside: bool = False


def begin(file: File) -> None:
    """The first revision of a native file. (``spreadsheets.create`` adds a second with what it puts in.)"""
    if file.native and file.mime_type not in (FOLDER, SHORTCUT):
        _add(file, file.created, file.last_modifier)


def edited(file: File, now: datetime, author: str) -> None:
    """A native file's content changed. One person's quick edits in a row become one revision, as in the editors."""
    if not file.native or file.mime_type in (FOLDER, SHORTCUT):
        return
    last = file.revisions[-1] if file.revisions else None
    fresh = last is not None and last.modified != file.created and now - last.modified < _MERGED_WITHIN
    if last is not None and fresh and last.author == author and not last.published:
        file.revisions.pop()
    _add(file, now, author)


def uploaded(file: File, now: datetime, author: str) -> None:
    """A binary file's new bytes."""
    made = Revision(
        id=file.revision_id,
        modified=now,
        author=author,
        mime_type=file.mime_type,
        name=file.original_name,
        content=file.content,
    )
    file.revisions.append(made)


def resource(file: File, revision: Revision, author: Mapping[str, Any]) -> Mapping[str, Any]:
    """The revision as Drive writes it."""
    found: dict[str, Any] = {
        "kind": "drive#revision",
        "id": revision.id,
        "mimeType": revision.mime_type,
        "modifiedTime": written(revision.modified),
        "lastModifyingUser": author,
    }
    if revision.content is None:
        return found | _published(file, revision)
    return found | {
        "keepForever": revision.keep_forever,
        "md5Checksum": hashlib.md5(revision.content, usedforsecurity=False).hexdigest(),
        "size": str(len(revision.content)),
        "originalFilename": revision.name,
    }


def _published(file: File, revision: Revision) -> dict[str, Any]:
    found: dict[str, Any] = {"published": revision.published}
    if revision.published:
        found |= {"publishAuto": revision.publish_auto, "publishedOutsideDomain": revision.published_outside}
        found["publishedLink"] = f"https://docs.google.com/document/d/e/2PACX-{file.id}/pub"
    return found


def _add(file: File, now: datetime, author: str) -> None:
    file.revision_count += 1
    file.revisions.append(
        Revision(id=str(file.revision_count), modified=now, author=author, mime_type=file.mime_type)
    )
