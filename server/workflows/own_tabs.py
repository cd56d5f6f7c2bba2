"""What our own hidden tabs say: the ledger, and the statuses with the mark of what was filled at the last look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from server.plans.ledger import COLUMNS, Entry
from server.plans.ports import Cell, Grid
from server.plans.statuses import LOOKED, StatusRow
from server.workflows.run import Run
from sheets_templates.readback_merges import filled_mark, with_merges
from sheets_templates.reading import Reading


def _owned_rows(run: Run, grids: Mapping[int, Grid], table: str) -> list[dict[str, str]]:
    """A service-owned tab's rows by column key, as texts. Its columns never move: it is protected."""
    declared = run.catalogue.table(table)
    keys = [column.key for column in declared.columns]
    rows = grids.get(declared.sheet_id, ())[1:]
    texts = ([_text(cell) for cell in row[: len(keys)]] for row in rows)
    named = (dict(zip(keys, [*row, *[""] * (len(keys) - len(row))], strict=True)) for row in texts)
    return [row for row in named if row["kind"] and row["key"]]


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def ledger_entries(run: Run, grids: Mapping[int, Grid]) -> tuple[Entry, ...]:
    return tuple(Entry(**{name: row[name] for name in COLUMNS}) for row in _owned_rows(run, grids, "senplans"))


def status_entries(run: Run, grids: Mapping[int, Grid]) -> tuple[StatusRow, ...]:
    names = [field.name for field in fields(StatusRow)]
    rows = _owned_rows(run, grids, "status")
    return tuple(StatusRow(**{name: row[name] for name in names}) for row in rows)


def without_merged(run: Run, file_id: str, reading: Reading, grids: Mapping[int, Grid]) -> Reading:
    """A plan workbook's reading with its merged cells told. One more call, where other cells are filled than when
    the last round ended; none in a workbook that has never seen one."""
    rows = status_entries(run, grids)
    known = next((row.status for row in rows if (row.kind, row.key) == LOOKED), "")
    if not rows or known == filled_mark(run.catalogue, reading):
        return reading
    return with_merges(run.catalogue, reading, run.google.sheets.outline(file_id).merges)
