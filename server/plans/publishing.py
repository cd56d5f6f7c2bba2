"""What to do so that every household reads exactly its own, current copy. Plans only; nothing happens here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from server.plans.files import REDACTED, VIEW, SchoolFiles
from server.plans.ledger import Ledger
from server.plans.mailbox import mailbox, same_mailboxes
from server.plans.model import Pupil, School
from server.plans.ports import Permission, PermissionChange, RemoteFile
from server.plans.sharing import CopyFor, copies_for

CopyName = tuple[str, str]
COPY_MESSAGE = (
    "The school has shared your copy of the plan with you. You can read it at any time; it is kept up to date. "
    "Only you and those the school told you about can open it."
)
SHARED_BY_HAND = "Shared by hand through its folder: take that sharing off the folder in Drive."


@dataclass(frozen=True, kw_only=True)
class CopyWanted:
    """A copy that should stand, with the hash of what it should say."""

    copy: CopyFor
    title: str
    view_hash: str
    ready: bool = True
    redacted: bool = False

    @property
    def name(self) -> CopyName:
        return self.copy.pupil_id, self.copy.household


@dataclass(frozen=True, kw_only=True)
class DocWrite:
    """Write one copy: a new Doc where ``file_id`` is "", else in place."""

    wanted: CopyWanted
    file_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Publication:
    """All that is to be done to Docs and to who may open what, planned before the first write."""

    writes: tuple[DocWrite, ...] = ()
    removals: tuple[PermissionChange, ...] = ()
    additions: tuple[PermissionChange, ...] = ()
    trash: tuple[RemoteFile, ...] = ()
    kept: Mapping[CopyName, str] = field(default_factory=dict)
    waiting: tuple[CopyFor, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.writes or self.removals or self.additions or self.trash)

    def narrowed_to(self, pupil_id: str) -> Publication:
        """The same with writes and additions of one pupil only; what takes access away stays whole."""
        files = {file_id for name, file_id in self.kept.items() if name[0] == pupil_id}
        return replace(
            self,
            writes=tuple(write for write in self.writes if write.wanted.copy.pupil_id == pupil_id),
            additions=tuple(change for change in self.additions if change.file_id in files),
        )


def wanted_copies(school: School) -> tuple[tuple[Pupil, CopyFor], ...]:
    """Every copy of a pupil who has a cycle, in the order of the Pupils tab."""
    with_cycle = {cycle.pupil for cycle in school.cycles}
    pupils = (p for p in school.pupils if p.pupil_id in with_cycle)
    return tuple((pupil, copy) for pupil in pupils for copy in copies_for(school, pupil))


def standing_copies(school: School, files: SchoolFiles) -> tuple[CopyWanted, ...]:
    """The copies there are, to be left as they stand and read by no more than those still entitled."""
    every = {copy.key: copy for pupil, _ in files.copies for copy in copies_for(school, Pupil(pupil_id=pupil))}
    found = (every.get("/".join(name)) for name in files.copies)
    return tuple(CopyWanted(copy=copy, title="", view_hash="", ready=False) for copy in found if copy)


def plan_publication(
    wanted: Sequence[CopyWanted],
    files: SchoolFiles,
    ledger: Ledger,
) -> Publication:
    """Compare what should stand with what stands.

    ``ledger`` only chooses between doubled files; it never adds one."""
    chosen = {name: _choose(name, found, ledger) for name, found in files.copies.items()}
    named = {copy.name: copy for copy in wanted}
    writes = tuple(_writes(wanted, chosen))
    removals: list[PermissionChange] = []
    additions: list[PermissionChange] = []
    warnings: list[str] = []
    for name, file in chosen.items():
        copy = named.get(name)
        readers = _readers_now(copy, file)
        off, on = _access(file, readers)
        removals += off
        additions += on if copy and copy.ready else ()
        warnings += _inherited_warning(file)
    doubled = tuple(_doubled(files, chosen))
    removals += [change for file in doubled for change in _access(file, set())[0]]
    return Publication(
        writes=writes,
        removals=tuple(removals),
        additions=tuple(additions),
        trash=doubled,
        kept={name: file.file_id for name, file in chosen.items()},
        waiting=tuple(copy.copy for copy in wanted if not copy.ready),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _readers_now(copy: CopyWanted | None, file: RemoteFile) -> set[str]:
    """Who may read the file as it stands: nobody while it still shows what a new restriction takes out."""
    if copy is None or (copy.redacted and not copy.ready and file.properties.get(REDACTED) != "yes"):
        return set()
    return {reader.email for reader in copy.copy.readers}


def _writes(wanted: Iterable[CopyWanted], chosen: Mapping[CopyName, RemoteFile]) -> Iterator[DocWrite]:
    for copy in wanted:
        file = chosen.get(copy.name)
        if not copy.ready or not copy.copy.readers:
            continue
        if file is None:
            yield DocWrite(wanted=copy)
        elif file.properties.get(VIEW) != copy.view_hash or file.name != copy.title:
            yield DocWrite(wanted=copy, file_id=file.file_id)


def _choose(name: CopyName, found: Sequence[RemoteFile], ledger: Ledger) -> RemoteFile:
    """The written-down file if it is among those that say they are this copy, else the oldest."""
    entry = ledger.get("doc", "/".join(name))
    return next((f for f in found if entry and f.file_id == entry.remote_id), found[0])


def _doubled(files: SchoolFiles, chosen: Mapping[CopyName, RemoteFile]) -> Iterator[RemoteFile]:
    for name, found in files.copies.items():
        yield from (f for f in found if f.file_id != chosen[name].file_id)


def readers_of(file: RemoteFile) -> tuple[str, ...]:
    """Everyone but the owner who may open the file; a grant to no single person shows its type."""
    grants = (p for p in file.permissions or () if p.role != "owner")
    return tuple(sorted(p.email or p.type for p in grants))


def _access(file: RemoteFile, readers: set[str]) -> tuple[list[PermissionChange], list[PermissionChange]]:
    """Changes after which exactly ``readers`` may read the file, and nobody but its owner more than that."""
    grants = file.permissions or ()
    entitled = same_mailboxes(readers)
    right = {mailbox(p.email) for p in grants if p.role == "owner" or (p.role == "reader" and p.type == "user")}

    def is_wrong(permission: Permission) -> bool:
        is_reader = permission.type == "user" and permission.role == "reader"
        return not (is_reader and mailbox(permission.email) in entitled) and permission.role != "owner"

    missing = [email for email in sorted(readers) if mailbox(email) not in right]
    return _removals(file, is_wrong), _additions(file, missing)


def _additions(file: RemoteFile, emails: Iterable[str]) -> list[PermissionChange]:
    return [PermissionChange(file_id=file.file_id, email=email, message=COPY_MESSAGE) for email in emails]


def _removals(file: RemoteFile, is_wrong: Callable[[Permission], bool]) -> list[PermissionChange]:
    return [
        PermissionChange(file_id=file.file_id, email=p.email, role=p.role, permission_id=p.permission_id)
        for p in file.permissions or ()
        if not p.inherited and is_wrong(p)
    ]


def _inherited_warning(file: RemoteFile) -> list[str]:
    strangers = [p for p in file.permissions or () if p.inherited and p.role != "owner"]
    return [f"{file.name}: {SHARED_BY_HAND}"] if strangers else []
