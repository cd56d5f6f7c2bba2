"""Python values as cells: what a person typing the same would leave, never a formula."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from sheets_templates.dates import moment_serial, time_fraction, to_serial
from sheets_templates.schema import TEXTUAL, Cell, Column
from sheets_templates.text import MAX_CELL, clean, length

Value = object
"""str, int, float, bool, date, time, datetime, None, or a tuple or list of str."""


def raw(column: Column, value: Value) -> Cell:
    """The raw value of a cell that holds ``value``: text cleaned, dates as serial numbers, None for nothing."""
    if isinstance(value, list | tuple):
        separator = "\n" if column.kind == "lines" else "; "
        value = separator.join(str(item) for item in value)
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return value if column.kind not in TEXTUAL else str(value).upper()
    if isinstance(value, int | float):
        return value if column.kind not in TEXTUAL else number_text(value)
    if isinstance(value, date | time):
        return _moment(value) if column.kind not in TEXTUAL else value.isoformat()
    return clean(str(value)) or None


def _moment(value: date | time) -> float:
    if isinstance(value, datetime):
        return moment_serial(value)
    if isinstance(value, time):
        return time_fraction(value)
    return to_serial(value)


def number_text(value: float) -> str:
    """A number as a person writes it: ``12``, not ``12.0``."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def too_long(value: Cell) -> bool:
    return isinstance(value, str) and length(value) > MAX_CELL


def cell_data(value: Cell) -> dict[str, object]:
    """A raw value as CellData. Text is sent as text: ``=1+1`` stays ``=1+1``."""
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}}
    if isinstance(value, int | float):
        return {"userEnteredValue": {"numberValue": value}}
    return {"userEnteredValue": {"stringValue": value}}


def row_data(values: Mapping[int, Cell] | list[Cell]) -> dict[str, object]:
    """A row's cells from the first column on, without the empty ones at its end."""
    cells = values if isinstance(values, list) else [values.get(i) for i in range(max(values, default=-1) + 1)]
    while cells and cells[-1] is None:
        cells = cells[:-1]
    return {"values": [cell_data(value) for value in cells]}
