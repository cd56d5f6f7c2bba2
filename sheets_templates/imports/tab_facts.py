"""What a tab says of all its pupils at once: ``Year 2 – Otter class – Mrs Sample`` above the table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sheets_templates.imports.grid import SourceCell, Tab
from sheets_templates.imports.inline import pairs_of
from sheets_templates.imports.layout import Layout
from sheets_templates.imports.years import parse_year

_PIECES = re.compile(r"\s+[–—-]\s+|\s*[|:;,()\n]\s*")
_CLASS = re.compile(r"(?:class|form|tutor group)\s+(.+)|(.+?)\s+(?:class|form)", re.IGNORECASE)
_TEACHER = re.compile(r"(?:(?:teacher|tutor|class teacher)\s+)?((?:mr|mrs|ms|miss|mx|dr)\.?\s+\S.*)", re.IGNORECASE)
_YEAR = re.compile(r"(?:year|yr|y)\s*\d{1,2}\b|reception\b|nursery\b", re.IGNORECASE)
_LABELS = {
    "class": "class_form",
    "form": "class_form",
    "tutor group": "class_form",
    "teacher": "accountable_staff",
    "class teacher": "accountable_staff",
    "tutor": "accountable_staff",
    "year": "year_group",
    "year group": "year_group",
}
FILLED_BY = {
    "class_form": ("pupils.class_form", "pupils.year_and_class"),
    "year_group": ("pupils.year_group", "pupils.year_and_class"),
    "accountable_staff": ("pupils.accountable_staff",),
}
"""The columns that say it pupil by pupil."""


def facts_above(tab: Tab, layout: Layout) -> Mapping[str, tuple[SourceCell, str]]:
    """Fields of pupils that cells above the first table give to all of them, with the cell that says so."""
    if not layout.tables:
        return {}
    top = layout.tables[0].group_row if layout.tables[0].group_row is not None else layout.tables[0].header
    found: dict[str, tuple[SourceCell, str]] = {}
    for cell in tab.cells.values():
        if cell.row < top and isinstance(cell.value, str) and len(cell.text) < 120:
            for field, value in facts_of(cell).items():
                found.setdefault(field, (cell, value))
    return found


def facts_of(cell: SourceCell) -> dict[str, str]:
    """Class, year and teacher that a title names."""
    labelled = {_LABELS.get(p.label.text.casefold()): p.answer.text for p in pairs_of(cell)}
    found = {field: value for field, value in labelled.items() if field and value}
    for piece in (each.strip() for each in _PIECES.split(cell.text)):
        field, value = _fact(piece)
        if field:
            found.setdefault(field, value)
    if year := parse_year(found.get("year_group", ""))[0]:
        found["year_group"] = year
    return found


def _fact(piece: str) -> tuple[str, str]:
    if match := _TEACHER.fullmatch(piece):
        return "accountable_staff", match[1]
    if _YEAR.match(piece):
        return "year_group", parse_year(piece)[0]
    if (match := _CLASS.fullmatch(piece)) and len(piece.split()) <= 4:
        return "class_form", match[1] or match[2]
    return "", ""
