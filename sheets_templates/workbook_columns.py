"""What a column is made of: format, dropdown, formula, width and the tag that travels with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_templates.address import letters, quoted
from sheets_templates.cells import number_text
from sheets_templates.formulas import formula
from sheets_templates.schema import TEXTUAL, Catalogue, Column, Table, limits
from sheets_templates.starter import Filled
from sheets_templates.workbook_tabs import colour, row_count

Request = dict[str, object]
COLUMN_TAG = "senplans.column"
MAX_LISTED = 500
_COMPUTED_TEXT = "#5F6368"
_NUMBER_FORMATS: Mapping[str, dict[str, str]] = {
    **{kind: {"type": "TEXT", "pattern": "@"} for kind in TEXTUAL},
    "date": {"type": "DATE", "pattern": "dd mmm yyyy"},
    "time": {"type": "TIME", "pattern": "hh:mm"},
    "integer": {"type": "NUMBER", "pattern": "0"},
    "rating": {"type": "NUMBER", "pattern": "0"},
    "number": {"type": "NUMBER", "pattern": "0.##"},
}


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows under a header, counted from 0, ``end`` excluded."""

    first: int = 1
    end: int


def column_requests(catalogue: Catalogue, filled: Filled, lists: Mapping[str, Sequence[str]]) -> list[Request]:
    """Requests for every column of a tab."""
    rows = Rows(end=row_count(filled))
    keys = (column.key for column in filled.table.columns)
    return [each for key in keys for each in one_column(catalogue, filled.table, key, lists, rows)]


def one_column(
    catalogue: Catalogue, table: Table, key: str, lists: Mapping[str, Sequence[str]], rows: Rows
) -> list[Request]:
    """Requests that make an empty column, standing where ``table`` has it, what it is."""
    place, column = table.positions[key], table.column(key)
    return [
        _body(catalogue, table, column, lists, rows),
        _width(table, place, column),
        _tag(table, place, column),
    ]


def _body(
    catalogue: Catalogue, table: Table, column: Column, lists: Mapping[str, Sequence[str]], rows: Rows
) -> Request:
    """One repeatCell over the column: its format, its dropdown or checkbox, its formula."""
    cell: dict[str, object] = {"userEnteredFormat": _format(column)}
    fields = ["userEnteredFormat"]
    rule = validation(catalogue, table, column, lists)
    if rule:
        cell["dataValidation"] = rule
        fields.append("dataValidation")
    if column.computed and not table.service_owned:
        cell["userEnteredValue"] = {"formulaValue": formula(catalogue, table, column, rows.first + 1)}
        fields.append("userEnteredValue")
    place = table.positions[column.key]
    area = {
        "startRowIndex": rows.first,
        "endRowIndex": rows.end,
        "startColumnIndex": place,
        "endColumnIndex": place + 1,
    }
    return {"repeatCell": {"range": {"sheetId": table.sheet_id, **area}, "cell": cell, "fields": ",".join(fields)}}


def _format(column: Column) -> dict[str, object]:
    look: dict[str, object] = {"verticalAlignment": "TOP"}
    if column.kind in _NUMBER_FORMATS:
        look["numberFormat"] = _NUMBER_FORMATS[column.kind]
    if column.kind in ("longtext", "lines"):
        look["wrapStrategy"] = "WRAP"
    if column.kind in ("id", "label", "lookup"):
        look["textFormat"] = {"foregroundColorStyle": colour(_COMPUTED_TEXT)}
    return look


def validation(
    catalogue: Catalogue, table: Table, column: Column, lists: Mapping[str, Sequence[str]]
) -> dict[str, object] | None:
    """The column's checkbox, date check or dropdown. Dropdowns warn and never refuse; open ones only suggest."""
    if column.kind == "bool":
        return {"condition": {"type": "BOOLEAN"}, "strict": True}
    if column.kind == "date":
        return {"condition": {"type": "DATE_IS_VALID"}, "strict": False, "inputMessage": "A date, such as 3/9/2026."}
    if column.kind in ("number", "integer", "rating"):
        return _between(column)
    condition = _offered(catalogue, table, column, lists) if column.dropdown else None
    return {"condition": condition, "strict": False, "showCustomUi": True} if condition else None


def _between(column: Column) -> dict[str, object] | None:
    low, high = limits(column)
    if low is None or high is None:
        return None
    values = [{"userEnteredValue": number_text(bound)} for bound in (low, high)]
    message = f"A number from {number_text(low)} to {number_text(high)}."
    return {"condition": {"type": "NUMBER_BETWEEN", "values": values}, "strict": False, "inputMessage": message}


def _offered(
    catalogue: Catalogue, table: Table, column: Column, lists: Mapping[str, Sequence[str]]
) -> dict[str, object] | None:
    if column.choices:
        return _list_of([choice.offered for choice in column.choices])
    if column.ref and catalogue.table(column.ref).workbook == table.workbook:
        return _range_of(catalogue.table(column.ref))
    return _list_of(lists.get(column.ref, ())) if column.ref else None


def _list_of(values: Sequence[str]) -> dict[str, object] | None:
    if not values or len(values) > MAX_LISTED:
        return None
    return {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": value} for value in values]}


def _range_of(target: Table) -> dict[str, object]:
    """The whole label column of a tab under its header, so that new rows are offered at once."""
    shown = target.label_column or target.columns[0]
    letter = letters(target.positions[shown.key])
    area = f"={quoted(target.title)}!${letter}$2:${letter}"
    return {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": area}]}


def _along(table: Table, place: int) -> dict[str, object]:
    return {"sheetId": table.sheet_id, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}


def _width(table: Table, place: int, column: Column) -> Request:
    properties = {"pixelSize": column.width, "hiddenByUser": column.hidden}
    fields = "pixelSize,hiddenByUser"
    return {"updateDimensionProperties": {"range": _along(table, place), "properties": properties, "fields": fields}}


def _tag(table: Table, place: int, column: Column) -> Request:
    tag = {
        "metadataKey": COLUMN_TAG,
        "metadataValue": column.key,
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": _along(table, place)},
    }
    return {"createDeveloperMetadata": {"developerMetadata": tag}}
