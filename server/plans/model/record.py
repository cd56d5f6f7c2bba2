"""A row of a table, and what could not be read of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

Day = date
"""The type of a date, for records that call a field ``date``."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row of a table, with the address of each of its cells. ``declared`` names a kind's fields and their types,
    ``id_field`` the one that holds its id."""

    id_field: ClassVar[str] = ""
    declared: ClassVar[Mapping[str, str]] = {}
    cells: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def __init_subclass__(cls) -> None:
        cls.declared = dict(cls.__annotations__)
        cls.id_field = next((name for name in cls.declared if name.endswith("_id")), "")

    def cell(self, name: str) -> str:
        """The address of a field's cell; of the row's first known cell where that column is missing."""
        return self.cells.get(name) or next(iter(self.cells.values()), "")

    @property
    def id(self) -> str:
        """The row's own id; "" for a row without one."""
        return str(getattr(self, self.id_field, ""))

    @property
    def whose(self) -> str:
        """The id of the pupil that the row is, or is about."""
        return str(getattr(self, "pupil", "") or getattr(self, "pupil_id", ""))


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
