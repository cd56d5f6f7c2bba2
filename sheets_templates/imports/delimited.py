"""CSV files as people get them: the usual encodings and separators, lines above the header, text kept inert."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from sheets_templates.address import letters
from sheets_templates.imports.grid import MAX_CELLS, BadFile, Book, SourceCell, Tab
from sheets_templates.text import MAX_CELL, tidy

MAX_BYTES = 15_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_SEPARATORS = ",;\t|"


@dataclass(frozen=True, kw_only=True)
class Delimited:
    """A file's records, each with the line it begins on (from 1), and how it was read."""

    encoding: str
    separator: str
    records: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read_delimited(data: bytes) -> Delimited:
    """The records of a file, empty ones left out. Raises BadFile with a sentence where it is no text or too large."""
    if len(data) > MAX_BYTES:
        raise BadFile(
            f"This file is larger than {MAX_BYTES // 1_000_000} MB, far more than a school's list. Nothing was read."
        )
    text, encoding = _decoded(data)
    named, text = _named_separator(text)
    separator = named or _separator(text)
    records, lines = _records(text, separator)
    if not records:
        raise BadFile("This file holds no rows. Nothing was read.")
    return Delimited(encoding=encoding, separator=separator, records=tuple(records), lines=tuple(lines))


def list_of_book(book: Book) -> Delimited:
    """The first tab that holds anything, as the records of a list."""
    tab = next((tab for tab in book if tab.cells and not tab.hidden), None)
    if tab is None:
        raise BadFile("This file holds no rows. Nothing was read.")
    width = max(column for _, column in tab.cells) + 1
    records = [tuple(_text(tab.cells.get((row, column))) for column in range(width)) for row in tab.rows]
    return Delimited(encoding="", separator="", records=tuple(records), lines=tuple(row + 1 for row in tab.rows))


def _text(cell: SourceCell | None) -> str:
    return "" if cell is None else tidy(cell.text)


def book_of_list(found: Delimited, title: str) -> Book:
    """A list's records as the one tab of a book; each stands in the row of its line."""
    cells = {
        (line - 1, column): SourceCell(
            tab=title, row=line - 1, column=column, value=text, address=f"{letters(column)}{line}"
        )
        for line, record in zip(found.lines, found.records, strict=True)
        for column, text in enumerate(record)
        if text
    }
    return (Tab(title=title, cells=cells),)


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, codec), name
    if data[:4] == b"PK\x03\x04" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise BadFile("This is a workbook, not a CSV file. Save the list as CSV and try again.")
    sample = data[:2000]
    if sample[1::2].count(0) > len(sample) // 4:
        return _strict(data, "utf-16-le"), "UTF-16"
    if sample[0::2].count(0) > len(sample) // 4:
        return _strict(data, "utf-16-be"), "UTF-16"
    if b"\x00" in data:
        raise BadFile("This is not a text file. Nothing was read.")
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise BadFile("This file's text is damaged and can't be read. Export it once more.") from error


def _named_separator(text: str) -> tuple[str, str]:
    """Excel's ``sep=;`` line, taken off."""
    first, newline, rest = text.partition("\n")
    plain = first.strip().strip('"')
    return (plain[4:5], rest) if newline and plain.casefold().startswith("sep=") and len(plain) == 5 else ("", text)


def _separator(text: str) -> str:
    """The separator by which most of the first lines fall into the same number of cells, more than one."""

    def evenness(separator: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
        try:
            widths = Counter(len(row) for row, _ in zip(rows, range(60), strict=False) if len(row) > 1)
        except csv.Error:
            return 0, 0
        width, times = max(widths.items(), key=lambda pair: pair[1] * pair[0], default=(0, 0))
        return times * width, width

    return max(_SEPARATORS, key=evenness)


def _records(text: str, separator: str) -> tuple[list[tuple[str, ...]], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    records: list[tuple[str, ...]] = []
    lines: list[int] = []
    cells = begins = 0
    try:
        for row in reader:
            begins, ends = begins + 1, reader.line_num
            cells += len(row)
            if cells > MAX_CELLS * 5:
                raise BadFile("This file has more cells than a school's list. Nothing was read.")
            record = tuple(tidy(cell)[:MAX_CELL] for cell in row)
            if any(record):
                records.append(record)
                lines.append(begins)
            begins = ends
    except csv.Error as error:
        raise BadFile("This file's quotes do not close where they should. Export it once more.") from error
    return records, lines
