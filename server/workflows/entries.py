"""Rows and cells written into a workbook in one go: new rows in one batch, cells of rows that stand through tags.

Each of those is read back first and left alone where it no longer says what was seen (see docs/decisions/0008)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from server.plans.ports import Cell, Grid, Request
from server.workflows.import_cells import added_rows, changed_rows, lines_of
from server.workflows.rows import untag
from server.workflows.run import Run
from sheets_templates.imports.matching import Add, Change
from sheets_templates.reading import Reading
from sheets_templates.schema import Catalogue

TAG = "senplans.import"


@dataclass(frozen=True, kw_only=True)
class Books:
    """Workbooks as they were read just now: rows, and every tab's raw values by sheet id, by workbook."""

    readings: Mapping[str, Reading]
    grids: Mapping[str, Mapping[int, Grid]]

    def taken(self, catalogue: Catalogue) -> dict[str, set[str]]:
        """Ids that rows carry already, by table, those of rows without content too."""
        found: dict[str, set[str]] = {key: set() for key in catalogue.tables}
        by_sheet = {table.sheet_id: (table.key, f"{table.id_prefix}-") for table in catalogue.tables.values()}
        for grids in self.grids.values():
            for sheet_id, grid in grids.items():
                key, prefix = by_sheet.get(sheet_id, ("", ""))
                cells = (cell for row in grid for cell in row if isinstance(cell, str))
                found.setdefault(key, set()).update(cell for cell in cells if key and cell.startswith(prefix))
        return found


@dataclass(frozen=True, kw_only=True)
class Written:
    """How much was written; ``moved`` rows were being edited and were left, ``unseen`` ones can't be read back."""

    added: int = 0
    filled: int = 0
    changed: int = 0
    moved: int = 0
    unseen: tuple[str, ...] = ()


def write_rows(
    run: Run,
    books: Books,
    file_id: str,
    adds: Sequence[Add],
    changes: Sequence[Change],
    *,
    known: Sequence[Add] = (),
    fence: Sequence[Request] = (),
) -> Written:
    """One batch with every new row of a workbook; cells of rows that stand are written through tags.

    ``known`` are new rows, of other workbooks too, that these may point at; ``fence`` goes first in the batch. Where
    there is nothing to write, nothing is called."""
    if not adds and not changes:
        return Written()
    reading, shown = books.readings[file_id], tuple(books.readings.values())
    lines = lines_of(run.catalogue, shown, (*known, *adds), adds)
    tags, seen = changed_rows(run.catalogue, reading, books.grids[file_id], changes, TAG)
    shows = _shown_tabs(run.catalogue, adds)
    run.google.sheets.batch(file_id, [*fence, *tags, *added_rows(run.catalogue, reading, lines), *shows])
    still = _write_changes(run, books, file_id, (*known, *adds), changes, seen) if changes else set()
    return Written(
        added=len(adds),
        filled=sum(c.fills and c.row_id in still for c in changes),
        changed=sum(not c.fills and c.row_id in still for c in changes),
        moved=len({c.row_id for c in changes} - still),
        unseen=_unseen(run, file_id, adds),
    )


def _shown_tabs(catalogue: Catalogue, adds: Sequence[Add]) -> Iterator[Request]:
    """A tab that stays out of sight while it is empty comes into sight with its first row."""
    for table in (catalogue.table(key) for key in sorted({add.table for add in adds})):
        if table.optional:
            properties = {"sheetId": table.sheet_id, "hidden": False}
            yield {"updateSheetProperties": {"properties": properties, "fields": "hidden"}}


def _write_changes(
    run: Run,
    books: Books,
    file_id: str,
    known: Sequence[Add],
    changes: Sequence[Change],
    seen: Mapping[str, tuple[Cell, ...]],
) -> set[str]:
    """Write cells of the rows that still say what they said; their ids."""
    reading, shown = books.readings[file_id], tuple(books.readings.values())
    now = run.google.sheets.tagged_rows(file_id, TAG)
    still = {name for name, cells in seen.items() if _trimmed(now.get(name, ())) == cells}
    by_row: dict[str, dict[int, Cell]] = {}
    for change in changes:
        place = reading.tables[change.table].columns.get(change.column)
        if change.row_id in still and place is not None:
            value = lines_of(run.catalogue, shown, known, [change])[0].cells.get(change.column)
            by_row.setdefault(change.row_id, {})[place] = "" if change.after is None else value
    if by_row:
        lines = {name: tuple(cells.get(n) for n in range(max(cells) + 1)) for name, cells in by_row.items()}
        run.google.sheets.write_tagged(file_id, TAG, lines)
    run.google.sheets.batch(file_id, [untag(TAG)])
    return set(by_row)


def _trimmed(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    row = ["" if cell is None else cell for cell in cells]
    while row and row[-1] in ("", False):
        row.pop()
    return tuple(row)


def _unseen(run: Run, file_id: str, adds: Sequence[Add]) -> tuple[str, ...]:
    """Ids of added rows that a fresh reading does not show."""
    if not adds:
        return ()
    keys = {add.table for add in adds}
    grids = run.google.sheets.read(file_id, [run.catalogue.table(key).sheet_id for key in sorted(keys)])
    shown = {str(cell) for grid in grids.values() for row in grid for cell in row if isinstance(cell, str)}
    return tuple(add.row_id for add in adds if add.row_id not in shown)
