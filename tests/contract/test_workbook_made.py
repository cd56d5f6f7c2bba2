"""Workbooks made, shown, rearranged and read through Google's own client, against the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sandbox.server import RunningSandbox
from server.demo.sample import load as load_sample
from server.demo.sample import starters
from server.workflows.install import Starter
from sheets_templates.catalogue import load
from sheets_templates.readback import Reading, read
from sheets_templates.starter import label
from sheets_templates.workbook import append_log_requests, ledger_requests, make_requests

CATALOGUE = load()
SENCO = "anil@quillbrook.example.com"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
SCHOOLS: Mapping[str, Starter] = {starter.school_id: starter for starter in starters(load_sample())}

Workbooks = Callable[[str, Starter], str]


class Office:
    """One person's Drive and Sheets, through google-api-python-client."""

    def __init__(self, api: Any, sandbox: RunningSandbox) -> None:
        self.drive = api("drive", "v3", SENCO)
        self.sheets = api("sheets", "v4", SENCO).spreadsheets()
        self.sandbox = sandbox

    def make(self, which: Any, starter: Starter) -> str:
        """A workbook in two calls."""
        made = make_requests(
            CATALOGUE,
            which,
            starter={
                **starter.tables,
                "senplans": [{"kind": "copy", "key": "C01", "remote_id": "1Doc", "time": "3 Sep"}],
            },
            lists=starter.lists,
            editors=[SENCO],
            id_salt=f"{starter.school_id}/{which}",
        )
        assert made.problems == ()
        body = {"name": f"{starter.name}: {which}", "mimeType": SPREADSHEET}
        file_id: str = self.drive.files().create(body=body, fields="id").execute()["id"]
        self.batch(file_id, *made.requests)
        return file_id

    def batch(self, file_id: str, *requests: Mapping[str, Any]) -> None:
        self.sheets.batchUpdate(spreadsheetId=file_id, body={"requests": list(requests)}).execute()

    def grids(self, file_id: str, which: Any) -> dict[int, list[list[Any]]]:
        """All tabs in one call."""
        body = {
            "dataFilters": [{"gridRange": {"sheetId": table.sheet_id}} for table in CATALOGUE.workbook(which)],
            "valueRenderOption": "UNFORMATTED_VALUE",
            "dateTimeRenderOption": "SERIAL_NUMBER",
        }
        answer = self.sheets.values().batchGetByDataFilter(spreadsheetId=file_id, body=body).execute()
        found = answer["valueRanges"]
        return {
            each["dataFilters"][0]["gridRange"]["sheetId"]: each["valueRange"].get("values", []) for each in found
        }

    def read(self, file_id: str, which: Any, **options: Any) -> Reading:
        return read(CATALOGUE, which, self.grids(file_id, which), **options)

    def shown(self, file_id: str, table: str, column: str) -> list[Any]:
        """What a column shows, under its header."""
        declared = CATALOGUE.table(table)
        which, place = declared.workbook, declared.positions[column]
        rows = self.grids(file_id, which)[declared.sheet_id][1:]
        return [row[place] if place < len(row) else None for row in rows]

    def calls(self) -> list[str]:
        return [entry["method"] for entry in self.sandbox.workspace.journal]


@pytest.fixture
def office(api: Any, sandbox_server: RunningSandbox) -> Office:
    return Office(api, sandbox_server)


def told(starter: Starter, table: str) -> list[dict[str, Any]]:
    """Starter rows as they should come back: references as ids, checkboxes always there, nothing for nothing."""
    rows = []
    for row in starter.tables.get(table, ()):
        found: dict[str, Any] = {}
        for column in CATALOGUE.table(table).inputs:
            value: Any = row.get(column.key)
            if column.kind == "bool":
                found[column.key] = bool(value)
            elif value not in (None, "", (), ("",)) and column.kind != "id":
                found[column.key] = ids_in(column.kind, value) if column.ref else several(column.kind, value)
        rows.append(found)
    return rows


def several(kind: str, value: Any) -> Any:
    """What a cell of several holds, as the reader gives it."""
    ends = {"choices": ";", "lines": "\n"}
    if kind not in ends or not isinstance(value, str):
        return tuple(value) if kind in ends else value
    return tuple(piece.strip() for piece in value.split(ends[kind]))


def ids_in(kind: str, value: Any) -> Any:
    pieces = [value] if isinstance(value, str) else list(value)
    ids = tuple(piece.strip().split()[0] for each in pieces for piece in str(each).split(";"))
    return ids if kind == "refs" else ids[0]


@pytest.mark.parametrize("school", SCHOOLS)
@pytest.mark.parametrize("which", ["senco", "plan"])
def test_a_school_is_made_in_two_calls_and_read_back_in_one_as_it_was_typed(
    office: Office, school: str, which: Any
) -> None:
    starter = SCHOOLS[school]
    file_id = office.make(which, starter)
    found = office.read(file_id, which, known={"pupils": _ids(starter, "pupils")})
    assert office.calls() == [
        "drive.files.create",
        "sheets.spreadsheets.batchUpdate",
        "sheets.spreadsheets.values.batchGetByDataFilter",
    ]
    assert (found.problems, found.missing_columns) == ((), ())
    for table in CATALOGUE.workbook(which):
        if not table.service_owned:
            assert [dict(row.values) for row in found.tables[table.key].rows] == told(starter, table.key), table.key


def _ids(starter: Starter, table: str) -> list[str]:
    key = CATALOGUE.table(table).columns[0].key
    return [str(row[key]) for row in starter.tables.get(table, ())]


@pytest.fixture
def small() -> Starter:
    """The nursery without its log: few rows."""
    return replace(SCHOOLS["S1"], tables={**SCHOOLS["S1"].tables, "log": []})


def test_labels_are_shown_for_every_row_and_for_a_row_typed_later(office: Office, small: Starter) -> None:
    file_id = office.make("plan", small)
    for key in ("pupils", "cycles", "outcomes", "provision"):
        table = CATALOGUE.table(key)
        wanted = [label(table, row) for row in small.tables[key]]
        assert office.shown(file_id, key, "label")[: len(wanted)] == wanted
    row = len(small.tables["pupils"]) + 1
    body = {"values": [["Zoë", "Example"]]}
    office.sheets.values().update(
        spreadsheetId=file_id, range=f"Pupils!C{row + 1}:D{row + 1}", valueInputOption="RAW", body=body
    ).execute()
    new_id, shown = office.shown(file_id, "pupils", "pupil_id")[row - 1], office.shown(file_id, "pupils", "label")
    assert shown[row - 1] == f"{new_id} Zoë Example"
    assert shown[row] in ("", None)


def test_statuses_and_links_find_their_row_by_its_id_wherever_it_is_sorted_to(office: Office, small: Starter) -> None:
    file_id = office.make("plan", small)
    pupils = [str(row["pupil_id"]) for row in small.tables["pupils"]]
    rows = [{"kind": "pupil", "key": key, "status": f"Status of {key}"} for key in pupils]
    rows += [{"kind": "meeting", "key": "M001", "status": "In the calendar", "link": "https://example.org/e"}]
    office.batch(file_id, *ledger_requests(CATALOGUE, "status", rows))
    table = CATALOGUE.table("pupils")
    area = {"sheetId": table.sheet_id, "startRowIndex": 1}
    sort = {
        "range": area,
        "sortSpecs": [{"dimensionIndex": table.positions["first_name"], "sortOrder": "DESCENDING"}],
    }
    office.batch(file_id, {"sortRange": sort})
    ids, texts = office.shown(file_id, "pupils", "pupil_id"), office.shown(file_id, "pupils", "where_we_are")
    assert {name: text for name, text in zip(ids, texts, strict=True) if text} == {
        key: f"Status of {key}" for key in pupils
    }
    meetings = dict(
        zip(
            office.shown(file_id, "meetings", "meeting_id"),
            office.shown(file_id, "meetings", "in_calendar"),
            strict=True,
        )
    )
    assert meetings["M001"] == "In the calendar"
    assert {text for name, text in meetings.items() if name != "M001"} <= {"", None}


def test_sorted_tabs_read_back_as_the_same_records(office: Office, small: Starter) -> None:
    file_id = office.make("plan", small)
    before = office.read(file_id, "plan")
    sorts = [
        {
            "range": {"sheetId": table.sheet_id, "startRowIndex": 1},
            "sortSpecs": [{"dimensionIndex": 3, "sortOrder": "DESCENDING"}],
        }
        for table in CATALOGUE.workbook("plan")
        if not table.hidden
    ]
    office.batch(file_id, *({"sortRange": sort} for sort in sorts))
    after = office.read(file_id, "plan")
    assert after.problems == ()
    for key, found in before.tables.items():
        assert {row.id: row.values for row in after.tables[key].rows} == {row.id: row.values for row in found.rows}


def test_a_renamed_and_moved_column_is_found_by_the_metadata_that_travels_with_it(
    office: Office, small: Starter
) -> None:
    file_id = office.make("plan", small)
    table = CATALOGUE.table("outcomes")
    place = table.positions["measure"]
    source = {"sheetId": table.sheet_id, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    office.batch(
        file_id,
        _typed(table.sheet_id, place, "Our evidence"),
        {"moveDimension": {"source": source, "destinationIndex": 1}},
        {"insertDimension": {"range": {**source, "startIndex": 0, "endIndex": 1}}},
        {"insertDimension": {"range": {**source, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}},
    )
    assert office.read(file_id, "plan").missing_columns == (("outcomes", "measure"),)
    found = office.read(file_id, "plan", column_tags=_tags(office, file_id))
    assert (found.problems, found.missing_columns) == ((), ())
    assert [dict(row.values) for row in found.tables["outcomes"].rows] == told(small, "outcomes")
    assert found.tables["outcomes"].rows[0].cells["measure"] == "Plan!C3"


def _typed(sheet_id: int, place: int, text: str) -> dict[str, Any]:
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": place}
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def _tags(office: Office, file_id: str) -> dict[tuple[int, int], str]:
    lookup = {"developerMetadataLookup": {"metadataKey": "senplans.column"}}
    answer = office.sheets.developerMetadata().search(spreadsheetId=file_id, body={"dataFilters": [lookup]}).execute()
    found = [each["developerMetadata"] for each in answer["matchedDeveloperMetadata"]]
    ranges = [(each["location"]["dimensionRange"], each["metadataValue"]) for each in found]
    return {(place["sheetId"], place.get("startIndex", 0)): value for place, value in ranges}


def test_dropdowns_checkboxes_notes_and_frozen_headers_are_there(office: Office, small: Starter) -> None:
    file_id = office.make("plan", small)
    fields = "sheets(properties,data(rowData(values(note,dataValidation,userEnteredFormat(numberFormat)))))"
    answer = office.sheets.get(spreadsheetId=file_id, ranges=["Plan!A1:V3"], fields=fields).execute()
    (sheet,) = answer["sheets"]
    header, first = (row["values"] for row in sheet["data"][0]["rowData"][:2])
    places = CATALOGUE.table("outcomes").positions
    assert sheet["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert "SEND Code of Practice 5.40" in header[places["outcome"]]["note"]
    assert first[places["pupil"]]["dataValidation"]["condition"]["type"] == "ONE_OF_RANGE"
    areas = [value["userEnteredValue"] for value in first[places["area"]]["dataValidation"]["condition"]["values"]]
    assert "Literacy" in areas
    assert first[places["target"]]["userEnteredFormat"]["numberFormat"]["type"] == "TEXT"
    book = office.sheets.get(spreadsheetId=file_id, fields="properties,sheets(properties)").execute()
    assert (book["properties"]["locale"], book["properties"]["timeZone"]) == ("en_GB", "Europe/London")
    assert [sheet["properties"]["title"] for sheet in book["sheets"]] == [t.title for t in CATALOGUE.workbook("plan")]
    shown = {sheet["properties"]["title"] for sheet in book["sheets"] if not sheet["properties"].get("hidden")}
    unused = {
        table.title for table in CATALOGUE.workbook("plan") if table.optional and not small.tables.get(table.key)
    }
    assert shown == {table.title for table in CATALOGUE.workbook("plan")} - unused - {"_status"}


def test_a_ledger_can_grow_shrink_and_be_written_twice(office: Office, small: Starter) -> None:
    file_id = office.make("plan", small)

    def keys() -> list[Any]:
        return [key for key in office.shown(file_id, "status", "key") if key]

    many = [{"kind": "pupil", "key": f"P{number}"} for number in range(60)]
    for rows in (many, many, many[:2], []):
        office.batch(file_id, *ledger_requests(CATALOGUE, "status", rows))
        assert keys() == [row["key"] for row in rows]


def test_the_sharing_log_grows_at_its_end_and_a_contact_s_copy_is_linked(office: Office, small: Starter) -> None:
    file_id = office.make("senco", small)
    lines = [{"when": f"{number} Nov 2026", "what": "May read the copy"} for number in range(1, 31)]
    office.batch(file_id, *append_log_requests(CATALOGUE, lines[:1]))
    office.batch(file_id, *append_log_requests(CATALOGUE, lines[1:]))
    assert [row.values["when"] for row in office.read(file_id, "senco").tables["sharing_log"].rows] == [
        line["when"] for line in lines
    ]
    first = office.shown(file_id, "contacts", "contact_id").index("C01")
    assert office.shown(file_id, "contacts", "copy_link")[first] == "Open"
    assert office.shown(file_id, "contacts", "last_shared")[first] == "3 Sep"
    assert {*office.shown(file_id, "contacts", "copy_link")} - {"Open"} <= {"", None}


def test_hostile_cells_stand_in_the_sheet_as_the_same_text(office: Office) -> None:
    words = [
        '=HYPERLINK("https://example.org","x")',
        "{{ 7*7 }}",
        "<b>&",
        "+44 7700 900123",
        "3/5",
        "x" * 50_000,
        "אבג \u202eabc",
    ]
    rows = [{"view_id": f"W{number}", "words": text, "date": date(2026, 9, 3)} for number, text in enumerate(words)]
    file_id = office.make("plan", Starter(school_id="S9", name="Hostile", tables={"views": rows}))
    found = office.read(file_id, "plan")
    assert found.problems == ()
    assert [row.values["words"] for row in found.tables["views"].rows] == words
