"""What the columns of a list may be, in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sheets_templates.catalogue import load
from sheets_templates.imports.mis_columns import list_fields

_WORDS = {
    "name": "Whole name",
    "id": "The MIS's own number (to match)",
    "status": "On roll or left",
    "left": "Leaving date",
    "notes": "Notes (left out)",
    "first": "First name",
    "last": "Last name",
    "title": "Title (left out)",
    "mobile": "Mobile phone",
    "priority": "Order of contacts",
    "court": "Court order or restriction (asked about)",
}


@cache
def list_titles() -> Mapping[str, str]:
    """Every field of a list with its name: ``Pupils: Date of birth``, ``Contact 2: Email``."""
    return {field: _title(field) for field in list_fields()}


def _title(field: str) -> str:
    whose, _, part = field.partition(".")
    number, _, rest = part.partition(".")
    table = load().table(whose)
    key = rest or part
    words = _WORDS.get(key) or (table.column(key).header if key in table.positions else key)
    return f"Contact {number}: {words}" if rest else f"{table.title}: {words}"
