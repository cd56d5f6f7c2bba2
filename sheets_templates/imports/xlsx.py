"""An .xlsx file as cells: refused where it is too large or odd before a parser sees it, formulas never worked out."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import Any

import openpyxl

from sheets_templates.imports.grid import MAX_CELLS, MAX_TABS, BadFile, Book, SourceCell, Tab, is_blank, sound

MAX_FILE = 15_000_000
MAX_UNPACKED = 60_000_000
MAX_MERGED = 200_000
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")


def book_of_xlsx(data: bytes) -> Book:
    """A book from an .xlsx file. Raises BadFile, before anything is unpacked, where it is too large or no workbook.

    Formulas are never worked out: the value that was saved with them is read, and they are marked."""
    _check(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            formulas = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
            values = openpyxl.load_workbook(io.BytesIO(data), keep_links=False, data_only=True)
    except Exception as error:  # openpyxl fails in as many ways as a file can be broken
        raise BadFile("This is not an .xlsx file that can be read. Open it, save it again as .xlsx.") from error
    return tuple(_tab(sheet, values[sheet.title]) for sheet in formulas.worksheets)


def _check(data: bytes) -> None:
    """Refuse what would take too much memory, before a parser sees it."""
    if len(data) > MAX_FILE:
        raise BadFile(f"This file is larger than {MAX_FILE // 1_000_000} MB. Copy out the part you need.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadFile("This is not an .xlsx file that can be read.") from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > 2_000 or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise BadFile("This file unpacks to far more than a plan sheet holds. Nothing was read.")
    cells = merged = tabs = 0
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        xml = archive.read(part)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise BadFile("This file holds XML that a spreadsheet program does not write. Nothing was read.")
        if part.filename.startswith("xl/worksheets/"):
            tabs += 1
            cells += len(_CELL.findall(xml))
            merged += sum(_area(match) for match in _MERGE.findall(xml))
    if cells > MAX_CELLS or merged > MAX_MERGED or tabs > MAX_TABS * 2:
        raise BadFile(f"This file has more than {MAX_CELLS:,} cells. Copy out the part you need.")


def _area(match: tuple[bytes, bytes, bytes, bytes]) -> int:
    left, top, right, bottom = match
    return (_number(right) - _number(left) + 1) * (int(bottom) - int(top) + 1)


def _number(name: bytes) -> int:
    total = 0
    for letter in name:
        total = total * 26 + letter - 64
    return total


def _tab(sheet: Any, values: Any) -> Tab:
    cells: dict[tuple[int, int], SourceCell] = {}
    fills: dict[tuple[int, int], str] = {}
    for row in sheet.iter_rows():
        for cell in row:
            place = cell.row - 1, cell.column - 1
            if not is_blank(cell.value):
                cells[place] = _source(sheet.title, cell, values[cell.coordinate].value)
            elif colour := _fill(cell):
                fills[place] = colour
    return Tab(
        title=sheet.title,
        cells=cells,
        fills=fills,
        merges=tuple((m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges),
        hidden_rows=frozenset(number - 1 for number, d in sheet.row_dimensions.items() if d.hidden),
        hidden_columns=frozenset(
            number - 1
            for d in sheet.column_dimensions.values()
            if d.hidden and d.min
            for number in range(d.min, min(d.max, d.min + 1000) + 1)
        ),
        hidden=sheet.sheet_state != "visible",
    )


def _source(title: str, cell: Any, saved: object) -> SourceCell:
    formula = cell.data_type == "f"
    return SourceCell(
        tab=title,
        row=cell.row - 1,
        column=cell.column - 1,
        value=sound(saved if formula and saved is not None else cell.value if not formula else _written(cell.value)),
        formula=formula,
        fill=_fill(cell),
        struck=bool(cell.font and cell.font.strike),
        bold=bool(cell.font and cell.font.b),
        address=cell.coordinate,
    )


def _written(value: object) -> str:
    return str(getattr(value, "text", value) or "=")


def _fill(cell: Any) -> str:
    fill = cell.fill
    if not fill or fill.fill_type is None:
        return ""
    colour = fill.fgColor
    name = f"{colour.theme}/{colour.tint:.2f}" if colour.type == "theme" else str(colour.value)
    return "" if name in ("00000000", "00FFFFFF", "FFFFFFFF", "0/0.00") else name
