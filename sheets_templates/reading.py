"""What reading a workbook gives: typed rows, and every cell that could not be understood."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sheets_templates.schema import CellProblem

NOTHING_MISSING: tuple[tuple[str, str], ...] = ()


class RowCells(Mapping[str, str]):
    """The address of each cell of a row by column key, worked out when asked for. The rows of a table share
    ``columns``: each address up to the row's number, which is ``number``, from 1."""

    __slots__ = ("_columns", "_number")

    def __init__(self, columns: Mapping[str, str], number: int) -> None:
        self._columns = columns
        self._number = number

    def __getitem__(self, key: str) -> str:
        return f"{self._columns[key]}{self._number}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row: its id, typed values by column key, the address of each cell, and its place in the grid from 0.

    ``values`` lacks what is empty or could not be read; a checkbox that was readable is always there. Values are
    str, float, int, bool, date, time, and for references an id or a tuple of ids."""

    id: str
    values: Mapping[str, object]
    cells: Mapping[str, str] = field(repr=False, compare=False)
    row_index: int = field(default=-1, compare=False)


@dataclass(frozen=True, kw_only=True)
class MissingId:
    """A row with content and no id. ``label`` is its text, to recognise it by when it is read again."""

    row_index: int
    label: str
    row: Row


@dataclass(frozen=True, kw_only=True)
class DuplicateId:
    """A later row that carries an id which an earlier row has: a copied row, which needs an id of its own."""

    id: str
    row_index: int
    label: str
    row: Row


@dataclass(frozen=True, kw_only=True)
class TableReading:
    """One table as read. ``rows`` have ids of their own; rows without are in ``missing_ids`` and ``duplicate_ids``.

    ``unreadable_ids`` are ids of rows in which some cell could not be understood, or that two rows carry: what they
    leave out must not be taken for empty. ``columns`` says where each found column is today, from 0; so does
    ``header_row``; ``size`` is how many rows the grid has under its header."""

    rows: tuple[Row, ...] = ()
    unreadable_ids: frozenset[str] = frozenset()
    missing_ids: tuple[MissingId, ...] = ()
    duplicate_ids: tuple[DuplicateId, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    header_row: int = 0
    size: int = 0


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A workbook as read. ``missing_columns`` are (table, column) pairs found by no header: fetch the column tags
    and read again with them. ``older`` says that the workbook is of an earlier version, so that it may lack more."""

    tables: Mapping[str, TableReading]
    problems: tuple[CellProblem, ...] = ()
    missing_columns: tuple[tuple[str, str], ...] = NOTHING_MISSING
    older: bool = False


def fingerprint(row: Row) -> str:
    """A short hash of a row's id and values, the same wherever the row and its columns stand."""
    told = json.dumps([row.id, sorted(row.values.items())], default=str, ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
