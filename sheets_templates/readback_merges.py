"""Merged cells: a reading lacks all but the first of them, which may hold another's words. Each is told, and its row
taken for unreadable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sheets_templates.address import address, letters
from sheets_templates.reading import Reading, Row, TableReading
from sheets_templates.schema import Catalogue, CellProblem, Table
from sheets_templates.standing import Merge

MERGED = (
    "This cell is merged with {first}, so only what stands there is read; what stood here is gone. Choose Format, "
    "Merge cells, Unmerge, and type it again: File, Version history has it."
)
FIRST = (
    "This cell is merged with others, and what stands here may have stood in one of them. Choose Format, Merge "
    "cells, Unmerge, and put it where it belongs."
)
_BEGINS = MERGED.partition("{")[0]
MOST = 200
"""Cells of one merge that are told one by one."""


@dataclass(frozen=True, kw_only=True)
class _Hidden:
    """A cell of ours in a merge: its row, its column's key and place, and the merge's first cell ("": itself)."""

    row: int
    key: str
    place: int
    first: str


def filled_mark(catalogue: Catalogue, reading: Reading) -> str:
    """A few letters, others once a cell is filled or emptied: while they are the same, no merge hid a value."""
    people_s = {key: table for key, table in reading.tables.items() if not catalogue.table(key).service_owned}
    told = sorted((key, sorted(map(_filled, _rows(table)))) for key, table in people_s.items())
    return hashlib.sha256(json.dumps(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _filled(row: Row) -> list[str]:
    return [row.id, *sorted(key for key, value in row.values.items() if value is not False)]


def _rows(table: TableReading) -> Iterator[Row]:
    yield from table.rows
    yield from (each.row for each in table.missing_ids)
    yield from (each.row for each in table.duplicate_ids)


def with_merges(catalogue: Catalogue, reading: Reading, merges: Mapping[int, Sequence[Merge]]) -> Reading:
    """The reading with a problem for each cell that a merge hides; ``merges`` are by sheet id."""
    tables, problems = dict(reading.tables), list[CellProblem]()
    for key, found in reading.tables.items():
        table = catalogue.table(key)
        hidden = list(_hidden(table, found, merges.get(table.sheet_id, ())))
        if hidden:
            problems += _problems(table, found, hidden)
            tables[key] = _hurt(table, found, hidden)
    named = {problem.cell for problem in problems}
    kept = (problem for problem in reading.problems if problem.cell not in named)
    return replace(reading, tables=tables, problems=(*kept, *problems)) if problems else reading


def has_merged(reading: Reading) -> bool:
    """Whether a cell was found that a merge hides."""
    return any(problem.message.startswith(_BEGINS) for problem in reading.problems)


def _hidden(table: Table, found: TableReading, merges: Sequence[Merge]) -> Iterator[_Hidden]:
    used = {row.row_index for row in _rows(found)}
    ours = {found.columns[column.key]: column.key for column in table.inputs if column.key in found.columns}
    for merge in merges:
        rows = range(max(merge.top, found.header_row + 1), merge.bottom)
        if used & set(rows):
            cells = ((row, place) for row in rows for place in range(merge.left, merge.right) if place in ours)
            first = f"{letters(merge.left)}{merge.top + 1}"
            for row, at in islice(cells, MOST):
                is_first = (row, at) == (merge.top, merge.left)
                yield _Hidden(row=row, key=ours[at], place=at, first="" if is_first else first)


def _problems(table: Table, found: TableReading, hidden: Sequence[_Hidden]) -> Iterator[CellProblem]:
    """Each cell as the reading names it, where it names its row at all."""
    cells = {row.row_index: row.cells for row in _rows(found)}
    for each in hidden:
        named = cells.get(each.row, {}).get(each.key) or address(table.title, each.row, each.place)
        yield CellProblem(cell=named, message=MERGED.format(first=each.first) if each.first else FIRST)


def _hurt(table: Table, found: TableReading, hidden: Sequence[_Hidden]) -> TableReading:
    """Rows with a hidden cell are unreadable; one whose own id is hidden is given no other in the meantime."""
    lines = {each.row for each in hidden}
    without_id = {each.row for each in hidden if table.id_column and each.key == table.id_column.key}
    ids = {row.id for row in found.rows if row.row_index in lines}
    missing = tuple(each for each in found.missing_ids if each.row_index not in without_id)
    return replace(found, unreadable_ids=found.unreadable_ids | ids, missing_ids=missing)
