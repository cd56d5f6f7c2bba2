"""What a person enters through a card or a command, written into the workbooks they may write into.

Whoever publishes for the school writes under the school's lease; a teacher writes into the one plan workbook they
opened, under a lease of that workbook. Planned on what was just read, planned again under the lease, written once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from server.plans.model import School
from server.plans.trouble import Invalid
from server.workflows.entries import Books, Written, write_rows
from server.workflows.import_places import spare_ids
from server.workflows.import_rows import perform
from server.workflows.lease import Lease, acquire, given_back
from server.workflows.lookout import seen_school
from server.workflows.own_tabs import status_entries, without_merged
from server.workflows.run import Run
from server.workflows.survey import Survey, read_workbook
from sheets_templates.imports.matching import Proposals
from sheets_templates.reading import Reading

Taken = Mapping[str, Collection[str]]
Proposed = Callable[[School, Taken], Proposals]
"""What to write, from a school as it was read and the ids that are taken, by table."""

NO_TAB = "The workbook has no tab “{title}” yet, so nothing was written. Let the SENCO upgrade the workbooks first."
NOT_HERE = "This pupil is in none of the workbooks that are open to you. Nothing was changed."


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where somebody writes: a whole school, or the plan workbooks that a teacher opened."""

    school_id: str | None = None
    workbooks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What was written, or with ``dry_run`` would be. ``moved`` rows were being edited by somebody and were left."""

    school: School
    proposals: Proposals = field(default_factory=Proposals)
    added: int = 0
    written: int = 0
    moved: int = 0
    unseen: tuple[str, ...] = ()
    dry_run: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether everything that was to be written stands."""
        return not (self.moved or self.unseen or self.dry_run)


def enter(run: Run, desk: Desk, pupil_id: str, proposed: Proposed, *, dry_run: bool = False) -> Entered:
    """Write what is proposed for one pupil. Raises InUse where somebody else writes, Invalid where a tab lacks."""
    if desk.workbooks:
        return _into_workbook(run, desk.workbooks, pupil_id, proposed, dry_run=dry_run)

    def for_school(found: Survey) -> Proposals:
        wanted = proposed(found.school, spare_ids(run, found))
        _refuse_missing(run, (found.senco, *found.readings.values()), wanted)
        return wanted

    done = perform(run, for_school, school_id=desk.school_id, update=True, dry_run=dry_run)
    return Entered(
        school=done.plan.survey.school,
        proposals=done.plan.proposals,
        added=done.added,
        written=done.filled + done.changed,
        moved=done.moved,
        unseen=done.unseen,
        dry_run=dry_run,
    )


def _into_workbook(
    run: Run, workbooks: tuple[str, ...], pupil_id: str, proposed: Proposed, *, dry_run: bool
) -> Entered:
    file_id, school, books = _home(run, workbooks, pupil_id)
    wanted = _checked(run, books, proposed(school, books.taken(run.catalogue)))
    if dry_run or wanted.is_empty:
        return Entered(school=school, proposals=wanted, dry_run=dry_run)
    lease = Lease(spreadsheet_id=file_id, sheet_id=run.catalogue.table("pupils").sheet_id, run_id=run.run_id)
    acquire(run.google.sheets, lease, run.now())
    with given_back(run.google.sheets, lease):
        school, books = _read(run, file_id)
        wanted = _checked(run, books, proposed(school, books.taken(run.catalogue)))
        changes = [*wanted.fills, *wanted.changes]
        done = write_rows(run, books, file_id, wanted.adds, changes, fence=lease.renew(run.now()))
        run.google.sheets.batch(file_id, lease.release())
    return _told(school, wanted, done)


def _told(school: School, wanted: Proposals, done: Written) -> Entered:
    return Entered(
        school=school,
        proposals=wanted,
        added=done.added,
        written=done.filled + done.changed,
        moved=done.moved,
        unseen=done.unseen,
    )


def _home(run: Run, workbooks: tuple[str, ...], pupil_id: str) -> tuple[str, School, Books]:
    """The workbook in which the pupil stands."""
    for file_id in workbooks:
        school, books = _read(run, file_id)
        if any(pupil.pupil_id == pupil_id for pupil in school.pupils):
            return file_id, school, books
    raise Invalid(NOT_HERE)


def _read(run: Run, file_id: str) -> tuple[School, Books]:
    reading, grids = read_workbook(run, file_id, "plan")
    reading = without_merged(run, file_id, reading, grids)
    school = seen_school([reading], status_entries(run, grids))
    return school, Books(readings={file_id: reading}, grids={file_id: grids})


def _checked(run: Run, books: Books, wanted: Proposals) -> Proposals:
    _refuse_missing(run, books.readings.values(), wanted)
    return wanted


def _refuse_missing(run: Run, readings: Iterable[Reading], wanted: Proposals) -> None:
    there = {key for reading in readings for key, table in reading.tables.items() if table.columns}
    for key in dict.fromkeys(add.table for add in wanted.adds):
        if key not in there:
            raise Invalid(NO_TAB.format(title=run.catalogue.table(key).title))
