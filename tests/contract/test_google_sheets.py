"""Our Sheets adapter keeps its promises, against the sandbox over HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from doors import StillTime, calls, fault, open_door

from sandbox.server import RunningSandbox
from server.google.door import Door
from server.google.sheets import SheetsDoor
from server.plans.ports import Cell
from server.plans.trouble import AlreadyThere, Busy, NotMade, NotVisible, Refused, Trouble, Unreachable

READ = "sheets.spreadsheets.values.batchGetByDataFilter"
BATCH = "sheets.spreadsheets.batchUpdate"
PUPILS, PLAN, EMPTY = 101, 102, 103
LEASE = "senplanslease"
ROW = "senplans.row"


def value(cell: Cell) -> Mapping[str, Any]:
    if cell is None:
        return {}
    kind = "boolValue" if isinstance(cell, bool) else "stringValue" if isinstance(cell, str) else "numberValue"
    return {"userEnteredValue": {kind: cell}}


def add_sheet(sheet_id: int, title: str) -> Mapping[str, Any]:
    return {"addSheet": {"properties": {"sheetId": sheet_id, "title": title}}}


def fill(sheet_id: int, rows: Sequence[Sequence[Cell]]) -> Mapping[str, Any]:
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0},
            "rows": [{"values": [value(cell) for cell in row]} for row in rows],
            "fields": "userEnteredValue",
        }
    }


def tag(sheet_id: int, dimension: str, index: int, key: str, text: str) -> Mapping[str, Any]:
    place = {"sheetId": sheet_id, "dimension": dimension, "startIndex": index, "endIndex": index + 1}
    metadata = {"metadataKey": key, "metadataValue": text, "location": {"dimensionRange": place}}
    return {"createDeveloperMetadata": {"developerMetadata": {**metadata, "visibility": "DOCUMENT"}}}


def lease(name: str) -> Mapping[str, Any]:
    place = {"sheetId": PUPILS, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    return {"addNamedRange": {"namedRange": {"namedRangeId": LEASE, "name": name, "range": place}}}


ROWS = (("Id", "First name", "Born", "Ready"), ("P01", "Amara", 43000, True), ("P02", "3/5", 1.5))


@pytest.fixture
def time() -> StillTime:
    return StillTime()


@pytest.fixture
def door(sandbox_server: RunningSandbox, time: StillTime) -> Iterator[Door]:
    with open_door(sandbox_server, time=time) as opened:
        yield opened


@pytest.fixture
def sheets(door: Door) -> SheetsDoor:
    return door.sheets


@pytest.fixture
def book(door: Door, sandbox_server: RunningSandbox) -> str:
    """A spreadsheet with two filled tabs and an empty one; the journal starts after it."""
    made = door.drive.create_spreadsheet("Plans", "", {}).file_id
    requests = [add_sheet(PUPILS, "Pupils"), add_sheet(PLAN, "Plan"), add_sheet(EMPTY, "Empty")]
    door.sheets.batch(made, [*requests, fill(PUPILS, ROWS), fill(PLAN, [("Outcome",)])])
    sandbox_server.workspace.journal.clear()
    return made


def test_whole_tabs_are_read_in_one_call_and_told_apart_by_id(
    sheets: SheetsDoor, book: str, sandbox_server: RunningSandbox
) -> None:
    grids = sheets.read(book, [PLAN, EMPTY, PUPILS])
    assert calls(sandbox_server) == {READ: 1}
    assert grids == {PLAN: (("Outcome",),), EMPTY: (), PUPILS: ROWS}


def test_a_tab_that_was_renamed_is_still_read(sheets: SheetsDoor, book: str) -> None:
    properties = {"sheetId": PUPILS, "title": 'Our children\'s "list"'}
    sheets.batch(book, [{"updateSheetProperties": {"properties": properties, "fields": "title"}}])
    assert sheets.read(book, [PUPILS])[PUPILS] == ROWS
    assert sheets.outline(book).titles[PUPILS] == 'Our children\'s "list"'


def test_a_tab_that_was_never_made_is_told_as_such(sheets: SheetsDoor, book: str) -> None:
    with pytest.raises(NotMade):
        sheets.read(book, [PUPILS, 999])


def test_a_spreadsheet_out_of_sight_is_not_visible(sandbox_server: RunningSandbox, book: str) -> None:
    with open_door(sandbox_server, "stranger@elsewhere.example") as stranger, pytest.raises(NotVisible):
        stranger.sheets.read(book, [PUPILS])


def test_requests_are_applied_together_in_one_call(
    sheets: SheetsDoor, book: str, sandbox_server: RunningSandbox
) -> None:
    with pytest.raises(Refused):
        sheets.batch(book, [fill(PUPILS, [("Changed",)]), fill(999, [("Nowhere",)])])
    assert calls(sandbox_server) == {BATCH: 1}
    assert sheets.read(book, [PUPILS])[PUPILS] == ROWS


def test_replies_come_back_in_order(sheets: SheetsDoor, book: str) -> None:
    replies = sheets.batch(book, [add_sheet(201, "One"), fill(201, [("x",)]), add_sheet(202, "Two")])
    assert [reply.get("addSheet", {}).get("properties", {}).get("sheetId") for reply in replies] == [201, None, 202]


def test_a_lease_can_be_taken_only_once(sheets: SheetsDoor, book: str, sandbox_server: RunningSandbox) -> None:
    sheets.batch(book, [lease("lease_run1_1790000000")])
    with pytest.raises(AlreadyThere):
        sheets.batch(book, [lease("lease_run2_1790000001")])
    sandbox_server.workspace.journal.clear()
    assert sheets.named_ranges(book) == {LEASE: "lease_run1_1790000000"}
    assert calls(sandbox_server) == {"sheets.spreadsheets.get": 1}


def test_a_stale_lease_is_taken_over_in_one_batch(sheets: SheetsDoor, book: str) -> None:
    sheets.batch(book, [lease("lease_run1_1790000000")])
    sheets.batch(book, [{"deleteNamedRange": {"namedRangeId": LEASE}}, lease("lease_run2_1790000001")])
    assert sheets.named_ranges(book) == {LEASE: "lease_run2_1790000001"}


def test_columns_are_known_by_their_tags_wherever_they_are_moved(
    sheets: SheetsDoor, book: str, sandbox_server: RunningSandbox
) -> None:
    sheets.batch(book, [tag(PUPILS, "COLUMNS", 0, "senplans.column", "pupil_id")])
    sheets.batch(book, [tag(PUPILS, "COLUMNS", 1, "senplans.column", "first_name")])
    source = {"sheetId": PUPILS, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    sheets.batch(book, [{"moveDimension": {"source": source, "destinationIndex": 3}}])
    sandbox_server.workspace.journal.clear()
    assert sheets.column_tags(book) == {(PUPILS, 2): "pupil_id", (PUPILS, 0): "first_name"}
    assert calls(sandbox_server) == {"sheets.spreadsheets.developerMetadata.search": 1}


def test_columns_without_tags_are_not_an_error(sheets: SheetsDoor, book: str) -> None:
    assert sheets.column_tags(book) == {}


@pytest.fixture
def tagged(sheets: SheetsDoor, book: str, sandbox_server: RunningSandbox) -> str:
    """The book with both pupils' rows tagged, then sorted the other way round."""
    sheets.batch(book, [tag(PUPILS, "ROWS", 1, ROW, "tag-a"), tag(PUPILS, "ROWS", 2, ROW, "tag-b")])
    area = {"sheetId": PUPILS, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 4}
    order = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    sheets.batch(book, [{"sortRange": {"range": area, "sortSpecs": order}}])
    sandbox_server.workspace.journal.clear()
    return book


def test_tagged_rows_are_read_wherever_a_sort_took_them(
    sheets: SheetsDoor, tagged: str, sandbox_server: RunningSandbox
) -> None:
    found = sheets.tagged_rows(tagged, ROW)
    assert len(calls(sandbox_server)) == 1
    assert {each: row[:2] for each, row in found.items()} == {"tag-a": ("P01", "Amara"), "tag-b": ("P02", "3/5")}
    assert found["tag-a"][2:4] == (43000, True)


def test_rows_nobody_tagged_are_not_read(sheets: SheetsDoor, tagged: str) -> None:
    assert sheets.tagged_rows(tagged, "senplans.other") == {}


def test_tagged_rows_are_written_wherever_a_sort_took_them(
    sheets: SheetsDoor, tagged: str, sandbox_server: RunningSandbox
) -> None:
    sheets.write_tagged(tagged, ROW, {"tag-a": ["P11", None, None, False], "tag-b": ["=1+1"]})
    assert calls(sandbox_server) == {"sheets.spreadsheets.values.batchUpdateByDataFilter": 1}
    assert sheets.read(tagged, [PUPILS])[PUPILS] == (
        ROWS[0],
        ("=1+1", "3/5", 1.5),
        ("P11", "Amara", 43000, False),
    )


def test_a_read_that_fails_is_repeated_though_it_is_a_post(
    sheets: SheetsDoor, book: str, sandbox_server: RunningSandbox, time: StillTime
) -> None:
    fault(sandbox_server, method=READ, nth=1, status=503)
    assert sheets.read(book, [PUPILS])[PUPILS] == ROWS
    assert calls(sandbox_server) == {READ: 2}
    assert time.slept == [1.0]


def test_a_read_that_came_too_fast_waits_as_long_as_google_says(
    sheets: SheetsDoor, book: str, sandbox_server: RunningSandbox, time: StillTime
) -> None:
    fault(sandbox_server, method=READ, nth=1, status=429, retry_after=11)
    assert sheets.read(book, [PUPILS])[PUPILS] == ROWS
    assert time.slept == [11.0]


def test_a_batch_that_came_too_fast_is_repeated(
    sheets: SheetsDoor, book: str, sandbox_server: RunningSandbox
) -> None:
    fault(sandbox_server, method=BATCH, nth=1, status=429)
    sheets.batch(book, [add_sheet(201, "One")])
    assert calls(sandbox_server) == {BATCH: 2}


@pytest.mark.parametrize(
    ("rule", "expected"), [({"status": 503}, Busy), ({"lost": True}, Unreachable)], ids=["503", "lost"]
)
def test_a_batch_that_may_have_happened_is_not_repeated(
    sheets: SheetsDoor, book: str, sandbox_server: RunningSandbox, rule: dict[str, Any], expected: type[Trouble]
) -> None:
    fault(sandbox_server, method=BATCH, **rule)
    with pytest.raises(expected):
        sheets.batch(book, [add_sheet(201, "One")])
    assert calls(sandbox_server) == {BATCH: 1}


def test_a_batch_marked_safe_is_repeated_after_a_lost_answer(
    sheets: SheetsDoor, book: str, sandbox_server: RunningSandbox
) -> None:
    fault(sandbox_server, method=BATCH, nth=1, lost=True)
    sheets.batch(book, [fill(PUPILS, [("Changed",)])], safe=True)
    assert calls(sandbox_server) == {BATCH: 2}


def test_a_page_of_html_is_an_error_like_any_other(
    sheets: SheetsDoor, book: str, sandbox_server: RunningSandbox
) -> None:
    fault(sandbox_server, method="sheets.spreadsheets.get", status=403, html=True)
    with pytest.raises(Refused):
        sheets.outline(book)
