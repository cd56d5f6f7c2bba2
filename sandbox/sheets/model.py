"""The nouns of a spreadsheet. Cells are values that are never changed in place, so a whole book is copied cheaply
before each write and put back only when everything in it succeeded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.sheets.box import Axis, Box

Json = Mapping[str, Any]
NOTHING: Json = {}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as typed, with its equals sign."""

    text: str


Entered = str | float | bool | Formula | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell as people left it: what was entered, its format, note and rule. None means nothing was entered."""

    value: Entered = None
    format: Json = field(default_factory=dict)
    note: str = ""
    validation: Json | None = None
    extra: Json = field(default_factory=dict)

    def number_format(self) -> Json:
        found: Json = self.format.get("numberFormat", NOTHING)
        return found


EMPTY = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Developer metadata without its place: it hangs on the row, column, sheet or book that it describes.

    ``project`` is the OAuth client that made it; with PROJECT visibility no other client sees it."""

    id: int
    key: str
    value: str = ""
    visibility: str = "DOCUMENT"
    project: str = ""


@dataclass(slots=True)
class Line:
    """A row or a column itself: size, visibility and the metadata that travels with it.

    ``depth`` is how many groups hold it; ``collapsed`` are the depths of the collapsed groups that begin with it."""

    properties: dict[str, Any] = field(default_factory=dict)
    metadata: tuple[Metadata, ...] = ()
    depth: int = 0
    collapsed: frozenset[int] = frozenset()

    def copy(self) -> Line:
        return Line(dict(self.properties), self.metadata, self.depth, self.collapsed)


@dataclass(slots=True)
class Row(Line):
    """A row with its cells; cells past the end of the list are empty."""

    cells: list[Cell] = field(default_factory=list)

    def copy(self) -> Row:
        return Row(dict(self.properties), self.metadata, self.depth, self.collapsed, list(self.cells))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranged:
    """A thing that covers cells (named range, protection, banding, rule, merge): its boxes and its other JSON."""

    boxes: tuple[Box, ...]
    body: Json = field(default_factory=dict)


@dataclass(kw_only=True)
class Sheet:
    """One tab. ``rows`` and ``columns`` hold only the lines that something was ever put on.

    A chart's own tab has no grid: no rows, no columns. ``charts`` and ``slicers`` are Google's JSON."""

    sheet_id: int
    title: str
    row_count: int = 1000
    column_count: int = 26
    properties: dict[str, Any] = field(default_factory=dict)
    grid: dict[str, Any] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    columns: list[Line] = field(default_factory=list)
    metadata: tuple[Metadata, ...] = ()
    merges: tuple[Ranged, ...] = ()
    conditional_formats: tuple[Ranged, ...] = ()
    bands: tuple[Ranged, ...] = ()
    protections: tuple[Ranged, ...] = ()
    basic_filter: Ranged | None = None
    filter_views: tuple[Ranged, ...] = ()
    tables: tuple[Ranged, ...] = ()
    charts: tuple[Json, ...] = ()
    slicers: tuple[Json, ...] = ()

    def copy(self) -> Sheet:
        return replace(
            self,
            properties=dict(self.properties),
            grid=dict(self.grid),
            rows=[row.copy() for row in self.rows],
            columns=[column.copy() for column in self.columns],
        )

    def cell(self, row: int, column: int) -> Cell:
        if row < len(self.rows):
            cells = self.rows[row].cells
            if column < len(cells):
                return cells[column]
        return EMPTY

    def put(self, row: int, column: int, cell: Cell) -> None:
        line = self.row(row)
        while len(line.cells) <= column:
            line.cells.append(EMPTY)
        line.cells[column] = cell

    def row(self, index: int) -> Row:
        while len(self.rows) <= index:
            self.rows.append(Row())
        return self.rows[index]

    def column(self, index: int) -> Line:
        while len(self.columns) <= index:
            self.columns.append(Line())
        return self.columns[index]

    def line(self, axis: Axis, index: int) -> Line:
        return self.row(index) if axis == "ROWS" else self.column(index)

    def count(self, axis: Axis) -> int:
        return self.row_count if axis == "ROWS" else self.column_count

    def box(self) -> Box:
        return Box(sheet_id=self.sheet_id, bottom=self.row_count, right=self.column_count)

    def clamp(self, box: Box) -> Box:
        return box.clamp(self.row_count, self.column_count)

    def filled(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell that was ever put, row by row."""
        for number, row in enumerate(self.rows):
            for column, cell in enumerate(row.cells):
                if cell is not EMPTY:
                    yield number, column, cell


@dataclass(kw_only=True)
class Spreadsheet:
    """A spreadsheet file. ``names`` maps namedRangeId to its range; its JSON holds the name."""

    id: str
    title: str
    locale: str = "en_US"
    time_zone: str = "Etc/GMT"
    properties: dict[str, Any] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    names: dict[str, Ranged] = field(default_factory=dict)
    metadata: tuple[Metadata, ...] = ()
    worked_out: object = field(default=None, compare=False, repr=False)
    """What its formulas gave, as ``formulas.evaluate`` keeps it: neither copied nor saved with the book."""

    def copy(self) -> Spreadsheet:
        return replace(
            self,
            worked_out=None,
            properties=dict(self.properties),
            sheets=[sheet.copy() for sheet in self.sheets],
            names=dict(self.names),
        )

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "worked_out": None}

    def find(self, sheet_id: int) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.sheet_id == sheet_id), None)

    def titled(self, title: str) -> Sheet | None:
        """The sheet of that title, upper or lower case."""
        exact = next((sheet for sheet in self.sheets if sheet.title == title), None)
        folded = title.casefold()
        return exact or next((sheet for sheet in self.sheets if sheet.title.casefold() == folded), None)

    def named(self, name: str) -> Box | None:
        folded = name.casefold()
        return next((r.boxes[0] for r in self.names.values() if r.body["name"].casefold() == folded), None)


@dataclass
class SheetsState:
    """Every spreadsheet of the workspace, by Drive file id."""

    books: dict[str, Spreadsheet] = field(default_factory=dict)
