"""Every spreadsheet of a workspace: made, copied and forgotten as Drive's files are."""

from __future__ import annotations

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
