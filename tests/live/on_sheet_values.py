"""What is taken for granted about writing values, tables and charts."""

from __future__ import annotations

from typing import Any

from googleapiclient.errors import HttpError
from ground import Google
from live.on_sheet_shapes import differing
from live.on_sheets import book
from live.outcome import Outcome, assumption, judged
from sheets_client import Book, grid

LINE = {"sheetId": 0, "dimension": "ROWS"}


def size(own: Book) -> tuple[int, int]:
    """Rows and columns of the first sheet."""
    found = own.get()["sheets"][0]["properties"]["gridProperties"]
    return found["rowCount"], found["columnCount"]


def add_table(own: Book, **more: Any) -> str:
    """The id of a table of two columns over A1:B3."""
    own.put("A1", [["Pupil", "Tier"], ["Amara", 1], ["Ben", 2]])
    asked = {"name": "Pupils", "range": grid(0, (0, 3), (0, 2)), **more}
    return str(own.batch({"addTable": {"table": asked}})["replies"][0]["addTable"]["table"]["tableId"])


def table_end(own: Book) -> int:
    return int(own.get()["sheets"][0]["tables"][0]["range"]["endRowIndex"])


@assumption("Writing past the grid.")
def past_the_grid(google: Google) -> Outcome:
    own = book(google)
    keep = [{"deleteDimension": {"range": {**LINE, "startIndex": 2, "endIndex": size(own)[0]}}}]
    keep += [
        {"deleteDimension": {"range": {**LINE, "dimension": "COLUMNS", "startIndex": 2, "endIndex": size(own)[1]}}}
    ]
    own.batch(*keep)
    refused = []
    for place in ("A1:C", "Sheet1"):
        try:
            own.put(place, [["x"] * 3] * 3)
        except HttpError as error:
            refused.append(error.status_code)
    own.put("A1", [["x"] * 3] * 3)
    return judged(
        refused == [400, 400] and size(own) == (3, 3), f"Open ranges: {refused}; a cell: grid of {size(own)}."
    )


@assumption("Appending inserted rows.")
def inserted_rows(google: Google) -> Outcome:
    own = book(google)
    asked = {"spreadsheetId": own.id, "range": "Sheet1", "valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
    before = size(own)[0]
    own.api.values().append(**asked, body={"values": [["a"], ["b"]]}).execute()
    return judged(
        size(own)[0] == before + 2, f"Two rows appended with INSERT_ROWS: {size(own)[0] - before} rows more."
    )


@assumption("Appending below a table.")
def below_a_table(google: Google) -> Outcome:
    own = book(google)
    add_table(own)
    asked = {"spreadsheetId": own.id, "range": "Sheet1!A1", "valueInputOption": "RAW"}
    done = own.api.values().append(**asked, body={"values": [["Cora", 3]]}).execute()
    place = done["updates"]["updatedRange"]
    return judged(table_end(own) == 4, f"Written to {place}; the table of three rows ends with row {table_end(own)}.")


@assumption("Appending cells to a full table.")
def full_table(google: Google) -> Outcome:
    own = book(google)
    table = add_table(own)
    own.put("A4", [["below", "below", "beside"]])
    cells = [{"values": [{"userEnteredValue": {"stringValue": "Cora"}}]}]
    own.batch({"appendCells": {"tableId": table, "rows": cells, "fields": "userEnteredValue"}})
    found = own.values("A4:C5")
    return judged(found == [["Cora", "", "beside"], ["below", "below"]], f"Below the table then: {found}.")


@assumption("Names in a copied table.")
def copied_names(google: Google) -> Outcome:
    own = book(google)
    add_table(own)
    own.batch({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 9}})
    own.api.values().clear(spreadsheetId=own.id, range="Sheet1!B1", body={}).execute()
    sheets = {one["properties"]["sheetId"]: one for one in own.get()["sheets"]}
    names = sheets[9]["tables"][0]["name"], own.values("Sheet1!B1")
    return judged(
        names == ("Pupils_2", [["Column 2"]]), f"The copy is called {names[0]}; the emptied header {names[1]}."
    )


@assumption("Charts without their row.")
def chart(google: Google) -> Outcome:
    own = book(google)
    own.put("A1", [["Tier", "Pupils"], ["One", 3], ["Two", 5]])

    def source(name: str, column: int) -> dict[str, Any]:
        return {name: {"sourceRange": {"sources": [grid(0, (0, 3), (column, column + 1))]}}}

    basic = {"chartType": "COLUMN", "domains": [source("domain", 0)], "series": [source("series", 1)]}
    anchor = {"anchorCell": {"sheetId": 0, "rowIndex": 6, "columnIndex": 3}}
    made = {"spec": {"basicChart": basic}, "position": {"overlayPosition": anchor}}
    gone = {"deleteDimension": {"range": {**LINE, "startIndex": 6, "endIndex": 7}}}
    own.batch({"addChart": {"chart": made}}, gone)
    charts = own.get()["sheets"][0].get("charts", [])
    rows = [one["position"]["overlayPosition"]["anchorCell"].get("rowIndex", 0) for one in charts]
    return judged(rows == [6], f"A chart on row 7 when that row is deleted: {len(rows)} charts, on row index {rows}.")


@assumption("Merges in a partial read.")
def partial(google: Google) -> Outcome:
    own = book(google)
    for row in (0, 5):
        own.batch({"mergeCells": {"range": grid(0, (row, row + 1), (0, 2)), "mergeType": "MERGE_ALL"}})
    whole, part = own.get()["sheets"][0], own.get(ranges="A1:C3")["sheets"][0]
    counts = {"read whole": (len(whole["merges"]), 2), "read in part": (len(part.get("merges", [])), 1)}
    return differing(counts, "Two merges, of which a partial read lists the one that it touches.")


@assumption("Where cells stand.")
def alignment(google: Google) -> Outcome:
    own = book(google)
    own.put("A1", [["text", 1, True, "=1/0", ""]])
    found = [own.cell(f"{letter}1").get("effectiveFormat", {}).get("horizontalAlignment", "") for letter in "ABCDE"]
    expected = ["LEFT", "RIGHT", "CENTER", "CENTER", ""]
    return judged(found == expected, f"Text, number, boolean, error and empty stand {found}.")


@assumption("Very large and small numbers.")
def large(google: Google) -> Outcome:
    own = book(google)
    own.put("A1", [[123456789012345678, 0.000000000001]], "RAW")
    found = own.values("A1:B1")
    return judged(found == [["1.23457E+17", "1E-12"]], f"They are shown as {found}.")


@assumption("A formula that comes to nothing.")
def nothing(google: Google) -> Outcome:
    own = book(google)
    own.put("A1", [["=IF(,,)", "x", "=IF(,,)"]])
    found = own.values("A1:C1")
    return judged(found == [["", "x", ""]], f"Before a filled cell and as the last: {found}.")


@assumption("Dropdown columns of a table.")
def dropdown(google: Google) -> Outcome:
    own = book(google)
    values = [{"userEnteredValue": value} for value in ("One", "Two")]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}}
    column = {"columnIndex": 1, "columnName": "Tier", "columnType": "DROPDOWN", "dataValidationRule": rule}
    add_table(own, columnProperties=[column])
    found = "dataValidation" in own.cell("B2")
    return judged(not found, f"A cell of a dropdown column tells {'a' if found else 'no'} validation of its own.")
