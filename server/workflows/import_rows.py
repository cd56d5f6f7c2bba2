"""Put an import's rows into a school's workbooks: planned first, one write for each workbook, read back afterwards.

What a person typed is never overwritten unless ``update`` says so. A run that dies anywhere is made good by the next:
rows are found again by what they are, so nothing comes twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from server.plans.files import shape_in
from server.plans.groups import UNPLACED, group_named
from server.plans.ports import Cell, RemoteFile, Request
from server.plans.trouble import Invalid
from server.workflows.import_cells import added_rows, changed_rows, lines_of
from server.workflows.install import lease_of
from server.workflows.lease import acquire, given_back
from server.workflows.rows import untag
from server.workflows.run import Run
from server.workflows.survey import Survey, survey
from sheets_templates.imports.matching import Add, Change, Proposals, propose_rows
from sheets_templates.imports.report import Rows
from sheets_templates.reading import Row

TAG = "senplans.import"
NO_WORKBOOK = (
    "There is no plan workbook for {group}, so {count} new pupils were left out, with all that is theirs. "
    "Make it (senplans classes add), then bring the sheet in again."
)


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


def plan_import(run: Run, wanted: Wanted, *, school_id: str | None = None) -> ImportPlan:
    """What an import would add and change. One files.list and one read for each workbook."""
    found = survey(run, school_id)
    existing, at = _standing(found)
    proposals = propose_rows(
        run.catalogue,
        wanted.rows,
        wanted.links,
        existing,
        salt=found.senco_id,
        staff=existing.get("staff", ()),
        taken=_spare_ids(run, found),
    )
    file_of, left = _destinations(run, found, proposals, at)
    return ImportPlan(survey=found, proposals=proposals, file_of=file_of, left=left)


def import_rows(
    run: Run, wanted: Wanted, *, school_id: str | None = None, update: bool = False, dry_run: bool = False
) -> Imported:
    """Carry out an import under the school's lease. Raises InUse where another run is at work.

    ``update`` also writes over what stands; without it only empty cells are filled and rows added."""
    plan = plan_import(run, wanted, school_id=school_id)
    busy = plan.proposals.adds or plan.proposals.fills or (update and plan.proposals.changes)
    if dry_run or not busy:
        return Imported(plan=plan, dry_run=dry_run)
    sheets, lease = run.google.sheets, lease_of(run, plan.survey.senco_id)
    acquire(sheets, lease, run.now())
    with given_back(sheets, lease):
        plan = plan_import(run, wanted, school_id=plan.survey.files.school_id)
        senco = plan.survey.senco_id
        done = [_write(run, plan, file.file_id, [], update=update) for file in plan.survey.files.plans]
        done.append(_write(run, plan, senco, lease.renew(run.now()), update=update))
        sheets.batch(senco, lease.release())
    return _summed(plan, done)


def _summed(plan: ImportPlan, done: Sequence[_Written]) -> Imported:
    return Imported(
        plan=plan,
        added=sum(each.added for each in done),
        filled=sum(each.filled for each in done),
        changed=sum(each.changed for each in done),
        moved=sum(each.moved for each in done),
        unseen=tuple(name for each in done for name in each.unseen),
    )


def _standing(found: Survey) -> tuple[dict[str, list[Row]], dict[tuple[str, str], str]]:
    """Every row that stands, by table, and the workbook it stands in."""
    rows: dict[str, list[Row]] = {}
    at: dict[tuple[str, str], str] = {}
    for file_id, reading in {found.senco_id: found.senco, **found.readings}.items():
        for key, table in reading.tables.items():
            for row in table.rows:
                rows.setdefault(key, []).append(row)
                at.setdefault((key, row.id), file_id)
    return rows, at


def _spare_ids(run: Run, found: Survey) -> dict[str, set[str]]:
    """Ids that rows without content carry already."""
    taken: dict[str, set[str]] = {}
    for grids in found.grids.values():
        for table in run.catalogue.tables.values():
            cells = (cell for row in grids.get(table.sheet_id, ()) for cell in row)
            taken.setdefault(table.key, set()).update(
                cell for cell in cells if isinstance(cell, str) and cell.startswith(f"{table.id_prefix}-")
            )
    return taken


def _destinations(
    run: Run, found: Survey, proposals: Proposals, at: Mapping[tuple[str, str], str]
) -> tuple[dict[tuple[str, str], str], tuple[str, ...]]:
    """Each row's workbook: where it stands, else where its pupil's rows are or go by the school's shape."""
    homes = {name: file_id for (table, name), file_id in at.items() if table == "pupils"}
    lost: dict[str, int] = {}
    for add in proposals.adds:
        if add.table == "pupils":
            file = _workbook_for(found, add)
            if file is None:
                group = str(add.values.get("class_form") or UNPLACED)
                lost[group] = lost.get(group, 0) + 1
            else:
                homes[add.row_id] = file.file_id
    file_of = dict(at)
    for add in proposals.adds:
        senco = run.catalogue.table(add.table).workbook == "senco"
        if home := found.senco_id if add.table == "staff" else homes.get(add.pupil or add.row_id):
            file_of[add.table, add.row_id] = found.senco_id if senco else home
    return file_of, tuple(NO_WORKBOOK.format(group=group, count=count) for group, count in lost.items())


def _workbook_for(found: Survey, add: Add) -> RemoteFile | None:
    files = found.files
    if len(files.plans) <= 1:
        return files.plans[0] if files.plans else None
    told = add.values
    group = group_named(
        shape_in(files.plans[0]),
        class_form=str(told.get("class_form") or ""),
        year_group=str(told.get("year_group") or ""),
    )
    return files.plan_of(group)


@dataclass(frozen=True, kw_only=True)
class _Written:
    added: int = 0
    filled: int = 0
    changed: int = 0
    moved: int = 0
    unseen: tuple[str, ...] = ()


def _write(run: Run, plan: ImportPlan, file_id: str, fence: Sequence[Request], *, update: bool) -> _Written:
    """One batch with every new row of a workbook; cells of rows that stand are written through tags."""
    adds, changes = plan.adds_to(file_id), plan.changes_in(file_id, update=update)
    if not adds and not changes:
        return _Written()
    sheets, found = run.google.sheets, plan.survey
    reading = found.senco if file_id == found.senco_id else found.readings[file_id]
    lines = lines_of(run.catalogue, found, plan.proposals, adds)
    tags, seen = changed_rows(run.catalogue, reading, found.grids[file_id], changes, TAG)
    insertions = added_rows(run.catalogue, reading, lines)
    sheets.batch(file_id, [*fence, *tags, *insertions])
    still = _write_changes(run, plan, file_id, changes, seen) if changes else set()
    return _Written(
        added=len(adds),
        filled=sum(c.fills and c.row_id in still for c in changes),
        changed=sum(not c.fills and c.row_id in still for c in changes),
        moved=len({c.row_id for c in changes} - still),
        unseen=_unseen(run, file_id, adds),
    )


def _write_changes(
    run: Run, plan: ImportPlan, file_id: str, changes: Sequence[Change], seen: Mapping[str, tuple[Cell, ...]]
) -> set[str]:
    """Write cells of the rows that still say what they said; their ids."""
    found = plan.survey
    reading = found.senco if file_id == found.senco_id else found.readings[file_id]
    now = run.google.sheets.tagged_rows(file_id, TAG)
    still = {name for name, cells in seen.items() if _trimmed(now.get(name, ())) == cells}
    by_row: dict[str, dict[int, Cell]] = {}
    for change in changes:
        place = reading.tables[change.table].columns.get(change.column)
        if change.row_id in still and place is not None:
            value = lines_of(run.catalogue, found, plan.proposals, [change])[0].cells.get(change.column)
            by_row.setdefault(change.row_id, {})[place] = value
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


def checked(imported: Imported) -> Imported:
    """The same, or Invalid where rows were written and can't be seen."""
    if imported.unseen:
        raise Invalid(f"{len(imported.unseen)} rows were written but can't be seen. Run the import again.")
    return imported
