"""What a school begins with, and how its pupils' rows are dealt out to the plan workbooks of their groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from server.plans.groups import UNPLACED, WHOLE_SCHOOL, fold, group_named
from sheets_templates.ids import leading_id
from sheets_templates.schema import Catalogue

Rows = Sequence[Mapping[str, object]]
SHAPE_SETTING = "Plan workbooks"


@dataclass(frozen=True, kw_only=True)
class Starter:
    """What a school begins with. ``tables`` holds rows by table key; an empty school has none. ``shape`` says
    whether it has one plan workbook, or one for each class, year group or key stage."""

    school_id: str
    name: str
    time_zone: str = "Europe/London"
    tables: Mapping[str, Rows] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shape: str = WHOLE_SCHOOL

    def settings(self) -> Rows:
        """The Settings tab, where the shape of the workbooks can be read and changed."""
        rows = self.tables.get("settings", ())
        if any(fold(str(row.get("setting") or "")) == fold(SHAPE_SETTING) for row in rows):
            return rows
        return [*rows, {"setting": SHAPE_SETTING, "value": self.shape}]


def by_group(catalogue: Catalogue, starter: Starter) -> dict[str, dict[str, Rows]]:
    """The rows of each plan workbook by its group, in the order of the pupils; never without a workbook.

    A row that names none of the pupils goes to those without a class, so that nothing is lost."""
    tables = {key: rows for key, rows in starter.tables.items() if catalogue.table(key).workbook == "plan"}
    if starter.shape == WHOLE_SCHOOL:
        return {WHOLE_SCHOOL: tables}
    groups = {_id(row.get("pupil_id")): _group(starter.shape, row) for row in tables.get("pupils", ())}
    names: dict[str, str] = {}
    for group in groups.values():
        names.setdefault(fold(group), group)
    found: dict[str, dict[str, list[Mapping[str, object]]]] = {name: {} for name in names.values()}
    for key, rows in tables.items():
        for row in rows:
            pupil = _id(row.get("pupil_id" if key == "pupils" else "pupil"))
            group = names[fold(groups[pupil])] if pupil in groups else UNPLACED
            found.setdefault(group, {}).setdefault(key, []).append(row)
    return {group: dict(rows) for group, rows in found.items()} or {UNPLACED: {}}


def _group(shape: str, row: Mapping[str, object]) -> str:
    texts = {name: str(row.get(name) or "") for name in ("class_form", "year_group")}
    return group_named(shape, **texts)


def _id(value: object) -> str:
    return leading_id(str(value or ""))
