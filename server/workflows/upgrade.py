"""Bring a school's workbooks up to this version's template: new tabs, columns and choices, and nothing else.

One read and one write for each workbook. Each write is atomic and is planned from what stands, so a run that dies
anywhere is made good by the next one; a second upgrade adds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from server.plans.files import SchoolFiles
from server.plans.ledger import VERSION, Ledger, is_copied, version_entry
from server.plans.ports import RemoteFile, Request
from server.plans.school import rows_of
from server.plans.trouble import Invalid
from server.workflows.install import lease_of
from server.workflows.lease import acquire, given_back
from server.workflows.own_tabs import ledger_entries
from server.workflows.run import Run
from server.workflows.survey import A_COPY, choose_school
from server.workflows.workbooks import id_salt
from sheets_templates.ledger import ledger_requests
from sheets_templates.readback import read
from sheets_templates.reading import Reading
from sheets_templates.schema import Catalogue, Workbook
from sheets_templates.standing import FIELDS, StandingBook, standing_book
from sheets_templates.starter import label
from sheets_templates.upgrade import Upgrade, plan_upgrade
from sheets_templates.words import relabelled, words_in

NOTHING = "nothing to add"
_NEW = ("new tabs", "new columns", "new choices")


@dataclass(frozen=True, kw_only=True)
class WorkbookUpgrade:
    """What one workbook gets, or with a refusal why it gets nothing."""

    file_id: str
    name: str
    upgrade: Upgrade

    @property
    def told(self) -> str:
        """What it gets, or why it gets nothing, in words."""
        lists = (self.upgrade.tabs, self.upgrade.columns, self.upgrade.choices)
        parts = [f"{what}: {', '.join(names)}" for what, names in zip(_NEW, lists, strict=True) if names]
        return self.upgrade.refusal or "; ".join(parts) or NOTHING


@dataclass(frozen=True, kw_only=True)
class Upgraded:
    """What was added to a school's workbooks; with ``dry_run`` what would be."""

    school_id: str
    workbooks: tuple[WorkbookUpgrade, ...]
    dry_run: bool = False


def upgrade(run: Run, *, school_id: str | None = None, dry_run: bool = False) -> Upgraded:
    """Upgrade every workbook of a school, archives too, the SENCO workbook last.

    Raises InUse where another run is at work. Needs a publisher, who alone may write in new hidden tabs."""
    files = choose_school(run.google.drive.list_files(), school_id)
    assert files.senco is not None
    if dry_run:
        return Upgraded(school_id=files.school_id, workbooks=_planned(run, files, _books(run, files)), dry_run=True)
    sheets, lease = run.google.sheets, lease_of(run, files.senco.file_id)
    acquire(sheets, lease, run.now())
    with given_back(sheets, lease):
        books = _books(run, files)
        *plans, senco = _planned(run, files, books)
        for number, each in enumerate(plans):
            run.progress("Upgrading", number, len(plans) + 1)
            if not each.upgrade.is_empty:
                sheets.batch(each.file_id, each.upgrade.requests)
        noted = _noted(run, senco, books[senco.file_id])
        sheets.batch(senco.file_id, [*senco.upgrade.requests, *noted, *lease.release()])
    return Upgraded(school_id=files.school_id, workbooks=(*plans, senco))


def _books(run: Run, files: SchoolFiles) -> dict[str, StandingBook]:
    """Every workbook as it stands, archives too. One read for each."""
    assert files.senco is not None
    return {file.file_id: _standing(run, file) for file in (files.senco, *files.plans, *files.archives)}


def _noted(run: Run, senco: WorkbookUpgrade, book: StandingBook) -> Sequence[Request]:
    """The ledger with the version that all workbooks are of now, where it says another or none."""
    ledger = Ledger.of(ledger_entries(run, book.grids), workbook_id=senco.file_id)
    known = ledger.get(*VERSION)
    if senco.upgrade.refusal or (known and known.number == run.catalogue.version):
        return ()
    rows = ledger.with_entries([version_entry(run.catalogue.version)]).rows()
    return ledger_requests(run.catalogue, "senplans", rows)


def _planned(run: Run, files: SchoolFiles, books: Mapping[str, StandingBook]) -> tuple[WorkbookUpgrade, ...]:
    """What every workbook lacks, plan workbooks first, then archives."""
    assert files.senco is not None
    senco = books[files.senco.file_id]
    if is_copied(ledger_entries(run, senco.grids), files.senco.file_id):
        raise Invalid(A_COPY)
    lists = _lists(run.catalogue, senco, [books[file.file_id] for file in files.plans])
    words = words_in(rows_of(_read(run.catalogue, "senco", senco), "settings"))
    worded = replace(run, catalogue=relabelled(run.catalogue, words)[0]) if words else run
    return tuple(
        _one(worded, files, file, books[file.file_id], lists) for file in (*files.plans, *files.archives, files.senco)
    )


def _standing(run: Run, file: RemoteFile) -> StandingBook:
    return standing_book(run.google.sheets.standing(file.file_id, FIELDS))


def _one(
    run: Run, files: SchoolFiles, file: RemoteFile, book: StandingBook, lists: Mapping[str, Sequence[str]]
) -> WorkbookUpgrade:
    which: Workbook = "senco" if file == files.senco else "plan"
    planned = plan_upgrade(
        run.catalogue,
        which,
        book,
        lists=lists,
        editors=[run.publisher],
        id_salt=f"{files.school_id}/senco" if which == "senco" else id_salt(files.school_id, file),
    )
    return WorkbookUpgrade(file_id=file.file_id, name=file.name, upgrade=planned)


def _lists(catalogue: Catalogue, senco: StandingBook, plans: Sequence[StandingBook]) -> dict[str, tuple[str, ...]]:
    """What dropdowns offer of tables in the other workbook: pupils to the SENCO, staff to all. Never contacts."""
    readings = [_read(catalogue, "plan", book) for book in plans]
    return {
        "staff": tuple(_labels(catalogue, "staff", [_read(catalogue, "senco", senco)])),
        "pupils": tuple(_labels(catalogue, "pupils", readings)),
    }


def _read(catalogue: Catalogue, which: Workbook, book: StandingBook) -> Reading:
    absent = {table.sheet_id for table in catalogue.workbook(which)} - book.titles.keys()
    tags, titles = book.column_tags, book.titles
    return read(catalogue, which, book.grids, titles=titles, column_tags=tags, absent=absent, older=True)


def _labels(catalogue: Catalogue, key: str, readings: Iterable[Reading]) -> Iterator[str]:
    table = catalogue.table(key)
    assert table.id_column
    for reading in readings:
        found = reading.tables.get(key)
        for row in found.rows if found else ():
            yield label(table, {**row.values, table.id_column.key: row.id})
