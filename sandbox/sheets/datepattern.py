"""Numbers as dates and times: the tokens of https://developers.google.com/workspace/sheets/api/guides/formats."""

from __future__ import annotations

import re
from functools import lru_cache

from sandbox.sheets import serial
from sandbox.sheets.locales import Locale

_TOKEN = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|am/pm|a/p|y+|m+|d+|h+|s+|0+|.", re.IGNORECASE | re.DOTALL)
_MILLISECOND = 86_400_000


def is_date(text: str) -> bool:
    """Whether a pattern has a token of dates or times."""
    bare = re.sub(r"\"[^\"]*\"|\\.|\[\$[^\]]*\]|\[[^hms\]][^\]]*\]", "", text, flags=re.IGNORECASE)
    return bool(re.search(r"[ymdhs]", bare, re.IGNORECASE)) and "general" not in bare.casefold()


def date_as(number: float, text: str, locale: Locale) -> str:
    """A serial number through a date and time pattern. Raises OverflowError outside the years that dates have."""
    tokens = _tokens(text)
    places = max((len(token) for token in tokens if token.startswith("0")), default=0)
    unit = 1000 // 10 ** min(places, 3)
    whole = round(number * _MILLISECOND / unit) * unit
    half_day = any(token.casefold() in ("am/pm", "a/p") for token in tokens)
    shown = _Shown(whole, locale, half_day=half_day)
    parts = zip(tokens, _minutes(text), strict=True)
    return "".join([shown.part(token, minutes=minutes) for token, minutes in parts])


@lru_cache(maxsize=1024)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(text))


@lru_cache(maxsize=1024)
def _minutes(text: str) -> tuple[bool, ...]:
    """Which tokens of a pattern are minutes."""
    tokens = _tokens(text)
    return tuple(_is_minutes(tokens, place) for place in range(len(tokens)))


@lru_cache(maxsize=1024)
def _kind(token: str) -> str:
    """``y m d h s`` for a token of that kind, ``""`` for anything else."""
    letter = token.strip("[]")[:1].casefold()
    return letter if letter in "ymdhs" and not token.startswith(("[$", "\\", '"')) else ""


def _is_minutes(tokens: tuple[str, ...], place: int) -> bool:
    """``m`` means minutes after hours or before seconds, and months anywhere else."""
    kinds = [(n, kind) for n, token in enumerate(tokens) if (kind := _kind(token))]
    here = next((i for i, (n, _) in enumerate(kinds) if n == place), None)
    if here is None:
        return False
    before = kinds[here - 1][1] if here else ""
    after = kinds[here + 1][1] if here + 1 < len(kinds) else ""
    return before == "h" or after == "s"


class _Shown:
    """One moment, token by token; ``whole`` is the same in milliseconds since Sheets' first day."""

    def __init__(self, whole: int, locale: Locale, *, half_day: bool) -> None:
        self._when = serial.moment((whole - whole % 1000) / _MILLISECOND)
        self._whole = whole
        self._left = abs(whole)
        self._locale = locale
        self._half_day = half_day

    def part(self, token: str, *, minutes: bool) -> str:
        lower = token.casefold()
        if lower in ("am/pm", "a/p"):
            return self._half(token)
        if token.startswith("["):
            return self._bracketed(token)
        if token.startswith("0"):
            return f"{self._whole % 1000:03d}".ljust(len(token), "0")[: len(token)]
        if token.startswith(('"', "\\")):
            return token[1:].rstrip('"') if token[0] == '"' else token[1:]
        kind, width = _kind(token), len(token)
        if not kind:
            return token
        return self._named(kind, width) or self._counted(kind, width, minutes=minutes)

    def _half(self, token: str) -> str:
        half = "am" if self._when.hour < 12 else "pm"
        if token.casefold() == "am/pm":
            return half.upper()
        return half[0].upper() if token[0].isupper() else half[0]

    def _bracketed(self, token: str) -> str:
        """Time gone by, of which the next such token takes the rest; a currency's symbol; of a colour nothing."""
        if token.startswith("[$"):
            return token[2:-1].partition("-")[0]
        unit = {"h": 3_600_000, "m": 60_000, "s": 1000}.get(token[1:2].casefold())
        if unit is None or set(token[1:-1].casefold()) != {token[1].casefold()}:
            return ""
        count, rest = divmod(self._left, unit)
        sign = "-" if self._whole < 0 and self._left == abs(self._whole) else ""
        self._left = rest
        return sign + str(count).zfill(len(token) - 2)

    def _named(self, kind: str, width: int) -> str:
        if kind == "d" and width > 2:
            names = self._locale.short_days if width == 3 else self._locale.days
            return names[self._when.weekday()]
        if kind == "m" and width > 2:
            month = self._when.month - 1
            if width == 3:
                return self._locale.short_months[month]
            return self._locale.months[month][:1] if width == 5 else self._locale.months[month]
        return ""

    def _counted(self, kind: str, width: int, *, minutes: bool) -> str:
        if kind == "y":
            return f"{self._when.year:04d}" if width > 2 else f"{self._when.year % 100:02d}"
        when = self._when
        hour = (when.hour % 12 or 12) if self._half_day else when.hour
        found = {"d": when.day, "h": hour, "s": when.second, "m": when.minute if minutes else when.month}[kind]
        return str(found).zfill(min(width, 2))
