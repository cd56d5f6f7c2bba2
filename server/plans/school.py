"""A school's records, from the cells that its workbooks were read into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from server.plans.model import (
    Contact,
    Cycle,
    EhcPlan,
    LogEntry,
    Meeting,
    Notification,
    Outcome,
    Paper,
    Provision,
    Pupil,
    Record,
    Review,
    School,
    Staff,
    View,
)
from server.plans.records import records
from server.plans.school_settings import read_settings
from sheets_templates.readback import Reading, Row

SENCO_TABLES: Mapping[str, tuple[str, type[Record]]] = {
    "staff": ("staff", Staff),
    "contacts": ("contacts", Contact),
    "notifications": ("notifications", Notification),
    "ehc_plans": ("ehc", EhcPlan),
}
PLAN_TABLES: Mapping[str, tuple[str, type[Record]]] = {
    "pupils": ("pupils", Pupil),
    "cycles": ("cycles", Cycle),
    "outcomes": ("outcomes", Outcome),
    "provision": ("provision", Provision),
    "log": ("log", LogEntry),
    "reviews": ("reviews", Review),
    "meetings": ("meetings", Meeting),
    "views": ("views", View),
}
PAPER_TABLES = (
    *("agreements", "profiles", "early_years", "support_plans", "relational", "transitions", "reports"),
    *("parent_views", "child_views", "early_notes", "support_drafts", "referrals", "ehc_requests", "costs"),
    *("plans", "actions", "concerns", "status_history", "contact_log", "reads", "library", "exceptions"),
    *("ehc_outcomes", "questions", "training", "transfers", "access_requests"),
)


def assemble(senco: Reading | None, plans: Sequence[Reading]) -> School:
    """Everything the workbooks say. ``senco`` is None where this person can't open the SENCO workbook.

    A cell that is empty or was not understood leaves its field at the field's default."""
    fields: dict[str, Any] = {"sees_contacts": senco is not None}
    if senco is not None:
        fields["settings"] = read_settings(rows_of(senco, "settings"))[0]
        for name, (table, kind) in SENCO_TABLES.items():
            fields[name] = tuple(records(kind, rows_of(senco, table)))
    for name, (table, kind) in PLAN_TABLES.items():
        fields[name] = tuple(record for plan in plans for record in records(kind, rows_of(plan, table)))
    fields["papers"] = {table: papers for table in PAPER_TABLES if (papers := tuple(_papers(table, senco, plans)))}
    return School(**fields)


def _papers(table: str, senco: Reading | None, plans: Sequence[Reading]) -> Iterator[Paper]:
    for reading in (senco, *plans):
        for row in rows_of(reading, table) if reading else ():
            yield Paper(paper_id=row.id, pupil=str(row.values.get("pupil") or ""), values=row.values, cells=row.cells)


def rows_of(reading: Reading, table: str) -> Sequence[Row]:
    """A table's rows; none where the workbook has no such tab."""
    found = reading.tables.get(table)
    return found.rows if found else ()
