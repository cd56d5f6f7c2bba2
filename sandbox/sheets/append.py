"""``values.append``: which table a range lies in, and the rows below it.

https://developers.google.com/workspace/sheets/api/guides/values#append_values"""

from __future__ import annotations

from dataclasses import replace

from sandbox.sheets import shift
from sandbox.sheets.box import Axis, Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.lines import Insert
from sandbox.sheets.model import Sheet
from sandbox.sheets.requests.growth import grow
from sandbox.sheets.values import Values, Written, write


def append(
    edit: Edit, target: Box, values: Values, *, axis: Axis, option: str, insert: bool
) -> tuple[Box | None, Written]:
    """Write values below the last table that the range touches, or at the range's start where there is none.

    Returns the table that was found. The grid grows as needed; ``insert`` adds a row for each that is written, on an
    empty sheet too (source: pygsheets' live tests), and pushes down what stands below."""
    sheet = edit.sheet(target.sheet_id)
    table = last_table(sheet, edit.closed(target))
    start = (table.bottom or 0, table.left) if table else (target.top, target.left)
    height = len(values) if axis == "ROWS" else max((len(column) for column in values), default=0)
    width = max((len(row) for row in values), default=0) if axis == "ROWS" else len(values)
    if insert and start[0] < sheet.row_count and height:
        shift.apply(edit.book, sheet, "ROWS", Insert(start[0], height))
    grow(edit, sheet, rows=start[0] + height, columns=start[1] + width)
    _with_table(sheet, start, height)
    origin = Box(sheet_id=sheet.sheet_id, top=start[0], bottom=start[0] + 1, left=start[1], right=start[1] + 1)
    return table, write(edit, origin, values, axis=axis, option=option)


def _with_table(sheet: Sheet, start: tuple[int, int], height: int) -> None:
    """Rows written right below a native table become its own (assumed)."""
    for place, table in enumerate(sheet.tables):
        box = table.boxes[0]
        if box.bottom == start[0] and start[1] in box.columns():
            longer = replace(table, boxes=(replace(box, bottom=start[0] + height),))
            sheet.tables = (*sheet.tables[:place], longer, *sheet.tables[place + 1 :])


def last_table(sheet: Sheet, box: Box) -> Box | None:
    """The lowest block of filled cells that meets the box, grown until empty rows and columns surround it."""
    filled = {(row, column) for row, column, cell in sheet.filled() if cell.value is not None}
    inside = [place for place in filled if box.holds(*place)]
    if not inside:
        return None
    row, column = max(inside)
    table = Box(sheet_id=sheet.sheet_id, top=row, bottom=row + 1, left=column, right=column + 1)
    while True:
        reach = Box(
            sheet_id=sheet.sheet_id,
            top=max(0, table.top - 1),
            bottom=(table.bottom or 0) + 1,
            left=max(0, table.left - 1),
            right=(table.right or 0) + 1,
        )
        near = [place for place in filled if reach.holds(*place)]
        grown = replace(
            table,
            top=min(r for r, _ in near),
            bottom=max(r for r, _ in near) + 1,
            left=min(c for _, c in near),
            right=max(c for _, c in near) + 1,
        )
        if grown == table:
            return table
        table = grown
