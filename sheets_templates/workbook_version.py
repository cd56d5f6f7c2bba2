"""What a workbook says of itself: the version it is of, and what each of its tabs was given.

Both are developer metadata: nobody sees them, and they go where the workbook and its tabs go. A column that was given
and is gone was deleted by somebody; one that was never given is new."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from sheets_templates.schema import Catalogue, Column, Table
from sheets_templates.workbook_columns import validation

Request = dict[str, object]
VERSION_TAG = "senplans.version"
GIVEN_TAG = "senplans.given"


def version_request(version: int, *, replace: bool = False) -> Request:
    """Say which version the workbook is of."""
    return _say(VERSION_TAG, str(version), {"spreadsheet": True}, replace=replace)


def given_request(sheet_id: int, marks: Mapping[str, str], *, replace: bool = False) -> Request:
    """Say what a tab was given."""
    text = " ".join(f"{key}:{mark}" if mark else key for key, mark in marks.items())
    return _say(GIVEN_TAG, text, {"sheetId": sheet_id}, replace=replace)


def read_given(text: str) -> dict[str, str]:
    """Column keys with the marks of the lists they were given."""
    pieces = (piece.partition(":") for piece in text.split())
    return {key: mark for key, _, mark in pieces}


@cache
def first_given() -> Mapping[str, Mapping[str, str]]:
    """What the first version gave its tabs, by table: nothing in its workbooks says so."""
    text = files("sheets_templates").joinpath("first_version.toml").read_text(encoding="utf-8")
    return {table: read_given(told) for table, told in tomllib.loads(text)["given"].items()}


def given(catalogue: Catalogue, table: Table, lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Every column of a table with a mark of what its dropdown lists, "" where it lists nothing."""
    return {column.key: mark(catalogue, table, column, lists) for column in table.columns}


def mark(catalogue: Catalogue, table: Table, column: Column, lists: Mapping[str, Sequence[str]]) -> str:
    """A few letters that differ where the listed choices do."""
    rule = validation(catalogue, table, column, lists) or {}
    condition = rule.get("condition")
    if not isinstance(condition, Mapping) or condition.get("type") != "ONE_OF_LIST":
        return ""
    return hashlib.sha256(repr(condition["values"]).encode()).hexdigest()[:8]


def _say(key: str, value: str, location: Request, *, replace: bool) -> Request:
    if not replace:
        told = {"metadataKey": key, "metadataValue": value, "visibility": "DOCUMENT", "location": location}
        return {"createDeveloperMetadata": {"developerMetadata": told}}
    lookup = {
        "metadataKey": key,
        "metadataLocation": location,
        "locationMatchingStrategy": "EXACT_LOCATION",
    }
    return {
        "updateDeveloperMetadata": {
            "dataFilters": [{"developerMetadataLookup": lookup}],
            "developerMetadata": {"metadataValue": value},
            "fields": "metadataValue",
        }
    }
