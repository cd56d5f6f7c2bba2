"""Any file that holds a school's sheet, as cells: told apart by what is in it, not by its name."""

from __future__ import annotations

from sheets_templates.imports.delimited import book_of_list, read_delimited
from sheets_templates.imports.grid import BadFile, Book
from sheets_templates.imports.ods import book_of_ods, is_ods
from sheets_templates.imports.xlsx import book_of_xlsx

_OLD = b"\xd0\xcf\x11\xe0"
_PDF = b"%PDF"


def book_of_file(data: bytes, name: str = "") -> Book:
    """A book from .xlsx or .xlsm (macros are never run), .ods or .csv. Raises BadFile with a sentence for others."""
    if data.startswith(_OLD):
        raise BadFile("This is an old .xls file, or one with a password. Open it and save it as .xlsx without one.")
    if data.startswith(_PDF):
        raise BadFile("This is a PDF, which holds no cells. Use the sheet it was made from.")
    if data.startswith(b"PK"):
        return book_of_ods(data) if is_ods(data) else book_of_xlsx(data)
    if name.casefold().endswith((".xlsx", ".xlsm", ".ods")):
        raise BadFile("This file is damaged: by its name it is a workbook, and it is none. Save it again as .xlsx.")
    return book_of_list(read_delimited(data), name.rpartition(".")[0] or name or "Sheet")
