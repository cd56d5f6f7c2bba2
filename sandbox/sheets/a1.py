"""A1 notation to boxes and back. https://developers.google.com/workspace/sheets/api/guides/concepts#cell"""

from __future__ import annotations

import re

from sandbox.sheets.box import Box
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Sheet, Spreadsheet

_END = r"\$?([A-Za-z]{0,3})\$?([1-9][0-9]*)?"
_CELLS = re.compile(rf"{_END}(?::{_END})?")
_CORNER = r"[Rr]([1-9][0-9]*)[Cc]([1-9][0-9]*)"
_R1C1 = re.compile(rf"{_CORNER}(?::{_CORNER})?")
_QUOTED = re.compile(r"'((?:[^']|'')*)'(?:!(.*))?", re.DOTALL)
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")


def column_letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    total = 0
    for letter in letters.upper():
        total = total * 26 + ord(letter) - 64
    return total - 1


def quote(title: str) -> str:
    """A sheet's title as it stands in a range: quoted where it is more than a plain word."""
    plain = all(letter.isalnum() or letter == "_" for letter in title) and not title[:1].isdigit()
    if plain and not _CELL_LIKE.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def write(box: Box, title: str) -> str:
    """``Plan!A1:B2``, as Google prints a range that starts where the box starts."""
    return f"{quote(title)}!{_cells(box)}"


def _cells(box: Box) -> str:
    if box.is_single():
        return f"{column_letters(box.left)}{box.top + 1}"
    first = column_letters(box.left) + str(box.top + 1)
    last = ("" if box.right is None else column_letters(box.right - 1)) + (
        "" if box.bottom is None else str(box.bottom)
    )
    return f"{first}:{last}" if last else first


def read(book: Spreadsheet, text: str) -> Box:
    """The box that a range names, not yet cut to the grid.

    Named ranges may stand behind their sheet's title. A bare ``A1:B2`` is on the first visible
    sheet; a bare word is a named range before it is a sheet."""
    named = book.named(text)
    if named is not None and book.find(named.sheet_id):
        return named
    sheet, cells = _split(book, text)
    if sheet is None:
        raise Refused(f"Unable to parse range: {text}")
    if cells is None:
        return Box(sheet_id=sheet.sheet_id)
    box = parse_cells(sheet.sheet_id, cells) or _r1c1(sheet.sheet_id, cells) or book.named(cells)
    if box is None or box.sheet_id != sheet.sheet_id:
        raise Refused(f"Unable to parse range: {text}")
    return box


def _split(book: Spreadsheet, text: str) -> tuple[Sheet | None, str | None]:
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        return book.titled(quoted[1].replace("''", "'")), quoted[2]
    title, bang, cells = text.rpartition("!")
    if bang:
        return book.titled(title), cells
    if parse_cells(0, text) or _r1c1(0, text):
        return _first_visible(book), text
    return book.titled(text), None


def _r1c1(sheet_id: int, text: str) -> Box | None:
    """``R1C1`` or ``R1C1:R2C2`` as a box; None for anything else."""
    found = _R1C1.fullmatch(text)
    if not found:
        return None
    rows = sorted(int(digits) for digits in (found[1], found[3] or found[1]))
    columns = sorted(int(digits) for digits in (found[2], found[4] or found[2]))
    return Box(sheet_id=sheet_id, top=rows[0] - 1, bottom=rows[1], left=columns[0] - 1, right=columns[1])


def parse_cells(sheet_id: int, text: str) -> Box | None:
    """``B2``, ``A:C``, ``2:5``, ``A2:C`` or ``B2:A1`` as a box; None when it is none of them."""
    found = _CELLS.fullmatch(text)
    if not found:
        return None
    first, last = (found[1], found[2]), (found[3], found[4])
    if found[3] is None:
        return _between(sheet_id, first, first) if all(first) else None
    return _between(sheet_id, first, last) if any(first) and any(last) else None


def _between(sheet_id: int, first: tuple[str, str | None], last: tuple[str, str | None]) -> Box | None:
    columns = [column_index(letters) for letters, _ in (first, last) if letters]
    rows = [int(digits) - 1 for _, digits in (first, last) if digits]
    if not (columns or rows) or (len(columns) == 1 and len(rows) == 1):
        return None
    return Box.between(sheet_id, rows, columns)


def _first_visible(book: Spreadsheet) -> Sheet:
    seen = [sheet for sheet in book.sheets if sheet.row_count and not sheet.properties.get("hidden")]
    return seen[0] if seen else book.sheets[0]


def looks_like_cell(name: str) -> bool:
    return bool(_CELL_LIKE.fullmatch(name))
