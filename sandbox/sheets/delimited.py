"""Comma- and tab-separated text as a spreadsheet, and its first sheet as such text."""

from __future__ import annotations

import csv
import io

from sandbox.sheets.edit import today
from sandbox.sheets.entry import Manner, enter, typed
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import EMPTY, Sheet, Spreadsheet
from sandbox.sheets.show import shown
from sandbox.sheets.values import trimmed
from sandbox.state import Workspace

DELIMITERS = {
    "text/csv": ",",
    "text/comma-separated-values": ",",
    "text/tab-separated-values": "\t",
}
_LONGEST_TITLE = 100


def read(workspace: Workspace, data: bytes, delimiter: str, *, title: str, locale: str) -> Sheet:
    """A sheet under a fresh id with the text's cells, each read as if it had been typed in."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig", errors="replace"), newline=""), delimiter=delimiter))
    sheet = Sheet(sheet_id=new_sheet_id(workspace), title=title[:_LONGEST_TITLE] or "Sheet1")
    sheet.row_count = max(sheet.row_count, len(rows))
    sheet.column_count = max(sheet.column_count, *map(len, rows), 1)
    manner = Manner(locale, workspace.clock.now().year)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                sheet.put(number, column, enter(EMPTY, typed(text, EMPTY, manner)))
    return sheet


def shown_rows(evaluator: Evaluator, sheet: Sheet) -> list[list[str]]:
    """A sheet's text as it shows, without the empty rows below it and the empty cells right of each row."""
    used = evaluator.used(sheet.box())
    return trimmed([[_text(evaluator, sheet, row, column) for column in used.columns()] for row in used.rows()])


def written(workspace: Workspace, book: Spreadsheet, delimiter: str) -> bytes:
    """The first sheet as it shows: every row as wide as the widest, no line end after the last."""
    rows = shown_rows(Evaluator(book, today(book, workspace.clock.now())), book.sheets[0])
    width = max((len(row) for row in rows), default=0)
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(
        [*row, *[""] * (width - len(row))] for row in rows
    )
    return out.getvalue().removesuffix("\r\n").encode()


def new_sheet_id(workspace: Workspace) -> int:
    """The id of a sheet that comes in with a file."""
    return int(workspace.ids.next(9, "123456789"))


def _text(evaluator: Evaluator, sheet: Sheet, row: int, column: int) -> str | None:
    cell = sheet.cell(row, column)
    if cell.value is None:
        return None
    return shown(evaluator.outcome(sheet.sheet_id, row, column), cell.number_format(), evaluator.book.locale)
