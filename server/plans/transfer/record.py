"""A transfer file as records, and as the one sequence of bytes that says the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from server.plans.transfer.values import Json, told
from sheets_templates.schema import REFERENCES, Catalogue, Column, Table

FORMAT = "senplans-transfer"
VERSION = 1
"""Of the file's shape. New tables and columns don't raise it: ``made_with`` tells of those."""

UNREAD = "unread"
"""Under this name a row keeps what stood in cells that could not be understood."""


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """One row: typed values by column as a workbook is read to, and raw ones of cells that nobody can read.

    ``note`` is what a newer version said of it that this one has no column for."""

    id: str
    values: Mapping[str, object] = field(default_factory=dict)
    unread: Mapping[str, Json] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TransferFile:
    """One pupil's record: rows by table, each table in the order of the workbook. ``made_with`` is the version of the
    tables."""

    pupil: str
    made_with: int
    tables: Mapping[str, tuple[FileRow, ...]]

    def rows(self) -> Iterator[tuple[str, FileRow]]:
        for key, rows in self.tables.items():
            yield from ((key, row) for row in rows)

    @property
    def own(self) -> FileRow:
        """The row of the pupil."""
        return self.tables["pupils"][0]


def canonical(catalogue: Catalogue, file: TransferFile) -> bytes:
    """The file: JSON with sorted keys, two spaces a level, UTF-8, one line end at its end. The same record gives the
    same bytes."""
    tables = {key: [_row(catalogue.table(key), row) for row in rows] for key, rows in file.tables.items() if rows}
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "made_with": file.made_with,
        "pupil": file.pupil,
        "tables": tables,
    }
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def _row(table: Table, row: FileRow) -> dict[str, Any]:
    assert table.id_column is not None
    said = {key: said for key, value in row.values.items() if (said := told(value)) is not None}
    return {table.id_column.key: row.id, **said, **({UNREAD: dict(row.unread)} if row.unread else {})}


def references(table: Table, row: FileRow) -> Iterator[tuple[Column, tuple[str, ...]]]:
    """The ids that a row names, by column."""
    for column in table.inputs:
        value = row.values.get(column.key)
        if column.kind in REFERENCES and value:
            yield column, tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def renamed(catalogue: Catalogue, file: TransferFile, names: Mapping[tuple[str, str], str]) -> TransferFile:
    """The same file with other ids; whatever names a row names it by its new one."""

    def row(table: Table, each: FileRow) -> FileRow:
        changed = {
            column.key: _put(column, tuple(names.get((column.ref, name), name) for name in ids))
            for column, ids in references(table, each)
        }
        return replace(each, id=names.get((table.key, each.id), each.id), values={**each.values, **changed})

    return replace(
        file,
        pupil=names.get(("pupils", file.pupil), file.pupil),
        tables={key: tuple(row(catalogue.table(key), each) for each in rows) for key, rows in file.tables.items()},
    )


def _put(column: Column, names: tuple[str, ...]) -> object:
    return names if column.kind == "refs" else names[0]
