"""What is taken for granted about Sheets: locks, tags, refusals."""

from __future__ import annotations

from typing import Any

from googleapiclient.errors import HttpError
from ground import Google
from live.outcome import Outcome, assumption, held, judged, not_held, person, refusal, refused, told
from live.words import compared
from sheets_client import Book, grid, new_book

HAND_SORT = "Open {link} and sort column A from Z to A in the page."


def book(google: Google, title: str = "Live check") -> Book:
    return new_book(google.service("sheets", "v4"), title)


def named(range_id: str, name: str) -> dict[str, Any]:
    """A request that makes a named range, whose place is the first cell."""
    return {
        "addNamedRange": {"namedRange": {"namedRangeId": range_id, "name": name, "range": grid(0, (0, 1), (0, 1))}}
    }


def tag(row: int, value: str, sheet_id: int = 0) -> dict[str, Any]:
    """A request that tags a row."""
    lines = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
    made = {
        "metadataKey": "row",
        "metadataValue": value,
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": lines},
    }
    return {"createDeveloperMetadata": {"developerMetadata": made}}


def tagged(own: Book, value: str) -> list[list[str]]:
    """The cells of the row with this tag."""
    lookup = {"developerMetadataLookup": {"metadataKey": "row", "metadataValue": value}}
    body = {"dataFilters": [lookup]}
    found = own.api.values().batchGetByDataFilter(spreadsheetId=own.id, body=body).execute()
    return [row for one in found.get("valueRanges", []) for row in one["valueRange"].get("values", [])]


@assumption("The lock's 400.")
def lock(google: Google) -> Outcome:
    own = book(google)
    own.batch(named("senplans_lock", "first"))
    body = {"requests": [named("senplans_lock", "second")]}
    again = own.api.batchUpdate(spreadsheetId=own.id, body=body)
    return refusal(again, 400, "already exists", "in use")


@assumption("Client-given named range ids.")
def client_ids(google: Google) -> Outcome:
    own, ids = book(google), ["senplans_lock", "senplans_mark_9f3A", "x1"]
    own.batch(*(named(one, f"name_{one}") for one in ids))
    found = {one["namedRangeId"] for one in own.get()["namedRanges"]}
    return judged(found == set(ids), f"Of the ids {', '.join(ids)} it kept {len(found & set(ids))}.")


@assumption("Id free again in the same batch.")
def renewed(google: Google) -> Outcome:
    own = book(google)
    own.batch(named("senplans_lock", "first"))
    own.batch({"deleteNamedRange": {"namedRangeId": "senplans_lock"}}, named("senplans_lock", "second"))
    found = own.get()["namedRanges"]
    return judged([one["name"] for one in found] == ["second"], f"{len(found)} named range after renewing.")


@assumption("Row tags come with the row.")
def tags_read(google: Google) -> Outcome:
    own = book(google)
    own.put("A1", [["a"], ["b"]])
    own.batch(tag(0, "first"), tag(1, "second"))
    mask = "sheets.data(startRow,rowMetadata.developerMetadata(metadataKey,metadataValue))"
    body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "row"}}]}
    found = own.api.getByDataFilter(spreadsheetId=own.id, body=body, fields=mask).execute()
    values = [
        one["metadataValue"]
        for sheet in found.get("sheets", [])
        for data in sheet.get("data", [])
        for row in data.get("rowMetadata", [])
        for one in row.get("developerMetadata", [])
    ]
    return judged(sorted(values) == ["first", "second"], f"Two rows were tagged; {len(values)} tags came back.")


@assumption("A tab that is not there.")
def missing_tab(google: Google) -> Outcome:
    own = book(google)
    body = {"dataFilters": [{"gridRange": {"sheetId": 987654}}]}
    return refusal(own.api.values().batchGetByDataFilter(spreadsheetId=own.id, body=body), 400, "No grid with id")


@assumption("Sorting by hand.")
def hand_sort(google: Google) -> Outcome:
    own = book(google, "Sort me")
    own.put("A1", [["a"], ["b"], ["c"]])
    own.batch(tag(0, "first"))
    spec = {"dimensionIndex": 0, "sortOrder": "DESCENDING"}
    own.batch({"sortRange": {"range": grid(0, (0, 3)), "sortSpecs": [spec]}})
    if tagged(own, "first") != [["a"]]:
        return not_held("A sort by API left the tag where it was.")
    own.batch({"sortRange": {"range": grid(0, (0, 3)), "sortSpecs": [spec | {"sortOrder": "ASCENDING"}]}})
    steps = HAND_SORT.format(link=f"https://docs.google.com/spreadsheets/d/{own.id}/edit")
    if not google.asks(steps):
        return person(
            "Run live-check with --with-a-person: it makes a spreadsheet, asks you to sort it in the page, and reads "
            "the tag.",
            "A sort by API carried the tag along.",
        )
    order, row = own.values("A1:A3"), tagged(own, "first")
    if order != [["c"], ["b"], ["a"]]:
        return person(steps, "The column was not sorted from Z to A.")
    return judged(row == [["a"]], f"After the sort by hand the tag stands on the row {row}.")


@assumption("Words of Sheets' refusals.")
def words(google: Google) -> Outcome:
    return compared(google, "Sheets")


@assumption("Words about groups, tables and filter views.")
def shape_words(google: Google) -> Outcome:
    own = book(google)
    table = {"name": "Pupils", "range": grid(0, (0, 5), (0, 3))}
    own.batch({"addTable": {"table": table}})
    lines = {"sheetId": 0, "dimension": "ROWS", "startIndex": 7, "endIndex": 9}
    several = {
        "deleteDimensionGroup": {"range": lines},
        "updateDimensionGroup": {"dimensionGroup": {"range": lines, "depth": 1}, "fields": "collapsed"},
        "addTable": {"table": {"name": "Other", "range": grid(0, (4, 6), (2, 4))}},
        "deleteTable": {"tableId": "nothing"},
        "deleteFilterView": {"filterId": 987654},
        "addFilterView": {"filter": {"title": "Nowhere", "range": {"sheetId": 987654}}},
    }
    answers = {}
    for name, asked in several.items():
        answers[name] = refused(own.api.batchUpdate(spreadsheetId=own.id, body={"requests": [{name: asked}]}))
    taken = [name for name, error in answers.items() if error is None or error.status_code != 400]
    said = "; ".join(f"{name}: {_last(error)}" for name, error in answers.items())
    return not_held(f"Not refused with 400: {', '.join(taken)}. {said}") if taken else held(said)


def _last(error: HttpError | None) -> str:
    return told(error).partition(": ")[2] if error else "taken"
