"""Methods on a spreadsheet as a whole: create, get, batchUpdate, and its developer metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox import fields
from sandbox.call import Call
from sandbox.drive.files import create_native
from sandbox.drive.types import SPREADSHEET
from sandbox.sheets import a1, batch, metadata, opening, render
from sandbox.sheets.answers import answers
from sandbox.sheets.datafilter import boxes, found_metadata
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import not_built, not_found
from sandbox.sheets.properties import set_book_properties
from sandbox.sheets.requests import sheets

Json = Mapping[str, Any]


@answers
def create(call: Call) -> Json:
    """A new spreadsheet in the caller's My Drive, with the properties, sheets, cells and names that were given."""
    asked = call.body
    title = asked.get("properties", {}).get("title") or "Untitled spreadsheet"
    file = create_native(
        call.workspace,
        owner_email=call.caller.email,
        client_id=call.caller.client_id,
        name=title,
        mime_type=SPREADSHEET,
    )
    opening.change(call, file.id, lambda edit: _fill(edit, asked))
    return render.spreadsheet(opening.view(call, file.id))


def _fill(edit: Edit, asked: Json) -> None:
    set_book_properties(edit.book, {**asked.get("properties", {}), "title": edit.book.title})
    edit.book.sheets = [] if asked.get("sheets") else edit.book.sheets
    for given in asked.get("sheets", ()):
        batch.run(edit, [{"addSheet": {"properties": given.get("properties", {})}}])
        _run(edit, _parts(edit.book.sheets[-1].sheet_id, given))
    _run(edit, [{"addNamedRange": {"namedRange": named}} for named in asked.get("namedRanges", ())])


def _run(edit: Edit, requests: list[Json]) -> None:
    if requests:
        batch.run(edit, requests)


def _parts(sheet_id: int, given: Json) -> list[Json]:
    """The requests that put a sheet's given cells and rules in place. Raises ApiError for a part that isn't built."""
    known = {"properties", "data", "basicFilter", *_PARTS}
    for name in given:
        if name not in known:
            raise not_built(f"sheets.spreadsheets.create with sheets[].{name}")
    made: list[Json] = [{"updateCells": _cells(sheet_id, data)} for data in given.get("data", ())]
    for name, (kind, field) in _PARTS.items():
        items = list(given.get(name, ()))
        # A new rule comes first, so the last of several is added first.
        made += [{kind: {field: item}} for item in (reversed(items) if name == "conditionalFormats" else items)]
    return [*made, {"setBasicFilter": {"filter": given["basicFilter"]}}] if "basicFilter" in given else made


_PARTS = {
    "merges": ("mergeCells", "range"),
    "conditionalFormats": ("addConditionalFormatRule", "rule"),
    "bandedRanges": ("addBanding", "bandedRange"),
    "protectedRanges": ("addProtectedRange", "protectedRange"),
    "developerMetadata": ("createDeveloperMetadata", "developerMetadata"),
    "tables": ("addTable", "table"),
    "filterViews": ("addFilterView", "filter"),
    "charts": ("addChart", "chart"),
    "slicers": ("addSlicer", "slicer"),
}


def _cells(sheet_id: int, data: Json) -> Json:
    start = {"sheetId": sheet_id, "rowIndex": data.get("startRow", 0), "columnIndex": data.get("startColumn", 0)}
    return {"rows": data.get("rowData", ()), "start": start, "fields": "*"}


@answers
def get(call: Call) -> Json:
    view = opening.view(call, call.params["spreadsheetId"])
    ranges = call.params.get("ranges")
    wanted = [a1.read(view.book, text) for text in ranges] if ranges else None
    return render.spreadsheet(view, boxes=wanted, grid=wants_grid(call, call.params.get("includeGridData", False)))


@answers
def get_by_data_filter(call: Call) -> Json:
    view = opening.view(call, call.params["spreadsheetId"])
    filters = call.body.get("dataFilters", ())
    wanted = [box for one in filters for box in boxes(view.book, view.client, one)] if filters else None
    return render.spreadsheet(view, boxes=wanted, grid=wants_grid(call, call.body.get("includeGridData", False)))


def wants_grid(call: Call, asked: bool) -> bool:
    """Whether cells are to be read: what a field mask says, and only without one the option."""
    text = call.params.get("fields", "")
    if not text:
        return asked
    mask = fields.parse(text)
    if "*" in mask:
        return True
    sheets = mask.get("sheets")
    return sheets is not None and (not sheets or "data" in sheets or "*" in sheets)


@answers
def batch_update(call: Call) -> Json:
    """All requests or none; with ``includeSpreadsheetInResponse`` the book as it is afterwards."""
    file_id = call.params["spreadsheetId"]
    replies = opening.change(call, file_id, lambda edit: batch.run(edit, call.body.get("requests", ())))
    made: dict[str, Any] = {"spreadsheetId": file_id, "replies": replies}
    if call.body.get("includeSpreadsheetInResponse"):
        view = opening.view(call, file_id)
        ranges = call.body.get("responseRanges")
        wanted = [a1.read(view.book, text) for text in ranges] if ranges else None
        grid = call.body.get("responseIncludeGridData", False)
        made["updatedSpreadsheet"] = render.spreadsheet(view, boxes=wanted, grid=grid)
    return made


@answers
def copy_to(call: Call) -> Json:
    """A sheet into another spreadsheet, as its last one; metadata stays with the original."""
    source = opening.view(call, call.params["spreadsheetId"]).book.find(call.params["sheetId"])
    if source is None:
        raise not_found()
    target = call.body.get("destinationSpreadsheetId", "")
    return opening.change(call, target, lambda edit: sheets.take_in(edit, source))


@answers
def metadata_get(call: Call) -> Json:
    view = opening.view(call, call.params["spreadsheetId"])
    wanted = call.params["metadataId"]
    for found, place in metadata.search(view.book, view.client, {"metadataId": wanted}):
        return metadata.to_json(found, place)
    raise not_found(f"No developer metadata with ID {wanted}.")


@answers
def metadata_search(call: Call) -> Json:
    """Each piece of metadata once, with all the filters that found it."""
    view = opening.view(call, call.params["spreadsheetId"])
    matched: dict[int, dict[str, Any]] = {}
    for data_filter in call.body.get("dataFilters", ()):
        for found, place in found_metadata(view.book, view.client, data_filter):
            entry = matched.setdefault(
                found.id, {"developerMetadata": metadata.to_json(found, place), "dataFilters": []}
            )
            entry["dataFilters"].append(data_filter)
    return {"matchedDeveloperMetadata": list(matched.values())} if matched else {}
