"""A spreadsheet opened by a caller: to read, or to change all or nothing. Drive decides who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sandbox.call import Call
from sandbox.drive.access import require
from sandbox.drive.files import File, touch
from sandbox.sheets import headers
from sandbox.sheets.backend import sheets_state
from sandbox.sheets.edit import Edit, today
from sandbox.sheets.errors import denied, not_found
from sandbox.sheets.formulas.evaluate import evaluator_of
from sandbox.sheets.model import Spreadsheet
from sandbox.sheets.render import View
from sandbox.state import Workspace

T = TypeVar("T")


def view(call: Call, file_id: str) -> View:
    """The book for a caller who may read it. Raises ApiError (404, 403)."""
    file = require(call, file_id, "reader")
    book = _book(call.workspace, file)
    return View(
        book=book,
        evaluator=evaluator_of(book, today(book, call.workspace.clock.now())),
        reader=call.caller.email,
        client=call.caller.client_id,
        owner=file.owner,
    )


def change(call: Call, file_id: str, work: Callable[[Edit], T]) -> T:
    """Do ``work`` on a copy of the book and keep the copy only when it succeeds. Raises ApiError (404, 403)."""
    file = require(call, file_id, "writer")
    if file.locked:
        raise denied()
    edit = Edit(
        book=_book(call.workspace, file).copy(),
        editor=call.caller.email,
        client=call.caller.client_id,
        owner=file.owner,
        now=call.workspace.clock.now(),
        ids=call.workspace.ids,
    )
    result = work(edit)
    for sheet in edit.book.sheets:
        headers.settle(sheet)
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
