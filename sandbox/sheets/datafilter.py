"""DataFilters: cells named by A1 notation, by grid range, or by the metadata that hangs on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.sheets import a1, metadata
from sandbox.sheets.box import Box
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Metadata, Spreadsheet


def boxes(book: Spreadsheet, client: str, data_filter: Mapping[str, Any]) -> list[Box]:
    """Every box that the filter matches; a look-up that finds nothing matches nothing."""
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is None:
        return [box_of(book, data_filter)]
    found: list[Box] = []
    for _, place in metadata.search(book, client, lookup):
        box = place.box()
        found += [box] if box else [Box(sheet_id=sheet.sheet_id) for sheet in book.sheets]
    return list(dict.fromkeys(found))


def box_of(book: Spreadsheet, data_filter: Mapping[str, Any]) -> Box:
    """The box of an A1 or grid filter. Raises Refused where it names no sheet, or nothing at all."""
    if "a1Range" in data_filter:
        return a1.read(book, data_filter["a1Range"])
    if "gridRange" not in data_filter:
        raise Refused("Must specify a data filter.")
    box = Box.from_json(data_filter["gridRange"])
    if book.find(box.sheet_id) is None:
        raise Refused(f"No grid with id: {box.sheet_id}")
    return box


def found_metadata(
    book: Spreadsheet, client: str, data_filter: Mapping[str, Any]
) -> list[tuple[Metadata, metadata.Place]]:
    """The metadata that a filter selects: by look-up, or whatever touches its cells."""
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is not None:
        return metadata.search(book, client, lookup)
    box = box_of(book, data_filter)
    return [found for found in metadata.every(book, client) if metadata.meets(found[1], box)]
