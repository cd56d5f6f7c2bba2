"""A school as it would be once planned rows and cells were written. Pure; what a dry run looks at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from server.plans.model import Paper, Record, School
from server.plans.records import records
from server.plans.school import PAPER_TABLES, PLAN_TABLES, SENCO_TABLES
from sheets_templates.imports.matching import Add, Change
from sheets_templates.reading import Row

FIELDS: Mapping[str, tuple[str, type[Record]]] = {
    table: (name, kind) for name, (table, kind) in {**PLAN_TABLES, **SENCO_TABLES}.items()
}


def applied(school: School, adds: Iterable[Add], changes: Iterable[Change] = ()) -> School:
    """The same school with these rows added and these cells changed."""
    for add in adds:
        school = _added(school, add)
    for change in changes:
        school = _changed(school, change)
    return school


def _added(school: School, add: Add) -> School:
    values = dict(add.values)
    if add.table in PAPER_TABLES:
        paper = Paper(paper_id=add.row_id, pupil=add.pupil, values=values)
        return replace(school, papers={**school.papers, add.table: (*school.papers.get(add.table, ()), paper)})
    name, kind = FIELDS[add.table]
    made = tuple(records(kind, [Row(id=add.row_id, values=values, cells={})]))
    fields: dict[str, Any] = {name: (*getattr(school, name), *made)}
    return replace(school, **fields)


def _changed(school: School, change: Change) -> School:
    if change.table in PAPER_TABLES:
        rows = school.papers.get(change.table, ())
        new: tuple[Paper, ...] = tuple(_paper(row, change) if row.paper_id == change.row_id else row for row in rows)
        return replace(school, papers={**school.papers, change.table: new})
    name, _ = FIELDS[change.table]
    was: tuple[Record, ...] = getattr(school, name)
    fields: dict[str, Any] = {name: tuple(_record(row, change) if row.id == change.row_id else row for row in was)}
    return replace(school, **fields)


def _paper(row: Paper, change: Change) -> Paper:
    return replace(row, values={**row.values, change.column: change.after})


def _record(row: Record, change: Change) -> Record:
    """The row with one value changed; an emptied cell is the field's default again."""
    named: dict[str, Any] = {type(row).id_field: row.id}
    after = getattr(type(row)(**named), change.column) if change.after is None else change.after
    fields: dict[str, Any] = {change.column: after}
    return replace(row, **fields)
