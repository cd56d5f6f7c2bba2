"""The next turn in a school's workbooks: a look first, one write, never twice, and nothing typed is overwritten."""

from __future__ import annotations

import functools
import json
from typing import Any

import pytest
import snapshots
from click.testing import CliRunner
from crashes import left_behind
from test_crash import taken_up
from town import TODAY, Town, begun_snapshot, small_sample

from server import cli
from server.plans.model import Action, Plan, Referral
from server.plans.register import Register
from server.plans.trouble import InUse
from server.workflows.entering import Desk
from server.workflows.install import lease_of
from server.workflows.lease import acquire
from server.workflows.next_cycle import GoingOn, go_on
from server.workflows.survey import survey


def go(town: Town, cycle: str = "P11-C3", *, dry_run: bool = False, teacher: bool = False) -> GoingOn:
    desk = Desk(workbooks=(town.workbook("plan"),)) if teacher else Desk(school_id=town.school_id)
    with town.run() as run:
        return go_on(run, desk, cycle.partition("-")[0], cycle, dry_run=dry_run)


def seen(town: Town) -> Register:
    with town.run() as run:
        return Register(survey(run, town.school_id).school, town.today)


def reviewed(town: Town) -> Town:
    """Sofia's third turn, reviewed on the day: one outcome reached, one not yet."""
    town.edit("Assess", "review_held_date", "P11-C3", "20/11/2026")
    for row, cells in {
        "P11-C3-O1": {"actual": "6 of 10", "actual_rating": 5, "decision": "Leave as it is"},
        "P11-C3-O2": {"actual": "2", "actual_rating": 6, "decision": "Achieved – new outcome"},
    }.items():
        for column, value in cells.items():
            town.edit("Plan", column, row, value)
    for row, effect in (("P11-C3-V1", "Some"), ("P11-C3-V2", "None")):
        town.edit("Provision", "effect", row, effect)
        town.edit("Provision", "decision", row, "Keep")
    tab = town.tab("Review")
    spare = next(n for n, pupil in enumerate([*tab.column("pupil"), ""], start=2) if not pupil)
    told = {"pupil": "P11 Sofia Ejemplo", "cycle": "P11-C3", "date": "20/11/2026", "next_step": "Leave as it is"}
    told |= {"overall_progress": "As expected", "next_review_date": "10/03/2027"}
    for column, value in told.items():
        tab.type(column, spare, value)
    town.forget_calls()
    return town


@functools.cache
def _reviewed() -> snapshots.Snapshot:
    town = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(town.world, begun_snapshot())
    return snapshots.take(reviewed(town).sandbox.workspace)


@pytest.fixture
def town() -> Town:
    found = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(found.world, _reviewed())
    found.forget_calls()
    return found


def test_a_look_first_writes_nothing(town: Town) -> None:
    told = go(town, dry_run=True)
    assert set(told.draft.carried) == {"P11-C3-O1"}
    assert set(told.draft.kept) == {"P11-C3-V1"}
    assert not told.is_written
    assert town.writes() == 0


@pytest.mark.parametrize("teacher", [False, True], ids=["senco", "teacher"])
def test_the_draft_stands_in_the_workbook_and_a_second_time_nothing_is_written(town: Town, teacher: bool) -> None:
    assert go(town, teacher=teacher).is_written
    register = seen(town)
    (live,) = [row for row in register.live if row.cycle.pupil == "P11"]
    (outcome,) = live.outcomes
    (help_given,) = live.provision
    assert (live.cycle.cycle_number, outcome.baseline, outcome.baseline_rating) == (4, "6 of 10", 5)
    assert outcome.carried_from == "P11-C3-O1"
    assert help_given.outcomes == (outcome.outcome_id,)
    assert help_given.carried_from == "P11-C3-V1"
    town.forget_calls()
    again = go(town, teacher=teacher)
    assert again.draft.standing == live.cycle.cycle_id
    assert town.writes() == 0


def test_a_draft_costs_one_write_beside_the_lease(town: Town) -> None:
    go(town)
    calls = town.calls()
    assert calls["sheets.spreadsheets.batchUpdate"] == 3, "lease taken, the rows, lease given back"
    assert calls["sheets.spreadsheets.values.batchGetByDataFilter"] == 5, "two readings, and the rows read back"
    assert calls["drive.files.list"] == 2
    assert calls["sheets.spreadsheets.get"] == 2, "merged cells, as cells were filled since the last round"
    assert set(calls) == {
        "sheets.spreadsheets.get",
        "drive.files.list",
        "sheets.spreadsheets.batchUpdate",
        "sheets.spreadsheets.values.batchGetByDataFilter",
    }


def test_a_draft_cut_short_at_any_call_is_made_once(town: Town) -> None:
    states = left_behind(town, lambda: go(town))
    expected = town.state()
    assert len(states) > 3
    for state in states:
        again = taken_up(state, go)
        assert again.state()["cells"] == expected["cells"]


def test_nothing_a_teacher_typed_is_changed(town: Town) -> None:
    before = seen(town)
    go(town)
    after = seen(town)
    for name in ("cycles", "outcomes", "provision", "reviews", "meetings"):
        old = getattr(before.school, name)
        assert [row for row in getattr(after.school, name) if row in old] == list(old)


def test_an_open_question_keeps_the_draft_back(town: Town) -> None:
    town.edit("Plan", "actual_rating", "P11-C3-O1", "")
    town.edit("Plan", "decision", "P11-C3-O1", "")
    town.forget_calls()
    told = go(town)
    assert [ask.row.id for ask in told.draft.musts] == ["P11-C3-O1"]
    assert town.writes() == 0


def test_a_draft_gives_way_to_another_run(town: Town) -> None:
    with town.run() as other:
        acquire(other.google.sheets, lease_of(other, town.workbook("senco")), other.now())
        with pytest.raises(InUse):
            go(town)
    assert all(row.cycle.pupil != "P11" for row in seen(town).live)


def shown_tabs(town: Town) -> set[str]:
    with town.run() as run:
        told = run.google.sheets.standing(town.workbook("plan"), "sheets.properties(title,hidden)")
    return {sheet["properties"]["title"] for sheet in told["sheets"] if not sheet["properties"].get("hidden")}


def typed(town: Town, **cells: Any) -> None:
    tab = town.tab("Review")
    row = len([pupil for pupil in tab.column("pupil") if pupil]) + 1
    for column, value in cells.items():
        tab.type(column, row, value)
    town.forget_calls()


def test_specialist_advice_makes_a_referral_and_an_action_once(town: Town) -> None:
    typed(town, next_step="Seek specialist advice")
    told = go(town)
    assert len(told.follows.told) == 2
    register = seen(town)
    (referral,) = [row for row in register.of(Referral, "P11") if row.sent is None]
    assert referral.agreed_by == ""
    (action,) = [row for row in register.of(Action, "P11") if row.about == "Referral"]
    assert action.due
    assert action.owner == "SENCO"
    assert "Actions" in shown_tabs(town), "a tab comes into sight with its first row"
    town.forget_calls()
    go(town)
    assert town.writes() == 0


def test_a_shared_plan_takes_the_place_of_the_old_one_and_the_turns_go_on_in_it(town: Town) -> None:
    typed(town, next_step="Hold PCP / My Support Plan")
    go(town)
    register = seen(town)
    plans = {row.kind: row for row in register.of(Plan, "P11")}
    assert plans["SEN support"].why_ended == "Became another plan"
    (live,) = [row for row in register.live if row.cycle.pupil == "P11"]
    assert live.cycle.plan == plans["My Support Plan"].plan_id
    town.forget_calls()
    go(town)
    assert town.writes() == 0


def test_the_command_line_tells_who_waits_and_drafts_once(town: Town) -> None:
    settings = town.world.settings(town.school_id)
    who = ["--google-url", settings.google_url, "--token", settings.token, "--today", str(TODAY)]

    def run(*words: str) -> str:
        told = CliRunner().invoke(cli.main, ["cycles", *words, *who], catch_exceptions=False)
        assert told.exit_code == 0, told.output
        return told.stdout

    assert json.loads(run("due", "--json"))["due"] == [
        {"pupil_id": "P11", "cycle_id": "P11-C3", "ended": "2026-11-20"}
    ]
    would = json.loads(run("next", "P11", "--dry-run", "--json"))
    assert (would["number"], list(would["carried"]), would["written"]) == (4, ["P11-C3-O1"], False)
    assert "Drafted cycle 4 after P11-C3" in run("next", "P11")
    assert "stands already and is open" in run("next", "P11")
    assert "Nobody waits" in run("due")
