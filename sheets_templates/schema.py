"""What a table, a column and a choice list are. Records only; ``catalogue`` fills them from TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from sheets_templates.text import comparable

Cell = str | float | int | bool | None
Grid = tuple[tuple[Cell, ...], ...]

Workbook = Literal["senco", "plan"]
Kind = Literal[
    "id",
    "label",
    "text",
    "longtext",
    "lines",
    "link",
    "number",
    "integer",
    "rating",
    "date",
    "time",
    "bool",
    "choice",
    "choices",
    "pupil",
    "ref",
    "refs",
    "lookup",
]
Required = Literal["M", "R", "o", "auto"]
Audience = Literal["P", "S", "A"]

COMPUTED: frozenset[str] = frozenset({"label", "lookup"})
TEXTUAL: frozenset[str] = frozenset(
    {"id", "text", "longtext", "lines", "link", "choice", "choices", "pupil", "ref", "refs"}
)
CHOSEN: frozenset[str] = frozenset({"choice", "choices"})
REFERENCES: frozenset[str] = frozenset({"pupil", "ref", "refs"})


@dataclass(frozen=True, kw_only=True)
class CellProblem:
    """A cell that can't be used: its address (``"Plan!F17"``) and one plain sentence."""

    cell: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A passage of law or guidance. ``checked`` says whether its wording was read, not recalled."""

    key: str
    citation: str
    says: str = ""
    checked: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One choice: what the cell holds, what it means, what else people write; ``said`` is the school's word."""

    value: str
    label: str = ""
    aliases: tuple[str, ...] = ()
    said: str = ""

    @property
    def offered(self) -> str:
        """What a dropdown lists."""
        return self.said or self.value


@dataclass(frozen=True, kw_only=True)
class ChoiceList:
    key: str
    title: str
    version: str
    choices: tuple[Choice, ...]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(choice.value for choice in self.choices)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One piece of a label: a column of the same row, cut to ``limit`` characters (0: whole)."""

    column: str
    limit: int = 0


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """What a lookup column shows of the row of ``table`` that carries ``kind`` and this row's id.

    With ``link`` the cell is a link to ``link_prefix`` + that column, reading ``text`` or else ``show``."""

    table: str
    kind: str
    show: str
    link: str = ""
    link_prefix: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Highlight:
    """Rows (or single cells) coloured where a column equals one of ``equals`` or contains ``contains``."""

    column: str
    colour: str
    equals: tuple[str, ...] = ()
    contains: str = ""
    whole_row: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table. ``key`` is the field's name in the records; ``header`` is what people see.

    ``required``: M to start a plan, R at review, o optional, auto computed. ``audience``: P goes into the parents'
    copy, S staff only, A staff and the parent who said it. ``open`` choices accept other words too."""

    key: str
    header: str
    kind: Kind
    help: str = ""
    source: str = ""
    required: Required = "o"
    audience: Audience = "S"
    options: str = ""
    choices: tuple[Choice, ...] = ()
    open: bool = False
    ref: str = ""
    dropdown: bool = True
    parts: tuple[Part, ...] = ()
    lookup: Lookup | None = None
    minimum: float | None = None
    maximum: float | None = None
    aliases: tuple[str, ...] = ()
    width: int = 120
    hidden: bool = False

    @property
    def computed(self) -> bool:
        """Whether a formula fills the column, so that nobody types in it and nothing is read from it."""
        return self.kind in COMPUTED

    @property
    def many(self) -> bool:
        return self.kind in ("refs", "choices", "lines")

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        """What people write for each choice, as ``comparable`` has it: its value, then its meaning and other words
        that no value uses."""
        found = {comparable(choice.value): choice.value for choice in self.choices}
        for choice in self.choices:
            for text in filter(None, (choice.said, choice.label, *choice.aliases)):
                found.setdefault(comparable(text), choice.value)
        return found


def limits(column: Column) -> tuple[float | None, float | None]:
    """The smallest and largest number a column takes."""
    return (1, 10) if column.kind == "rating" else (column.minimum, column.maximum)


@dataclass(frozen=True, kw_only=True)
class Table:
    """One tab of a workbook. ``service_owned`` tabs are written by the service alone; an ``optional`` one stays out
    of sight until it has rows or somebody shows it."""

    key: str
    title: str
    workbook: Workbook
    sheet_id: int
    columns: tuple[Column, ...]
    help: str = ""
    id_prefix: str = ""
    spare_rows: int = 0
    colour: str = "#5F6368"
    frozen_columns: int = 0
    hidden: bool = False
    optional: bool = False
    service_owned: bool = False
    highlights: tuple[Highlight, ...] = ()

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where the workbook is made with each column, counted from 0."""
        return {column.key: index for index, column in enumerate(self.columns)}

    @cached_property
    def id_column(self) -> Column | None:
        return next((column for column in self.columns if column.kind == "id"), None)

    @cached_property
    def label_column(self) -> Column | None:
        return next((column for column in self.columns if column.kind == "label"), None)

    @cached_property
    def inputs(self) -> tuple[Column, ...]:
        """The columns that are read: everything but formulas."""
        return tuple(column for column in self.columns if not column.computed)

    @cached_property
    def headings(self) -> Mapping[str, tuple[str, int]]:
        """Column key and rank by each text that may head a column, as ``comparable`` has it: headers (0) before
        aliases (1) before the keys themselves (2)."""
        ranked = [
            *((column.header, column.key, 0) for column in self.columns),
            *((alias, column.key, 1) for column in self.columns for alias in column.aliases),
            *((column.key, column.key, 2) for column in self.columns),
        ]
        return {comparable(text): (key, rank) for text, key, rank in reversed(ranked)}

    def column(self, key: str) -> Column:
        return self.columns[self.positions[key]]


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Every table, choice list and statutory reference, checked against one another.

    ``version`` is that of the workbooks made from it, counted from 1."""

    tables: Mapping[str, Table]
    lists: Mapping[str, ChoiceList] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    version: int = 1

    def table(self, key: str) -> Table:
        return self.tables[key]

    def workbook(self, which: Workbook) -> tuple[Table, ...]:
        """The tables of one workbook in the order of their tabs, hidden ones last."""
        chosen = [table for table in self.tables.values() if table.workbook == which]
        return tuple(sorted(chosen, key=lambda table: (table.hidden, table.sheet_id)))
