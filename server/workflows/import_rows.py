"""Put an import's rows into a school's workbooks: planned first, one write for each workbook, read back afterwards.

What a person typed is never overwritten unless ``update`` says so. A run that dies anywhere is made good by the next:
rows are found again by what they are, so nothing comes twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from server.plans.ports import Request
from server.plans.trouble import Invalid
from server.workflows.entries import Books, Written, write_rows
from server.workflows.import_places import destinations, spare_ids, standing
from server.workflows.install import lease_of
from server.workflows.lease import acquire, given_back
from server.workflows.run import Run
from server.workflows.survey import Survey, survey
from sheets_templates.imports.matching import Add, Change, Proposals, propose_rows
from sheets_templates.imports.report import Rows


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an import gives: rows by (table, row name), and which outcomes each row of help is for."""

    rows: Rows
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What a run would do: proposals, and the workbook that each row stands in or goes to."""

    survey: Survey
    proposals: Proposals
    file_of: Mapping[tuple[str, str], str]
    left: tuple[str, ...] = ()

    def adds_to(self, file_id: str) -> list[Add]:
        return [add for add in self.proposals.adds if self.file_of.get((add.table, add.row_id)) == file_id]

    def changes_in(self, file_id: str, *, update: bool) -> list[Change]:
        asked = (*self.proposals.fills, *(self.proposals.changes if update else ()))
        return [change for change in asked if self.file_of.get((change.table, change.row_id)) == file_id]


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What was done; with ``dry_run`` what would be. ``unseen`` are rows that reading back did not show."""

    plan: ImportPlan
    added: int = 0
    filled: int = 0
    changed: int = 0
    moved: int = 0
    unseen: tuple[str, ...] = ()
    dry_run: bool = False


def import_rows(
    run: Run, wanted: Wanted, *, school_id: str | None = None, update: bool = False, dry_run: bool = False
) -> Imported:
    """Carry out an import under the school's lease. Raises InUse where another run is at work.

    ``update`` also writes over what stands; without it only empty cells are filled and rows added."""

    def proposed(found: Survey) -> Proposals:
        existing, _ = standing(found)
        return propose_rows(
            run.catalogue,
            wanted.rows,
            wanted.links,
            existing,
            salt=found.senco_id,
            staff=existing.get("staff", ()),
            taken=spare_ids(run, found),
        )

    return perform(run, proposed, school_id=school_id, update=update, dry_run=dry_run)


def perform(
    run: Run,
    proposed: Callable[[Survey], Proposals],
    *,
    school_id: str | None = None,
    update: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Write what is proposed for a school as it was just read: asked again under its lease, one write a workbook."""
    plan = _planned(run, proposed, school_id)
    busy = plan.proposals.adds or plan.proposals.fills or (update and plan.proposals.changes)
    if dry_run or not busy:
        return Imported(plan=plan, dry_run=dry_run)
    sheets, lease = run.google.sheets, lease_of(run, plan.survey.senco_id)
    acquire(sheets, lease, run.now())
    with given_back(sheets, lease):
        plan = _planned(run, proposed, plan.survey.files.school_id)
        senco = plan.survey.senco_id
        done = [_write(run, plan, file.file_id, [], update=update) for file in plan.survey.files.plans]
        done.append(_write(run, plan, senco, lease.renew(run.now()), update=update))
        sheets.batch(senco, lease.release())
    return _summed(plan, done)


def _planned(run: Run, proposed: Callable[[Survey], Proposals], school_id: str | None) -> ImportPlan:
    """What a run would add and change. One files.list and one read for each workbook."""
    found = survey(run, school_id)
    proposals = proposed(found)
    file_of, left = destinations(run, found, proposals, standing(found)[1])
    return ImportPlan(survey=found, proposals=proposals, file_of=file_of, left=left)


def _summed(plan: ImportPlan, done: Sequence[Written]) -> Imported:
    return Imported(
        plan=plan,
        added=sum(each.added for each in done),
        filled=sum(each.filled for each in done),
        changed=sum(each.changed for each in done),
        moved=sum(each.moved for each in done),
        unseen=tuple(name for each in done for name in each.unseen),
    )


def _write(run: Run, plan: ImportPlan, file_id: str, fence: Sequence[Request], *, update: bool) -> Written:
    """One batch with every new row of a workbook; cells of rows that stand are written through tags."""
    found = plan.survey
    books = Books(readings={found.senco_id: found.senco, **found.readings}, grids=found.grids)
    adds, changes = plan.adds_to(file_id), plan.changes_in(file_id, update=update)
    return write_rows(run, books, file_id, adds, changes, known=plan.proposals.adds, fence=fence)


def checked(imported: Imported) -> Imported:
    """The same, or Invalid where rows were written and can't be seen."""
    if imported.unseen:
        raise Invalid(f"{len(imported.unseen)} rows were written but can't be seen. Run the import again.")
    return imported
