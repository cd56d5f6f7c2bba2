"""A workbook's grids read back as typed rows, however people have moved, renamed, sorted and typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat, zip_longest

from sheets_templates.address import address, letters, quoted
from sheets_templates.readback_headers import ColumnTags, Layout, find_layout
from sheets_templates.readback_values import Known, is_blank, read_cells
from sheets_templates.reading import DuplicateId, MissingId, Reading, Row, RowCells, TableReading, fingerprint
from sheets_templates.schema import Catalogue, Cell, CellProblem, Column, Grid, Table, Workbook
from sheets_templates.text import tidy

__all__ = ["DuplicateId", "MissingId", "Reading", "Row", "TableReading", "fingerprint", "read"]

_NO_TAB = "The tab '{title}' is missing, so nothing in it can be read. Bring it back: File, Version history."
_NO_PUPIL = (
    "This row does not say which pupil it is about, so it is not used. Pick the pupil. In merged cells only the "
    "first row has one: unmerge them."
)
_EMPTY: frozenset[Cell] = frozenset({"", None})


@dataclass(frozen=True, kw_only=True)
class _Tab:
    """A table's grid with what was found out about it: its layout and the rows that hold something."""

    table: Table
    grid: Grid
    title: str
    layout: Layout
    content: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class _ColumnRead:
    """A column's place, its values in the rows that hold something (None where there is none), and by the number of
    such a row why its cell could not be understood."""

    column: Column
    place: int
    values: Sequence[object]
    unread: Mapping[int, str]


def read(
    catalogue: Catalogue,
    which: Workbook,
    grids: Mapping[int, Sequence[Sequence[Cell]]],
    *,
    titles: Mapping[int, str] | None = None,
    column_tags: ColumnTags | None = None,
    known: Mapping[str, Collection[str]] | None = None,
    absent: Collection[int] = (),
    older: bool = False,
) -> Reading:
    """Every table of a workbook from its raw values by sheet id (ragged rows, dates as serial numbers).

    ``titles`` are today's tab titles, for addresses; ``column_tags`` the column keys by (sheet id, position) that
    developer metadata carries; ``known`` the ids of tables in the other workbook, to check references against;
    ``absent`` the sheet ids of tabs that the workbook lacks. Of an ``older`` version's workbook nobody is told what
    it lacks: an upgrade adds it.
    Each cell not understood is one problem and reads as empty; the rest of its row is read. Never raises for
    what people typed."""
    tabs = [
        _open(
            table,
            grids.get(table.sheet_id, ()),
            (titles or {}).get(table.sheet_id, table.title),
            column_tags,
            older=older,
        )
        for table in catalogue.workbook(which)
        if table.sheet_id not in absent
    ]
    ids: dict[str, Known] = {key: {name.casefold(): name for name in names} for key, names in (known or {}).items()}
    ids |= {tab.table.key: _ids(tab) for tab in tabs if "" not in _id_key(tab)}
    problems = [] if older else _lacking(catalogue, which, absent)
    tables = {tab.table.key: _read_table(catalogue, tab, ids, problems) for tab in tabs}
    missing = tuple((tab.table.key, key) for tab in tabs for key in tab.layout.missing)
    return Reading(tables=tables, problems=tuple(problems), missing_columns=missing, older=older)


def _lacking(catalogue: Catalogue, which: Workbook, absent: Collection[int]) -> list[CellProblem]:
    """One problem for each tab that was deleted, unless the template could do without it."""
    gone = [t for t in catalogue.workbook(which) if t.sheet_id in absent and not t.optional]
    return [CellProblem(cell=address(table.title, 0, 0), message=_NO_TAB.format(title=table.title)) for table in gone]


def _open(table: Table, rows: Sequence[Sequence[Cell]], title: str, tags: ColumnTags | None, *, older: bool) -> _Tab:
    grid: Grid = tuple(tuple(row) for row in rows)
    layout = find_layout(table, grid, title, tags, older=older)
    places = [
        layout.places[column.key] for column in table.inputs if column.kind != "id" and column.key in layout.places
    ]
    first = layout.header_row + 1
    content = [first + row for row in _filled(grid[first:], places)]
    return _Tab(table=table, grid=grid, title=title, layout=layout, content=content)


def _filled(rows: Sequence[Sequence[Cell]], places: Sequence[int]) -> list[int]:
    """Which rows hold something in one of these places."""
    columns = list(zip_longest(*rows))
    empty: Sequence[int] = range(len(rows))
    for column in (columns[place] for place in places if place < len(columns)):
        if not _EMPTY.issuperset(map(column.__getitem__, empty)):
            empty = [row for row in empty if is_blank(column[row])]
    return sorted(set(range(len(rows))).difference(empty))


def _id_key(tab: _Tab) -> tuple[str]:
    """The key of the id column where the tab has one and it was found, else ""."""
    column = tab.table.id_column
    return (column.key if column and column.key in tab.layout.places else "",)


def _ids(tab: _Tab) -> Known:
    """The ids of rows that hold something, by their case-folded form."""
    (key,) = _id_key(tab)
    place = tab.layout.places[key]
    texts = (tidy(str(_cell(tab.grid[index], place) or "")) for index in tab.content)
    return {text.casefold(): text for text in texts if text}


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else None


def _read_table(
    catalogue: Catalogue, tab: _Tab, ids: Mapping[str, Known], problems: list[CellProblem]
) -> TableReading:
    problems += tab.layout.problems
    columns = list(_read_columns(catalogue, tab, ids))
    rows = list(_rows(tab, columns))
    unread = sorted((at, number) for number, column in enumerate(columns) for at in column.unread)
    problems += (_problem(rows[at], columns[number], columns[number].unread[at]) for at, number in unread)
    problems += _nobodys(tab, rows)
    return _sorted_out(tab, rows, frozenset(rows[at].id for at, _ in unread if rows[at].id))


def _read_columns(catalogue: Catalogue, tab: _Tab, ids: Mapping[str, Known]) -> Iterator[_ColumnRead]:
    """Every column that was found, over the rows that hold something."""
    cells = list(zip_longest(*(tab.grid[index] for index in tab.content)))
    nothing = (None,) * len(tab.content)
    for column in tab.table.inputs:
        place = tab.layout.places.get(column.key)
        if place is not None:
            where = catalogue.table(column.ref).title if column.ref else ""
            own = cells[place] if place < len(cells) else nothing
            values, unread = read_cells(column, own, ids.get(column.ref), where)
            yield _ColumnRead(column=column, place=place, values=values, unread=unread)


def _rows(tab: _Tab, columns: Sequence[_ColumnRead]) -> Iterator[Row]:
    """The rows that hold something, from their columns."""
    named = [str(value or "") for column in columns if column.column.kind == "id" for value in column.values]
    told = [column for column in columns if column.column.kind != "id"]
    keys = [column.column.key for column in told]
    addresses = {column.column.key: f"{quoted(tab.title)}!{letters(column.place)}" for column in columns}
    for index, own, values in zip(
        tab.content, named or repeat(""), zip(*(column.values for column in told), strict=True), strict=False
    ):
        found = {key: value for key, value in zip(keys, values, strict=True) if value is not None}
        yield Row(id=own, values=found, cells=RowCells(addresses, index + 1), row_index=index)


def _problem(row: Row, column: _ColumnRead, message: str) -> CellProblem:
    return CellProblem(cell=row.cells[column.column.key], message=message)


def _nobodys(tab: _Tab, rows: Sequence[Row]) -> Iterator[CellProblem]:
    """A problem for each row under another one's pupil that names none, as in merged cells all but the first do."""
    for column in tab.table.inputs:
        if column.kind == "pupil" and column.required == "M" and column.key in tab.layout.places:
            place = tab.layout.places[column.key]
            named = [not is_blank(_cell(tab.grid[row.row_index], place)) for row in rows]
            first = named.index(True) if True in named else len(rows)
            for row, is_named in zip(rows[first:], named[first:], strict=True):
                if not is_named:
                    yield CellProblem(cell=row.cells[column.key], message=_NO_PUPIL)


def _sorted_out(tab: _Tab, rows: Sequence[Row], hurt: frozenset[str]) -> TableReading:
    """Rows with ids of their own, apart from those that lack one and those that carry another row's."""
    (key,) = _id_key(tab)
    good: list[Row] = []
    missing: list[MissingId] = []
    doubled: list[DuplicateId] = []
    seen: set[str] = set()
    for row in rows:
        if not tab.table.id_column:
            good.append(row)
        elif key and not row.id:
            if is_blank(_cell(tab.grid[row.row_index], tab.layout.places[key])):
                missing.append(MissingId(row_index=row.row_index, label=_label(tab, row), row=row))
        elif key and row.id.casefold() in seen:
            doubled.append(DuplicateId(id=row.id, row_index=row.row_index, label=_label(tab, row), row=row))
        elif key:
            seen.add(row.id.casefold())
            good.append(row)
    return TableReading(
        rows=tuple(good),
        unreadable_ids=hurt | {row.id for row in doubled},
        missing_ids=tuple(missing),
        duplicate_ids=tuple(doubled),
        columns=tab.layout.places,
        header_row=tab.layout.header_row,
        size=max(0, len(tab.grid) - tab.layout.header_row - 1),
    )


def _label(tab: _Tab, row: Row) -> str:
    """The first two texts of a row, to recognise it by."""
    cells = tab.grid[row.row_index]
    texts = (
        tidy(str(_cell(cells, tab.layout.places[key]) or ""))
        for key in tab.table.positions
        if key in row.values and tab.table.column(key).kind != "bool"
    )
    return " · ".join([text for text in texts if text][:2])
