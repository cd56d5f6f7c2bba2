"""What changed in Drive, in order: the log behind ``changes.list``, and whom its push messages go to.

Source of the messages: https://developers.google.com/workspace/drive/api/guides/push."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sandbox.drive.inheritance import ancestors
from sandbox.push.channels import announce
from sandbox.state import Workspace

if TYPE_CHECKING:
    from sandbox.drive.files import DriveState, File

_CHANGES_BODY = b'{\n "kind": "drive#changes"\n}\n'


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


@dataclass(frozen=True, kw_only=True)
class News:
    """What happened, in the words of push messages: ``state`` is add, update, remove, trash or untrash; ``changed``
    what of the file an update changed; ``lost`` who has just lost access; ``gained`` who has just got it."""

    state: str = "update"
    changed: str = "content"
    lost: str = ""
    gained: str = ""


def record(workspace: Workspace, state: DriveState, file: File, news: News, *, of_drive: bool = False) -> None:
    """Log a change of ``file`` and tell whoever watches it, its folder or their own changes."""
    grants = [grant for one in (file, *ancestors(state, file)) for grant in one.permissions.values()]
    people = {grant.target for grant in grants if grant.type == "user"} | {news.lost.lower()} - {""}
    apps = {(email, client) for email, client, file_id in state.authorised if file_id == file.id}
    state.changes.append(
        Change(
            number=len(state.changes) + 1,
            file_id=file.id,
            time=workspace.clock.now(),
            audience=frozenset(people),
            apps=frozenset(apps),
            drive_id=file.drive_id,
            of_drive=of_drive,
        )
    )
    _tell_watchers(workspace, file, news)
    for email in sorted(people):
        announce(workspace, "changes", state="change", user=email, body=_CHANGES_BODY)
    if file.drive_id:
        announce(workspace, f"changes {file.drive_id}", state="change", body=_CHANGES_BODY)


def _tell_watchers(workspace: Workspace, file: File, news: News) -> None:
    watched = f"file {file.id}"
    if news.lost:
        announce(workspace, watched, state="remove", user=news.lost)
    if news.gained:
        announce(workspace, watched, state="add", user=news.gained)
    changed = news.changed if news.state == "update" else ""
    announce(workspace, watched, state=news.state, changed=changed)
    if news.state != "update" or "parents" in news.changed:
        for parent in file.parents:
            announce(workspace, f"file {parent}", state="update", changed="children")
