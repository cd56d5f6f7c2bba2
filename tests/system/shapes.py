"""A small school with a workbook for each of its four classes, two pupils in each."""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

import snapshots
from browser_person import Tab
from town import SMALL, TODAY, Town, small_sample

from sandbox.sheets.model import SheetsState
from server.demo.sample import SampleFile, Starter
from server.plans.groups import CLASS
from sheets_templates import catalogue

CLASSES = ("4 Oak", "5 Elm", "5 Ash", "6 Beech")
NAMES = {"4 Oak": "Olive Oakley", "5 Elm": "Erin Elmer", "5 Ash": "Asha Ashby", "6 Beech": "Bo Beecham"}


@functools.cache
def class_sample(classes: tuple[str, ...] = CLASSES, each: int = 2) -> SampleFile:
    """One pupil of the small school again and again, with another name and class; ``each`` in a class."""
    tables = small_sample().tables
    setting = {**next(r for r in tables["settings"] if r["setting_id"] == SMALL), "phase": "Primary"}
    senco = [r for r in tables["staff"] if r.get("setting_id") == SMALL and str(r.get("role")) == "SENCO"]
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in tables}
    for name in classes:
        made["staff"].append(_staff(f"T-{name.split()[1].lower()}", f"Teacher {name.split()[1]}", "Class teacher"))
        for number in range(1, each + 1):
            _pupil(tables, made, name, number)
    assistant = _staff("T-assist", "Ann Assist", "Assistant SENCO", "assistant@tannerfield.example")
    made["staff"] = [*senco, *made["staff"], assistant]
    kept = {"settings": [setting], "terms": tables["terms"]}
    return SampleFile(anchor=TODAY, tables={**made, **kept})


def _staff(staff_id: str, name: str, role: str, email: str = "") -> dict[str, Any]:
    address = email or f"teacher.{staff_id[2:]}@tannerfield.example"
    return {
        "staff_id": staff_id,
        "name": name,
        "role": role,
        "email": address,
        "external": False,
        "setting_id": SMALL,
    }


def _pupil(tables: Any, made: dict[str, list[dict[str, Any]]], name: str, number: int) -> None:
    def like(table: str, key: str, value: str) -> dict[str, Any]:
        return dict(next(row for row in tables[table] if row[key] == value))

    pupil_id = f"{name.split()[1][0]}{number}"
    first, last = NAMES[name].split()
    own = {"pupil_id": pupil_id, "cycle_id": f"{pupil_id}-C1"}
    made["pupils"].append(
        {
            **like("pupils", "pupil_id", "P10"),
            **own,
            "first_name": first if number == 1 else f"{first}-{number}",
            "last_name": last,
            "year_group": f"Y{name[0]}",
            "class_form": name,
            "accountable_staff_id": f"T-{name.split()[1].lower()}",
        }
    )
    made["cycles"].append({**like("cycles", "cycle_id", "P10-C3"), "plan_id": None, **own})
    made["outcomes"].append({**like("outcomes", "outcome_id", "P10-C3-O1"), **own, "outcome_id": f"{pupil_id}-O1"})
    made["contacts"].append(
        {
            **like("contacts", "contact_id", "C20"),
            **own,
            "contact_id": f"C-{pupil_id}",
            "household": f"{pupil_id}-H1",
            "email": f"parent.{pupil_id.lower()}@example.org",
        }
    )
    made["meetings"].append(
        {**like("meetings", "meeting_id", "M050"), **own, "meeting_id": f"M-{pupil_id}", "staff_present": ""}
    )


@dataclasses.dataclass
class ClassTown(Town):
    """A town whose plan workbooks are told by their class."""

    shape: str = CLASS

    @property
    def starter(self) -> Starter:
        return dataclasses.replace(super().starter, shape=self.shape)

    def set_shape(self, shape: str) -> None:
        """What the SENCO writes in Settings beside “Plan workbooks”."""
        tab = self.tab("Settings")
        tab.type("value", tab.column("setting").index("Plan workbooks") + 2, shape)

    def sheet_in(self, group: str, title: str) -> Any:
        """A tab as Google holds it, notes and looks too."""
        tab = self.tab_in(group, title)
        book = self.sandbox.workspace.service("sheets", SheetsState).books[tab.file_id]
        return next(sheet for sheet in book.sheets if sheet.sheet_id == tab.sheet_id)

    def cells_in(self, group: str, title: str, row_id: str) -> list[tuple[Any, Any, Any]]:
        """Value, note and look of the typed cells of a row."""
        tab, sheet = self.tab_in(group, title), self.sheet_in(group, title)
        row = tab.row_of(row_id) - 1
        cells = [sheet.cell(row, place) for place, column in enumerate(tab.table.columns) if not column.computed]
        return [(cell.value, cell.note, cell.format) for cell in cells]

    def tab_in(self, group: str, title: str) -> Tab:
        table = next(t for t in catalogue.load().tables.values() if t.title == title)
        file = self.files().plan_of(group)
        assert file, group
        return self.as_person(self.senco).open(file.file_id, table)

    def edit_in(self, group: str, tab: str, column: str, row: str, value: object) -> None:
        opened = self.tab_in(group, tab)
        opened.type(column, opened.row_of(row), value)


@functools.cache
def _begun(classes: tuple[str, ...], each: int) -> snapshots.Snapshot:
    town = ClassTown(snapshots.world_of(class_sample(classes, each), TODAY))
    town.begin()
    town.forget_calls()
    return snapshots.take(town.sandbox.workspace)


def class_town(
    classes: tuple[str, ...] = CLASSES, each: int = 2, *, begin: bool = True, shape: str = CLASS
) -> ClassTown:
    """The school by class, after its first round unless that is still to come."""
    town = ClassTown(snapshots.world_of(class_sample(classes, each), TODAY))
    if begin:
        snapshots.restore(town.world, _begun(classes, each))
    return ClassTown(town.world, shape=shape)
