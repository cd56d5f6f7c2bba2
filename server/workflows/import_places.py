"""Where an import's rows stand in a school, and which workbook a new one goes to."""

from __future__ import annotations

from collections.abc import Mapping

from server.plans.files import shape_in
from server.plans.groups import UNPLACED, group_named
from server.plans.ports import RemoteFile
from server.workflows.run import Run
from server.workflows.survey import Survey
from sheets_templates.imports.matching import Add, Proposals
from sheets_templates.reading import Row

NO_WORKBOOK = (
    "There is no plan workbook for {group}, so {count} new pupils were left out, with all that is theirs. "
    "Make it (senplans classes add), then bring the sheet in again."
)


def standing(found: Survey) -> tuple[dict[str, list[Row]], dict[tuple[str, str], str]]:
    """Every row that stands, by table, and the workbook it stands in."""
    rows: dict[str, list[Row]] = {}
    at: dict[tuple[str, str], str] = {}
    for file_id, reading in {found.senco_id: found.senco, **found.readings}.items():
        for key, table in reading.tables.items():
            for row in table.rows:
                rows.setdefault(key, []).append(row)
                at.setdefault((key, row.id), file_id)
    return rows, at


def spare_ids(run: Run, found: Survey) -> dict[str, set[str]]:
    """Ids that rows without content carry already."""
    taken: dict[str, set[str]] = {}
    for grids in found.grids.values():
        for table in run.catalogue.tables.values():
            cells = (cell for row in grids.get(table.sheet_id, ()) for cell in row)
            taken.setdefault(table.key, set()).update(
                cell for cell in cells if isinstance(cell, str) and cell.startswith(f"{table.id_prefix}-")
            )
    return taken


def destinations(
    run: Run, found: Survey, proposals: Proposals, at: Mapping[tuple[str, str], str]
) -> tuple[dict[tuple[str, str], str], tuple[str, ...]]:
    """Each row's workbook: where it stands, else where its pupil's rows are or go by the school's shape."""
    homes = {name: file_id for (table, name), file_id in at.items() if table == "pupils"}
    lost: dict[str, int] = {}
    for add in proposals.adds:
        if add.table == "pupils":
            file = workbook_for(found, add)
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


def workbook_for(found: Survey, add: Add) -> RemoteFile | None:
    """The plan workbook in use that a new pupil belongs in; None where there is none."""
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
