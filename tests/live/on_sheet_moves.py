"""What is taken for granted about what travels with cells: sorted, moved, filtered, filled, pasted, cut."""

from __future__ import annotations

from typing import Any

from ground import Google
from live.on_sheet_shapes import column, differing
from live.on_sheets import book
from live.outcome import Outcome, assumption, judged, refusal, refused
from sheets_client import Book, grid

MERGE = "MERGE_ALL"


def sort(rows: tuple[int, int], columns: tuple[int, int]) -> dict[str, Any]:
    """A request that sorts a block down from its first column's highest value."""
    spec = {"dimensionIndex": columns[0], "sortOrder": "DESCENDING"}
    return {"sortRange": {"range": grid(0, rows, columns), "sortSpecs": [spec]}}


def lines(start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def call(own: Book, request: dict[str, Any]) -> Any:
    return own.api.batchUpdate(spreadsheetId=own.id, body={"requests": [request]})


def merges(own: Book) -> list[tuple[int, int]]:
    """First and last row of each merge."""
    found = own.get()["sheets"][0].get("merges", [])
    return [(one.get("startRowIndex", 0), one["endRowIndex"]) for one in found]


@assumption("Heights in a sort.")
def heights(google: Google) -> Outcome:
    own = book(google)
    own.put("A1", [["a"], ["b"]])
    height = {"range": lines(0, 1), "properties": {"pixelSize": 60}, "fields": "pixelSize"}
    cell = {"range": grid(0, (0, 1), (0, 1)), "cell": {"note": "help"}, "fields": "note"}
    own.batch({"updateDimensionProperties": height}, {"repeatCell": cell}, sort((0, 2), (0, 1)))
    data = own.get(ranges="A1:A2", includeGridData=True)["sheets"][0]["data"][0]
    noted = ["note" in row["values"][0] for row in data["rowData"]]
    tall = [row["pixelSize"] == 60 for row in data["rowMetadata"]]
    return differing(
        {"tall": (tall, [True, False]), "noted": (noted, [False, True])}, "The note went, the height stayed."
    )


@assumption("Merges in a sort.")
def sorted_merges(google: Google) -> Outcome:
    own = book(google)
    own.put("A1", [["a", "", 1], ["b", "x", 2], ["c", "y", 3]])
    own.batch({"mergeCells": {"range": grid(0, (0, 1), (0, 2)), "mergeType": MERGE}}, sort((0, 3), (0, 3)))
    cut = refused(call(own, sort((0, 3), (1, 3))))
    return differing({"merge": (merges(own), [(2, 3)]), "cut refused": (bool(cut), True)}, "It went along, uncut.")


@assumption("Moving a merge's lines.")
def moved_merge(google: Google) -> Outcome:
    own = book(google)
    own.batch({"mergeCells": {"range": grid(0, (0, 2), (0, 1)), "mergeType": MERGE}})
    own.batch({"moveDimension": {"source": lines(0, 2), "destinationIndex": 5}})
    between = refused(call(own, {"moveDimension": {"source": lines(8, 9), "destinationIndex": 4}}))
    return differing(
        {"merge": (merges(own), [(3, 5)]), "split refused": (bool(between), True)}, "It moved, undivided."
    )


@assumption("When a filter is applied again.")
def filtered(google: Google) -> Outcome:
    own = book(google)
    own.put("A1", [["Tier"], ["x"], ["y"], ["z"]])
    criteria = [{"columnIndex": 0, "filterCriteria": {"hiddenValues": ["x"]}}]
    own.batch({"setBasicFilter": {"filter": {"range": grid(0, (0, 4), (0, 1)), "filterSpecs": criteria}}})
    own.put("A3", [["x"]])
    rows = own.get(ranges="A1:A4", includeGridData=True)["sheets"][0]["data"][0]["rowMetadata"]
    hidden = [number for number, row in enumerate(rows, 1) if row.get("hiddenByFilter")]
    return judged(hidden == [2], f"Rows 2 and 3 hold what is filtered, row 3 since later: hidden are {hidden}.")


@assumption("A criterion outside its filter.")
def outside(google: Google) -> Outcome:
    own = book(google)
    criteria = [{"columnIndex": 9, "filterCriteria": {"hiddenValues": ["x"]}}]
    asked = {"setBasicFilter": {"filter": {"range": grid(0, (0, 5), (0, 2)), "filterSpecs": criteria}}}
    return refusal(call(own, asked), 400)


@assumption("How a series goes on.")
def series(google: Google) -> Outcome:
    own, found = book(google), {}
    cases: dict[str, tuple[list[Any], dict[str, Any], list[Any]]] = {
        "4": ([4], {}, [4, 4]),
        "4, other way": ([4], {"useAlternateSeries": True}, [5, 6]),
        "1, 3": ([1, 3], {}, [5, 7]),
        "a, b": (["a", "b"], {}, ["a", "b"]),
        "1, 2, 4": ([1, 2, 4], {}, [1, 2]),
    }
    for name, (values, more, expected) in cases.items():
        count = len(values)
        own.put("A1", [[value] for value in values])
        way = {"source": grid(0, (0, count), (0, 1)), "dimension": "ROWS", "fillLength": 2}
        own.batch({"autoFill": {"sourceAndDestination": way, **more}})
        found[name] = (column(own, f"A{count + 1}:A{count + 2}"), expected)
    return differing(found, "As assumed: " + "; ".join(f"{name} goes on {told[0]}" for name, told in found.items()))


@assumption("Conditional formats in a paste.")
def pasted(google: Google) -> Outcome:
    own = book(google)
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=A1>1"}]}
    rule = {"condition": condition, "format": {"backgroundColor": {"red": 1}}}
    ranges = [grid(0, (0, 1), (0, 1))]
    own.batch({"addConditionalFormatRule": {"rule": {"ranges": ranges, "booleanRule": rule}}})
    way = {"source": ranges[0], "destination": grid(0, (5, 6), (3, 4)), "pasteType": "PASTE_NORMAL"}
    own.batch({"copyPaste": way})
    rules = own.get()["sheets"][0]["conditionalFormats"]
    counted = [len(one["ranges"]) for one in rules]
    return judged(counted == [2], f"After a paste there are {len(rules)} rules, over {counted} ranges.")


@assumption("Lists in a paste.")
def pasted_lists(google: Google) -> Outcome:
    own = book(google)
    rule = {"condition": {"type": "BOOLEAN"}, "strict": True}
    cell = {"userEnteredValue": {"formulaValue": "=B1"}, "note": "help", "dataValidation": rule}
    own.batch({"updateCells": {"rows": [{"values": [cell]}], "start": {"sheetId": 0}, "fields": "*"}})
    for row, kind in ((1, "PASTE_NORMAL"), (2, "PASTE_DATA_VALIDATION"), (3, "PASTE_FORMULA")):
        way = {"source": grid(0, (0, 1), (0, 1)), "destination": grid(0, (row, row + 1), (0, 1)), "pasteType": kind}
        own.batch({"copyPaste": way})
    data = own.get(ranges="A2:A4", includeGridData=True)["sheets"][0]["data"][0]["rowData"]
    cells = [(row.get("values") or [{}])[0] for row in data]
    found = {
        "rules": (["dataValidation" in one for one in cells], [True, True, False]),
        "formulas": (
            [one.get("userEnteredValue", {}).get("formulaValue") for one in cells],
            ["=B2", None, "=B4"],
        ),
        "notes": (["note" in one for one in cells], [True, False, False]),
    }
    return differing(found, "A whole paste brings rule, formula and note, the others one of them.")


@assumption("A dropdown's cells when lines come.")
def longer_list(google: Google) -> Outcome:
    own = book(google)
    source = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Sheet1!$D$2:$D$4"}]}
    ruled = {"range": grid(0, (1, 4), (0, 1)), "rule": {"condition": source, "showCustomUi": True}}
    own.batch({"setDataValidation": ruled}, {"insertDimension": {"range": lines(2, 4), "inheritFromBefore": True}})
    data = own.get(ranges="A2:A6", includeGridData=True)["sheets"][0]["data"][0]["rowData"]
    read = [(row.get("values") or [{}])[0].get("dataValidation", {}).get("condition", {}) for row in data]
    told = [one.get("values", [{}])[0].get("userEnteredValue", "").replace("Sheet1!", "") for one in read]
    return judged(told == ["=$D$2:$D$6"] * 5, f"Two lines came inside the list and the cells that read it: {told}.")


@assumption("Lines at the end.")
def appended(google: Google) -> Outcome:
    own = book(google)
    columns = own.get()["sheets"][0]["properties"]["gridProperties"]["columnCount"]
    last = grid(0, (0, 1), (columns - 1, columns))
    cell = {"userEnteredFormat": {"textFormat": {"bold": True}}, "dataValidation": {"condition": {"type": "BOOLEAN"}}}
    own.batch(
        {"repeatCell": {"range": last, "cell": cell, "fields": "*"}},
        {"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 1}},
    )
    start = {"range": grid(0, (0, 1), (columns, columns + 1)), "cell": {"note": "new"}, "fields": "note"}
    own.batch({"repeatCell": start})
    row = own.get(includeGridData=True)["sheets"][0]["data"][0]["rowData"][0]["values"]
    kept = sorted(set(row[columns]) & {"userEnteredFormat", "dataValidation"})
    return judged(not kept, f"The new column took {kept or 'nothing'} from the last one.")


@assumption("Names in a cut.")
def cut_names(google: Google) -> Outcome:
    own = book(google)
    pair = grid(0, (0, 1), (0, 2))
    own.batch(
        {"addNamedRange": {"namedRange": {"name": "Pair", "range": pair}}},
        {
            "cutPaste": {
                "source": pair,
                "destination": {"sheetId": 0, "rowIndex": 3, "columnIndex": 2},
                "pasteType": "PASTE_NORMAL",
            }
        },
    )
    place = own.get()["namedRanges"][0]["range"]
    corner = place.get("startRowIndex", 0), place.get("startColumnIndex", 0)
    return judged(corner == (3, 2), f"Cut from A1 to C4, the name stands at {corner}.")
