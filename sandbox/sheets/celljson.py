"""A cell's own part of Google's CellData: what a request can write. What is worked out is in ``render``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.fields import Mask
from sandbox.sheets import mask as masks
from sandbox.sheets.entry import check_length
from sandbox.sheets.errors import Refused
from sandbox.sheets.formulas.values import FormulaError
from sandbox.sheets.model import EMPTY, Cell, Entered, Formula

_EXTRA = ("textFormatRuns", "chipRuns")


def number(value: float) -> int | float:
    """A number as JSON: whole ones without a decimal point."""
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def extended(value: Entered | FormulaError) -> dict[str, Any]:
    """Google's ExtendedValue."""
    if isinstance(value, Formula):
        return {"formulaValue": value.text}
    if isinstance(value, FormulaError):
        return {"errorValue": {"type": value.type, **({"message": value.message} if value.message else {})}}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"stringValue": str(value)}
    return {} if value is None else {"numberValue": number(value)}


def entered(value: Mapping[str, Any]) -> Entered:
    """What an ExtendedValue enters. A string is never read as a formula."""
    if "formulaValue" in value:
        return _formula(value["formulaValue"])
    if "stringValue" in value:
        return check_length(value["stringValue"]) or None
    if "boolValue" in value:
        return bool(value["boolValue"])
    return float(value["numberValue"]) if "numberValue" in value else None


def _formula(text: str) -> Entered:
    check_length(text)
    if not text.startswith("="):
        raise Refused("Invalid value: a formulaValue must start with '='.")
    return Formula(text)


def to_json(cell: Cell) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if cell.value is not None:
        made["userEnteredValue"] = extended(cell.value)
    if cell.format:
        made["userEnteredFormat"] = dict(cell.format)
    if cell.note:
        made["note"] = cell.note
    if cell.validation:
        made["dataValidation"] = dict(cell.validation)
    return {**made, **cell.extra}


def from_json(data: Mapping[str, Any]) -> Cell:
    made = Cell(
        value=entered(data.get("userEnteredValue", {})),
        format=data.get("userEnteredFormat", {}),
        note=data.get("note", ""),
        validation=data.get("dataValidation"),
        extra={name: data[name] for name in _EXTRA if data.get(name)},
    )
    return EMPTY if made == EMPTY else made


def updated(cell: Cell, data: Mapping[str, Any], mask: Mask) -> Cell:
    """The cell with what the mask names taken from a CellData (colours already in both forms)."""
    return from_json(masks.merged(mask, to_json(cell), data))
