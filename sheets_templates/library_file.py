"""A council's or trust's list of usual classroom help, read as rows from a CSV file with the Library's headings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from sheets_templates.catalogue import load
from sheets_templates.schema import Column
from sheets_templates.starter_library import StrategyRow
from sheets_templates.text import comparable

MOST_ROWS = 2_000
LONGEST = 10_000
NO_NAMES = "The file has no column “Name”. Its first line should hold headings of the Library tab."
NO_CHOICE = "Line {line}: “{text}” is none of the choices for {header}: {choices}."


def library_rows(text: str) -> tuple[StrategyRow, ...]:
    """The rows that have a name. Raises ValueError, naming the line, for what the Library could not hold."""
    table = load().table("library")
    known = {comparable(word): c for c in table.inputs for word in (c.key, c.header, *c.aliases)}
    try:
        first, *lines = [*csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)] or [[]]
    except csv.Error as error:
        raise ValueError("This is no CSV file that can be read. Save the sheet as CSV and try again.") from error
    columns = [known.get(comparable(heading)) for heading in first]
    if not any(column and column.key == "name" for column in columns):
        raise ValueError(NO_NAMES)
    rows = [row for line, cells in enumerate(lines, start=2) if (row := _row(columns, cells, line)).get("name")]
    if len(rows) > MOST_ROWS:
        raise ValueError(f"The file has {len(rows)} rows. A Library takes {MOST_ROWS} at once.")
    return tuple({"needs": (), **row} for row in rows)


def _row(columns: list[Column | None], cells: list[str], line: int) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and cell.strip():
            if len(cell) > LONGEST:
                raise ValueError(f"Line {line}: {column.header} is longer than {LONGEST} letters.")
            found[column.key] = _value(column, cell.strip(), line)
    return found


def _value(column: Column, cell: str, line: int) -> object:
    if column.kind == "choices":
        return tuple(_choice(column, part, line) for part in re.split(r"[;,\n]", cell) if part.strip())
    return _choice(column, cell, line) if column.choices else cell


def _choice(column: Column, text: str, line: int) -> str:
    for choice in column.choices:
        if comparable(text) in {comparable(word) for word in (choice.value, choice.label, *choice.aliases)}:
            return choice.value
    offered = ", ".join(choice.value for choice in column.choices)
    raise ValueError(NO_CHOICE.format(line=line, text=text.strip()[:40], header=column.header, choices=offered))
