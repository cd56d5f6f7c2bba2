"""What changed in Drive, in order: the log behind ``changes.list``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sandbox.drive.inheritance import ancestors

if TYPE_CHECKING:
    from sandbox.drive.files import DriveState, File


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of one file or shared drive. ``audience`` had access before it or has it after;
    ``apps`` are those (person, client) pairs that could see it under ``drive.file``."""

    number: int
    file_id: str
    time: datetime
    audience: frozenset[str]
    apps: frozenset[tuple[str, str]] = frozenset()
    drive_id: str = ""
    of_drive: bool = False


def record(state: DriveState, file: File, now: datetime, *also: str, of_drive: bool = False) -> None:
    """Log a change of ``file``. ``also`` names people who have just lost their access to it."""
    grants = [grant for one in (file, *ancestors(state, file)) for grant in one.permissions.values()]
    people = {grant.target for grant in grants if grant.type == "user"} | {email.lower() for email in also}
    apps = {(email, client) for email, client, file_id in state.authorised if file_id == file.id}
    state.changes.append(
        Change(
            number=len(state.changes) + 1,
            file_id=file.id,
            time=now,
            audience=frozenset(people),
            apps=frozenset(apps),
            drive_id=file.drive_id,
            of_drive=of_drive,
        )
    )
