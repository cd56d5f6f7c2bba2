"""A sheet as a child would keep it: each line is a slip of paper with a number, each range a pile of slips.

Rows and columns are tokens in two lists; what belongs to a line or a cell is found by token, so moving lines is
moving list items and nothing else. A range is the tokens that it covers: all those between its first and its last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

Axis = str
Box = tuple[int, int, int, int]


@dataclass
class Area:
    """What a range covers; None is everything along that axis."""

    rows: set[int] | None
    columns: set[int] | None
    column: int | None = None

    def tokens(self, axis: Axis) -> set[int] | None:
        return self.rows if axis == "ROWS" else self.columns

    def put(self, axis: Axis, tokens: set[int]) -> None:
        if axis == "ROWS":
            self.rows = tokens
        else:
            self.columns = tokens


@dataclass
class Naive:
    rows: list[int]
    columns: list[int]
    fresh: Any = field(default_factory=lambda: count(1000))
    cells: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    lines: dict[int, dict[str, Any]] = field(default_factory=dict)
    areas: dict[str, list[Area]] = field(default_factory=dict)

    def order(self, axis: Axis) -> list[int]:
        return self.rows if axis == "ROWS" else self.columns

    def cell(self, row: int, column: int) -> dict[str, Any]:
        """The cell at two places, to be written on."""
        return self.cells.setdefault((self.rows[row], self.columns[column]), {})

    def line(self, axis: Axis, place: int) -> dict[str, Any]:
        return self.lines.setdefault(self.order(axis)[place], {})

    def area(self, box: Box) -> Area:
        top, bottom, left, right = box
        return Area(set(self.rows[top:bottom]), set(self.columns[left:right]))

    def box(self, area: Area) -> Box:
        """Where an area is: first row, end row, first column, end column; -1 where it has no end."""
        return (*self._span("ROWS", area), *self._span("COLUMNS", area))

    def _span(self, axis: Axis, area: Area) -> tuple[int, int]:
        tokens, order = area.tokens(axis), self.order(axis)
        if tokens is None:
            return (0, -1)
        places = [order.index(token) for token in tokens]
        return (min(places), max(places) + 1)

    def merges(self) -> list[Area]:
        return self.areas.setdefault("merges", [])

    def insert(self, axis: Axis, at: int, number: int, model: int) -> None:
        """New lines with the size, the bold and the rules of the line that is at ``model`` now."""
        like = self.order(axis)[model]
        new = [next(self.fresh) for _ in range(number)]
        self.order(axis)[at:at] = new
        for token in new:
            if "size" in self.lines.get(like, {}):
                self.lines[token] = {"size": self.lines[like]["size"]}
            for (row, column), cell in list(self.cells.items()):
                kept: dict[str, Any] = {name: cell[name] for name in ("rule", "bold") if name in cell}
                if kept and like == (row if axis == "ROWS" else column):
                    self.cells[(token, column) if axis == "ROWS" else (row, token)] = kept
        self._close_gaps(axis)

    def delete(self, axis: Axis, start: int, end: int) -> None:
        gone = set(self.order(axis)[start:end])
        del self.order(axis)[start:end]
        self._without(axis, lambda tokens: tokens - gone)
        for area in self._every():
            if axis == "COLUMNS" and area.column in gone:
                area.column = None

    def move(self, axis: Axis, start: int, end: int, to: int) -> None:
        block = self.order(axis)[start:end]
        before = [token for token in self.order(axis)[:to] if token not in block]
        after = [token for token in self.order(axis)[to:] if token not in block]
        self.order(axis)[:] = before + block + after
        self._without(axis, lambda tokens: tokens if tokens <= set(block) else tokens - set(block))

    def parts_a_merge(self, axis: Axis, start: int, end: int, to: int) -> bool:
        order, block = self.order(axis), set(self.order(axis)[start:end])
        for merge in self.merges():
            tokens = merge.tokens(axis) or set()
            places = [order.index(token) for token in tokens]
            if (tokens & block and not tokens <= block) or min(places) < to <= max(places):
                return True
        return False

    def sort(self, box: Box, column: int, *, descending: bool) -> None:
        """Contents and tags change rows; heights and what is hidden stay."""
        top, bottom, left, right = box
        within = self.columns[left:right]
        places = [row for row in self.rows[top:bottom] if not self._hidden(row)]
        contents = {row: {token: self.cells.pop((row, token), {}) for token in within} for row in places}
        tags = {row: self.lines.setdefault(row, {}).pop("tag", None) for row in places}
        merged = {row: [area for area in self.merges() if area.rows == {row}] for row in places}
        key = self.columns[column]
        order = _sorted(places, lambda row: contents[row][key].get("value"), descending=descending)
        for new, old in zip(places, order, strict=True):
            for token, cell in contents[old].items():
                if cell:
                    self.cells[new, token] = cell
            if tags[old] is not None:
                self.lines[new]["tag"] = tags[old]
            for area in merged[old]:
                if area.columns is not None and area.columns <= set(within):
                    area.rows = {new}

    def merge(self, area: Area) -> None:
        """Of all values the first one read stays, top left."""
        inside = [(row, column) for row in self.rows for column in self.columns if self._in(area, row, column)]
        values = [self.cells[place].pop("value") for place in inside if "value" in self.cells.get(place, {})]
        if values:
            self.cells.setdefault(inside[0], {})["value"] = values[0]
        rows, columns = area.rows or set(), area.columns or set()
        kept = [m for m in self.merges() if not ((m.rows or set()) <= rows and (m.columns or set()) <= columns)]
        self.areas["merges"] = [*kept, area]

    def meeting(self, area: Area) -> list[Area]:
        """The merges that share a cell with an area."""
        rows, columns = area.rows or set(), area.columns or set()
        return [m for m in self.merges() if (m.rows or set()) & rows and (m.columns or set()) & columns]

    def _in(self, area: Area, row: int, column: int) -> bool:
        return row in (area.rows or ()) and column in (area.columns or ())

    def _hidden(self, row: int) -> bool:
        line = self.lines.get(row, {})
        return bool(line.get("hidden") or line.get("filtered"))

    def _every(self) -> Iterable[Area]:
        return [area for areas in self.areas.values() for area in areas]

    def _without(self, axis: Axis, rest: Callable[[set[int]], set[int]]) -> None:
        for name, areas in self.areas.items():
            for area in areas:
                tokens = area.tokens(axis)
                if tokens is not None:
                    area.put(axis, rest(tokens))
            self.areas[name] = [area for area in areas if area.rows != set() and area.columns != set()]
        self._close_gaps(axis)
        self.areas["merges"] = [m for m in self.merges() if len(m.rows or ()) * len(m.columns or ()) > 1]

    def _close_gaps(self, axis: Axis) -> None:
        order = self.order(axis)
        for area in self._every():
            tokens = area.tokens(axis)
            if tokens:
                places = [order.index(token) for token in tokens]
                area.put(axis, set(order[min(places) : max(places) + 1]))


def _sorted(rows: list[int], value: Callable[[int], Any], *, descending: bool) -> list[int]:
    """Numbers before texts, the other way round when descending; nothing comes last."""
    numbers = [row for row in rows if isinstance(value(row), float)]
    texts = [row for row in rows if isinstance(value(row), str)]
    nothing = [row for row in rows if value(row) is None]
    numbers.sort(key=value, reverse=descending)
    texts.sort(key=lambda row: value(row).casefold(), reverse=descending)
    return [*(texts + numbers if descending else numbers + texts), *nothing]
