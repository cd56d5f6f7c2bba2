"""The day's sessions in the side panel: one tap writes one row of Do, by the SENCO or a teacher."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import snapshots
from test_workbooks_panel import panel_of
from town import TODAY, Town, begun_snapshot, small_sample

from addon.event import Event, OpenFile
from sandbox.drive.access import grant_file_scope
from server.demo.world import CLIENT
from server.plans.model import LogEntry, School
from server.plans.today import row_id
from server.web.handlers import Visit
from server.web.paths import links_at
from server.web.ports import Caller
from server.web.work_handlers import today, worklist
from server.workflows.survey import survey

SESSION = {"pupil": "P11", "help": "P11-C3-V2", "number": "1", "day": TODAY.isoformat()}


@pytest.fixture
def town() -> Town:
    found = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(found.world, begun_snapshot())
    return found


def visit(town: Town, parameters: Mapping[str, str], caller: Caller | None = None) -> Visit:
    panel, senco = panel_of(town)
    panel.settings = replace(panel.settings, today=TODAY.isoformat())
    event = Event(host="SHEETS", parameters=parameters, file=OpenFile(id="x", granted=True))
    return Visit(event=event, caller=caller or senco, services=panel, links=links_at("https://plans.example"))


def told(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False)


def school_of(town: Town) -> School:
    with town.run() as run:
        return survey(run, town.school_id).school


def of_today(town: Town) -> list[LogEntry]:
    rows = school_of(town).log
    return [row for row in rows if row.provision == "P11-C3-V2" and row.date == TODAY]


def test_one_tap_is_one_row_and_the_other_tap_changes_it(town: Town) -> None:
    card = told(today(visit(town, {})))
    assert "Monday 23 November 2026" in card
    assert "0 of" in card
    assert "Written down: it took place." in told(today(visit(town, {**SESSION, "took": "yes"})))
    assert [(row.log_id, row.delivered) for row in of_today(town)] == [(row_id("P11-C3-V2", TODAY, 1), True)]
    before = town.calls()
    today(visit(town, {**SESSION, "took": "yes"}))
    after = town.calls()
    assert after["sheets.spreadsheets.batchUpdate"] == before["sheets.spreadsheets.batchUpdate"], "a second tap"
    today(visit(town, {**SESSION, "took": "no"}))
    assert [row.delivered for row in of_today(town)] == [False]


def test_a_teacher_is_known_by_their_address_and_taps_in_the_workbook_they_opened(town: Town) -> None:
    teacher = next(row for row in school_of(town).staff if row.staff_id == "ST34")
    grant_file_scope(town.sandbox.workspace, teacher.email, CLIENT, town.workbook("plan"))
    caller = Caller(token=town.world.token(teacher.email), email=teacher.email, spreadsheet_id=town.workbook("plan"))
    card = told(today(visit(town, {}, caller)))
    assert "Sofia" in card
    assert "Noah" not in card, "somebody else's pupil"
    assert "Written down" in told(today(visit(town, {**SESSION, "took": "yes"}, caller)))
    assert [row.delivered for row in of_today(town)] == [True]
    giver = next(row for row in school_of(town).staff if row.staff_id == "ST36")
    assert giver.name in told(worklist(visit(town, {"by": "adult"}, caller)))
