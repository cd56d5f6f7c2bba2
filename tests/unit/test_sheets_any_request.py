"""Any request that the discovery document allows is applied or refused: the sandbox never breaks on one."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox import discovery
from sandbox.call import ApiError
from sandbox.sheets import batch
from sandbox.sheets.edit import Edit
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import Sheet, Spreadsheet
from sandbox.sheets.render import View, spreadsheet
from sandbox.sheets.requests.table import REQUESTS
from sandbox.state import Ids

SCHEMAS = discovery.apis()["sheets"].schemas
DEEPEST = 4
TEXTS = st.sampled_from(
    ["", "*", "note", "userEnteredValue", "title", "Main!A1", "=A1+1", "Main", "x", "range", "name"]
)


def anything(schema: Mapping[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Values that fit a schema, with small numbers so that they often hit what is there."""
    if "$ref" in schema:
        return message(schema["$ref"], depth + 1)
    kind = schema.get("type")
    if kind == "array":
        return st.lists(anything(schema["items"], depth + 1), max_size=2)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if kind == "object":
        return st.just({})
    return {
        "string": TEXTS,
        "boolean": st.booleans(),
        "integer": st.integers(-1, 6),
        "number": st.floats(-2, 50, allow_nan=False),
    }.get(str(kind), st.none())


def message(name: str, depth: int = 0) -> st.SearchStrategy[Any]:
    """Messages of a schema with some of their fields."""
    if depth > DEEPEST:
        return st.just({})
    fields = SCHEMAS[name].get("properties", {})
    return st.fixed_dictionaries(
        {}, optional={key: st.deferred(lambda s=s: anything(s, depth)) for key, s in fields.items()}
    )


def seeded() -> Edit:
    sheets = [
        Sheet(sheet_id=n, title=title, row_count=6, column_count=5) for n, title in enumerate(("Main", "Other"))
    ]
    book = Spreadsheet(id="b", title="Book", locale="en_GB", sheets=sheets)
    who = {"editor": "teacher@school.example", "client": "app", "owner": "senco@school.example"}
    edit = Edit(book=book, now=datetime(2026, 11, 23, tzinfo=UTC), ids=Ids(), **who)
    cells = [
        {"userEnteredValue": {"formulaValue": "=Other!B2"}},
        {"userEnteredValue": {"numberValue": 3}, "note": "n"},
    ]
    box = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    location = {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}}
    tag = {"metadataId": 1, "metadataKey": "x", "visibility": "DOCUMENT", "location": location}
    batch.run(
        edit,
        [
            {"updateCells": {"rows": [{"values": cells}], "range": box, "fields": "*"}},
            {"addNamedRange": {"namedRange": {"namedRangeId": "x", "name": "x", "range": box}}},
            {"addProtectedRange": {"protectedRange": {"protectedRangeId": 1, "range": box, "warningOnly": True}}},
            {"addBanding": {"bandedRange": {"bandedRangeId": 1, "range": box, "rowProperties": {}}}},
            {"createDeveloperMetadata": {"developerMetadata": tag}},
        ],
    )
    return edit


@pytest.mark.parametrize("kind", sorted(REQUESTS))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_request_is_applied_or_refused(kind: str, data: st.DataObject) -> None:
    request = data.draw(message(SCHEMAS["Request"]["properties"][kind]["$ref"]))
    edit = seeded()
    with contextlib.suppress(ApiError):
        batch.run(edit, [{kind: request}])
        evaluator = Evaluator(edit.book, edit.now.date())
        view = View(book=edit.book, evaluator=evaluator, reader="", client="app", owner="")
        spreadsheet(view, grid=True)
