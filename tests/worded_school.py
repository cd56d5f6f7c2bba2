"""A school with a unique word in every cell that takes words, read through the workbook reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from server.plans.model import School
from server.plans.school import assemble
from sheets_templates import catalogue
from sheets_templates.cells import raw
from sheets_templates.readback import read
from sheets_templates.schema import Column, Table, Workbook

KNOWN = catalogue.load()
TODAY = date(2026, 11, 23)
MUM, DAD, OTHER = "C1", "C2", "C3"
"""Two households of the pupil P1, and one of the pupil P2."""

_FIXED: dict[tuple[str, str], object] = {
    ("contacts", "restriction_kind"): "none",
    ("contacts", "household"): "",
    ("pupils", "ready_to_share"): True,
    ("cycles", "stage"): "Do",
    ("meetings", "status"): "Held",
    ("views", "who"): "Parent",
    ("reviews", "date"): date(2026, 10, 5),
    ("views", "show_to_other_household"): False,
    ("parent_views", "show_to_other_household"): False,
}
_ROWS = {"contacts": ((MUM, "P1"), (DAD, "P1"), (OTHER, "P2"))}
_BY_CONTACT = ("notifications", "parent_views", "views")


def word(table: str, column: str, row: str) -> str:
    return f"w{table}x{column}x{row}".replace("_", "").lower()


def rows_of(table: Table) -> tuple[tuple[str, str], ...]:
    """Id and pupil of each row: one for each pupil; one for each contact where a contact says it."""
    if table.key in _ROWS:
        return _ROWS[table.key]
    if table.key in _BY_CONTACT:
        return ((f"{table.id_prefix}1", "P1"), (f"{table.id_prefix}2", "P1"), (f"{table.id_prefix}3", "P2"))
    return ((f"{table.id_prefix}1", "P1"), (f"{table.id_prefix}2", "P2"))


def contact_of(table: Table, own_id: str) -> str:
    return {f"{table.id_prefix}1": MUM, f"{table.id_prefix}2": DAD}.get(own_id, OTHER)


def values(table: Table) -> Iterator[dict[str, Any]]:
    for own_id, pupil in rows_of(table):
        yield {column.key: _value(table, column, own_id, pupil) for column in table.columns if not column.computed}


def _value(table: Table, column: Column, own_id: str, pupil: str) -> object:
    fixed = _FIXED.get((table.key, column.key))
    if fixed is not None:
        return fixed
    number = pupil.removeprefix("P")
    match column.kind:
        case "id":
            return own_id
        case "pupil":
            return pupil
        case "ref" | "refs":
            target = KNOWN.table(column.ref)
            return contact_of(table, own_id) if column.ref == "contacts" else f"{target.id_prefix}{number}"
        case "date":
            return TODAY
        case "bool":
            return True
        case "number" | "integer" | "rating" | "time":
            return None
        case "choice" | "choices":
            return column.choices[0].value
        case "link":
            return f"https://drive.example/{word(table.key, column.key, own_id)}"
    return word(table.key, column.key, own_id)


def worded_school() -> School:
    """Pupils P1 (two households) and P2, every table filled."""
    return assemble(_reading("senco"), [_reading("plan")])


def _reading(which: Workbook) -> Any:
    grids = {}
    for table in KNOWN.workbook(which):
        if table.service_owned or table.key == "settings":
            continue
        heads = [column.header for column in table.columns]
        body = [[raw(column, row.get(column.key)) for column in table.columns] for row in values(table)]
        grids[table.sheet_id] = [heads, *body]
    reading = read(KNOWN, which, grids)
    assert reading.problems == (), reading.problems
    return reading
