"""What a cell shows: numbers and dates through number formats, in the spreadsheet's locale (British or American).

Patterns: https://developers.google.com/workspace/sheets/api/guides/formats"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sandbox.sheets import serial
from sandbox.sheets.formulas.values import Formatted, FormulaError, Scalar, number_text, to_text

_BRITISH = {"DATE": "dd/mm/yyyy", "DATE_TIME": "dd/mm/yyyy hh:mm:ss", "CURRENCY": "£#,##0.00"}
_AMERICAN = {"DATE": "m/d/yyyy", "DATE_TIME": "m/d/yyyy h:mm:ss", "CURRENCY": "$#,##0.00"}
_ANYWHERE = {
    "TIME": "hh:mm:ss",
    "PERCENT": "0.00%",
    "NUMBER": "#,##0.00",
    "SCIENTIFIC": "0.00E+00",
    "TEXT": "@",
}
DATES = ("DATE", "TIME", "DATE_TIME")
_DATE_TOKEN = re.compile(r"\"[^\"]*\"|\\.|am/pm|a/p|\[?(?:y+|m+|d+|h+|s+)\]?|.", re.IGNORECASE | re.DOTALL)
_DIGITS = re.compile(r"[#0?][#0?,]*(\.[#0?]*)?(E\+0+)?")
_LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.")


def british(locale: str) -> bool:
    """Whether day comes before month: everywhere that the sandbox knows, but in the United States."""
    return locale != "en_US"


def pattern(number_format: Mapping[str, Any], locale: str) -> str:
    """The pattern of a number format; the locale's own where none was given. ``""`` is General."""
    kind = number_format.get("type", "")
    local = _BRITISH if british(locale) else _AMERICAN
    found: str = number_format.get("pattern") or local.get(kind) or _ANYWHERE.get(kind, "")
    return found


def shown(value: Scalar | FormulaError, number_format: Mapping[str, Any], locale: str) -> str:
    """The text in the grid: Google's formattedValue."""
    if isinstance(value, FormulaError):
        return value.code
    if isinstance(value, (bool, str)) or value is None:
        return to_text(value)
    if not number_format and isinstance(value, Formatted):
        number_format = value.pattern
    return formatted(value, number_format, locale)


def formatted(number: float, number_format: Mapping[str, Any], locale: str) -> str:
    return number_as(number, pattern(number_format, locale), is_date=number_format.get("type") in DATES)


def number_as(number: float, text: str, *, is_date: bool | None = None) -> str:
    """A number through a pattern such as ``dd mmm yyyy`` or ``#,##0.0%``."""
    if not text or text in ("@", "General"):
        return number_text(number)
    if is_date is None:
        is_date = bool(re.search(r"[ymdhs]", re.sub(r"\"[^\"]*\"|\\.|\[\$[^\]]*\]", "", text), re.IGNORECASE))
    return _date_as(number, text) if is_date else _number_as(number, text)


def _date_as(number: float, text: str) -> str:
    try:
        when = serial.moment(number)
    except OverflowError:
        return number_text(number)
    tokens = _DATE_TOKEN.findall(text)
    half_day = any(token.lower() in ("am/pm", "a/p") for token in tokens)
    return "".join(
        _date_part(when, token.strip("[]"), minutes=_is_minutes(tokens, place), half_day=half_day)
        for place, token in enumerate(tokens)
    )


def _is_minutes(tokens: list[str], place: int) -> bool:
    """``m`` means minutes next to hours or seconds, and months anywhere else."""
    letters = [(n, t.strip("[]")[:1].lower()) for n, t in enumerate(tokens) if t.strip("[]")[:1].lower() in "ymdhs"]
    here = next((i for i, (n, _) in enumerate(letters) if n == place), None)
    if here is None:
        return False
    before = letters[here - 1][1] if here else ""
    after = letters[here + 1][1] if here + 1 < len(letters) else ""
    return before == "h" or after == "s"


def _date_part(when: datetime, token: str, *, minutes: bool, half_day: bool) -> str:
    lower = token.lower()
    if lower in ("am/pm", "a/p"):
        return ("AM" if when.hour < 12 else "PM")[: 2 if lower == "am/pm" else 1]
    kind, width = lower[:1], len(lower)
    hour = (when.hour % 12 or 12) if half_day else when.hour
    plain = {"d": when.day, "h": hour, "s": when.second, "m": when.minute if minutes else when.month}
    if kind == "y":
        return f"{when.year:04d}" if width > 2 else f"{when.year % 100:02d}"
    if kind == "d" and width > 2:
        return when.strftime("%a" if width == 3 else "%A")
    if kind == "m" and width > 2:
        name = when.strftime("%B")
        return {3: name[:3], 5: name[:1]}.get(width, name)
    if kind in plain:
        return str(plain[kind]).zfill(width)
    return token[1:].rstrip('"') if token[0] in '"\\' else token


def _number_as(number: float, text: str) -> str:
    sections = text.split(";")
    if number < 0 and len(sections) > 1:
        text, number = sections[1], -number
    elif number == 0 and len(sections) > 2:
        text = sections[2]
    else:
        text = sections[0]
    masked = _LITERAL.sub(lambda m: "\0" * len(m[0]), text)
    core = _DIGITS.search(masked)
    if core is None:
        return _literals(text)
    body = _digits(abs(number) * (100 if "%" in masked else 1), core)
    sign = "-" if number < 0 and any(digit in "123456789" for digit in body) else ""
    return sign + _literals(text[: core.start()]) + body + _literals(text[core.end() :])


def _digits(number: float, core: re.Match[str]) -> str:
    decimals = core[1] or ""
    places, needed = max(0, len(decimals) - 1), decimals.count("0")
    if core[2]:
        mantissa, exponent = f"{number:.{places}E}".split("E")
        return f"{mantissa}E{exponent[0]}{exponent[1:].lstrip('0').zfill(len(core[2]) - 2)}"
    rounded = Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    integer_pattern = core[0][: len(core[0]) - len(decimals)]
    whole = whole.lstrip("0").zfill(integer_pattern.count("0"))
    if "," in integer_pattern:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole)
    while len(fraction) > needed and fraction.endswith("0"):
        fraction = fraction[:-1]
    return whole + ("." + fraction if fraction else "")


def _literals(text: str) -> str:
    return _LITERAL.sub(lambda m: m[1] or m[2] or m[3] or "", text)
