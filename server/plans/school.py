"""A school's records, from the cells that its workbooks were read into."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

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
from server.plans.school_settings import read_settings
from sheets_templates.readback import Reading, Row

R = TypeVar("R", bound=Record)

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
)

_KINDS: Mapping[str, type] = {"str": str, "tuple[str, ...]": tuple}
"""What a record's field must be, by its annotation; any other is taken as it was read."""


def assemble(senco: Reading | None, plans: Sequence[Reading]) -> School:
    """Everything the workbooks say. ``senco`` is None where this person can't open the SENCO workbook.

    A cell that is empty or was not understood leaves its field at the field's default."""
    fields: dict[str, Any] = {"sees_contacts": senco is not None}
    if senco is not None:
        fields["settings"] = read_settings(rows_of(senco, "settings"))[0]
        for name, (table, kind) in SENCO_TABLES.items():
            fields[name] = tuple(_records(kind, rows_of(senco, table)))
    for name, (table, kind) in PLAN_TABLES.items():
        fields[name] = tuple(record for plan in plans for record in _records(kind, rows_of(plan, table)))
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


def _records(kind: type[R], rows: Sequence[Row]) -> Iterator[R]:
    own = {field.name: _KINDS.get(str(field.type), object) for field in dataclasses.fields(kind)}
    own_id = next((name for name in own if name.endswith("_id")), "")
    for row in rows:
        values: dict[str, Any] = {
            key: value if isinstance(value, own[key]) else _fit(own[key], value)
            for key, value in row.values.items()
            if key in own and value is not None
        }
        yield kind(**{own_id: row.id, **values, "cells": row.cells})


def _fit(wanted: type, value: Any) -> Any:
    """Lists as tuples and texts as texts, whatever the cell held."""
    if wanted is str:
        return str(value)
    return (value,) if isinstance(value, str) else tuple(value)
