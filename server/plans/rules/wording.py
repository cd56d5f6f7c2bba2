"""Small words that findings are made of."""

from __future__ import annotations

from collections.abc import Iterable


def listed(items: Iterable[str]) -> str:
    """``a, b and c``."""
    *most, last = list(items) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def days(count: int, what: str = "day") -> str:
    """``1 day``, ``2 days``."""
    return f"{count} {what}{'' if count == 1 else 's'}"
