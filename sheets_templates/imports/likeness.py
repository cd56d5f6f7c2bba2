"""Whether a row that stands and an imported one are about the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sheets_templates.reading import Row
from sheets_templates.text import comparable


def latest(rows: Sequence[Row], number: object) -> Row | None:
    """The cycle with this number, or without one the newest that is not closed."""
    if number is not None:
        return next((row for row in rows if row.values.get("cycle_number") == number), None)
    open_ones = [row for row in rows if row.values.get("stage") != "Closed"]
    return max(open_ones, key=lambda row: _as_number(row.values.get("cycle_number")), default=None)


def _as_number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def said(row: Row, keys: Sequence[str]) -> Iterator[str]:
    """What a row says in these columns, to compare."""
    return (text for key in keys if (text := comparable(str(row.values.get(key) or ""))))


def agree(row: Row, values: Mapping[str, object], key: str) -> bool:
    """Whether a fact is the same, or not known on one side."""
    ours, theirs = row.values.get(key), values.get(key)
    return not isinstance(ours, date) or not isinstance(theirs, date) or ours == theirs


def same_name(row: Row, values: Mapping[str, object]) -> bool:
    """Whether first (or known) and last name are the same."""
    first = comparable(str(values.get("first_name") or ""))
    own = {comparable(str(row.values.get(key) or "")) for key in ("first_name", "known_as")}
    last = comparable(str(values.get("last_name") or ""))
    return bool(first or last) and first in own and last == comparable(str(row.values.get("last_name") or ""))


def equal(before: object, after: object) -> bool:
    """Whether two values say the same, whatever the spaces."""
    if isinstance(before, str) and isinstance(after, str):
        return " ".join(before.split()) == " ".join(after.split())
    if isinstance(before, tuple) and isinstance(after, str):
        return before == (after,)
    return before == after
