"""Where the columns of a table stand in somebody's tab, and where new ones come in between.

The answer is the table itself, its columns in today's order, so that whatever makes columns of a template makes them
in the right places of this tab too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_templates.readback_headers import find_layout
from sheets_templates.schema import Column, Table
from sheets_templates.standing import StandingTab
from sheets_templates.workbook_version import first_given

Request = dict[str, object]
_OWN = "\0"
"""Before the number that a school's own column is known by: no column of ours has such a key."""


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """A table as its tab will stand: ``table`` has today's title and order of columns, ``new`` are the keys of the
    columns that ``inserts`` make room for, ``header_row`` is counted from 0, ``given`` what the tab had."""

    tab: StandingTab
    table: Table
    header_row: int
    given: Mapping[str, str]
    new: tuple[str, ...] = ()
    inserts: tuple[Request, ...] = ()


def arrange(table: Table, tab: StandingTab) -> Arrangement:
    """The tab with room for every column of the table that it was never given.

    A column that somebody deleted stays deleted, unless plans can't do without it. Nothing that is there is moved,
    except to the right of what comes in before it."""
    tags = {(table.sheet_id, place): key for place, key in tab.tags.items()}
    layout = find_layout(table, tab.grid, tab.title, tags)
    made = _Room(tab, layout.header_row, _order(tab, layout.places))
    given = first_given().get(table.key, {}) if tab.given is None else tab.given
    new = _wanted(table, given, made.order)
    for key in new:
        made.insert(table, key)
    columns = tuple(_column(table, key) for key in made.order)
    return Arrangement(
        tab=tab,
        table=replace(table, title=tab.title, columns=columns),
        header_row=layout.header_row,
        given=given,
        new=new,
        inserts=tuple(made.inserts),
    )


def _order(tab: StandingTab, places: Mapping[str, int]) -> list[str]:
    keys = {place: key for key, place in places.items()}
    return [keys.get(place, f"{_OWN}{place}") for place in range(max([tab.columns, *(at + 1 for at in keys)]))]


def _column(table: Table, key: str) -> Column:
    return Column(key=key, header="", kind="text") if key.startswith(_OWN) else table.column(key)


def _wanted(table: Table, given: Mapping[str, str], order: Sequence[str]) -> tuple[str, ...]:
    """The columns to add; a label only where everything it is made of stands or comes."""
    lacking = [column for column in table.columns if column.key not in order]
    wanted = [column for column in lacking if column.key not in given or _is_needed(column)]
    keys = {*order, *(column.key for column in wanted)}
    return tuple(column.key for column in wanted if all(part.column in keys for part in column.parts))


def _is_needed(column: Column) -> bool:
    """Whether plans can't do without the column. Lost ids can't be made up: their column stays away."""
    return column.kind == "label" or (column.required == "M" and column.kind != "id")


class _Room:
    """Makes room for one column after another."""

    def __init__(self, tab: StandingTab, header_row: int, order: list[str]) -> None:
        self.sheet_id = tab.sheet_id
        self.order = order
        self.inserts: list[Request] = []
        self._merged = [(m.left, m.right) for m in tab.merges if m.top <= header_row < m.bottom]

    def insert(self, table: Table, key: str) -> None:
        at = self._clear(self._beside_neighbours(table, key))
        self.inserts.append(self._request(at))
        self.order.insert(at, key)
        self._merged = [(left + (left >= at), right + (right > at)) for left, right in self._merged]

    def _beside_neighbours(self, table: Table, key: str) -> int:
        """Behind the nearest column that stands before it in the template, else before the nearest behind it."""
        place = table.positions[key]
        for before in reversed(table.columns[:place]):
            if before.key in self.order:
                return self.order.index(before.key) + 1
        behind = (self.order.index(each.key) for each in table.columns[place + 1 :] if each.key in self.order)
        return next(behind, len(self.order))

    def _clear(self, at: int) -> int:
        """Behind merged headers rather than among them: what stands there would be out of sight."""
        while spanning := next(self._spanning(at), 0):
            at = spanning
        return at

    def _spanning(self, at: int) -> Iterator[int]:
        return (right for left, right in self._merged if left < at < right)

    def _request(self, at: int) -> Request:
        if at >= len(self.order):
            return {"appendDimension": {"sheetId": self.sheet_id, "dimension": "COLUMNS", "length": 1}}
        span = {"sheetId": self.sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
        return {"insertDimension": {"range": span, "inheritFromBefore": False}}
