"""Fill the Library tab of a school's plan workbooks with help that is not in it yet: one write for each workbook.

Rows are known by their name, so a second run, or one after a run that died, adds only what is missing; what stands is
never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.plans.library import missing_rows
from server.plans.trouble import Invalid
from server.workflows.entries import Books, write_rows
from server.workflows.install import lease_of
from server.workflows.lease import acquire, given_back
from server.workflows.run import Run
from server.workflows.survey import Survey, survey
from sheets_templates.ids import fresh_ids
from sheets_templates.imports.matching import Add
from sheets_templates.starter_library import StrategyRow

NO_TAB = "A plan workbook has no tab “Library” yet, so nothing was written. Upgrade the workbooks first."


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The rows added, or with ``dry_run`` to be added, by plan workbook. ``unseen`` can't be read back."""

    rows: Mapping[str, tuple[Add, ...]]
    unseen: tuple[str, ...] = ()
    dry_run: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What was missing in some workbook, once each."""
        return tuple(dict.fromkeys(str(add.values["name"]) for adds in self.rows.values() for add in adds))


def fill_library(
    run: Run, rows: Sequence[StrategyRow], *, school_id: str | None = None, dry_run: bool = False
) -> Filled:
    """Add what is missing, under the school's lease. Raises InUse where another run is at work."""
    found = survey(run, school_id)
    wanted = _missing(run, found, rows)
    if dry_run or not wanted:
        return Filled(rows=wanted, dry_run=dry_run)
    sheets, lease = run.google.sheets, lease_of(run, found.senco_id)
    acquire(sheets, lease, run.now())
    with given_back(sheets, lease):
        found = survey(run, found.files.school_id)
        wanted = _missing(run, found, rows)
        books = Books(readings=found.readings, grids=found.grids)
        unseen = [
            name for file_id, adds in wanted.items() for name in write_rows(run, books, file_id, adds, ()).unseen
        ]
        sheets.batch(found.senco_id, lease.release())
    return Filled(rows=wanted, unseen=tuple(unseen))


def _missing(run: Run, found: Survey, rows: Sequence[StrategyRow]) -> dict[str, tuple[Add, ...]]:
    """What each plan workbook lacks. Every workbook has a library of its own, for its dropdowns draw from it."""
    taken = Books(readings=found.readings, grids=found.grids).taken(run.catalogue).get("library", set())
    wanted: dict[str, tuple[Add, ...]] = {}
    for file_id, reading in found.readings.items():
        table = reading.tables.get("library")
        if table is None or not table.columns:
            raise Invalid(NO_TAB)
        standing = [str(row.values.get("name") or "") for row in table.rows]
        ids = fresh_ids(run.catalogue.table("library"), f"library/{file_id}", taken, len(rows))
        if adds := missing_rows(standing, rows, ids):
            wanted[file_id] = adds
    return wanted
