"""Every spreadsheet of a workspace: made, copied, opened for reading and changed all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sandbox.call import Call
from sandbox.drive.access import require
from sandbox.drive.files import File, touch
from sandbox.sheets.edit import Edit, today
from sandbox.sheets.errors import not_found
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import Sheet, SheetsState, Spreadsheet
from sandbox.sheets.render import View
from sandbox.state import Workspace

T = TypeVar("T")


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


def view(call: Call, file_id: str) -> View:
    """The book for a caller who may read it. Raises ApiError (404, 403)."""
    file = require(call, file_id, "reader")
    book = _book(call.workspace, file)
    return View(
        book=book,
        evaluator=Evaluator(book, today(book, call.workspace.clock.now())),
        reader=call.caller.email,
        client=call.caller.client_id,
        owner=file.owner,
    )


def change(call: Call, file_id: str, work: Callable[[Edit], T]) -> T:
    """Do ``work`` on a copy of the book and keep the copy only when it succeeds. Raises ApiError (404, 403)."""
    file = require(call, file_id, "writer")
    edit = Edit(
        book=_book(call.workspace, file).copy(),
        editor=call.caller.email,
        client=call.caller.client_id,
        owner=file.owner,
        now=call.workspace.clock.now(),
        ids=call.workspace.ids,
    )
    result = work(edit)
    sheets_state(call.workspace).books[file.id] = edit.book
    file.name = edit.book.title
    touch(call.workspace, file.id, email=call.caller.email)
    return result


def _book(workspace: Workspace, file: File) -> Spreadsheet:
    """The file's book under the file's present name."""
    book = sheets_state(workspace).books.get(file.id)
    if book is None:
        raise not_found()
    book.title = file.name
    return book
