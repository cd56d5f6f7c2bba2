"""What a value becomes when it is written: RAW keeps it, USER_ENTERED reads it as if typed into the cell.

That typing brings number formats (money, per cent, dates as they were typed) was seen live by the authors of
https://github.com/mmedum/google-sheets-mcp (spike A); how German and French sheets read numbers follows their
separators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.sheets import moments
from sandbox.sheets.errors import CELL_TOO_LONG, Refused
from sandbox.sheets.locales import Locale, locale_of
from sandbox.sheets.model import Cell, Entered, Formula
from sandbox.sheets.show import DATES

LONGEST = 50_000


@dataclass(frozen=True, slots=True)
class Manner:
    """How typing is read: the spreadsheet's locale, and the year that a date without one is in."""

    locale: str
    year: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A value and the number format that typing it suggests."""

    value: Entered
    format: Mapping[str, Any] = field(default_factory=dict)


def check_length(text: str) -> str:
    """The text itself. Raises Refused where a cell can't hold it."""
    if len(text) > LONGEST:
        raise Refused(CELL_TOO_LONG)
    return text


def raw(value: str | float | bool) -> Typed:
    """The value as it is: text stays text, whatever it starts with."""
    if isinstance(value, str):
        return Typed(check_length(value) or None)
    return Typed(value if isinstance(value, bool) else float(value))


def typed(value: str | float | bool, cell: Cell, manner: Manner) -> Typed:
    """The value as a person's typing would be read in a cell of that format and a sheet of that locale."""
    if not isinstance(value, str):
        return raw(value)
    check_length(value)
    if cell.number_format().get("type") == "TEXT" or not value:
        return Typed(value or None)
    if value.startswith("'"):
        return Typed(value[1:] or None)
    if value.startswith("=") and len(value) > 1:
        return Typed(Formula(value))
    text = value.strip()
    for reader in (_boolean, _number, _moment):
        found = reader(text, manner)
        if found is not None:
            return found
    return Typed(value)


def _moment(text: str, manner: Manner) -> Typed | None:
    found = moments.read(text, locale_of(manner.locale), manner.year)
    return None if found is None else Typed(*found)


def enter(cell: Cell, entered: Typed) -> Cell:
    """The cell with the new value. A typed date, per cent or sum of money brings its format where none fits it."""
    number_format = cell.format
    if entered.format and not _suits(cell.number_format().get("type", ""), entered.format["type"]):
        number_format = {**cell.format, "numberFormat": entered.format}
    return Cell(
        value=entered.value, format=number_format, note=cell.note, validation=cell.validation, extra=_kept(cell)
    )


def _kept(cell: Cell) -> Mapping[str, Any]:
    """Chips and coloured runs belong to the text that goes."""
    return {} if cell.extra else cell.extra


def _suits(has: str, wants: str) -> bool:
    return has == wants or (has in DATES and wants in DATES)


def _boolean(text: str, manner: Manner) -> Typed | None:
    known, word = locale_of(manner.locale), text.upper()
    if word in ("TRUE", known.true):
        return Typed(True)
    return Typed(False) if word in ("FALSE", known.false) else None


_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f"), " ")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<money>[£$€]?)(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?)"
    r"(?P<power>[eE][+-]?[0-9]{1,3})?(?P<percent> ?%)?(?P<after> ?[£$€])?"
)


def _number(text: str, manner: Manner) -> Typed | None:
    found = _NUMBER.fullmatch(_in_english(text, locale_of(manner.locale)))
    if not found or not any(letter.isdigit() for letter in found["digits"]):
        return None
    number = float(found["sign"] + found["digits"].replace(",", "") + (found["power"] or ""))
    decimals, money = found["digits"].partition(".")[2], found["money"] or (found["after"] or "").strip()
    if found["percent"]:
        return Typed(number / 100, {"type": "PERCENT", "pattern": "0.00%" if decimals else "0%"})
    shape = "#,##0.00" if decimals else "#,##0"
    if money:
        return Typed(
            number, {"type": "CURRENCY", "pattern": f"{shape} [${money}]" if found["after"] else money + shape}
        )
    if found["power"]:
        return Typed(number, {"type": "SCIENTIFIC", "pattern": "0.00E+00"})
    return Typed(number, {"type": "NUMBER", "pattern": shape}) if "," in found["digits"] else Typed(number)


def _in_english(text: str, locale: Locale) -> str:
    """The text with English separators; nothing that could be read where the locale's own are other ones."""
    if locale.decimal == ".":
        return text
    plain = text.translate(_SPACES)
    group = locale.group.translate(_SPACES)
    if group == " ":
        plain = re.sub(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))", "\0", plain)
        group = "\0"
    if "." in plain and group != ".":
        return ""
    return plain.translate({ord(group): ",", ord(locale.decimal): "."})
