"""The Library tab is filled from what we bring along: a look first, one write for each workbook, never twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
import snapshots
from click.testing import CliRunner
from crashes import left_behind
from test_crash import taken_up
from town import TODAY, Town, begun_snapshot, small_sample

from server.cli import main
from server.plans.library import suggestions
from server.plans.model import Strategy
from server.plans.register import Register
from server.workflows.library import Filled, fill_library
from server.workflows.survey import survey
from sheets_templates.starter_library import starter_library

ROWS = starter_library()


def fill(town: Town, *, dry_run: bool = False) -> Filled:
    with town.run() as run:
        return fill_library(run, ROWS, school_id=town.school_id, dry_run=dry_run)


@pytest.fixture
def town() -> Town:
    found = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(found.world, begun_snapshot())
    found.forget_calls()
    return found


def test_a_school_fills_its_library_once_and_draws_from_it(town: Town) -> None:
    assert len(fill(town, dry_run=True).names) == len(ROWS)
    assert town.writes() == 0
    told = fill(town)
    assert told.unseen == ()
    with town.run() as run:
        found = survey(run, town.school_id)
    register = Register(found.school, town.today)
    assert {row.name for row in register.all(Strategy)} == {row["name"] for row in ROWS}
    assert not found.problems
    assert suggestions(register, "P11")[0].for_need
    town.forget_calls()
    assert fill(town).names == ()
    assert town.writes() == 0


def test_a_fill_cut_short_at_any_call_adds_nothing_twice(town: Town) -> None:
    states = left_behind(town, lambda: fill(town))
    expected = town.state()
    for state in states:
        assert taken_up(state, fill).state()["cells"] == expected["cells"]


def command(town: Town, *words: str) -> dict[str, Any]:
    settings = town.world.settings(town.school_id)
    who = ("--token", settings.token, "--publisher", settings.publisher, "--google-url", settings.google_url)
    told = CliRunner().invoke(main, [*words, *who, "--school", town.school_id, "--json"])
    assert told.exit_code == 0, told.output
    found: dict[str, Any] = json.loads(told.output)
    return found


def test_what_is_offered_and_who_is_asked_can_be_had_by_command(town: Town) -> None:
    added = command(town, "library", "fill", "--need", "VI")["added"]
    assert "Large print and a clear desk" in added
    offered = command(town, "library", "show", "P11")["help"]
    assert {row["name"] for row in offered} == set(added)
    day = ("--today", TODAY.isoformat())
    asked = command(town, "ask-staff", "--dry-run", *day)
    assert asked["reads"]
    assert command(town, "ask-staff", *day)["reads"] == asked["reads"]
    assert command(town, "ask-staff", *day) == {"reads": [], "training": [], "dry_run": False}
