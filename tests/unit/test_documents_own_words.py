"""Where a school chose its own word for one of our choices, no copy and no document says ours."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from worded_school import KNOWN, OTHER, TODAY, worded_school

from server.plans.copy import plan_view
from server.plans.model import Outcome, School
from server.plans.own_words import own_word, result_said
from server.plans.record import record_values
from server.plans.record_reader import household_reader
from sheets_templates import plan_templates

FIELDS = [field for template in plan_templates.load().values() for field in template.fields if field.audience != "S"]
CHOSEN = sorted(
    {
        (path, column.choices[0].value)
        for field in FIELDS
        for path in field.at
        if (column := KNOWN.table(path.partition(".")[0]).column(path.partition(".")[2])) and column.choices
    }
)
SAID = {value: f"Ourword{number}" for number, value in enumerate(dict.fromkeys(value for _, value in CHOSEN))}


def relabelled(school: School) -> School:
    return replace(school, settings=replace(school.settings, words=tuple(SAID.items())))


SCHOOL = relabelled(worded_school())
RECORD = json.dumps(record_values(household_reader(SCHOOL, "P2", OTHER, TODAY)))
COPY = json.dumps(plan_view(SCHOOL, "P2", OTHER).as_mapping(made_on=TODAY))


def test_there_are_choices_to_look_for() -> None:
    assert len(CHOSEN) > 25


@pytest.mark.parametrize(("path", "value"), CHOSEN)
def test_a_document_says_the_school_s_own_word(path: str, value: str) -> None:
    assert own_word(SCHOOL, path, value) == SAID[value]
    if path not in ("outcomes.result", "cycles.stage"):
        assert SAID[value] in RECORD


@pytest.mark.parametrize("path", ["outcomes.decision", "provision.effect", "reviews.next_step", "pupils.year_group"])
def test_the_parents_copy_says_the_school_s_own_word(path: str) -> None:
    assert SAID[dict(CHOSEN)[path]] in COPY


def test_a_result_is_called_what_the_school_calls_it_and_otherwise_plain() -> None:
    rated = Outcome(outcome_id="O1", baseline_rating=2, expected_rating=6, actual_rating=6, actual="6 of 10")
    school = replace(SCHOOL, settings=replace(SCHOOL.settings, words=(("Achieved", "Met"),)))
    assert result_said(school, rated) == "Met: 6 of 10"
    assert result_said(school, replace(rated, actual_rating=3)) == "A start: 6 of 10"


def test_a_word_that_means_another_choice_is_not_used() -> None:
    clash = replace(SCHOOL, settings=replace(SCHOOL.settings, words=(("Targeted", "Universal"),)))
    assert own_word(clash, "pupils.tier", "Targeted") == ""
