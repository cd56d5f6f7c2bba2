"""Moving pupils between workbooks, as plans: who moves where, which rows that is, and how far a move has come."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from server.plans.files import group_in, shape_in
from server.plans.groups import CLASS, fold, group_of
from server.plans.ledger import Entry, Ledger
from server.plans.model import Problem, Pupil, School
from server.plans.ports import Cell, Grid, RemoteFile
from server.plans.several import owner_of
from sheets_templates.reading import Reading, Row, TableReading
from sheets_templates.schema import Catalogue, Table

MOVE = "move"
MISPLACED = (
    "This pupil belongs to {wanted} now, and the row stands in the workbook of {here}. It is read where it stands. "
    "“senplans classes move” moves it."
)
OTHER_SHAPE = (
    "Settings ask for plan workbooks by {wanted}, and there are some by {here}. Everything is read as it stands; "
    "“senplans classes regroup” moves the pupils."
)


@dataclass(frozen=True, kw_only=True)
class Move:
    """A pupil on the way from one workbook to another. ``hash`` tells what their rows said when they were copied."""

    pupil_id: str
    source: str
    target: str
    hash: str = ""

    @property
    def entry(self) -> Entry:
        return Entry(kind=MOVE, key=self.pupil_id, remote_id=self.target, agreed=self.source, hash=self.hash)


def moves_begun(ledger: Ledger) -> tuple[Move, ...]:
    """Moves that the ledger says were begun and not ended."""
    return tuple(
        Move(pupil_id=entry.key, source=entry.agreed, target=entry.remote_id, hash=entry.hash)
        for entry in ledger.of_kind(MOVE)
    )


@dataclass(frozen=True, kw_only=True)
class PlacedRow:
    """One row to be moved: its table, where it was seen, and its input cells by column key, as raw values.

    ``own`` are columns that people added themselves and in which this row holds something: header to place."""

    table: str
    row: Row
    raw: Mapping[str, Cell]
    own: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.table}/{self.row.id}"


def rows_of_pupils(
    catalogue: Catalogue, reading: Reading, grids: Mapping[int, Grid], pupils: Iterable[str]
) -> dict[str, tuple[PlacedRow, ...]]:
    """Every row of these pupils in one workbook, in the order of tabs and rows."""
    found: dict[str, list[PlacedRow]] = {pupil: [] for pupil in pupils}
    for key, table in reading.tables.items():
        declared = catalogue.table(key)
        for row in table.rows:
            owner = owner_of(key, row)
            if owner in found and row.id:
                grid = grids.get(declared.sheet_id, ())
                raw = raw_cells(declared, table, grid, row)
                found[owner].append(PlacedRow(table=key, row=row, raw=raw, own=_own(declared, table, grid, row)))
    return {pupil: tuple(rows) for pupil, rows in found.items()}


def raw_cells(declared: Table, table: TableReading, grid: Grid, row: Row) -> dict[str, Cell]:
    """The row's input cells as they were read; nothing for what is empty."""
    cells = grid[row.row_index] if 0 <= row.row_index < len(grid) else ()
    places = {column.key: table.columns[column.key] for column in declared.inputs if column.key in table.columns}
    values = {key: cells[place] for key, place in places.items() if place < len(cells)}
    return {key: value for key, value in values.items() if value is not None and value != "" and value is not False}


def _own(declared: Table, table: TableReading, grid: Grid, row: Row) -> dict[str, int]:
    cells = grid[row.row_index] if 0 <= row.row_index < len(grid) else ()
    columns = own_columns(declared, table, grid)
    return {name: place for name, place in columns.items() if place < len(cells) and cells[place] not in (None, "")}


def digest(rows: Iterable[PlacedRow]) -> str:
    """What a pupil's rows say, wherever they stand."""
    told = sorted((row.table, row.row.id, sorted(row.raw.items())) for row in rows)
    return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()[:32]


def own_columns(declared: Table, table: TableReading, grid: Grid) -> dict[str, int]:
    """Columns that people added themselves: header to place."""
    known = set(table.columns.values())
    headers = grid[table.header_row] if table.header_row < len(grid) else ()
    computed = {column.header for column in declared.columns if column.computed}
    return {
        str(header): place
        for place, header in enumerate(headers)
        if place not in known and header not in (None, "") and str(header) not in computed
    }


def still_holds_rows(reading: Reading) -> bool:
    """Whether anything that somebody typed stands in the workbook."""
    return any(
        table.rows or table.missing_ids or table.duplicate_ids
        for key, table in reading.tables.items()
        if key != "status"
    )


def by_route(moves: Iterable[Move]) -> Iterator[tuple[tuple[str, str], tuple[Move, ...]]]:
    """Moves grouped by the workbooks they go between."""
    routes: dict[tuple[str, str], list[Move]] = {}
    for move in moves:
        routes.setdefault((move.source, move.target), []).append(move)
    for route, found in routes.items():
        yield route, tuple(found)


def misplaced(school: School, homes: Mapping[str, str], files: Iterable[RemoteFile]) -> Iterator[tuple[Pupil, str]]:
    """Pupils who stand in another workbook than the one their class, year or key stage asks for, and its group."""
    groups = {file.file_id: group_in(file) for file in files}
    for pupil in school.pupils:
        wanted = group_of(school.settings.shape, pupil)
        if fold(wanted) != fold(groups.get(homes.get(pupil.pupil_id, ""), wanted)):
            yield pupil, wanted


def other_shape(school: School, files: Iterable[RemoteFile]) -> str:
    """A sentence where the workbooks are not what Settings ask for, "" where they are."""
    shapes = dict.fromkeys(shape_in(file) for file in files)
    strange = [shape for shape in shapes if shape != school.settings.shape]
    return OTHER_SHAPE.format(wanted=school.settings.shape, here=", ".join(strange)) if strange else ""


def misplaced_problems(school: School, homes: Mapping[str, str], files: Iterable[RemoteFile]) -> Iterator[Problem]:
    """One problem for each pupil whose row waits to be moved; none while the workbooks' shape itself is to change."""
    files = tuple(files)
    if other_shape(school, files) or not homes:
        return
    groups = {file.file_id: group_in(file) for file in files}
    column = "class_form" if school.settings.shape == CLASS else "year_group"
    for pupil, wanted in misplaced(school, homes, files):
        here = groups[homes[pupil.pupil_id]]
        yield Problem(cell=pupil.cell(column), message=MISPLACED.format(wanted=wanted, here=here))


COPY, REPLACE, CLEAR, DONE, DOUBLE, CONFLICT = "copy", "replace", "clear", "done", "double", "conflict"


def next_step(move: Move, source: Sequence[PlacedRow], target: Sequence[PlacedRow]) -> str:
    """How far a move has come, told from the rows themselves, so that one cut short anywhere is taken up again.

    Whoever went on typing in one of the two workbooks is followed; in both, a person has to settle it."""
    if not source:
        return DONE
    if not target:
        return COPY
    if not move.hash:
        return DOUBLE
    here, there = digest(source), digest(target)
    if here in (move.hash, there):
        return CLEAR
    return REPLACE if there == move.hash else CONFLICT
