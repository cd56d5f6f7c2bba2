"""The size of grids: longer when asked, never past ten million cells."""

from __future__ import annotations

from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import TOO_MANY_CELLS, TOO_MANY_COLUMNS, Refused
from sandbox.sheets.model import Sheet

MOST_CELLS = 10_000_000
MOST_COLUMNS = 18_278


def grow(edit: Edit, sheet: Sheet, *, rows: int = 0, columns: int = 0) -> None:
    """Make the grid at least that large."""
    if rows <= sheet.row_count and columns <= sheet.column_count:
        return
    sheet.row_count, sheet.column_count = max(sheet.row_count, rows), max(sheet.column_count, columns)
    check(edit)


def check(edit: Edit) -> None:
    """Raises Refused where the book has become larger than Sheets allows."""
    if sum(sheet.row_count * sheet.column_count for sheet in edit.book.sheets) > MOST_CELLS:
        raise Refused(TOO_MANY_CELLS)
    for sheet in edit.book.sheets:
        if sheet.column_count > MOST_COLUMNS:
            raise Refused(TOO_MANY_COLUMNS)
