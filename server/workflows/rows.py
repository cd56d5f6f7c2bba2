"""Rows of people's tabs, found through tags: read whole, written and emptied wherever a sort has taken them.

Nothing here writes or clears by position: a row is tagged where it was seen, read back with the row it is on now, and
left alone where that is another row (see docs/decisions/0008)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.plans.moving import PlacedRow
from server.plans.ports import Cell, Request, TaggedRow
from server.workflows.run import Run
from sheets_templates.ids import fresh_ids
from sheets_templates.reading import Reading
from sheets_templates.schema import Catalogue

TAG = "senplans.leaving"
CLEARED = ""


@dataclass(frozen=True, kw_only=True)
class Tagged:
    """Rows of one workbook under a tag. ``found`` has those that are still the rows that were seen."""

    file_id: str
    rows: tuple[PlacedRow, ...]
    found: Mapping[str, TaggedRow] = field(default_factory=dict)

    def has(self, rows: Iterable[PlacedRow]) -> bool:
        return all(row.name in self.found for row in rows)


def tag_rows(run: Run, file_id: str, reading: Reading, rows: Sequence[PlacedRow]) -> Tagged:
    """Tag rows where they were seen and read them back whole. Two calls."""
    requests = [untag(TAG), *(_tag(run.catalogue, row) for row in rows)]
    run.google.sheets.batch(file_id, requests)
    return look(run, file_id, reading, rows)


def look(run: Run, file_id: str, reading: Reading, rows: Sequence[PlacedRow]) -> Tagged:
    """Read tagged rows; those that no longer say what was seen are left out. One call."""
    now = run.google.sheets.tagged_cells(file_id, TAG)
    found = {
        row.name: now[row.name]
        for row in rows
        if row.name in now and _same(run.catalogue, reading, row, now[row.name].cells)
    }
    return Tagged(file_id=file_id, rows=tuple(rows), found=found)


def _same(catalogue: Catalogue, reading: Reading, row: PlacedRow, cells: Sequence[Mapping[str, Any]]) -> bool:
    places = reading.tables[row.table].columns
    for column in catalogue.table(row.table).inputs:
        place = places.get(column.key)
        if place is None:
            continue
        value = cells[place].get("effectiveValue", {}) if place < len(cells) else {}
        now = next(iter(value.values()), None)
        before = row.raw.get(column.key)
        if "errorValue" not in value and (None if now is False or now == "" else now) != before:
            return False
    return True


def write_cells(run: Run, file_id: str, values: Mapping[str, Mapping[int, Cell]]) -> None:
    """Write these cells, by place, of tagged rows. One call."""
    lines = {name: _line(cells) for name, cells in values.items()}
    run.google.sheets.write_tagged(file_id, TAG, lines)


def _line(cells: Mapping[int, Cell]) -> tuple[Cell, ...]:
    return tuple(cells.get(place) for place in range(max(cells, default=-1) + 1))


def empty_rows(run: Run, tagged: Tagged, reading: Reading, rows: Sequence[PlacedRow], taken: set[str]) -> None:
    """Make tagged rows spare rows again: every input cell emptied, a fresh id, notes taken off. Two calls."""
    fresh = _fresh_ids(run, tagged.file_id, rows, taken)
    values = {row.name: _emptied(run.catalogue, reading, row, fresh[row.name]) for row in rows}
    write_cells(run, tagged.file_id, values)
    noted = [tagged.found[row.name] for row in rows if any(c.get("note") for c in tagged.found[row.name].cells)]
    run.google.sheets.batch(tagged.file_id, [*(_no_notes(row) for row in noted), untag(TAG)])


def _fresh_ids(run: Run, file_id: str, rows: Sequence[PlacedRow], taken: set[str]) -> dict[str, str]:
    by_table: dict[str, list[PlacedRow]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(row)
    found: dict[str, str] = {}
    for key, own in by_table.items():
        ids = fresh_ids(run.catalogue.table(key), f"{file_id}/{run.run_id}/emptied", taken, len(own))
        taken |= set(ids)
        found |= {row.name: new for row, new in zip(own, ids, strict=True)}
    return found


def _emptied(catalogue: Catalogue, reading: Reading, row: PlacedRow, new_id: str) -> dict[int, Cell]:
    table = catalogue.table(row.table)
    places = reading.tables[row.table].columns
    cells: dict[int, Cell] = {places[c.key]: CLEARED for c in table.inputs if c.key in places}
    if table.id_column and table.id_column.key in places:
        cells[places[table.id_column.key]] = new_id
    return cells | dict.fromkeys(row.own.values(), CLEARED)


def _no_notes(row: TaggedRow) -> Request:
    line = {"sheetId": row.sheet_id, "startRowIndex": row.row_index, "endRowIndex": row.row_index + 1}
    return {"updateCells": {"range": line, "fields": "note"}}


def _tag(catalogue: Catalogue, row: PlacedRow) -> Request:
    return tag_at(TAG, row.name, catalogue.table(row.table).sheet_id, row.row.row_index)


def tag_at(key: str, value: str, sheet_id: int, row_index: int) -> Request:
    span = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": row_index, "endIndex": row_index + 1}
    metadata = {
        "metadataKey": key,
        "metadataValue": value,
        "location": {"dimensionRange": span},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def untag(key: str) -> Request:
    lookup = {"metadataKey": key, "locationType": "ROW"}
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}
