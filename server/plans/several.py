"""Several plan workbooks as one school: a pupil stands in exactly one of them, and a row's id in one row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from server.plans.model import Problem
from sheets_templates.reading import DuplicateId, Reading, Row, TableReading

TWICE = (
    "This pupil stands in two workbooks; the row in {kept} counts and nothing is taken from this one. Delete the row "
    "here, and the pupil's other rows in this workbook, or move the pupil with “senplans classes move”."
)
PUPILS = "pupils"


@dataclass(frozen=True, kw_only=True)
class Settled:
    """``readings``: each workbook, where a row that carries an id of another workbook counts as a copied row.
    ``counted``: the same without the rows of pupils who count elsewhere. ``homes``: pupil to workbook."""

    readings: Mapping[str, Reading]
    counted: Mapping[str, Reading]
    homes: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def placed(reading: Reading, place: str) -> Reading:
    """The same reading, its cells told with their workbook: ``4 Oak: Plan!F17``."""
    tables = {key: _table_placed(table, place) for key, table in reading.tables.items()}
    problems = tuple(replace(problem, cell=f"{place}: {problem.cell}") for problem in reading.problems)
    return replace(reading, tables=tables, problems=problems)


def _table_placed(table: TableReading, place: str) -> TableReading:
    return replace(
        table,
        rows=tuple(_row_placed(row, place) for row in table.rows),
        missing_ids=tuple(replace(each, row=_row_placed(each.row, place)) for each in table.missing_ids),
        duplicate_ids=tuple(replace(each, row=_row_placed(each.row, place)) for each in table.duplicate_ids),
    )


def _row_placed(row: Row, place: str) -> Row:
    return replace(row, cells={key: f"{place}: {cell}" for key, cell in row.cells.items()})


def settle(readings: Mapping[str, Reading], moving: Mapping[str, str]) -> Settled:
    """Sort out what stands twice. ``readings`` by workbook, the oldest first.

    ``moving`` names the workbook that still counts for pupils whose move was cut short: they are no problem."""
    rows_of_pupil = _pupil_rows(readings)
    homes = {pupil: _home(pupil, rows, moving) for pupil, rows in rows_of_pupil.items()}
    if len(readings) == 1:
        return Settled(readings=readings, counted=readings, homes=homes)
    sorted_out = _with_copied_rows(readings, homes)
    counted = {file_id: _counted(file_id, reading, homes) for file_id, reading in sorted_out.items()}
    return Settled(
        readings=sorted_out, counted=counted, homes=homes, problems=tuple(_doubled(rows_of_pupil, homes, moving))
    )


def _pupil_rows(readings: Mapping[str, Reading]) -> dict[str, dict[str, Row]]:
    """Pupil id to their row by workbook."""
    found: dict[str, dict[str, Row]] = {}
    for file_id, reading in readings.items():
        table = reading.tables.get(PUPILS)
        for row in table.rows if table else ():
            found.setdefault(row.id, {})[file_id] = row
    return found


def _home(pupil: str, rows: Mapping[str, Row], moving: Mapping[str, str]) -> str:
    return moving[pupil] if moving.get(pupil) in rows else next(iter(rows))


def owner_of(table: str, row: Row) -> str:
    """The pupil a row is about, "" where it names none."""
    return row.id if table == PUPILS else str(row.values.get("pupil") or "")


def _counted(file_id: str, reading: Reading, homes: Mapping[str, str]) -> Reading:
    """Without the rows of pupils whose home is another workbook."""
    elsewhere = {pupil for pupil, home in homes.items() if home != file_id}
    tables = {}
    for key, table in reading.tables.items():
        rows = tuple(row for row in table.rows if owner_of(key, row) not in elsewhere)
        tables[key] = table if len(rows) == len(table.rows) else replace(table, rows=rows)
    return replace(reading, tables=tables)


def _with_copied_rows(readings: Mapping[str, Reading], homes: Mapping[str, str]) -> dict[str, Reading]:
    """Rows that carry the id of a row in an older workbook become copied rows, to be given ids of their own."""
    seen: dict[str, set[str]] = {}
    found = {}
    for file_id, reading in readings.items():
        tables = {}
        for key, table in reading.tables.items():
            known = seen.setdefault(key, set())
            tables[key] = _copied_apart(file_id, key, table, known, homes)
            known |= {row.id for row in tables[key].rows if homes.get(owner_of(key, row), file_id) == file_id}
        found[file_id] = replace(reading, tables=tables)
    return found


def _copied_apart(
    file_id: str, key: str, table: TableReading, known: Collection[str], homes: Mapping[str, str]
) -> TableReading:
    """Pupils' own doubles are left: those are for a person, or for the move that was cut short, to settle."""
    copied = tuple(
        row
        for row in table.rows
        if key != PUPILS and row.id in known and homes.get(owner_of(key, row), file_id) == file_id
    )
    if not copied:
        return table
    ids = {row.id for row in copied}
    return replace(
        table,
        rows=tuple(row for row in table.rows if row.id not in ids),
        duplicate_ids=(*table.duplicate_ids, *(_duplicate(row) for row in copied)),
        unreadable_ids=table.unreadable_ids | ids,
    )


def _duplicate(row: Row) -> DuplicateId:
    return DuplicateId(id=row.id, row_index=row.row_index, label=row.id, row=row)


def _doubled(
    rows: Mapping[str, Mapping[str, Row]], homes: Mapping[str, str], moving: Mapping[str, str]
) -> Iterator[Problem]:
    for pupil, by_file in rows.items():
        if pupil in moving:
            continue
        kept = next(iter(by_file[homes[pupil]].cells.values()), "")
        for file_id, row in by_file.items():
            if file_id != homes[pupil]:
                yield Problem(cell=next(iter(row.cells.values()), ""), message=TWICE.format(kept=kept))
