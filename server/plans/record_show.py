"""A cell's value as a document says it: dates, ticks, codes and people in plain words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from server.plans.copy_words import (
    day_in_words,
    decision_in_words,
    effect_in_words,
    reason_in_words,
    year_in_words,
)
from server.plans.model import School
from server.plans.own_words import choice_of, role_said
from sheets_templates.cells import number_text
from sheets_templates.ids import leading_id
from sheets_templates.schema import Column

_SPECIAL = {
    "year_group": year_in_words,
    "next_step": decision_in_words,
    "effect": effect_in_words,
    "decision": decision_in_words,
    "evidence_basis": reason_in_words,
}
_UNITS = {"minutes": "minutes", "review_every": "weeks", "school_feel": "out of 5", "confidence": "out of 5"}


def shown(school: School, column: Column, value: object) -> str:
    """The value in words; "" for nothing. Several items stand on lines of their own."""
    if isinstance(value, tuple):
        separator = "\n" if column.kind == "lines" else "; "
        return separator.join(filter(None, (_one(school, column, item) for item in value)))
    return "" if value is None or value == "" else _one(school, column, value)


def _one(school: School, column: Column, value: object) -> str:
    match value:
        case bool():
            return "Yes" if value else "No"
        case date():
            return day_in_words(value)
        case time():
            return value.strftime("%H:%M")
        case int() | float():
            unit = "out of 10" if column.kind == "rating" else _UNITS.get(column.key, "")
            return f"{number_text(value)} {unit}".rstrip()
    text = str(value)
    if column.ref:
        return _referred(school, column.ref, text)
    choice = choice_of(column, text)
    if choice is not None and choice.said:
        return choice.said
    plain = _SPECIAL.get(column.key)
    return plain(text) if plain else (choice.label if choice else "") or text


def _referred(school: School, table: str, text: str) -> str:
    """What another row is called by those who read documents: without its id."""
    name = leading_id(text)
    called = next(_called(school, table, name), None)
    return text.removeprefix(name).strip() or text if called is None else called


def _called(school: School, table: str, name: str) -> Iterator[str]:
    """What the row with that id is called, where there is one."""
    match table:
        case "staff":
            found = (staff for staff in school.staff if staff.staff_id == name)
            yield from (", ".join(filter(None, (staff.name, role_said(school, staff)))) for staff in found)
        case "contacts":
            yield from (contact.name for contact in school.contacts if contact.contact_id == name)
        case "pupils":
            found_pupils = (pupil for pupil in school.pupils if pupil.pupil_id == name)
            yield from (f"{pupil.first_name} {pupil.last_name}".strip() for pupil in found_pupils)
        case "outcomes":
            yield from (outcome.outcome for outcome in school.outcomes if outcome.outcome_id == name)
        case "provision":
            yield from (provision.what for provision in school.provision if provision.provision_id == name)
