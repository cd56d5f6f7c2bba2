"""Excel's old binary workbooks, read: values, dates and the names of their sheets."""

from __future__ import annotations

import xlrd

from sandbox.sheets.delimited import new_sheet_id
from sandbox.sheets.model import Cell, Sheet
from sandbox.state import Workspace

KIND = "application/vnd.ms-excel"
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read(workspace: Workspace, data: bytes) -> list[Sheet]:
    """The workbook's sheets in order. XLRDError or ValueError for what is none."""
    book = xlrd.open_workbook(file_contents=data, on_demand=True)
    return [_sheet(workspace, found, shift=1462 if book.datemode else 0) for found in book.sheets()]


def _sheet(workspace: Workspace, found: xlrd.sheet.Sheet, *, shift: int) -> Sheet:
    """``shift`` is what dates counted from 1904 are behind."""
    sheet = Sheet(sheet_id=new_sheet_id(workspace), title=found.name)
    sheet.row_count, sheet.column_count = max(1000, found.nrows), max(26, found.ncols)
    for row in range(found.nrows):
        for column in range(found.ncols):
            if cell := _cell(found.cell_type(row, column), found.cell_value(row, column), shift):
                sheet.put(row, column, cell)
    return sheet


def _cell(kind: int, value: object, shift: int) -> Cell | None:
    if kind == xlrd.XL_CELL_TEXT and value:
        return Cell(value=str(value))
    if kind == xlrd.XL_CELL_NUMBER:
        return Cell(value=float(str(value)))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Cell(value=bool(value))
    if kind == xlrd.XL_CELL_ERROR:
        return Cell(value=_ERRORS.get(int(str(value)), "#ERROR!"))
    if kind != xlrd.XL_CELL_DATE:
        return None
    number = float(str(value)) + shift
    return Cell(value=number, format={"numberFormat": {"type": "DATE" if number.is_integer() else "DATE_TIME"}})
