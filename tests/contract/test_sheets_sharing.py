"""Who may read, edit and lock: Drive's permissions, protected ranges, named ranges as locks, developer metadata."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import gspread
import pytest
from googleapiclient.errors import HttpError
from sheets_client import SENCO, STRANGER, TEACHER, Book, grid, new_book, refusal

pytestmark = pytest.mark.any_google

PROTECTED = "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove"


@pytest.fixture
def book(api: Any) -> Book:
    return new_book(api("sheets", "v4", SENCO))


@pytest.fixture
def teachers(api: Any, book: Book) -> Book:
    """The same book as a teacher whom it was shared with."""
    own = Book(api("sheets", "v4", TEACHER), book.id)
    body = {"type": "user", "role": "writer", "emailAddress": TEACHER}
    drive = api("drive", "v3", SENCO)
    drive.permissions().create(fileId=book.id, body=body, sendNotificationEmail=False).execute()
    return own


def protect(box: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {"addProtectedRange": {"protectedRange": {"range": box, **options}}}


def lock(named_id: str, name: str) -> dict[str, Any]:
    return {
        "addNamedRange": {"namedRange": {"namedRangeId": named_id, "name": name, "range": grid(0, (0, 1), (0, 1))}}
    }


def test_a_hard_protection_stops_everybody_but_its_editors(book: Book, teachers: Book) -> None:
    book.batch(protect(grid(0, columns=(0, 1)), editors={"users": [SENCO]}))
    with pytest.raises(HttpError) as error:
        teachers.put("A1", [["x"]])
    assert (error.value.status_code, error.value.reason.startswith(PROTECTED)) == (400, True)
    teachers.put("B1", [["mine"]])
    book.put("A1", [["hers"]])
    assert book.values("A1:B1") == [["hers", "mine"]]


@pytest.mark.parametrize(
    "request_",
    [
        {"sortRange": {"range": grid(0, (0, 9)), "sortSpecs": [{"dimensionIndex": 1}]}},
        {"deleteDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}},
        {"updateCells": {"range": grid(0, (0, 1), (0, 1)), "fields": "note"}},
        {"deleteProtectedRange": {"protectedRangeId": 77}},
    ],
)
def test_a_batch_that_touches_protected_cells_fails_whole(
    book: Book, teachers: Book, request_: dict[str, Any]
) -> None:
    book.batch(protect(grid(0, columns=(0, 1)), protectedRangeId=77, editors={"users": [SENCO]}))
    kind = next(iter(request_))
    with pytest.raises(HttpError) as error:
        teachers.batch(request_)
    assert refusal(error)[1].startswith(f"Invalid requests[0].{kind}: {PROTECTED}")


def test_a_protected_sheet_can_leave_cells_open_and_a_warning_stops_nobody(book: Book, teachers: Book) -> None:
    book.batch(protect(grid(), unprotectedRanges=[grid(0, (4, 5), (0, 2))], editors={"users": [SENCO]}))
    teachers.put("A5", [["open"]])
    with pytest.raises(HttpError):
        teachers.put("A6", [["closed"]])
    made = book.get()["sheets"][0]["protectedRanges"][0]
    change = {"protectedRange": {"protectedRangeId": made["protectedRangeId"], "warningOnly": True}}
    book.batch({"updateProtectedRange": {**change, "fields": "warningOnly,editors,unprotectedRanges"}})
    teachers.put("A6", [["warned"]])


def test_a_mere_warning_has_no_editors(book: Book) -> None:
    with pytest.raises(HttpError) as error:
        book.batch(protect(grid(0, (0, 2)), warningOnly=True, editors={"users": [TEACHER]}))
    assert refusal(error)[1].endswith("ProtectedRange is warningOnly. Editors cannot be set on it.")


def test_editors_are_shown_only_to_those_who_may_edit(book: Book, teachers: Book) -> None:
    book.batch(protect(grid(0, columns=(0, 1)), editors={"users": [SENCO]}))
    own = book.get()["sheets"][0]["protectedRanges"][0]
    other = teachers.get()["sheets"][0]["protectedRanges"][0]
    assert (own["editors"]["users"], own["requestingUserCanEdit"]) == ([SENCO], True)
    assert "editors" not in other
    assert not other.get("requestingUserCanEdit")


def test_a_named_range_with_a_fixed_id_is_a_lock(book: Book, teachers: Book) -> None:
    book.batch(lock("lease1", "run_a_until_1200"))
    with pytest.raises(HttpError) as error:
        teachers.batch(lock("lease1", "run_b_until_1205"))
    assert error.value.status_code == 400
    assert "already exists" in error.value.reason
    with pytest.raises(HttpError) as error:
        teachers.batch(lock("lease2", "RUN_A_until_1200"))
    message = (
        "Invalid requests[0].addNamedRange: Cannot add named range with name RUN_A_until_1200, "
        "a named range with that name already exists."
    )
    assert refusal(error) == (400, message)
    teachers.batch({"deleteNamedRange": {"namedRangeId": "lease1"}}, lock("lease1", "run_b_until_1205"))
    assert [named["name"] for named in book.get()["namedRanges"]] == ["run_b_until_1205"]


def test_a_lock_is_renewed_and_a_lost_one_cannot_be(book: Book) -> None:
    book.batch(lock("lease1", "first"))
    renewed = {"namedRange": {"namedRangeId": "lease1", "name": "second"}, "fields": "name"}
    book.batch({"updateNamedRange": renewed})
    assert book.get()["namedRanges"][0]["name"] == "second"
    book.batch({"deleteNamedRange": {"namedRangeId": "lease1"}})
    with pytest.raises(HttpError) as error:
        book.batch({"updateNamedRange": renewed})
    assert error.value.status_code == 400


@pytest.mark.parametrize("name", ["A1", "has space", "1st", "R1C1", "run-1", ""])
def test_a_name_that_sheets_would_refuse_is_refused(book: Book, name: str) -> None:
    with pytest.raises(HttpError) as error:
        book.batch(lock("n", name))
    assert error.value.status_code == 400


def tag(value: str, row: int, **options: Any) -> dict[str, Any]:
    lines = {"sheetId": 0, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
    made = {"metadataKey": "row", "metadataValue": value, "visibility": "DOCUMENT", **options}
    return {"createDeveloperMetadata": {"developerMetadata": {**made, "location": {"dimensionRange": lines}}}}


def by_tag(value: str) -> dict[str, Any]:
    return {"developerMetadataLookup": {"metadataKey": "row", "metadataValue": value}}


def test_a_write_by_metadata_reaches_the_row_wherever_a_sort_put_it(book: Book) -> None:
    book.put("A1", [["c", 1], ["a", 2], ["b", 3]])
    book.batch(tag("c", 0), tag("a", 1))
    spec = {"dimensionIndex": 0, "sortOrder": "ASCENDING"}
    insert = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 2}
    book.batch({"sortRange": {"range": grid(0, (0, 3)), "sortSpecs": [spec]}}, {"insertDimension": {"range": insert}})
    data = [{"dataFilter": by_tag("c"), "values": [[None, "found"]], "majorDimension": "ROWS"}]
    body = {"valueInputOption": "RAW", "data": data}
    done = book.api.values().batchUpdateByDataFilter(spreadsheetId=book.id, body=body).execute()
    assert done["responses"][0]["updatedRange"] == "Sheet1!A5:B5"
    filters = {"dataFilters": [by_tag("a"), by_tag("c"), by_tag("gone")]}
    found = book.api.values().batchGetByDataFilter(spreadsheetId=book.id, body=filters).execute()
    assert [one["valueRange"]["values"] for one in found["valueRanges"]] == [[["a", "2"]], [["c", "found"]]]


def test_metadata_is_found_changed_deleted_and_gone_with_its_row(book: Book) -> None:
    made = book.batch(tag("x", 1), tag("y", 2))["replies"][0]["createDeveloperMetadata"]["developerMetadata"]
    api = book.api.developerMetadata()
    assert api.get(spreadsheetId=book.id, metadataId=made["metadataId"]).execute() == made
    change = {"developerMetadata": {"metadataValue": "z"}, "fields": "metadataValue", "dataFilters": [by_tag("x")]}
    book.batch({"updateDeveloperMetadata": change})
    everywhere = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "row"}}]}
    found = api.search(spreadsheetId=book.id, body=everywhere).execute()["matchedDeveloperMetadata"]
    assert sorted(one["developerMetadata"]["metadataValue"] for one in found) == ["y", "z"]
    gone = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    book.batch({"deleteDimension": {"range": gone}}, {"deleteDeveloperMetadata": {"dataFilter": by_tag("y")}})
    assert api.search(spreadsheetId=book.id, body=everywhere).execute() == {}
    with pytest.raises(HttpError) as error:
        api.get(spreadsheetId=book.id, metadataId=made["metadataId"]).execute()
    assert refusal(error) == (404, f"No developer metadata with ID {made['metadataId']}.")


def test_project_metadata_is_seen_by_its_own_app_only(book: Book, api: Any) -> None:
    book.batch(tag("mine", 0, visibility="PROJECT"))
    other = Book(api("sheets", "v4", SENCO, client_id="another.apps.googleusercontent.com"), book.id)
    fields = "sheets.data.rowMetadata.developerMetadata.metadataValue"
    assert "mine" in str(book.get(fields=fields))
    assert "mine" not in str(other.get(fields=fields))


@pytest.mark.parametrize(
    ("email", "scopes", "status"),
    [
        (STRANGER, ["spreadsheets"], 403),
        (TEACHER, ["drive.file"], 404),
        (TEACHER, ["spreadsheets.readonly"], 403),
        (TEACHER, ["spreadsheets"], 200),
        (SENCO, ["drive.file"], 200),
    ],
)
def test_drive_and_scopes_decide_who_may_write(
    book: Book, teachers: Book, api: Any, email: str, scopes: Iterable[str], status: int
) -> None:
    own = Book(api("sheets", "v4", email, scopes=scopes), book.id)
    try:
        own.put("A1", [["x"]])
        found = 200
    except HttpError as error:
        found = error.status_code
    assert found == status


def test_a_spreadsheet_that_is_not_there_is_not_found(api: Any) -> None:
    with pytest.raises(HttpError) as error:
        Book(api("sheets", "v4", SENCO), "nosuchfile").get()
    assert refusal(error) == (404, "Requested entity was not found.")


def test_an_edit_moves_the_files_version_and_a_rename_its_name(book: Book, api: Any) -> None:
    files = api("drive", "v3", SENCO).files()
    before = files.get(fileId=book.id, fields="name,version").execute()
    rename = {"properties": {"title": "Renamed"}, "fields": "title"}
    book.batch({"updateSpreadsheetProperties": rename})
    after = files.get(fileId=book.id, fields="name,version").execute()
    assert (before["name"], after["name"]) == ("Plans", "Renamed")
    assert int(after["version"]) > int(before["version"])
    files.update(fileId=book.id, body={"name": "Again"}).execute()
    assert book.get()["properties"]["title"] == "Again"


def test_gspread_goes_the_whole_way(gspread_client: Any) -> None:
    client: gspread.Client = gspread_client(SENCO)
    sheet = client.create("By gspread").sheet1
    sheet.append_rows([["id", "name"], ["1", "Amara"]])
    sheet.insert_cols([["new"]], 2)
    sheet.sort((1, "des"))
    sheet.format("A1:C1", {"textFormat": {"bold": True}})
    sheet.freeze(rows=1)
    sheet.insert_note("A1", "help")
    assert sheet.get_all_values() == [["id", "new", "name"], ["1", "", "Amara"]]
    assert sheet.get_note("A1") == "help"
    assert sheet.find("Amara").address == "C2"
    assert sheet.acell("C2").value == "Amara"
    sheet.batch_clear(["C2"])
    assert client.open_by_key(sheet.spreadsheet.id).sheet1.get_all_values() == [["id", "new", "name"], ["1", "", ""]]
