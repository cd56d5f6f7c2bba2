"""Excel workbooks in and out: values, formulas, number formats, bold, fills, notes, merges, frozen lines."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from sandbox.sheets import a1, serial
from sandbox.sheets.box import Box
from sandbox.sheets.delimited import new_sheet_id
from sandbox.sheets.edit import today
from sandbox.sheets.errors import Refused
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import EMPTY, Cell, Entered, Formula, Ranged, Sheet, Spreadsheet
from sandbox.sheets.show import pattern
from sandbox.state import Workspace

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PIXELS_PER_LETTER = 7


def read(workspace: Workspace, data: bytes) -> list[Sheet]:
    """The workbook's sheets in order. Raises Refused for bytes that aren't a workbook."""
    try:
        workbook = load_workbook(io.BytesIO(data))
    except (OSError, KeyError, ValueError, BadZipFile, InvalidFileException) as error:
        raise Refused("The file is not a workbook.") from error
    return [_sheet(workspace, found) for found in workbook.worksheets]


def _sheet(workspace: Workspace, found: Worksheet) -> Sheet:
    sheet = Sheet(sheet_id=new_sheet_id(workspace), title=found.title)
    sheet.row_count, sheet.column_count = max(1000, found.max_row), max(26, found.max_column)
    for row in found.iter_rows():
        for cell in row:
            if isinstance(cell, ExcelCell) and (made := _cell(cell)) is not EMPTY:
                sheet.put(cell.row - 1, cell.column - 1, made)
    sheet.merges = tuple(
        Ranged(
            boxes=(
                Box(
                    sheet_id=sheet.sheet_id,
                    top=area.min_row - 1,
                    bottom=area.max_row,
                    left=area.min_col - 1,
                    right=area.max_col,
                ),
            )
        )
        for area in found.merged_cells.ranges
    )
    if found.sheet_state != "visible":
        sheet.properties["hidden"] = True
    _freeze_in(sheet, str(found.freeze_panes or ""))
    return sheet


def _freeze_in(sheet: Sheet, corner: str) -> None:
    box = a1.parse_cells(0, corner)
    if box is None:
        return
    frozen = {"frozenRowCount": box.top, "frozenColumnCount": box.left}
    sheet.grid |= {name: count for name, count in frozen.items() if count}


def _cell(cell: ExcelCell) -> Cell:
    value, kind = _entered(cell.value)
    made: dict[str, Any] = {}
    if kind or cell.number_format != "General":
        known = kind or ("PERCENT" if "%" in cell.number_format else "NUMBER")
        given = {} if cell.number_format == "General" else {"pattern": cell.number_format}
        made["numberFormat"] = {"type": known, **given}
    if cell.font and cell.font.bold:
        made["textFormat"] = {"bold": True}
    note = cell.comment.text if cell.comment else ""
    if value is None and not made and not note:
        return EMPTY
    return Cell(value=value, format=made, note=note)


def _entered(value: object) -> tuple[Entered, str]:
    """What stands in the cell, and the kind of date that it is."""
    if isinstance(value, str):
        return (Formula(value) if value.startswith("=") else value), ""
    if isinstance(value, datetime):
        whole = value.time() == time()
        return serial.moment_number(value), "DATE" if whole else "DATE_TIME"
    if isinstance(value, date):
        return serial.day_number(value), "DATE"
    if isinstance(value, (time, timedelta)):
        gone = (
            timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
            if isinstance(value, time)
            else value
        )
        return gone.total_seconds() / 86400, "TIME"
    if isinstance(value, bool) or value is None:
        return value, ""
    return (float(value), "") if isinstance(value, (int, float)) else (str(value), "")


def written(workspace: Workspace, book: Spreadsheet) -> bytes:
    """All sheets as an Excel workbook."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    evaluator = Evaluator(book, today(book, workspace.clock.now()))
    for sheet in book.sheets:
        _write_sheet(evaluator, sheet, workbook.create_sheet(sheet.title[:31]))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _write_sheet(evaluator: Evaluator, sheet: Sheet, target: Worksheet) -> None:
    for row, column, cell in sheet.filled():
        place = target.cell(row + 1, column + 1)
        if isinstance(place, ExcelCell):
            _write_cell(evaluator, cell, place)
    for merge in sheet.merges:
        rows, columns = sheet.clamp(merge.boxes[0]).rows(), sheet.clamp(merge.boxes[0]).columns()
        target.merge_cells(
            start_row=rows.start + 1, end_row=rows.stop, start_column=columns.start + 1, end_column=columns.stop
        )
    for index, line in enumerate(sheet.columns):
        letters = target.column_dimensions[get_column_letter(index + 1)]
        if "pixelSize" in line.properties:
            letters.width = line.properties["pixelSize"] / _PIXELS_PER_LETTER
        letters.hidden = bool(line.properties.get("hiddenByUser"))
    top, left = sheet.grid.get("frozenRowCount", 0), sheet.grid.get("frozenColumnCount", 0)
    if top or left:
        target.freeze_panes = f"{get_column_letter(left + 1)}{top + 1}"
    if sheet.properties.get("hidden"):
        target.sheet_state = "hidden"


def _write_cell(evaluator: Evaluator, cell: Cell, target: ExcelCell) -> None:
    value = cell.value
    if isinstance(value, Formula):
        target.value = value.text
    elif value is not None:
        target.value = value
        if isinstance(value, str):
            target.data_type = "s"
    shape = pattern(cell.number_format(), evaluator.book.locale)
    if shape:
        target.number_format = shape
    if cell.note:
        target.comment = Comment(cell.note, "")
    if cell.format.get("textFormat", {}).get("bold"):
        target.font = Font(bold=True)
    colour = _argb(cell.format.get("backgroundColor"))
    if colour:
        target.fill = PatternFill("solid", fgColor=colour)


def _argb(colour: Mapping[str, float] | None) -> str:
    if colour is None:
        return ""
    return "FF" + "".join(f"{round(255 * colour.get(part, 0)):02X}" for part in ("red", "green", "blue"))
