"""Google Sheets out of Drive and into it, in every format Drive gives them out in."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from html import escape

import xlrd
from lxml import etree

from sandbox.drive.convert import ods, xls
from sandbox.drive.convert.archive import packed
from sandbox.drive.convert.web import file_name
from sandbox.sheets import backend, workbooks
from sandbox.sheets.delimited import shown_rows
from sandbox.sheets.edit import today
from sandbox.sheets.errors import Refused
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import Sheet, Spreadsheet
from sandbox.state import Workspace

_OLD_ODS = "application/x-vnd.oasis.opendocument.spreadsheet"


def exportable(mime_type: str) -> bool:
    """Whether spreadsheets are given out in that format."""
    return mime_type in _WRITERS or backend.exportable(mime_type)


def exported(workspace: Workspace, file_id: str, mime_type: str) -> bytes:
    """The spreadsheet's bytes; as text it is the first sheet only."""
    if writer := _WRITERS.get(mime_type):
        return writer(workspace, backend.sheets_state(workspace).books[file_id])
    return backend.exported(workspace, file_id, mime_type)


def importable(mime_type: str) -> bool:
    """Whether an upload of that type can become a spreadsheet."""
    return mime_type in _READERS or backend.importable(mime_type)


def imported(workspace: Workspace, data: bytes, mime_type: str, *, title: str, locale: str) -> list[Sheet]:
    """An upload's sheets, not yet in any book. Refused for a broken file."""
    reader = _READERS.get(mime_type)
    if reader is None:
        return backend.imported(workspace, data, mime_type, title=title, locale=locale)
    try:
        return reader(workspace, data)
    except (KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError, xlrd.XLRDError) as broken:
        raise Refused("The file is not a workbook.") from broken


def _pages(workspace: Workspace, book: Spreadsheet) -> bytes:
    """A web page a sheet, in a zip archive."""
    evaluator = Evaluator(book, today(book, workspace.clock.now()))
    files = {
        f"{file_name(sheet.title)}.html": _page(sheet.title, shown_rows(evaluator, sheet)) for sheet in book.sheets
    }
    return packed(files)


def _page(title: str, rows: list[list[str]]) -> str:
    lines = "".join(
        f"<tr><th>{number}</th>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>"
        for number, row in enumerate(rows, 1)
    )
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body><table>{lines}</table></body></html>"


def _pdf(workspace: Workspace, book: Spreadsheet) -> bytes:
    from sandbox.drive.convert import grid  # late: the PDF writer takes a while to load, and few need it

    return grid.written(workspace, book)


_WRITERS: Mapping[str, Callable[[Workspace, Spreadsheet], bytes]] = {
    "application/pdf": _pdf,
    "application/zip": _pages,
    ods.KIND: ods.written,
    _OLD_ODS: ods.written,
}
_READERS: Mapping[str, Callable[[Workspace, bytes], list[Sheet]]] = {
    ods.KIND: ods.read,
    _OLD_ODS: ods.read,
    xls.KIND: xls.read,
    "application/vnd.ms-excel.sheet.macroenabled.12": workbooks.read,
    "application/vnd.ms-excel.template.macroenabled.12": workbooks.read,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template": workbooks.read,
}
