"""An OpenDocument sheet as cells: bounded before it is parsed, no entities, nothing worked out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lxml import etree

from sheets_templates.address import letters
from sheets_templates.imports.grid import MAX_CELLS, MAX_TABS, BadFile, Book, SourceCell, Tab, is_blank, sound

MAX_FILE = 15_000_000
MAX_UNPACKED = 60_000_000
_OFFICE, _TABLE, _TEXT, _STYLE, _FO = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "table", "text", "style", "xsl-fo-compatible")
)
_BROKEN = "This is not an .ods file that can be read. Open it, save it again as .xlsx."


def is_ods(data: bytes) -> bool:
    """Whether a zip says of itself that it is an OpenDocument spreadsheet."""
    return b"application/vnd.oasis.opendocument.spreadsheet" in data[:200]


def book_of_ods(data: bytes) -> Book:
    """A book from an .ods file. Raises BadFile where it is too large or no spreadsheet."""
    root = _parsed(_content(data))
    fills, hidden = _styles(root)
    tables = list(root.iter(f"{_TABLE}table"))
    if len(tables) > MAX_TABS:
        raise BadFile(f"This file has more than {MAX_TABS} tabs. Copy out the part you need.")
    return tuple(_tab(table, fills, hidden) for table in tables)


def _content(data: bytes) -> bytes:
    if len(data) > MAX_FILE:
        raise BadFile(f"This file is larger than {MAX_FILE // 1_000_000} MB. Copy out the part you need.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = archive.getinfo("content.xml")
            if part.file_size > MAX_UNPACKED:
                raise BadFile("This file unpacks to far more than a plan sheet holds. Nothing was read.")
            return archive.read(part)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadFile(_BROKEN) from error


def _parsed(xml: bytes) -> etree._Element:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise BadFile("This file holds XML that a spreadsheet program does not write. Nothing was read.")
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise BadFile(_BROKEN) from error


def _styles(root: etree._Element) -> tuple[Mapping[str, str], frozenset[str]]:
    """The background of each cell style, and the table styles that hide a tab."""
    fills, hidden = {}, set()
    for style in root.iter(f"{_STYLE}style"):
        name = str(style.get(f"{_STYLE}name", ""))
        for properties in style:
            colour = str(properties.get(f"{_FO}background-color", ""))
            if colour.startswith("#") and colour.casefold() != "#ffffff":
                fills[name] = colour[1:].upper()
            if properties.get(f"{_TABLE}display") == "false":
                hidden.add(name)
    return fills, frozenset(hidden)


@dataclass
class _Sheet:
    """A tab being read."""

    title: str
    fills_of: Mapping[str, str]
    cells: dict[tuple[int, int], SourceCell] = field(default_factory=dict)
    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)


def _tab(table: etree._Element, fills: Mapping[str, str], hidden: frozenset[str]) -> Tab:
    sheet = _Sheet(title=str(table.get(f"{_TABLE}name", "")), fills_of=fills)
    row = 0
    for element in table.iter(f"{_TABLE}table-row"):
        times = _times(element, "rows")
        full = _has_content(element)
        for place in range(row, row + (min(times, 1_000) if full else 0)):
            if element.get(f"{_TABLE}visibility") in ("collapse", "filter"):
                sheet.hidden_rows.add(place)
            _row(sheet, element, place)
        row += times
    return Tab(
        title=sheet.title,
        cells=sheet.cells,
        merges=tuple(sheet.merges),
        fills=sheet.fills,
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(_hidden_columns(table)),
        hidden=str(table.get(f"{_TABLE}style-name", "")) in hidden,
    )


def _times(element: etree._Element, what: str) -> int:
    text = str(element.get(f"{_TABLE}number-{what}-repeated", "1"))
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _has_content(row: etree._Element) -> bool:
    return next(row.iter(f"{_TEXT}p"), None) is not None or any(
        cell.get(f"{_OFFICE}value-type") is not None for cell in row
    )


def _hidden_columns(table: etree._Element) -> Iterator[int]:
    place = 0
    for column in table.iter(f"{_TABLE}table-column"):
        times = _times(column, "columns")
        if column.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            yield from range(place, place + min(times, 1_000))
        place += times


def _row(sheet: _Sheet, row: etree._Element, number: int) -> None:
    column = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = _times(cell, "columns")
        value = sound(_value(cell))
        colour = sheet.fills_of.get(str(cell.get(f"{_TABLE}style-name", "")), "")
        if not is_blank(value):
            for place in range(column, column + min(times, 1_000)):
                sheet.cells[number, place] = _cell(sheet, cell, number, place, value, colour)
        elif colour and times < 100:
            sheet.fills |= {(number, place): colour for place in range(column, column + times)}
        _merge(sheet, cell, number, column)
        column += times
    if len(sheet.cells) > MAX_CELLS:
        raise BadFile(f"This file has more than {MAX_CELLS:,} cells. Copy out the part you need.")


def _cell(sheet: _Sheet, cell: etree._Element, row: int, column: int, value: object, colour: str) -> SourceCell:
    return SourceCell(
        tab=sheet.title,
        row=row,
        column=column,
        value=value,
        formula=cell.get(f"{_TABLE}formula") is not None,
        fill=colour,
        address=f"{letters(column)}{row + 1}",
    )


def _merge(sheet: _Sheet, cell: etree._Element, row: int, column: int) -> None:
    down, across = (
        int(text) if (text := str(cell.get(f"{_TABLE}number-{what}-spanned", "1"))).isdigit() and len(text) < 5 else 1
        for what in ("rows", "columns")
    )
    if 1 < down * across <= MAX_CELLS:
        sheet.merges.append((row, column, row + down - 1, column + across - 1))


def _value(cell: etree._Element) -> object:
    """A cell's value as it was saved: a date, a number, yes or no, or its words."""
    kind = cell.get(f"{_OFFICE}value-type")
    words = "\n".join("".join(map(str, p.itertext())) for p in cell.iter(f"{_TEXT}p"))
    try:
        if kind == "date":
            return _moment(str(cell.get(f"{_OFFICE}date-value", "")))
        if kind in ("float", "currency"):
            return float(str(cell.get(f"{_OFFICE}value", "")))
    except ValueError:
        return words
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    return words


def _moment(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
