"""Give an id to rows that have none, and a new one to rows that were copied with somebody else's.

This is the one place that writes into a tab people type in, so it never writes by position: a row is tagged where it
was seen, the tag is read back with the row it is on now, and only if that is still the same row is the id written,
through the tag, wherever a sort may have taken it since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.plans.model import Problem
from server.plans.ports import Cell, Request
from server.workflows.install import lease_of
from server.workflows.run import Run
from server.workflows.survey import Survey
from sheets_templates.ids import fresh_ids
from sheets_templates.reading import Reading, TableReading
from sheets_templates.schema import Table

TAG = "senplans.row"
COPIED = (
    "This row was a copy and carried the id {old} of another row. It has an id of its own now, {new}; the other row "
    "kept its own. Check what the copied row says."
)


@dataclass(frozen=True, kw_only=True)
class RowRepair:
    """One row that is to get ``new_id``. ``seen`` is the row as it was read, ``column`` where its id belongs."""

    file_id: str
    sheet_id: int
    row_index: int
    column: int
    new_id: str
    seen: tuple[Cell, ...]
    cell: str = ""
    copied_id: str = ""

    @property
    def problem(self) -> Problem | None:
        """What is to be told of a copied row; a new row that lacked an id is nothing to tell."""
        if not self.copied_id:
            return None
        return Problem(cell=self.cell, message=COPIED.format(old=self.copied_id, new=self.new_id))


def repairs_needed(run: Run, survey: Survey) -> tuple[RowRepair, ...]:
    """Every row without an id of its own, in both kinds of workbook."""
    readings = {survey.senco_id: survey.senco, **survey.readings}
    taken = set(_ids(readings.values()))
    return tuple(
        repair
        for file_id, reading in readings.items()
        for key, table in reading.tables.items()
        for repair in _of_table(run, survey, file_id, key, table, taken)
    )


def _ids(readings: Iterable[Reading]) -> Iterator[str]:
    for reading in readings:
        for table in reading.tables.values():
            yield from (row.id for row in table.rows)


def _of_table(
    run: Run, survey: Survey, file_id: str, key: str, reading: TableReading, taken: set[str]
) -> Iterator[RowRepair]:
    table = run.catalogue.table(key)
    copied = {d.row_index: d for d in reading.duplicate_ids}
    rows = sorted({m.row_index for m in reading.missing_ids} | set(copied))
    place = reading.columns.get(_id_column(table), -1)
    if not rows or place < 0:
        return
    grid = survey.grids[file_id][table.sheet_id]
    for row_index, new_id in zip(rows, fresh_ids(table, f"{file_id}/{run.run_id}", taken, len(rows)), strict=True):
        taken.add(new_id)
        yield RowRepair(
            file_id=file_id,
            sheet_id=table.sheet_id,
            row_index=row_index,
            column=place,
            new_id=new_id,
            seen=_trimmed(grid[row_index]),
            cell=copied[row_index].row.cells.get(_id_column(table), "") if row_index in copied else "",
            copied_id=copied[row_index].id if row_index in copied else "",
        )


def _id_column(table: Table) -> str:
    return next((column.key for column in table.columns if column.kind == "id"), "")


def repair(run: Run, senco_id: str, repairs: Iterable[RowRepair]) -> tuple[RowRepair, ...]:
    """Carry out repairs under a held lease; returns those rows that got their id. The others moved: next time."""
    by_file: dict[str, list[RowRepair]] = {}
    for each in repairs:
        by_file.setdefault(each.file_id, []).append(each)
    return tuple(row for file_id, rows in by_file.items() for row in _repair_file(run, senco_id, file_id, rows))


def _repair_file(run: Run, senco_id: str, file_id: str, rows: list[RowRepair]) -> list[RowRepair]:
    sheets = run.google.sheets
    fence = lease_of(run, senco_id).renew(run.now()) if file_id == senco_id else []
    sheets.batch(file_id, [*fence, _untag(), *(_tag(row) for row in rows)])
    found = sheets.tagged_rows(file_id, TAG)
    still = [row for row in rows if _trimmed(found.get(row.new_id, ())) == row.seen]
    if still:
        sheets.write_tagged(file_id, TAG, {row.new_id: _only_id(row) for row in still})
    sheets.batch(file_id, [_untag()])
    return still


def _only_id(row: RowRepair) -> tuple[Cell, ...]:
    return (*[None] * row.column, row.new_id)


def _trimmed(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """A row without trailing empty cells; computed cells compare as shown."""
    row = ["" if cell is None else cell for cell in cells]
    while row and row[-1] == "":
        row.pop()
    return tuple(row)


def _tag(row: RowRepair) -> Request:
    span: Mapping[str, Any] = {
        "sheetId": row.sheet_id,
        "dimension": "ROWS",
        "startIndex": row.row_index,
        "endIndex": row.row_index + 1,
    }
    metadata = {
        "metadataKey": TAG,
        "metadataValue": row.new_id,
        "location": {"dimensionRange": span},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def _untag() -> Request:
    lookup = {"metadataKey": TAG, "locationType": "ROW"}
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}
