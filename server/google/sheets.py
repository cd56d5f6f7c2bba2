"""Spreadsheets through gspread's HTTP client: each method one call, tabs and rows found by id, never by position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import gspread
import requests
from gspread.urls import SPREADSHEET_URL

from server.google.endpoints import Endpoints
from server.google.transport import Transport
from server.plans.ports import Cell, Grid, Outline, Request, TaggedRow, read_merges
from server.plans.trouble import AlreadyThere, NotMade, Refused

COLUMN_KEY = "senplans.column"
VERSION_KEY = "senplans.version"
_GSPREAD_ROOT = Endpoints().sheets
_VALUES = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
_OUTLINE = "sheets(properties(sheetId,title),merges),developerMetadata(metadataKey,metadataValue)"
_TAGGED = "sheets(data(rowData(values(effectiveValue)),rowMetadata(developerMetadata(metadataKey,metadataValue))))"

_WHOLE = (
    "sheets(properties(sheetId),data(startRow,rowData(values(userEnteredValue,effectiveValue,userEnteredFormat,note,"
    "textFormatRuns)),rowMetadata(developerMetadata(metadataKey,metadataValue))))"
)


@dataclass(frozen=True, kw_only=True)
class GspreadLine:
    """One named call, in the shape of the ``requests.Session`` that gspread speaks to.

    gspread's addresses are constants, so Google's root is exchanged for ``root`` here."""

    transport: Transport
    root: str
    call: str
    safe: bool | None

    def request(self, method: str, url: str, **options: Any) -> requests.Response:
        options.pop("timeout", None)
        url = url.replace(_GSPREAD_ROOT, self.root, 1)
        return self.transport.request(self.call, method, url, safe=self.safe, **options)


class SheetsDoor:
    """Keeps the promises of ``ports.Sheets``."""

    def __init__(self, transport: Transport, endpoints: Endpoints) -> None:
        self._transport = transport
        self._root = endpoints.sheets

    def read(self, spreadsheet_id: str, sheet_ids: Sequence[int]) -> Mapping[int, Grid]:
        body = {"dataFilters": [{"gridRange": {"sheetId": sheet_id}} for sheet_id in sheet_ids], **_VALUES}
        try:
            answer = self._post(spreadsheet_id, "/values:batchGetByDataFilter", body)
        except Refused as error:
            raise _not_made(error) from None
        found = {sheet_id: _grid(match) for match in answer.get("valueRanges", ()) for sheet_id in _sheet_ids(match)}
        return {sheet_id: found.get(sheet_id, ()) for sheet_id in sheet_ids}

    def batch(
        self, spreadsheet_id: str, requests: Sequence[Request], *, safe: bool = False
    ) -> Sequence[Mapping[str, Any]]:
        """As the port says. ``safe`` says that applying the same requests twice changes nothing, so that a lost
        answer may be followed by a repeat."""
        client = self._client("sheets.spreadsheets.batchUpdate", safe=safe)
        try:
            answer = client.batch_update(spreadsheet_id, {"requests": list(requests)})
        except Refused as error:
            raise _already_there(error) from None
        return tuple(answer.get("replies", ()))

    def named_ranges(self, spreadsheet_id: str) -> Mapping[str, str]:
        found = self._get(spreadsheet_id, "namedRanges(namedRangeId,name)").get("namedRanges", ())
        return {each["namedRangeId"]: each.get("name", "") for each in found}

    def outline(self, spreadsheet_id: str) -> Outline:
        found = self._get(spreadsheet_id, _OUTLINE)
        properties = [each["properties"] for each in found.get("sheets", ())]
        told = {each["metadataKey"]: each.get("metadataValue", "") for each in found.get("developerMetadata", ())}
        return Outline(
            titles={each.get("sheetId", 0): each.get("title", "") for each in properties},
            version=_version(told.get(VERSION_KEY, "")),
            merges={each["properties"].get("sheetId", 0): read_merges(each) for each in found.get("sheets", ())},
        )

    def standing(self, spreadsheet_id: str, fields: str) -> Mapping[str, Any]:
        return self._get(spreadsheet_id, fields)

    def column_tags(self, spreadsheet_id: str) -> Mapping[tuple[int, int], str]:
        body = {"dataFilters": [_lookup(COLUMN_KEY, "COLUMN")]}
        answer = self._post(spreadsheet_id, "/developerMetadata:search", body)
        return dict(_column_tag(match) for match in answer.get("matchedDeveloperMetadata", ()))

    def tagged_rows(self, spreadsheet_id: str, key: str) -> Mapping[str, tuple[Cell, ...]]:
        body = {"dataFilters": [_lookup(key, "ROW")], "includeGridData": True}
        answer = self._post(spreadsheet_id, ":getByDataFilter", body, fields=_TAGGED)
        return {
            value: cells
            for sheet in answer.get("sheets", ())
            for data in sheet.get("data", ())
            for value, cells in _tagged(data, key)
        }

    def tagged_cells(self, spreadsheet_id: str, key: str) -> Mapping[str, TaggedRow]:
        body = {"dataFilters": [_lookup(key, "ROW")], "includeGridData": True}
        answer = self._post(spreadsheet_id, ":getByDataFilter", body, fields=_WHOLE)
        return {
            value: row
            for sheet in answer.get("sheets", ())
            for data in sheet.get("data", ())
            for value, row in _tagged_whole(data, key, sheet.get("properties", {}).get("sheetId", 0))
        }

    def write_tagged(self, spreadsheet_id: str, key: str, values: Mapping[str, Sequence[Cell]]) -> None:
        data = [
            {"dataFilter": _lookup(key, "ROW", tag), "majorDimension": "ROWS", "values": [list(cells)]}
            for tag, cells in values.items()
        ]
        body = {"valueInputOption": "RAW", "data": data}
        self._post(spreadsheet_id, "/values:batchUpdateByDataFilter", body)

    def _client(self, call: str, *, safe: bool | None) -> gspread.HTTPClient:
        line = GspreadLine(transport=self._transport, root=self._root, call=call, safe=safe)
        # gspread asks nothing of a session but ``request``.
        return gspread.HTTPClient(self._transport.credentials, session=cast(requests.Session, line))

    def _get(self, spreadsheet_id: str, fields: str) -> Mapping[str, Any]:
        client = self._client("sheets.spreadsheets.get", safe=True)
        found: Mapping[str, Any] = client.fetch_sheet_metadata(spreadsheet_id, {"fields": fields})
        return found

    def _post(
        self, spreadsheet_id: str, path: str, body: Mapping[str, Any], *, fields: str = ""
    ) -> Mapping[str, Any]:
        """A POST that only reads, or whose repeat writes the same values to the same rows."""
        name = path.strip("/:").replace(":", ".")
        client = self._client(f"sheets.spreadsheets.{name}", safe=True)
        url = SPREADSHEET_URL % spreadsheet_id + path
        answer = client.request("post", url, params={"fields": fields} if fields else None, json=body)
        found: Mapping[str, Any] = answer.json()
        return found


def _version(text: str) -> int:
    """The first version said nothing of itself."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _lookup(key: str, location: str, value: str = "") -> Mapping[str, Any]:
    lookup = {"metadataKey": key, "locationType": location}
    return {"developerMetadataLookup": {**lookup, "metadataValue": value} if value else lookup}


def _sheet_ids(match: Mapping[str, Any]) -> Iterator[int]:
    """The sheets that a matched range answers for: Google promises no order, but repeats the filter."""
    return (each["gridRange"].get("sheetId", 0) for each in match.get("dataFilters", ()) if "gridRange" in each)


def _grid(match: Mapping[str, Any]) -> Grid:
    return tuple(tuple(row) for row in match.get("valueRange", {}).get("values", ()))


def _column_tag(match: Mapping[str, Any]) -> tuple[tuple[int, int], str]:
    metadata = match["developerMetadata"]
    place = metadata["location"]["dimensionRange"]
    return (place.get("sheetId", 0), place.get("startIndex", 0)), metadata.get("metadataValue", "")


def _tagged_whole(data: Mapping[str, Any], key: str, sheet_id: int) -> Iterator[tuple[str, TaggedRow]]:
    """Each tag of one block of grid data with the row it stands on, whole."""
    rows, first = data.get("rowData", ()), data.get("startRow", 0)
    for index, dimension in enumerate(data.get("rowMetadata", ())):
        cells = tuple(rows[index].get("values", ())) if index < len(rows) else ()
        for metadata in dimension.get("developerMetadata", ()):
            if metadata.get("metadataKey") == key:
                row = TaggedRow(sheet_id=sheet_id, row_index=first + index, cells=cells)
                yield metadata.get("metadataValue", ""), row


def _tagged(data: Mapping[str, Any], key: str) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Each tag of one block of grid data with the values of the row it stands on."""
    rows = data.get("rowData", ())
    for index, dimension in enumerate(data.get("rowMetadata", ())):
        cells = _cells(rows[index]) if index < len(rows) else ()
        for metadata in dimension.get("developerMetadata", ()):
            if metadata.get("metadataKey") == key:
                yield metadata.get("metadataValue", ""), cells


def _cells(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    """A row's values as the values calls would give them: an error as the text a person sees."""
    return tuple(_cell(each.get("effectiveValue", {})) for each in row.get("values", ()))


def _cell(value: Mapping[str, Any]) -> Cell:
    if "errorValue" in value:
        return f"#{value['errorValue'].get('type', 'ERROR')}!"
    content: Cell = next(iter(value.values()), "")
    return content


def _not_made(error: Refused) -> Refused:
    """A spreadsheet that lacks a tab refuses the whole read with 400 "No grid with id"."""
    if error.status != 400 or "no grid with id" not in error.detail.lower():
        return error
    return NotMade(
        "This spreadsheet lacks a tab that SEN Plans makes.",
        call=error.call,
        reason=error.reason,
        status=error.status,
        reference=error.reference,
        detail=error.detail,
    )


def _already_there(error: Refused) -> Refused:
    """A named range whose fixed id is taken refuses the whole batch. Google documents the refusal, not its words."""
    said = error.detail.lower()
    if error.status != 400 or "namedrange" not in said.replace(" ", "") or not _says_taken(said):
        return error
    return AlreadyThere(
        "A named range with this id exists already.",
        call=error.call,
        reason=error.reason,
        status=error.status,
        reference=error.reference,
        detail=error.detail,
    )


def _says_taken(said: str) -> bool:
    return any(word in said for word in ("already", "duplicate", "exists", "in use"))
