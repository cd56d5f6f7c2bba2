"""The 17 templates as data: every field of the field list is there, has a place, and is read by no more people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sheets_templates import catalogue
from sheets_templates.plan_templates import PlanTemplate, TemplateField, column_at, load

ASKED = json.loads((Path(__file__).parents[1] / "data" / "templates.json").read_text("utf-8"))
TEMPLATES = load()
KNOWN = catalogue.load()
KINDS = {
    "date": {"date"},
    "number": {"number", "integer"},
    "list": {"lines", "text", "refs", "bool", "date", "ref", "integer", "longtext"},
    "multi": {"choices"},
    "file": {"link"},
    "bool": {"bool"},
}
"""The kinds of column a kind of field may be kept in; any kind holds the others in words."""


def listed(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields of a template in the field list, blocks written out, each with its block."""
    for section in raw["sections"]:
        for named in section.get("include_blocks", ()):
            block, _, part = named.partition(" ")
            for field in ASKED["blocks"][block]["fields"]:
                if not part or field["required"] == "R" or field["key"] == "result":
                    yield block, field
        yield from (("", field) for field in section.get("fields", ()))


def fields(template: PlanTemplate) -> list[TemplateField]:
    return list(template.fields)


def test_every_template_of_the_field_list_is_there_in_its_words() -> None:
    asked = {raw["id"]: (raw["name"], raw["use"], raw["source"]) for raw in ASKED["templates"]}
    assert {key: (each.name, each.use, each.source) for key, each in TEMPLATES.items()} == asked
    assert len(asked) == 17


@pytest.mark.parametrize("raw", ASKED["templates"], ids=lambda raw: str(raw["id"]))
def test_a_template_asks_for_every_field_of_the_list_and_no_other(raw: dict[str, Any]) -> None:
    asked = [(block, f["key"], f["label"], f["required"], f["visibility"]) for block, f in listed(raw)]
    ours = [(f.block, f.key, f.label, f.required, f.audience) for f in fields(TEMPLATES[raw["id"]])]
    assert ours == asked


@pytest.mark.parametrize("raw", ASKED["templates"], ids=lambda raw: str(raw["id"]))
def test_what_is_typed_has_a_column_of_its_kind(raw: dict[str, Any]) -> None:
    wanted = {(block, field["key"]): field for block, field in listed(raw)}
    for field in fields(TEMPLATES[raw["id"]]):
        kinds = {column.kind for path in field.at if (column := column_at(KNOWN, path))}
        fitting = KINDS.get(wanted[field.block, field.key]["type"])
        assert not field.at or fitting is None or kinds & fitting, (field.key, kinds)


@pytest.mark.parametrize("raw", ASKED["templates"], ids=lambda raw: str(raw["id"]))
def test_every_choice_of_the_list_can_be_picked(raw: dict[str, Any]) -> None:
    wanted = {(block, field["key"]): set(field.get("options") or ()) for block, field in listed(raw)}
    for field in fields(TEMPLATES[raw["id"]]):
        columns = [column for path in field.at if (column := column_at(KNOWN, path))]
        offered = {choice.value for column in columns for choice in column.choices}
        assert not offered or wanted[field.block, field.key] <= offered | GROUPED, field.key


GROUPED = {"EYFS area", "Preparing for adulthood", "Handed over"}
"""Choices that our lists write out one by one."""


def test_a_field_for_staff_stands_in_no_column_that_parents_read() -> None:
    wide = [
        (template.key, field.key)
        for template in TEMPLATES.values()
        for field in template.fields
        for path in field.at
        if field.audience == "S" and (column := column_at(KNOWN, path)) and column.audience != "S"
    ]
    assert wide == []
