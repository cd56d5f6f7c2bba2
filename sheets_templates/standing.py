"""A workbook as it stands today, from one ``spreadsheets.get``: its tabs, what they show, what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sheets_templates.schema import Cell, Grid
from sheets_templates.workbook_columns import COLUMN_TAG
from sheets_templates.workbook_version import GIVEN_TAG, VERSION_TAG, read_given

FIELDS = (
    "developerMetadata(metadataKey,metadataValue),"
    "sheets(properties(sheetId,title,index,gridProperties(rowCount,columnCount)),merges,conditionalFormats(ranges),"
    "developerMetadata(metadataKey,metadataValue),"
    "data(startRow,startColumn,columnMetadata(developerMetadata(metadataKey,metadataValue)),"
    "rowData(values(formattedValue))))"
)
"""What a reading asks for: every cell as it is shown, and nothing of its look."""

FIRST_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Merge:
    """Cells merged into one: rows and columns from 0, ends excluded."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, kw_only=True)
class StandingTab:
    """One tab. ``tags`` are column keys by position, ``given`` what it says it was given (None: it says nothing),
    ``rules`` how many conditional formats it has."""

    sheet_id: int
    title: str
    rows: int
    columns: int
    grid: Grid = ()
    tags: Mapping[int, str] = field(default_factory=dict)
    given: Mapping[str, str] | None = None
    merges: tuple[Merge, ...] = ()
    rules: int = 0


@dataclass(frozen=True, kw_only=True)
class StandingBook:
    """A whole workbook, its tabs in their order. ``version`` is None where it says none: then it is the first."""

    tabs: tuple[StandingTab, ...]
    version: int | None = None

    @property
    def grids(self) -> dict[int, Grid]:
        return {tab.sheet_id: tab.grid for tab in self.tabs}

    @property
    def titles(self) -> dict[int, str]:
        return {tab.sheet_id: tab.title for tab in self.tabs}

    @property
    def column_tags(self) -> dict[tuple[int, int], str]:
        return {(tab.sheet_id, place): key for tab in self.tabs for place, key in tab.tags.items()}


def standing_book(answer: Mapping[str, Any]) -> StandingBook:
    """The workbook that Google's answer with ``FIELDS`` tells of."""
    sheets = sorted(answer.get("sheets", ()), key=lambda sheet: sheet["properties"].get("index", 0))
    told = _told(answer).get(VERSION_TAG, "")
    known = told.isascii() and told.isdigit() and len(told) < 10
    return StandingBook(tabs=tuple(map(_tab, sheets)), version=int(told) if known else None)


def _told(holder: Mapping[str, Any]) -> dict[str, str]:
    return {each["metadataKey"]: each.get("metadataValue", "") for each in holder.get("developerMetadata", ())}


def _tab(sheet: Mapping[str, Any]) -> StandingTab:
    properties = sheet["properties"]
    size = properties.get("gridProperties", {})
    told = _told(sheet)
    return StandingTab(
        sheet_id=properties.get("sheetId", 0),
        title=properties.get("title", ""),
        rows=size.get("rowCount", 0),
        columns=size.get("columnCount", 0),
        grid=_grid(sheet.get("data", ())),
        tags={place: key for block in sheet.get("data", ()) for place, key in _tags(block)},
        given=read_given(told[GIVEN_TAG]) if GIVEN_TAG in told else None,
        merges=read_merges(sheet),
        rules=len(sheet.get("conditionalFormats", ())),
    )


def _grid(blocks: Iterable[Mapping[str, Any]]) -> Grid:
    """The cells as shown. A tab read whole is one block from its first cell on."""
    return tuple(
        tuple(_shown(cell) for cell in row.get("values", ())) for block in blocks for row in block.get("rowData", ())
    )


def _shown(cell: Mapping[str, Any]) -> Cell:
    text: str | None = cell.get("formattedValue")
    return text


def _tags(block: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for place, column in enumerate(block.get("columnMetadata", ()), block.get("startColumn", 0)):
        key = _told(column).get(COLUMN_TAG)
        if key:
            yield place, key


def read_merges(sheet: Mapping[str, Any]) -> tuple[Merge, ...]:
    """The merged cells of a sheet in Google's answer."""
    return tuple(map(_merge, sheet.get("merges", ())))


def _merge(area: Mapping[str, Any]) -> Merge:
    return Merge(
        top=area.get("startRowIndex", 0),
        bottom=area.get("endRowIndex", 0),
        left=area.get("startColumnIndex", 0),
        right=area.get("endColumnIndex", 0),
    )
