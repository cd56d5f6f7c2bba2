"""Drive's files: what one is, where all of them are kept, and how a native one is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.drive import changelog, editors, errors, revisions
from sandbox.drive.changelog import Change, News
from sandbox.drive.comments import Comment
from sandbox.drive.permissions import Permission
from sandbox.drive.revisions import Revision
from sandbox.drive.shared_drives import SharedDrive
from sandbox.drive.types import DOCUMENT as DOCUMENT
from sandbox.drive.types import FOLDER as FOLDER
from sandbox.drive.types import GOOGLE as GOOGLE
from sandbox.drive.types import SPREADSHEET as SPREADSHEET
from sandbox.state import Workspace


@dataclass(kw_only=True)
class File:
    """One file or folder. ``content`` is the bytes of a binary file and None for Google's own types.

    ``app_properties`` is keyed by OAuth client: an app sees its own only. Times are UTC. An item of a shared drive
    has its ``drive_id`` and no owner. ``limited`` folders take no access from the folders above them. ``target`` is
    the file that a shortcut stands for, of the type it had then."""

    id: str
    name: str
    mime_type: str
    owner: str
    created: datetime
    modified: datetime
    parents: list[str] = field(default_factory=list)
    permissions: dict[str, Permission] = field(default_factory=dict)
    app_properties: dict[str, dict[str, str]] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    properties_changed: datetime | None = None
    description: str = ""
    trashed: bool = False
    trashed_by: str = ""
    trashed_at: datetime | None = None
    starred_by: set[str] = field(default_factory=set)
    shared_with_me: dict[str, datetime] = field(default_factory=dict)
    shared_by: dict[str, str] = field(default_factory=dict)
    viewed_by: dict[str, datetime] = field(default_factory=dict)
    modified_by: dict[str, datetime] = field(default_factory=dict)
    last_modifier: str = ""
    version: int = 1
    writers_can_share: bool = True
    copy_requires_writer: bool = False
    copying_off: bool = False
    folder_colour: str = ""
    content_restriction: dict[str, object] | None = None
    content: bytes | None = None
    original_name: str = ""
    revision_id: str = ""
    revisions: list[Revision] = field(default_factory=list)
    revision_count: int = 0
    drive_id: str = ""
    limited: bool = False
    target: str = ""
    target_type: str = ""

    @property
    def native(self) -> bool:
        """Whether it is one of Google's own types, which have no bytes to download."""
        return self.mime_type.startswith(GOOGLE)

    @property
    def locked(self) -> bool:
        """Whether a content restriction refuses changes of content."""
        return bool(self.content_restriction and self.content_restriction.get("readOnly"))


@dataclass
class DriveState:
    """Every file of the workspace, and which app may see which file for whom (``drive.file``)."""

    files: dict[str, File] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    authorised: set[tuple[str, str, str]] = field(default_factory=set)
    reserved_ids: set[str] = field(default_factory=set)
    property_search_lag: timedelta = timedelta()
    comments: dict[str, list[Comment]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    drives: dict[str, SharedDrive] = field(default_factory=dict)


def drive_state(workspace: Workspace) -> DriveState:
    """The workspace's Drive, made on first use."""
    return workspace.service("drive", DriveState)


def new_id(workspace: Workspace, mime_type: str) -> str:
    """A fresh id of the length Google gives that type."""
    native_content = mime_type.startswith(GOOGLE) and mime_type != FOLDER
    return "1" + workspace.ids.next(43 if native_content else 32)


def is_root(state: DriveState, file_id: str) -> bool:
    """Whether that is somebody's My Drive or a shared drive's top folder."""
    return file_id in state.drives or file_id in state.roots.values()


def root_of(workspace: Workspace, email: str) -> File:
    """That person's My Drive, made on first use."""
    state = drive_state(workspace)
    key = email.lower()
    if key not in state.roots:
        root_id = "0A" + workspace.ids.next(14) + "PVA"
        state.roots[key] = root_id
        state.files[root_id] = new_file(
            workspace, file_id=root_id, name="My Drive", mime_type=FOLDER, owner=key, parents=()
        )
    return state.files[state.roots[key]]


def new_file(
    workspace: Workspace, *, file_id: str, name: str, mime_type: str, owner: str, parents: tuple[str, ...]
) -> File:
    """A file with its owner's grant, not yet kept anywhere. In a shared drive it belongs to the drive alone."""
    now, maker = workspace.clock.now(), owner.lower()
    folder = drive_state(workspace).files.get(parents[0]) if parents else None
    drive_id = folder.drive_id if folder else ""
    grant = Permission(type="user", role="owner", target=maker)
    return File(
        id=file_id,
        name=name,
        mime_type=mime_type,
        owner="" if drive_id else maker,
        parents=list(parents),
        created=now,
        modified=now,
        permissions={} if drive_id else {grant.id: grant},
        last_modifier=maker,
        modified_by={maker: now},
        viewed_by={maker: now},
        drive_id=drive_id,
    )


def keep(workspace: Workspace, file: File, *, client_id: str, is_filled: bool = False) -> None:
    """Add a new file with its empty content, and let the app that made it see it under ``drive.file``. Where the
    content ``is_filled`` in at once, no empty document is made first.

    403 for a service account's: it has no storage, so it can own folders only."""
    owner = workspace.users.get(file.owner)
    if not file.drive_id and owner and owner.service_account and file.mime_type != FOLDER:
        raise errors.no_storage()
    state = drive_state(workspace)
    state.files[file.id] = file
    state.authorised.add((file.last_modifier, client_id, file.id))
    kind = file.mime_type
    if not (is_filled and kind == DOCUMENT):
        editors.create(workspace, file_id=file.id, mime_type=kind, title=file.name, owner=file.last_modifier)
    revisions.begin(file)
    changelog.record(workspace, state, file, News(state="add"))


def create_native(
    workspace: Workspace,
    *,
    owner_email: str,
    client_id: str,
    name: str,
    mime_type: str,
    parents: list[str] | None = None,
    app_properties: dict[str, str] | None = None,
    file_id: str | None = None,
) -> File:
    """Make a Google spreadsheet, Doc, folder or other content-less file, with its content's state.

    Without ``parents`` it stands in the owner's My Drive. Whether the parents may be used is the caller's check."""
    where = tuple(parents) if parents else (root_of(workspace, owner_email).id,)
    file = new_file(
        workspace,
        file_id=file_id or new_id(workspace, mime_type),
        name=name,
        mime_type=mime_type,
        owner=owner_email,
        parents=where,
    )
    if app_properties:
        file.app_properties[client_id] = dict(app_properties)
    keep(workspace, file, client_id=client_id)
    return file


def touch(
    workspace: Workspace, file_id: str, *, email: str = "", content: bool = True, news: News | None = None
) -> None:
    """Record that a file changed, by whom. ``content=False`` (a permission, a star) leaves modifiedTime alone."""
    state, now = drive_state(workspace), workspace.clock.now()
    file = state.files[file_id]
    file.version += 1
    changelog.record(workspace, state, file, news or News())
    if not content:
        return
    file.modified = now
    revisions.edited(file, now, email.lower() or file.last_modifier)
    if email:
        file.last_modifier = email.lower()
        file.modified_by[email.lower()] = file.modified
