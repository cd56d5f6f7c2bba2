"""A school's own numbers: each in its range, the usual one where a cell can't be used, and known to teachers too."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from server.panel_school import new_school
from server.plans.model import Problem, School, Settings
from server.plans.rules import RULES
from server.plans.school_settings import read_settings
from server.plans.setting_facts import FACTS, Fact
from server.plans.statuses import status_rows
from server.workflows.lookout import mirrored_settings
from sheets_templates.readback import Row

NUMBERS = [fact for fact in FACTS if fact.kind == "number"]
TODAY = date(2026, 11, 23)


def read(*rows: dict[str, Any]) -> tuple[Settings, tuple[Problem, ...]]:
    cells = {"setting": "Settings!A2", "value": "Settings!B2"}
    return read_settings([Row(id="", values=row, cells=cells) for row in rows])


@pytest.mark.parametrize("fact", NUMBERS, ids=lambda fact: fact.field)
def test_a_number_is_taken_from_its_least_to_its_most_and_not_beyond(fact: Fact) -> None:
    for value in (fact.least, fact.most):
        other = {"setting": "Shortest cycle (weeks)", "value": "1"} if fact.field == "longest_cycle_weeks" else {}
        longest = {"setting": "Longest cycle (weeks)", "value": "52"} if fact.field == "shortest_cycle_weeks" else {}
        settings, problems = read({"setting": fact.name, "value": str(value)}, other, longest)
        assert (getattr(settings, fact.field), problems) == (value, ())
    for value in (fact.least - 1, fact.most + 1, f"{fact.least}.5", "some", "nan", "-inf", "9" * 400):
        settings, (problem,) = read({"setting": fact.name, "value": str(value)})
        assert getattr(settings, fact.field) == fact.default
        assert problem.cell == "Settings!A2"
        assert str(fact.default) in problem.message


def test_every_fact_is_a_field_whose_default_is_in_its_range_and_follows_known_rules() -> None:
    known = {rule.id for rule, _ in RULES}
    assert {fact.field for fact in FACTS} <= {each.name for each in fields(Settings)}
    for fact in FACTS:
        assert set(fact.rules) <= known
        assert fact.kind != "number" or fact.least <= fact.default <= fact.most


def test_names_are_taken_however_they_are_typed_and_a_slip_is_told() -> None:
    settings, problems = read({"setting": "  most OUTCOMES at once ", "value": 3})
    assert (settings.most_outcomes, problems) == (3, ())
    settings, (problem,) = read({"setting": "Most outcome at once", "value": 3})
    assert settings.most_outcomes == 4
    assert "Most outcomes at once" in problem.message
    assert (
        read({"setting": "Our minibus", "value": "red"}, {"setting": "Our word for Targeted", "value": "x"})[1] == ()
    )


def test_a_shortest_cycle_above_the_longest_leaves_both_as_usual() -> None:
    rows = {"setting": "Shortest cycle (weeks)", "value": "9"}, {"setting": "Longest cycle (weeks)", "value": "8"}
    settings, (problem,) = read(*rows)
    assert (settings.shortest_cycle_weeks, settings.longest_cycle_weeks) == (4, 14)
    assert problem.cell == "Settings!B2"
    equal, problems = read(rows[0], {"setting": "Longest cycle (weeks)", "value": "9"})
    assert (equal.shortest_cycle_weeks, equal.longest_cycle_weeks, problems) == (9, 9, ())


def test_papers_and_a_day_are_read_and_what_they_are_not_is_told() -> None:
    rows = [
        {"setting": "Papers of an EHC request", "value": "professional reports; the head's sign-off"},
        {"setting": "Data protection assessment", "start": TODAY},
    ]
    settings, problems = read(*rows)
    assert (settings.pack_papers, settings.privacy_assessed, problems) == (("reports", "head_agreed"), TODAY, ())
    settings, problems = read(
        {"setting": "Papers of an EHC request", "value": "a nice letter"},
        {"setting": "Data protection assessment", "value": "last spring"},
    )
    assert (settings.pack_papers, settings.privacy_assessed, len(problems)) == ((), None, 2)


def test_a_new_school_finds_every_setting_named_with_what_it_is_and_none_in_force() -> None:
    rows = new_school("senco@elm.example").tables["settings"]
    settings, problems = read(*rows)
    assert problems == ()
    assert {row["setting"] for row in rows} == {fact.name for fact in FACTS} - {"Plan workbooks"}
    assert all(row["note"] for row in rows)
    own = {"school_id": settings.school_id, "name": "elm.example", "cells": settings.cells}
    assert settings == Settings(**own)


def test_teachers_panels_follow_the_schools_numbers_and_an_untouched_school_mirrors_none() -> None:
    ours = Settings(school_id="S1", name="Elm", gap_days=20, fair_percent=70, money_line=5000)
    rows = status_rows(School(settings=ours), (), {}, {}, TODAY)
    seen = mirrored_settings(rows)
    assert (seen.gap_days, seen.fair_percent, seen.money_line) == (20, 70, 6000), "money stays with the SENCO"
    plain = status_rows(School(settings=Settings(school_id="S1", name="Elm")), (), {}, {}, TODAY)
    assert {row.key for row in plain if row.kind == "setting"} == {
        "School id",
        "School name",
        "Time zone",
        "Review every (weeks)",
    }


def test_a_forged_mirror_is_passed_over() -> None:
    rows = status_rows(School(settings=Settings(gap_days=20)), (), {}, {}, TODAY)
    forged = [
        row if row.key != "Days without a plan" else type(row)(kind="setting", key=row.key, status="9999")
        for row in rows
    ]
    assert mirrored_settings(forged).gap_days == 10
