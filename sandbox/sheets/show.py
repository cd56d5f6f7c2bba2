"""What a cell shows: numbers, dates and texts through number formats, in the spreadsheet's locale.

Patterns: https://developers.google.com/workspace/sheets/api/guides/formats; see ``numberpattern`` and
``datepattern``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sandbox.sheets import datepattern, numberpattern
from sandbox.sheets.formulas.values import Formatted, FormulaError, Scalar, number_text, to_text
from sandbox.sheets.locales import Locale, locale_of

DATES = ("DATE", "TIME", "DATE_TIME")


def pattern(number_format: Mapping[str, Any], locale: str) -> str:
    """The pattern of a number format; the locale's own where none was given. ``""`` is General."""
    found: str = number_format.get("pattern") or locale_of(locale).patterns.get(number_format.get("type", ""), "")
    return found


def shown(value: Scalar | FormulaError, number_format: Mapping[str, Any], locale: str) -> str:
    """The text in the grid: Google's formattedValue."""
    if isinstance(value, FormulaError):
        return value.code
    if isinstance(value, bool):
        known = locale_of(locale)
        return known.true if value else known.false
    if isinstance(value, str):
        own = number_format.get("pattern", "")
        return numberpattern.text_as(value, own) if "@" in own else str(value)
    if value is None:
        return to_text(value)
    if not number_format and isinstance(value, Formatted):
        number_format = value.pattern
    return formatted(value, number_format, locale)


def formatted(number: float, number_format: Mapping[str, Any], locale: str) -> str:
    dated = True if number_format.get("type") in DATES else None
    return number_as(number, pattern(number_format, locale), locale, is_date=dated)


@lru_cache(maxsize=1 << 13)
def number_as(number: float, text: str, locale: str = "en_US", *, is_date: bool | None = None) -> str:
    """A number through a pattern such as ``dd mmm yyyy`` or ``#,##0.0%``."""
    known = locale_of(locale)
    if not text or text in ("@", "General"):
        return _general(number, known)
    if datepattern.is_date(text) if is_date is None else is_date:
        try:
            return datepattern.date_as(number, text, known)
        except OverflowError:
            return _general(number, known)
    return numberpattern.number_as(number, text, known, lambda size: _general(size, known))


def _general(number: float, locale: Locale) -> str:
    return number_text(number).replace(".", locale.decimal)
