"""A row of a table, and what could not be read of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Day = date
"""The type of a date, for records that call a field ``date``."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row of a table, with the address of each of its cells."""

    cells: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def cell(self, name: str) -> str:
        """The address of a field's cell; of the row's first known cell where that column is missing."""
        return self.cells.get(name) or next(iter(self.cells.values()), "")


@dataclass(frozen=True, kw_only=True)
class Paper(Record):
    """One row of a tab that has no record of its own: a profile, a letter's form, a move … ``values`` by column."""

    paper_id: str
    pupil: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A cell we could not read: its address, what is wrong and what to do, in one plain sentence."""

    cell: str
    message: str
