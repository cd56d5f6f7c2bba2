"""Every spreadsheet of a workspace: made, copied and forgotten as Drive's files are."""

from __future__ import annotations

from dataclasses import replace

from sandbox.sheets import delimited, workbooks
from sandbox.sheets.model import Sheet, SheetsState, Spreadsheet
from sandbox.state import Workspace


def sheets_state(workspace: Workspace) -> SheetsState:
    """The workspace's spreadsheets, made on first use."""
    return workspace.service("sheets", SheetsState)


def create_spreadsheet(
    workspace: Workspace, file_id: str, title: str, *, locale: str = "en_US", time_zone: str = "Etc/GMT"
) -> Spreadsheet:
    """Give a Drive file of spreadsheet type its content: one sheet with id 0, 1000 rows and 26 columns."""
    book = Spreadsheet(
        id=file_id, title=title, locale=locale, time_zone=time_zone, sheets=[Sheet(sheet_id=0, title="Sheet1")]
    )
    sheets_state(workspace).books[file_id] = book
    return book


def copy_spreadsheet(workspace: Workspace, source_id: str, file_id: str, title: str) -> Spreadsheet:
    """Give a Drive file the content of another one: cells, ids of tabs and named ranges, rules and metadata."""
    books = sheets_state(workspace).books
    book = books[source_id].copy()
    book.id, book.title = file_id, title
    books[file_id] = book
    return book


def delete_spreadsheet(workspace: Workspace, file_id: str) -> None:
    """Forget the content of a file that Drive deletes for good."""
    sheets_state(workspace).books.pop(file_id, None)


def importable(content_type: str) -> bool:
    """Whether an upload of that type can become a spreadsheet."""
    return content_type in delimited.DELIMITERS or content_type == workbooks.XLSX


def imported(workspace: Workspace, data: bytes, content_type: str, *, title: str, locale: str) -> list[Sheet]:
    """An upload's sheets, not yet in any book; text is one sheet under ``title``. Refused for a broken file."""
    if content_type == workbooks.XLSX:
        return workbooks.read(workspace, data)
    return [delimited.read(workspace, data, delimited.DELIMITERS[content_type], title=title, locale=locale)]


def replace_sheets(workspace: Workspace, file_id: str, sheets: list[Sheet]) -> None:
    """Put imported sheets in the place of everything that the spreadsheet held; names go with the old ones."""
    books = sheets_state(workspace).books
    books[file_id] = replace(books[file_id].copy(), sheets=sheets, names={})


def exportable(mime_type: str) -> bool:
    """Whether a spreadsheet can be given out in that format."""
    return mime_type in _EXPORTS or mime_type == workbooks.XLSX


def exported(workspace: Workspace, file_id: str, mime_type: str) -> bytes:
    """The spreadsheet in another format; as text it is the first sheet only."""
    book = sheets_state(workspace).books[file_id]
    if mime_type == workbooks.XLSX:
        return workbooks.written(workspace, book)
    return delimited.written(workspace, book, delimited.DELIMITERS[mime_type])


_EXPORTS = ("text/csv", "text/tab-separated-values")
