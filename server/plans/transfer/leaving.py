"""A pupil's record taken out of a school's workbooks: what goes into the file, and what stays, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from server.plans.moving import PlacedRow, rows_of_pupils
from server.plans.ports import Grid
from server.plans.several import PUPILS
from server.plans.transfer import values
from server.plans.transfer.policy import (
    BESIDE,
    STAYING_COLUMNS,
    STAYING_ROWS,
    STAYING_TABLES,
    travelling_columns,
    travels,
)
from server.plans.transfer.record import FileRow, TransferFile, references
from server.plans.trouble import Invalid
from sheets_templates.ids import leading_id
from sheets_templates.reading import Reading, Row
from sheets_templates.schema import REFERENCES, Catalogue, Table

NO_PUPIL = "There is no such pupil in the Pupils tab, so nothing was made."
OWN_COLUMN = "A column that the school added itself: nobody has said who may read it. Hand it over by other means."
ELSEWHERE = "It names a row that is not this pupil's, so that name is left out."


@dataclass(frozen=True, kw_only=True)
class Book:
    """One workbook as read, with the raw values of its tabs by sheet id."""

    reading: Reading
    grids: Mapping[int, Grid] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Something of the pupil's that stays: what it is, how much of it, and why."""

    what: str
    count: int
    why: str


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What goes and what stays. ``every`` has all of the pupil's rows, each with the number of its book."""

    file: TransferFile
    left: tuple[LeftOut, ...] = ()
    every: tuple[tuple[int, PlacedRow], ...] = field(default=(), repr=False)


def leaving(catalogue: Catalogue, books: Sequence[Book], pupil_id: str) -> Leaving:
    """The pupil's whole record. ``books`` in the order in which rows are to stand: archives before the live ones.

    A row that stands in two books counts where it stands last. Raises Invalid where there is no such pupil."""
    every = tuple(_rows(catalogue, books, pupil_id))
    if not any(row.table == PUPILS for _, row in every):
        raise Invalid(NO_PUPIL, place=pupil_id)
    left: Counter[tuple[str, str]] = Counter()
    placed = [row for _, row in every if _goes(catalogue.table(row.table), row, left)]
    tables: dict[str, list[FileRow]] = {}
    for row in placed:
        table = catalogue.table(row.table)
        tables.setdefault(row.table, []).append(_file_row(table, row.row, row.raw, left))
        for header in row.own:
            left[f"{table.title}, column “{header}”", OWN_COLUMN] += 1
    known = _Known(catalogue, tables, books)
    closed = {
        key: tuple(known.closed(catalogue.table(key), row, left) for row in rows) for key, rows in tables.items()
    }
    file = TransferFile(pupil=pupil_id, made_with=catalogue.version, tables={**closed, **known.beside(closed)})
    told = tuple(LeftOut(what=what, count=count, why=why) for (what, why), count in left.items())
    return Leaving(file=file, left=told, every=every)


def _rows(catalogue: Catalogue, books: Sequence[Book], pupil_id: str) -> Iterator[tuple[int, PlacedRow]]:
    """Every row of the pupil; of one that stands in several books, the one in the last of them."""
    found = [
        (number, row)
        for number, book in enumerate(books)
        for row in rows_of_pupils(catalogue, book.reading, book.grids, [pupil_id])[pupil_id]
    ]
    last = {row.name: number for number, row in found}
    return ((number, row) for number, row in found if last[row.name] == number)


def _goes(table: Table, row: PlacedRow, left: Counter[tuple[str, str]]) -> bool:
    ticked, why = STAYING_ROWS.get(table.key, ("", ""))
    if not travels(table):
        left[table.title, STAYING_TABLES.get(table.key, "")] += 1
        return False
    if ticked and row.row.values.get(ticked):
        left[f"{table.title}, some rows", why] += 1
        return False
    return True


def _file_row(
    table: Table, row: Row, raw: Mapping[str, object], left: Counter[tuple[str, str]] | None = None
) -> FileRow:
    """The row's columns that travel. References that could not be read are given as the ids they begin with."""
    keys = {column.key: column for column in travelling_columns(table) if column.kind != "id"}
    found = {key: value for key, value in row.values.items() if key in keys}
    for key, column in keys.items():
        if column.kind in REFERENCES and key not in found and (name := leading_id(str(raw.get(key) or ""))):
            found[key] = (name,) if column.kind == "refs" else name
    hurt = {key: told for key, column in keys.items() if (told := values.unread(column, raw.get(key))) is not None}  # type: ignore[arg-type]
    if left is not None:
        for key in row.values.keys() - keys.keys():
            if row.values[key]:
                column = table.column(key)
                left[f"{table.title}, “{column.header}”", STAYING_COLUMNS[f"{table.key}.{key}"]] += 1
    return FileRow(id=row.id, values=found, unread=hurt)


class _Known:
    """The rows that the pupil's rows may name: their own, and those of the tables beside them."""

    def __init__(self, catalogue: Catalogue, tables: Mapping[str, Sequence[FileRow]], books: Iterable[Book]) -> None:
        self._catalogue = catalogue
        self._beside = {key: _by_id(key, books) for key in sorted(BESIDE)}
        self._names = {key: {row.id.casefold(): row.id for row in rows} for key, rows in tables.items()}
        self._names |= {key: {name: row.id for name, row in rows.items()} for key, rows in self._beside.items()}

    def closed(self, table: Table, row: FileRow, left: Counter[tuple[str, str]]) -> FileRow:
        """The row, naming no other rows than these."""
        changed = dict(row.values)
        for column, ids in references(table, row):
            known = self._names.get(column.ref, {})
            kept = tuple(dict.fromkeys(known[name.casefold()] for name in ids if name.casefold() in known))
            if len(kept) < len(set(ids)):
                left[f"{table.title}, “{column.header}”", ELSEWHERE] += 1
            if kept:
                changed[column.key] = kept if column.kind == "refs" else kept[0]
            else:
                del changed[column.key]
        return replace(row, values=changed)

    def beside(self, tables: Mapping[str, Sequence[FileRow]]) -> dict[str, tuple[FileRow, ...]]:
        """The rows without a pupil that are named, in the order of their ids."""
        named: dict[str, set[str]] = {key: set() for key in self._beside}
        for key, rows in tables.items():
            for row in rows:
                for column, ids in references(self._catalogue.table(key), row):
                    named.get(column.ref, set()).update(ids)
        return {
            key: tuple(
                _file_row(self._catalogue.table(key), self._beside[key][name.casefold()], {}) for name in sorted(ids)
            )
            for key, ids in named.items()
            if ids
        }


def _by_id(key: str, books: Iterable[Book]) -> dict[str, Row]:
    readings = (book.reading.tables[key] for book in books if key in book.reading.tables)
    return {row.id.casefold(): row for reading in readings for row in reading.rows if row.id}
