"""Taking typed values out of a TOML table, so that a slip in a data file names the file and the key."""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")
_REQUIRED: Any = object()


class BadTemplate(ValueError):
    """A data file under ``sheets_templates`` is wrong. The message names the file and the key."""


class Fields:
    """The keys of one TOML table. What ``done`` finds untaken is unknown, so it is a mistake."""

    def __init__(self, raw: object, *, place: str) -> None:
        self.place = place
        if not isinstance(raw, dict):
            raise self.wrong("this should be a table")
        self._left: dict[str, Any] = dict(raw)

    def wrong(self, message: str) -> BadTemplate:
        return BadTemplate(f"{self.place}: {message}.")

    def take(self, key: str, kind: type[T], default: T = _REQUIRED) -> T:
        """The value of ``key``; its default where it is absent."""
        if key not in self._left:
            if default is _REQUIRED:
                raise self.wrong(f"'{key}' is missing")
            return default
        value = self._left.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(f"'{key}' should be of type {kind.__name__}, not {type(value).__name__}")
        return value

    def text(self, key: str, default: str = _REQUIRED) -> str:
        return self.take(key, str, default)

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.take(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(f"'{key}' should be a list of texts")
        return tuple(values)

    def number(self, key: str) -> float | None:
        value = self._left.pop(key, None)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise self.wrong(f"'{key}' should be a number")
        return None if value is None else float(value)

    def one_of(self, key: str, allowed: tuple[str, ...], default: str = _REQUIRED) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise self.wrong(f"'{key}' is '{value}', which is none of {', '.join(allowed)}")
        return value

    def done(self) -> None:
        if self._left:
            raise self.wrong(f"unknown key {', '.join(repr(key) for key in self._left)}")
