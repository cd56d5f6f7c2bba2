"""Developer metadata with its place, and the look-ups that find it.

https://developers.google.com/workspace/sheets/api/guides/metadata"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.sheets.box import Axis, Box, line_box, lines_json
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Line, Metadata, Sheet, Spreadsheet


@dataclass(frozen=True, slots=True)
class Place:
    """Where metadata hangs: the book (no sheet), a sheet (no axis), or one row or column."""

    sheet_id: int | None = None
    axis: Axis | None = None
    index: int = 0

    @property
    def kind(self) -> str:
        if self.sheet_id is None:
            return "SPREADSHEET"
        return {"ROWS": "ROW", "COLUMNS": "COLUMN"}.get(self.axis or "", "SHEET")

    def box(self) -> Box | None:
        """The cells that the place covers; None is all of the book."""
        if self.sheet_id is None:
            return None
        if self.axis is None:
            return Box(sheet_id=self.sheet_id)
        return line_box(self.sheet_id, self.axis, self.index, self.index + 1)

    def to_json(self) -> dict[str, Any]:
        made: dict[str, Any] = {"locationType": self.kind}
        if self.sheet_id is None:
            return {**made, "spreadsheet": True}
        if self.axis is None:
            return {**made, "sheetId": self.sheet_id}
        return {**made, "dimensionRange": lines_json(self.sheet_id, self.axis, self.index, self.index + 1)}


def place_from_json(book: Spreadsheet, location: Mapping[str, Any]) -> Place:
    """The place that a DeveloperMetadataLocation names. Raises Refused for none or for more than one line."""
    if location.get("spreadsheet"):
        return Place()
    if "sheetId" in location:
        _sheet(book, location["sheetId"])
        return Place(location["sheetId"])
    lines = location.get("dimensionRange")
    if not lines:
        raise Refused("Developer metadata must specify a location.")
    sheet = _sheet(book, lines.get("sheetId", 0))
    axis: Axis = "COLUMNS" if lines.get("dimension") == "COLUMNS" else "ROWS"
    if "endIndex" not in lines or ("startIndex" not in lines and lines["endIndex"] != 1):
        raise Refused("DimensionRange must specify both a startIndex and an endIndex")
    start, end = lines.get("startIndex", 0), lines["endIndex"]
    if end != start + 1:
        raise Refused("DimensionRange must represent a single row or column")
    if not 0 <= start < sheet.count(axis):
        raise Refused("Developer metadata location is outside of the grid.")
    return Place(sheet.sheet_id, axis, start)


def _sheet(book: Spreadsheet, sheet_id: int) -> Sheet:
    sheet = book.find(sheet_id)
    if sheet is None:
        raise Refused(f"No grid with id: {sheet_id}")
    return sheet


def every(book: Spreadsheet, client: str) -> Iterator[tuple[Metadata, Place]]:
    """All metadata that an app may see: shared ones, and those of its own project."""
    for found, place in _all(book):
        if found.visibility == "DOCUMENT" or found.project == client:
            yield found, place


def _all(book: Spreadsheet) -> Iterator[tuple[Metadata, Place]]:
    yield from ((found, Place()) for found in book.metadata)
    for sheet in book.sheets:
        yield from ((found, Place(sheet.sheet_id)) for found in sheet.metadata)
        yield from _on_lines(sheet, "ROWS", sheet.rows)
        yield from _on_lines(sheet, "COLUMNS", sheet.columns)


def _on_lines(sheet: Sheet, axis: Axis, lines: list[Any]) -> Iterator[tuple[Metadata, Place]]:
    for index, line in enumerate(lines):
        for found in line.metadata:
            yield found, Place(sheet.sheet_id, axis, index)


def holder(book: Spreadsheet, place: Place) -> Spreadsheet | Sheet | Line:
    """The book, sheet or line whose ``metadata`` tuple a place stands for."""
    if place.sheet_id is None:
        return book
    sheet = _sheet(book, place.sheet_id)
    return sheet if place.axis is None else sheet.line(place.axis, place.index)


def to_json(metadata: Metadata, place: Place) -> dict[str, Any]:
    made: dict[str, Any] = {"metadataId": metadata.id, "metadataKey": metadata.key}
    if metadata.value:
        made["metadataValue"] = metadata.value
    return {**made, "location": place.to_json(), "visibility": metadata.visibility}


def search(book: Spreadsheet, client: str, lookup: Mapping[str, Any]) -> list[tuple[Metadata, Place]]:
    """What a DeveloperMetadataLookup finds; every field that it gives must fit. Refused for one that can't be.

    Of what may be asked for together, see the discovery document; that a sheet doesn't reach the spreadsheet's own
    metadata was seen live (https://github.com/mmedum/google-sheets-mcp, docs/architecture.md, spike K)."""
    wanted = _wanted(book, lookup)
    return [found for found in every(book, client) if _fits(found, lookup) and _here(found[1], wanted, lookup)]


def _wanted(book: Spreadsheet, lookup: Mapping[str, Any]) -> Place | None:
    crossing = lookup.get("locationMatchingStrategy") == "INTERSECTING_LOCATION"
    if "metadataLocation" not in lookup:
        return None
    wanted = place_from_json(book, lookup["metadataLocation"])
    if crossing and wanted.sheet_id is None:
        raise Refused(
            "DeveloperMetadataLookup.spreadsheet is true, but locationMatchingStrategy was specified as INTERSECTING"
        )
    return wanted


def _fits(found: tuple[Metadata, Place], lookup: Mapping[str, Any]) -> bool:
    metadata, place = found
    has = {
        "metadataId": metadata.id,
        "metadataKey": metadata.key,
        "metadataValue": metadata.value,
        "visibility": metadata.visibility,
        "locationType": place.kind,
    }
    return all(name not in lookup or lookup[name] == value for name, value in has.items())


def _here(place: Place, wanted: Place | None, lookup: Mapping[str, Any]) -> bool:
    box = wanted.box() if wanted else None
    if wanted is None:
        return True
    if box is None or lookup.get("locationMatchingStrategy") == "EXACT_LOCATION":
        return place == wanted
    return meets(place, box)


def meets(place: Place, box: Box) -> bool:
    """Whether a place shares a cell with a box; what hangs on the spreadsheet shares with none."""
    own = place.box()
    return own is not None and own.meets(box)
