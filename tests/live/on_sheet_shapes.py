"""What is taken for granted about how a sheet changes: copies, sorts, tidying, blocks that shift, files."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from drive_helpers import SHEET, upload
from ground import Google
from live.on_sheets import book, tag
from live.outcome import Outcome, assumption, judged, refused
from sheets_client import Book, grid

EXPECTED_TITLE = "Register.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def column(own: Book, place: str) -> list[Any]:
    return [row[0] if row else "" for row in own.values(place, "UNFORMATTED_VALUE")]


def differing(pairs: dict[str, tuple[Any, Any]], saw: str) -> Outcome:
    """Held where what was found is what was expected, of each named pair."""
    others = [f"{name}: {found}, not {expected}" for name, (found, expected) in pairs.items() if found != expected]
    return judged(not others, "; ".join(others) or saw)


@assumption("Copies of a tab.")
def copied_tab(google: Google) -> Outcome:
    own = book(google)
    own.put("A1", [["Pupil", "Need"], ["a", "b"]])
    own.batch(
        tag(1, "kept"),
        {"addTable": {"table": {"name": "Pupils", "range": grid(0, (0, 2), (0, 2))}}},
        {"addProtectedRange": {"protectedRange": {"range": grid(0, (4, 5)), "warningOnly": True}}},
        {"addFilterView": {"filter": {"title": "Mine", "range": grid(0, (6, 9), (0, 2))}}},
    )
    first = own.batch({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 7, "newSheetName": "Copy"}})
    by_id = {sheet["properties"]["sheetId"]: sheet for sheet in own.get(includeGridData=True)["sheets"]}
    before, after = by_id[0], by_id[7]
    rows = after["data"][0].get("rowMetadata", [])
    return differing(
        {
            "sheet": (first["replies"][0]["duplicateSheet"]["properties"]["title"], "Copy"),
            "place": (after["properties"]["index"], 0),
            "tags on the copy": (sum("developerMetadata" in row for row in rows), 0),
            "tables on the copy": (len(after.get("tables", [])), 1),
            "protections on the copy": (len(after.get("protectedRanges", [])), 1),
            "ids taken over": (len(_ids(before) & _ids(after)), 0),
        },
        "The copy came first, with a protection, a filter view and a table under ids of their own, and no tag.",
    )


def _ids(sheet: dict[str, Any]) -> set[Any]:
    kinds = (("protectedRanges", "protectedRangeId"), ("filterViews", "filterViewId"), ("tables", "tableId"))
    return {one[key] for name, key in kinds for one in sheet.get(name, [])}


@assumption("Order of a sort.")
def sort_order(google: Google) -> Outcome:
    own = book(google)
    cells = [["b"], [True], [2], ["=1/0"], [""], ["A"], [1], [False]]
    found = {}
    for direction in ("ASCENDING", "DESCENDING"):
        own.put("A1", cells)
        spec = {"dimensionIndex": 0, "sortOrder": direction}
        own.batch({"sortRange": {"range": grid(0, (0, len(cells)), (0, 1)), "sortSpecs": [spec]}})
        found[direction] = column(own, "A1:A8")
    up = [1, 2, "A", "b", False, True, "#DIV/0!"]
    expected = {"up": (found["ASCENDING"], up), "down": (found["DESCENDING"], up[::-1])}
    return differing(expected, f"Up: {found['ASCENDING']}; down: {found['DESCENDING']}; the empty cell last.")


@assumption("Tidying.")
def tidied(google: Google) -> Outcome:
    own = book(google)
    own.put("A1", [["  Amara   Iheatu "], ["Amara Iheatu"], ["AMARA IHEATU"], ["Leo, 7"]], "RAW")
    block = grid(0, (0, 4), (0, 1))
    paste = {
        "coordinate": {"rowIndex": 20, "columnIndex": 0},
        "data": "1;=1+1",
        "delimiter": ";",
        "type": "PASTE_NORMAL",
    }
    replies = own.batch(
        {"trimWhitespace": {"range": block}},
        {"deleteDuplicates": {"range": block}},
        {"textToColumns": {"source": grid(0, (0, 2), (0, 1)), "delimiterType": "COMMA"}},
        {"pasteData": paste},
    )["replies"]
    return differing(
        {
            "cells trimmed": (replies[0]["trimWhitespace"].get("cellsChangedCount"), 1),
            "doubles": (replies[1]["deleteDuplicates"].get("duplicatesRemovedCount"), 2),
            "split": (own.values("A1:B2", "UNFORMATTED_VALUE"), [["Amara Iheatu"], ["Leo", 7]]),
            "pasted": (own.values("A21:B21", "UNFORMATTED_VALUE"), [[1, 2]]),
        },
        "Counted by cells, without regard to case; parts are read as typed.",
    )


@assumption("Blocks that shift.")
def shifted(google: Google) -> Outcome:
    own = book(google)
    ranges = {"inside": (2, 3, 0, 1), "across": (2, 3, 0, 2)}
    for name, (top, bottom, left, right) in ranges.items():
        own.batch({"addNamedRange": {"namedRange": {"name": name, "range": grid(0, (top, bottom), (left, right))}}})
    own.batch({"insertRange": {"range": grid(0, (0, 1), (0, 1)), "shiftDimension": "ROWS"}})
    rows = {one["name"]: one["range"]["startRowIndex"] for one in own.get()["namedRanges"]}
    own.batch({"mergeCells": {"range": grid(0, (6, 7), (0, 2)), "mergeType": "MERGE_ALL"}})
    asked = {"requests": [{"insertRange": {"range": grid(0, (5, 6), (0, 1)), "shiftDimension": "ROWS"}}]}
    cut = refused(own.api.batchUpdate(spreadsheetId=own.id, body=asked))
    return differing(
        {
            "range inside": (rows["inside"], 3),
            "range across": (rows["across"], 2),
            "cut merge refused": (bool(cut), True),
        },
        "A range in the band moved, one across it stayed, and cutting a merge was refused.",
    )


@assumption("What a new line inherits.")
def inherited(google: Google) -> Outcome:
    own = book(google)
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    rule = {"condition": {"type": "BOOLEAN"}}
    row = {"values": [{**bold, "note": "help", "dataValidation": rule}]}
    start = {"sheetId": 0, "rowIndex": 3, "columnIndex": 0}
    line = {"sheetId": 0, "dimension": "ROWS", "startIndex": 3, "endIndex": 4}
    own.batch(
        {"updateCells": {"rows": [row], "start": start, "fields": "*"}},
        {"updateDimensionProperties": {"range": line, "properties": {"pixelSize": 55}, "fields": "pixelSize"}},
        tag(3, "x"),
        {"insertDimension": {"range": line}},
    )
    data = own.get(ranges="A4:A5", includeGridData=True)["sheets"][0]["data"][0]
    cell = data["rowData"][0].get("values", [{}])[0]
    size = data["rowMetadata"][0]
    return differing(
        {
            "bold": (cell.get("userEnteredFormat", {}).get("textFormat", {}).get("bold"), True),
            "validation": ("dataValidation" in cell, True),
            "note": ("note" in cell, False),
            "height": (size.get("pixelSize"), 55),
            "tag": ("developerMetadata" in size, False),
        },
        "A line put in before another takes its format, rule and height, not its note or tag.",
    )


@assumption("A book from a file.")
def from_a_file(google: Google) -> Outcome:
    files = google.service("drive", "v3").files()
    body = {"name": "From a file", "mimeType": SHEET}
    made = {
        name: files.create(body=body, media_body=upload(data, kind), fields="id").execute()["id"]
        for name, data, kind in (("xlsx", _workbook(), XLSX), ("csv", b"007,1/2/2026,=1+1\n", "text/csv"))
    }
    sheets = google.service("sheets", "v4")
    kept, read = Book(sheets, made["xlsx"]), Book(sheets, made["csv"])
    sheet = kept.get()["sheets"][0]
    counts = read.get()["sheets"][0]["properties"]["gridProperties"]
    return differing(
        {
            "formula": (kept.values("B1", "FORMULA"), [["=A1*2"]]),
            "percentage": (kept.values("A2"), [["50%"]]),
            "note": (kept.cell("A1").get("note"), "help"),
            "merges": (len(sheet.get("merges", [])), 1),
            "frozen": (sheet["properties"]["gridProperties"].get("frozenRowCount"), 1),
            "typed": (read.values("A1", "UNFORMATTED_VALUE"), [[7]]),
            "typed formula": (read.values("C1", "UNFORMATTED_VALUE"), [[2]]),
            "grid": ((counts["rowCount"] >= 1000, counts["columnCount"] >= 26), (True, True)),
        },
        f"All of a workbook's kept; the CSV's cells read as typed, its date shown as {read.values('B1')}.",
    )


@assumption("Titles of converted files.")
def title(google: Google) -> Outcome:
    files = google.service("drive", "v3").files()
    body = {"name": "Register.xlsx", "mimeType": SHEET}
    made = files.create(body=body, media_body=upload(_workbook(), XLSX), fields="id,name").execute()
    return judged(made["name"] == EXPECTED_TITLE, f"Register.xlsx, converted, is called {made['name']}.")


def _workbook() -> bytes:
    whole = openpyxl.Workbook()
    sheet = whole.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["A2"] = 3, "=A1*2", 0.5
    sheet["A2"].number_format = "0%"
    sheet["A1"].comment = openpyxl.comments.Comment("help", "live check")
    sheet.merge_cells("C1:D1")
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()
