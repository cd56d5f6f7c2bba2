"""Two hundred things a teacher does to a workbook: one edit after another, drawn by a seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sheets_templates import catalogue
from sheets_templates.reading import Reading, Row, TableReading
from sheets_templates.schema import Table

Json = dict[str, Any]
TABS = ("pupils", "cycles", "outcomes", "provision", "reviews", "meetings")
Lost = set[tuple[str, str, str]]


@dataclass(frozen=True)
class Edit:
    """What Google is asked for, and what to note down once it took it."""

    name: str
    requests: list[Json]
    note: Callable[[], None]


@dataclass
class Teacher:
    """Somebody who looks at the workbook (``reading``), then edits each tab once. ``deleted`` are columns that they
    deleted, ``merged`` the cells (table, row id, column) whose value went when they were merged into another."""

    chance: random.Random
    deleted: set[tuple[str, str]] = field(default_factory=set)
    merged: Lost = field(default_factory=set)
    words: Iterator[int] = field(default_factory=lambda: iter(range(10_000)))
    done: Counter[str] = field(default_factory=Counter)

    def edits(self, reading: Reading) -> Iterator[Edit]:
        """One edit for each tab, with what to note down once Google took it."""
        for key in TABS:
            act = self.chance.choice(ACTS)
            tab = Tab(table=catalogue.load().table(key), seen=reading.tables[key])
            yield Edit(act.__name__, *act(self, tab))

    def word(self) -> str:
        return f"Our own word {next(self.words)}"


@dataclass(frozen=True)
class Tab:
    """A tab as it was last seen."""

    table: Table
    seen: TableReading

    @property
    def sheet_id(self) -> int:
        return self.table.sheet_id

    @property
    def width(self) -> int:
        return max(self.seen.columns.values(), default=0) + 1

    def area(self, top: int, bottom: int, left: int, right: int) -> Json:
        rows = {"startRowIndex": top, "endRowIndex": bottom}
        return {"sheetId": self.sheet_id, **rows, "startColumnIndex": left, "endColumnIndex": right}

    def span(self, dimension: str, start: int, end: int) -> Json:
        return {"sheetId": self.sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}

    def typed(self, row: int, column: int, text: str) -> Json:
        start = {"sheetId": self.sheet_id, "rowIndex": row, "columnIndex": column}
        cell = {"values": [{"userEnteredValue": {"stringValue": text}}]}
        return {"updateCells": {"start": start, "rows": [cell], "fields": "userEnteredValue"}}


Act = Callable[[Teacher, Tab], tuple[list[Json], Callable[[], None]]]


def nothing() -> None:
    """Nothing to note down."""


def insert_column(teacher: Teacher, tab: Tab) -> Any:
    place = teacher.chance.randrange(tab.width)
    room = {"insertDimension": {"range": tab.span("COLUMNS", place, place + 1), "inheritFromBefore": False}}
    head = tab.typed(tab.seen.header_row, place, teacher.word())
    return [room, head, tab.typed(tab.seen.header_row + 1, place, "seen")], nothing


def move_column(teacher: Teacher, tab: Tab) -> Any:
    place, to = teacher.chance.randrange(tab.width), teacher.chance.randrange(tab.width)
    return [{"moveDimension": {"source": tab.span("COLUMNS", place, place + 1), "destinationIndex": to}}], nothing


def rename_column(teacher: Teacher, tab: Tab) -> Any:
    key = teacher.chance.choice(sorted(tab.seen.columns))
    return [tab.typed(tab.seen.header_row, tab.seen.columns[key], teacher.word())], nothing


def hide_column(teacher: Teacher, tab: Tab) -> Any:
    place = teacher.chance.randrange(tab.width)
    properties = {"hiddenByUser": True, "pixelSize": teacher.chance.randrange(20, 400)}
    change = {"range": tab.span("COLUMNS", place, place + 1), "properties": properties}
    return [{"updateDimensionProperties": {**change, "fields": "hiddenByUser,pixelSize"}}], nothing


def sort(teacher: Teacher, tab: Tab) -> Any:
    spec = {
        "dimensionIndex": teacher.chance.randrange(tab.width),
        "sortOrder": teacher.chance.choice(("ASCENDING", "DESCENDING")),
    }
    area = {"sheetId": tab.sheet_id, "startRowIndex": tab.seen.header_row + 1, "startColumnIndex": 0}
    return [{"sortRange": {"range": area, "sortSpecs": [spec]}}], nothing


def filter_rows(teacher: Teacher, tab: Tab) -> Any:
    place = teacher.chance.randrange(tab.width)
    area = {"sheetId": tab.sheet_id, "startRowIndex": tab.seen.header_row, "startColumnIndex": 0}
    criteria = {str(place): {"hiddenValues": ["Literacy", "Review", ""]}}
    return [{"setBasicFilter": {"filter": {"range": area, "criteria": criteria}}}], nothing


def insert_rows(teacher: Teacher, tab: Tab) -> Any:
    lowest = 0 if tab.seen.header_row < 3 else tab.seen.header_row + 1
    at = teacher.chance.randrange(lowest, tab.seen.header_row + 1 + max(1, len(tab.seen.rows)))
    many = teacher.chance.randrange(1, 3)
    return [{"insertDimension": {"range": tab.span("ROWS", at, at + many), "inheritFromBefore": at > 0}}], nothing


def recolour(teacher: Teacher, tab: Tab) -> Any:
    row, place = teacher.chance.randrange(tab.seen.header_row + 5), teacher.chance.randrange(tab.width)
    look = {"backgroundColorStyle": {"rgbColor": {"red": teacher.chance.random()}}, "textFormat": {"bold": True}}
    area = tab.area(row, row + 3, place, place + 2)
    return [
        {"repeatCell": {"range": area, "cell": {"userEnteredFormat": look}, "fields": "userEnteredFormat"}}
    ], nothing


def merge(teacher: Teacher, tab: Tab) -> Any:
    """Two or three neighbours: only the first of their values stays."""
    rows = [row for row in tab.seen.rows if row.row_index >= 0]
    if not rows:
        return [], nothing
    row, place = teacher.chance.choice(rows), teacher.chance.randrange(tab.width)
    down, across = teacher.chance.choice(((2, 1), (3, 1), (1, 2)))
    area = tab.area(row.row_index, row.row_index + down, place, place + across)
    inside = {key for key, at in tab.seen.columns.items() if place <= at < place + across}
    hit = [each for each in rows if row.row_index <= each.row_index < row.row_index + down]

    def note() -> None:
        teacher.merged |= {(tab.table.key, each.id, key) for each in hit for key in inside}

    return [{"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}], note


def copy_tab(teacher: Teacher, tab: Tab) -> Any:
    return [{"duplicateSheet": {"sourceSheetId": tab.sheet_id, "newSheetName": teacher.word()}}], nothing


def delete_column(teacher: Teacher, tab: Tab) -> Any:
    spare = [
        c.key for c in tab.table.inputs if c.required in ("o", "R") and c.kind != "id" and c.key in tab.seen.columns
    ]
    if not spare or teacher.chance.random() < 0.5:
        return [], nothing
    key = teacher.chance.choice(spare)
    place = tab.seen.columns[key]

    def note() -> None:
        teacher.deleted.add((tab.table.key, key))

    return [{"deleteDimension": {"range": tab.span("COLUMNS", place, place + 1)}}], note


def rename_tab(teacher: Teacher, tab: Tab) -> Any:
    properties = {"sheetId": tab.sheet_id, "title": teacher.word(), "index": teacher.chance.randrange(6)}
    return [{"updateSheetProperties": {"properties": properties, "fields": "title,index"}}], nothing


ACTS: tuple[Act, ...] = (
    *(insert_column, move_column, rename_column, hide_column, sort, filter_rows, insert_rows, recolour),
    *(merge, copy_tab, delete_column, rename_tab),
)


def rows_by_id(found: TableReading) -> dict[str, Row]:
    """Rows by id, those too that were told apart from the rest."""
    apart = (*found.missing_ids, *found.duplicate_ids)
    return {row.id: row for row in (*(each.row for each in apart), *found.rows)}
