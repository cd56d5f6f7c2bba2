"""Where a transfer file's rows go in a school that has rows of its own. Planned before anything is written.

A pupil who stands there already keeps their rows: empty cells are filled, cells that differ are told. An id that
somebody else's row has is changed, and every row that names it follows. Planned again, nothing is added."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from server.plans.several import PUPILS, owner_of
from server.plans.transfer.policy import BESIDE
from server.plans.transfer.record import FileRow, TransferFile, renamed
from server.plans.trouble import Invalid
from sheets_templates.ids import fresh_ids
from sheets_templates.imports.likeness import agree, same_name
from sheets_templates.imports.matching import Add, Change
from sheets_templates.reading import Row
from sheets_templates.schema import Catalogue
from sheets_templates.text import comparable

Existing = Mapping[str, Sequence[Row]]
_TRIES = 4
WHICH = "Several pupils here might be the one in the file: {ids}. Say which with --as. No workbook was changed."
NOBODY = "There is no pupil {id} here. No workbook was changed."


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What bringing a file in would do. ``file`` carries the ids that the rows have here, ``renamed`` leads to them.

    ``differs`` are cells that say something else here: they stay. ``unnoted`` are rows that stand, so that what a
    newer version says of them is not put in a note."""

    file: TransferFile
    is_new: bool
    adds: tuple[Add, ...] = ()
    fills: tuple[Change, ...] = ()
    differs: tuple[Change, ...] = ()
    renamed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    unnoted: tuple[str, ...] = ()

    @property
    def pupil(self) -> str:
        return self.file.pupil


def arrival(
    catalogue: Catalogue,
    file: TransferFile,
    existing: Existing,
    taken: Mapping[str, Collection[str]],
    *,
    here_as: str = "",
) -> Arrival:
    """Match, rename, compare. ``taken`` are ids by table that no new row may have; ``here_as`` says which pupil of
    the school it is, where neither UPN nor name and date of birth tell."""
    standing = _pupil_here(file.own, existing.get(PUPILS, ()), here_as)
    namer = _Namer(catalogue, file, existing, taken, standing.id if standing else "")
    names = namer.names()
    moved = renamed(catalogue, file, names)
    adds = tuple(_add(moved, key, row) for key, row in moved.rows() if (key, row.id.casefold()) not in namer.standing)
    changes = [change for key, row in moved.rows() for change in _changes(moved, key, row, namer.standing)]
    return Arrival(
        file=moved,
        is_new=standing is None,
        adds=adds,
        fills=tuple(change for change in changes if change.fills),
        differs=tuple(change for change in changes if not change.fills),
        renamed={old: new for old, new in names.items() if old[1] != new},
        unnoted=tuple(row.id for key, row in moved.rows() if row.note and (key, row.id.casefold()) in namer.standing),
    )


def _pupil_here(own: FileRow, pupils: Sequence[Row], here_as: str) -> Row | None:
    if here_as:
        found = next((row for row in pupils if row.id == here_as), None)
        if found is None:
            raise Invalid(NOBODY.format(id=here_as), place=here_as)
        return found
    upn = comparable(str(own.values.get("upn") or ""))
    if upn and (sure := [row for row in pupils if comparable(str(row.values.get("upn") or "")) == upn]):
        return sure[0]
    alike = [row for row in pupils if same_name(row, own.values) and agree(row, own.values, "dob")]
    alike = [row for row in alike if not (upn and row.values.get("upn"))]
    sure = [row for row in alike if own.values.get("dob") and row.values.get("dob") == own.values["dob"]]
    if len(sure) > 1 or (alike and not sure):
        raise Invalid(WHICH.format(ids=", ".join(row.id for row in alike)), place=alike[0].id)
    return next(iter(sure), None)


class _Namer:
    """Gives every row of a file the id it has, or gets, in the school."""

    def __init__(
        self,
        catalogue: Catalogue,
        file: TransferFile,
        existing: Existing,
        taken: Mapping[str, Collection[str]],
        pupil: str,
    ) -> None:
        self._catalogue, self._file, self._pupil = catalogue, file, pupil
        self._rows = {key: {row.id.casefold(): row for row in rows} for key, rows in existing.items()}
        self._taken = {key: {name.casefold() for name in names} for key, names in taken.items()}
        self.standing: dict[tuple[str, str], Row] = {}

    def names(self) -> dict[tuple[str, str], str]:
        """New ids by table and old id."""
        return {(key, row.id): self._name(key, row) for key, row in self._file.rows()}

    def _name(self, key: str, row: FileRow) -> str:
        tries = [self._pupil] if key == PUPILS and self._pupil else [row.id, *self._others(key, row.id)]
        known = self._rows.get(key, {})
        own = [known[name.casefold()] for name in tries if name.casefold() in known]
        same = next((each for each in own if self._is_same(key, each, row)), None) or self._alike(key, row)
        if same is not None:
            self.standing[key, same.id.casefold()] = same
            return same.id
        used = self._taken.setdefault(key, set())
        free = next(name for name in self._endless(key, tries) if name.casefold() not in {*used, *known})
        used.add(free.casefold())
        return free

    def _others(self, key: str, name: str) -> tuple[str, ...]:
        """The ids a row gets where its own is taken: always the same ones."""
        return fresh_ids(self._catalogue.table(key), self._salt(name), (), _TRIES)

    def _endless(self, key: str, tries: Sequence[str]) -> Iterator[str]:
        yield from tries
        used = {*self._taken.get(key, ()), *self._rows.get(key, {})}
        yield from fresh_ids(self._catalogue.table(key), self._salt(tries[0]), used, 1)

    def _salt(self, name: str) -> str:
        own = self._file.own
        who = own.values.get("upn") or [own.values.get(key) for key in ("first_name", "last_name", "dob")]
        return f"transfer/{who}/{name}"

    def _is_same(self, key: str, there: Row, row: FileRow) -> bool:
        if key in BESIDE:
            return comparable(str(there.values.get("name") or "")) == comparable(str(row.values.get("name") or ""))
        return bool(self._pupil) and owner_of(key, there) == self._pupil

    def _alike(self, key: str, row: FileRow) -> Row | None:
        """A parent who was entered here before the file came, known by name."""
        name = comparable(str(row.values.get("name") or ""))
        if key != "contacts" or not self._pupil or not name:
            return None
        rows = (each for each in self._rows.get(key, {}).values() if owner_of(key, each) == self._pupil)
        free = (each for each in rows if (key, each.id.casefold()) not in self.standing)
        return next((each for each in free if comparable(str(each.values.get("name") or "")) == name), None)


def _add(file: TransferFile, key: str, row: FileRow) -> Add:
    values = {**row.values, **row.unread}
    return Add(table=key, row_id=row.id, pupil=file.pupil, values=values, note=row.note)


def _changes(file: TransferFile, key: str, row: FileRow, standing: Mapping[tuple[str, str], Row]) -> Iterator[Change]:
    """The cells of a row that stands which the file would fill, or says otherwise. Shared rows are left alone."""
    there = standing.get((key, row.id.casefold()))
    if there is None or key in BESIDE:
        return
    for column, after in {**row.values, **row.unread}.items():
        before = there.values.get(column)
        before = None if before is False else before
        if column != "pupil" and before != after and not (before is None and column in row.unread):
            yield Change(table=key, row_id=there.id, pupil=file.pupil, column=column, after=after, before=before)
