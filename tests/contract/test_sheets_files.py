"""Spreadsheets as files: CSV, TSV and Excel in and out, through Drive v3 and the v2 that gspread still uses."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from drive_helpers import SENCO, SHEET, make, refusal, upload
from gspread.utils import ExportFormat
from sheets_client import Book

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def book(api: Any, drive: Any) -> Book:
    return Book(api("sheets", "v4", SENCO), make(drive, "Register", SHEET)["id"])


def test_gspread_replaces_a_spreadsheet_by_csv(gspread_client: Any) -> None:
    client = gspread_client(SENCO)
    file = client.create("Register")
    client.import_csv(file.id, "Name,Born\r\nAmara,2015-02-01\r\n")
    sheet = client.open_by_key(file.id).sheet1
    assert sheet.title == "Register"
    assert sheet.id != 0
    assert sheet.get_all_values() == [["Name", "Born"], ["Amara", "2015-02-01"]]
    assert client.export(file.id, ExportFormat.CSV) == b"Name,Born\r\nAmara,2015-02-01"


def test_a_csv_upload_becomes_a_spreadsheet_named_after_the_file(api: Any, drive: Any) -> None:
    body = {"name": "Pupils", "mimeType": SHEET}
    made = drive.files().create(body=body, media_body=upload(b'\xef\xbb\xbfa,"b,c"\n1,\n', "text/csv")).execute()
    book = Book(api("sheets", "v4", SENCO), made["id"])
    assert book.get()["sheets"][0]["properties"]["title"] == "Pupils"
    assert book.values("A1:B2", "UNFORMATTED_VALUE") == [["a", "b,c"], [1]]


def test_tabs_divide_an_export_whose_rows_are_all_as_wide(book: Book, drive: Any) -> None:
    book.put("A1", [["a"], ["1/2/2020", "=1/4", 'say "hi"']])
    data = drive.files().export(fileId=book.id, mimeType="text/tab-separated-values").execute()
    assert data.decode() == 'a\t\t\r\n01/02/2020\t0.25\t"say ""hi"""'


def test_an_excel_workbook_comes_out_with_formulas_formats_and_shape(book: Book, drive: Any) -> None:
    book.put("A1", [["Born", "Age"], ["1/2/2020", "=1+1"]])
    box = {"startRowIndex": 3, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
    properties = {"sheetId": 0, "gridProperties": {"frozenRowCount": 1}}
    book.batch(
        {"mergeCells": {"range": box, "mergeType": "MERGE_ALL"}},
        {"updateSheetProperties": {"properties": properties, "fields": "gridProperties.frozenRowCount"}},
    )
    data = drive.files().export(fileId=book.id, mimeType=XLSX).execute()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["B2"].value == "=1+1"
    assert sheet["A2"].is_date
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A4:B4"]
    assert sheet.freeze_panes == "A2"


def test_an_excel_workbook_comes_in_with_its_sheets_values_and_notes(api: Any, drive: Any) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].title = "First"
    workbook.worksheets[0]["A1"] = "text"
    workbook.worksheets[0]["B1"] = 0.5
    workbook.worksheets[0]["B1"].number_format = "0%"
    workbook.worksheets[0]["C1"] = "=B1*2"
    workbook.create_sheet("Second").sheet_state = "hidden"
    out = io.BytesIO()
    workbook.save(out)
    made = (
        drive.files().create(body={"name": "x", "mimeType": SHEET}, media_body=upload(out.getvalue(), XLSX)).execute()
    )
    book = Book(api("sheets", "v4", SENCO), made["id"])
    assert book.values("First!A1:C1") == [["text", "50%", "1"]]
    sheets = [each["properties"] for each in book.get()["sheets"]]
    assert [(each["title"], each.get("hidden", False)) for each in sheets] == [("First", False), ("Second", True)]


def test_bytes_that_are_no_workbook_are_refused(drive: Any) -> None:
    body = {"name": "x", "mimeType": SHEET}
    refusal(drive.files().create(body=body, media_body=upload(b"not a zip", XLSX)), 400)
    refusal(drive.files().create(body=body, media_body=upload(b"x", "image/png")), 400)


def test_version_2_shows_and_changes_a_file_in_its_own_words(api: Any, book: Book) -> None:
    old = api("drive", "v2", SENCO).files()
    file = old.get(fileId=book.id).execute()
    assert (file["title"], file["labels"]["trashed"], file["userPermission"]["role"]) == ("Register", False, "owner")
    assert file["exportLinks"]["text/csv"].endswith("exportFormat=csv")
    changed = old.update(fileId=book.id, body={"title": "New", "labels": {"trashed": True}}).execute()
    assert (changed["title"], changed["labels"]["trashed"]) == ("New", True)


def test_version_2_converts_an_upload_when_asked_to(api: Any) -> None:
    old = api("drive", "v2", SENCO).files()
    made = old.insert(body={"title": "In"}, media_body=upload(b"a,b", "text/csv"), convert=True).execute()
    kept = old.insert(body={"title": "In"}, media_body=upload(b"a,b", "text/csv")).execute()
    assert (made["mimeType"], kept["mimeType"]) == (SHEET, "text/csv")


def test_a_copy_whose_name_is_null_is_named_after_its_source(book: Book, drive: Any) -> None:
    copy = drive.files().copy(fileId=book.id, body={"name": None}).execute()
    assert copy["name"] == "Copy of Register"
