"""A school's workbook as cells: values as shown, merges, fills, struck-out text, hidden parts. Bounded, inert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from sheets_templates.address import letters
from sheets_templates.text import MAX_CELL, tidy

MAX_CELLS = 200_000
MAX_TABS = 200


class BadFile(Exception):
    """A file that can't be read safely; the message is a sentence for the person who chose it."""


@dataclass(frozen=True, kw_only=True)
class SourceCell:
    """One cell that holds something. ``row`` and ``column`` count from 0; ``formula`` where the value was worked
    out; ``fill`` is a colour, "" for none."""

    tab: str
    row: int
    column: int
    value: object = None
    formula: bool = False
    fill: str = ""
    struck: bool = False
    bold: bool = False
    address: str = ""

    @property
    def text(self) -> str:
        return shown(self.value)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One tab. ``merges`` are (top, left, bottom, right), all inside; ``fills`` are coloured cells with no value."""

    title: str
    cells: Mapping[tuple[int, int], SourceCell]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False

    @cached_property
    def rows(self) -> Mapping[int, tuple[SourceCell, ...]]:
        """The cells of each row that has any, from left to right."""
        found: dict[int, list[SourceCell]] = {}
        for place in sorted(self.cells):
            found.setdefault(place[0], []).append(self.cells[place])
        return {row: tuple(cells) for row, cells in found.items()}

    @cached_property
    def spans(self) -> Mapping[tuple[int, int], tuple[int, int, int, int]]:
        """Each merged cell's range."""
        return {(r, c): m for m in self.merges for r in range(m[0], m[2] + 1) for c in range(m[1], m[3] + 1)}

    def at(self, row: int, column: int) -> SourceCell | None:
        """The cell shown there: of a merged range its first."""
        span = self.spans.get((row, column))
        return self.cells.get((span[0], span[1]) if span else (row, column))

    def width(self, cell: SourceCell) -> int:
        span = self.spans.get((cell.row, cell.column))
        return span[3] - span[1] + 1 if span else 1

    def transposed(self) -> Tab:
        """The same tab with rows and columns exchanged; cells keep their addresses."""
        cells = {
            (c.column, c.row): SourceCell(**{**vars(c), "row": c.column, "column": c.row})
            for c in self.cells.values()
        }
        return Tab(
            title=self.title,
            cells=cells,
            merges=tuple((left, top, right, bottom) for top, left, bottom, right in self.merges),
            fills={(c, r): colour for (r, c), colour in self.fills.items()},
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
        )


Book = tuple[Tab, ...]


def shown(value: object) -> str:
    """A value as a person reads it, dates as ISO."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)


def book_of_values(tabs: Mapping[str, Sequence[Sequence[object]]]) -> Book:
    """A book from plain values by tab title, as the Sheets API gives them. Raises BadFile where it is too large."""
    if sum(len(row) for grid in tabs.values() for row in grid) > MAX_CELLS or len(tabs) > MAX_TABS:
        raise BadFile(f"This sheet has more than {MAX_CELLS:,} cells or {MAX_TABS} tabs. Copy out the part you need.")
    return tuple(
        Tab(
            title=title,
            cells={
                (r, c): SourceCell(tab=title, row=r, column=c, value=sound(value), address=f"{letters(c)}{r + 1}")
                for r, row in enumerate(grid)
                for c, value in enumerate(row)
                if not is_blank(value)
            },
        )
        for title, grid in tabs.items()
    )


def is_blank(value: object) -> bool:
    """Whether a value is nothing, or spaces."""
    return value is None or (isinstance(value, str) and not tidy(value))


def sound(value: object) -> object:
    """Text without control characters and no longer than a cell holds; other values as they are."""
    return tidy(value)[:MAX_CELL] if isinstance(value, str) else value
