"""Choice lists and statutory references, read from TOML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_templates.fields import Fields
from sheets_templates.schema import Choice, ChoiceList, Reference


def choice_lists(name: str, document: Mapping[str, Any]) -> dict[str, ChoiceList]:
    """The lists of one file, with the file's version."""
    version = str(document.get("version", ""))
    lists = {}
    for key, raw in document.get("lists", {}).items():
        fields = Fields(raw, place=f"{name}: lists.{key}")
        lists[key] = ChoiceList(
            key=key,
            title=fields.text("title"),
            version=version,
            choices=tuple(choice(item, f"{name}: lists.{key}") for item in fields.take("choices", list)),
        )
        fields.done()
    return lists


def choice(raw: object, place: str) -> Choice:
    """One choice, written as a plain string or as a table with ``value``, ``label`` and ``aliases``."""
    if isinstance(raw, str):
        return Choice(value=raw)
    fields = Fields(raw, place=place)
    made = Choice(value=fields.text("value"), label=fields.text("label", ""), aliases=fields.texts("aliases"))
    fields.done()
    return made


def references(name: str, document: Mapping[str, Any]) -> dict[str, Reference]:
    """The statutory references of one file."""
    found = {}
    for key, raw in document.get("references", {}).items():
        fields = Fields(raw, place=f"{name}: references.{key}")
        found[key] = Reference(
            key=key,
            citation=fields.text("citation"),
            says=fields.text("says", ""),
            checked=fields.take("checked", bool, False),
        )
        fields.done()
    return found
