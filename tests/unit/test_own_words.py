"""A school's own words for choices: understood beside ours, offered instead of ours, never mistaken for another."""

from __future__ import annotations

from typing import Any

import pytest
from tables_sample import CATALOGUE

from sheets_templates.grids import grids_from
from sheets_templates.readback import read
from sheets_templates.reading import Row
from sheets_templates.words import Word, relabelled, words_in
from sheets_templates.workbook_columns import validation

TIER = CATALOGUE.table("pupils").column("tier")


def setting(name: str, value: str) -> Row:
    return Row(id="", values={"setting": name, "value": value}, cells={"setting": "Settings!A9"})


def tier_read(cell: str, *words: Word) -> tuple[Any, list[str]]:
    catalogue, _ = relabelled(CATALOGUE, words)
    grids = grids_from(CATALOGUE, "plan", starter={"pupils": [{"pupil_id": "P1", "first_name": "Ela", "tier": cell}]})
    found = read(catalogue, "plan", grids)
    return found.tables["pupils"].rows[0].values.get("tier"), [problem.message for problem in found.problems]


def test_settings_say_it_in_one_row_for_each_word() -> None:
    rows = [
        setting("Our word for  Targeted", "Band 2"),
        setting("OUR WORD FOR SLCN", ""),
        setting("Phase", "primary"),
    ]
    assert words_in(rows) == (Word(choice="Targeted", said="Band 2", cell="Settings!A9"),)


@pytest.mark.parametrize("cell", ["Targeted", "Band 2", "band  2"])
def test_the_school_s_word_and_ours_mean_the_same(cell: str) -> None:
    assert tier_read(cell, Word(choice="targeted", said="Band 2")) == ("Targeted", [])


def test_dropdowns_offer_the_school_s_word_in_place_of_ours() -> None:
    catalogue, problems = relabelled(CATALOGUE, [Word(choice="Targeted", said="Band 2")])
    rule: Any = validation(catalogue, catalogue.table("pupils"), catalogue.table("pupils").column("tier"), {})
    offered = [value["userEnteredValue"] for value in rule["condition"]["values"]]
    assert offered == ["Band 2" if choice.value == "Targeted" else choice.value for choice in TIER.choices]
    assert problems == ()


@pytest.mark.parametrize(
    ("word", "told"),
    [
        (Word(choice="Targetted", said="Band 2", cell="Settings!A9"), "No list has a choice “Targetted”"),
        (Word(choice="Targeted", said="Universal", cell="Settings!A9"), "means another choice"),
    ],
)
def test_a_word_that_can_t_be_used_is_told_with_its_cell_and_changes_nothing(word: Word, told: str) -> None:
    _, problems = relabelled(CATALOGUE, [word])
    assert [(problem.cell, told in problem.message) for problem in problems] == [("Settings!A9", True)]
    assert tier_read("Universal", word) == ("Universal", [])


def test_one_word_for_two_choices_is_refused_for_both() -> None:
    words = [Word(choice="Targeted", said="Band"), Word(choice="Specialist", said="band")]
    assert len(relabelled(CATALOGUE, words)[1]) == 2
