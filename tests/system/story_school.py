"""A school in which one pupil's story is typed day by day, and how that pupil stands on each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

import gspread
from browser_person import Tab
from town import Town

from server.demo.sample import SampleFile, load
from server.plans.register import Register
from server.plans.rules import findings
from server.workflows.survey import survey

SCHOOL = "S2"
PUPIL = "P90"
GRAVE = ("block", "red", "amber", "prompt")
STEPS = {0: "no plan", 1: "Assess", 2: "Plan", 3: "Do", 4: "Review"}


def empty_school() -> SampleFile:
    """The invented primary school with its staff and terms, and no pupil."""
    whole = load()
    kept = {"settings", "terms", "staff"}
    tables = {
        name: [row for row in rows if row.get("setting_id") in (None, SCHOOL)] if name in kept else []
        for name, rows in whole.tables.items()
    }
    return SampleFile(anchor=date(2025, 9, 8), tables=tables)


@dataclass
class Story:
    """What people type into the workbooks, on which day."""

    town: Town
    tabs: dict[str, Tab] = field(default_factory=dict)

    def on(self, day: str) -> None:
        """Another morning: for Google's clock and for the service's."""
        self.town.today = date.fromisoformat(day)
        moment = datetime.combine(self.town.today, time(9), UTC)
        self.town.sandbox.workspace.clock.set(moment)
        self.town.now = moment.timestamp()

    def tab(self, title: str) -> Tab:
        """A tab of the school's workbooks, which the SENCO keeps open."""
        if title not in self.tabs:
            self.tabs[title] = self.town.tab(title)
        return self.tabs[title]

    def write(self, title: str, cells: Mapping[str, object]) -> str:
        """Type a row into the first spare one of a tab; its id."""
        tab = self.tab(title)
        rows = tab.rows()
        key = tab.table.id_column.key if tab.table.id_column else ""
        place = rows[0].index(tab.table.column(key).header)
        first = rows[0].index(tab.table.column(next(iter(cells))).header)
        number = next(n for n in range(1, len(rows) + 1) if n == len(rows) or not _at(rows[n], first))
        self._type(title, rows[0], number + 1, cells)
        return str(cells.get(key) or _at(rows[number], place))

    def change(self, title: str, row_id: str, **cells: object) -> None:
        """Type into cells of a row that stands."""
        tab = self.tab(title)
        self._type(title, tab.rows("1:1")[0], tab.row_of(row_id), cells)

    def _type(self, title: str, headers: list[Any], row: int, cells: Mapping[str, object]) -> None:
        tab = self.tab(title)
        data = [
            {"range": f"'{title}'!{_corner(row, headers.index(tab.table.column(key).header))}", "values": [[value]]}
            for key, value in cells.items()
        ]
        body = {"valueInputOption": "USER_ENTERED", "data": data}
        tab.http.values_batch_update(tab.file_id, body)

    def register(self) -> Register:
        with self.town.run() as run:
            found = survey(run, SCHOOL)
        assert not found.problems, found.problems
        return Register(found.school, self.town.today)

    def stands(self) -> tuple[str, list[str]]:
        """The pupil's step, and each rule that has something to say with its gravest level."""
        register = self.register()
        steps = [live.step for live in register.live if live.pupil.pupil_id == PUPIL]
        said: dict[str, str] = {}
        for row in findings(register.school, self.town.today):
            if row.pupil_id == PUPIL and row.level in GRAVE:
                said.setdefault(row.rule, row.level)
        return STEPS[max(steps, default=0)], sorted(f"{rule} {level}" for rule, level in said.items())


def _at(row: list[Any], place: int) -> str:
    return str(row[place]).strip() if place < len(row) else ""


def _corner(row: int, place: int) -> str:
    return str(gspread.utils.rowcol_to_a1(row, place + 1))
