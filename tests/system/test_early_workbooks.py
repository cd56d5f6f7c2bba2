"""Workbooks that the first version made are read at once, before anybody upgrades them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from early_school import early_town
from town import Town

from server.plans.trouble import NotMade
from server.workflows.survey import OLDER, Survey, survey
from sheets_templates import catalogue

READ = "sheets.spreadsheets.values.batchGetByDataFilter"


@pytest.fixture
def early() -> Town:
    return early_town()


def looked(town: Town) -> Survey:
    with town.run() as run:
        return survey(run, town.school_id)


def delete_tab(town: Town, title: str) -> None:
    table = next(t for t in catalogue.load().tables.values() if t.title == title)
    with town.run() as run:
        run.google.sheets.batch(town.workbook(table.workbook), [{"deleteSheet": {"sheetId": table.sheet_id}}])


def test_a_workbook_of_the_first_version_is_read_whole_and_nobody_is_blamed(early: Town) -> None:
    found = looked(early)
    assert {pupil.pupil_id for pupil in found.school.pupils} == {"P10", "P11", "P12"}
    assert [problem for problem in found.problems if "missing" in problem.message] == []
    assert found.notes == (OLDER,)


def test_reading_it_costs_three_calls_more_for_each_workbook(early: Town) -> None:
    looked(early)
    assert early.calls() == Counter(
        {
            "drive.files.list": 1,
            READ: 2 * 2,
            "sheets.spreadsheets.get": 2,
            "sheets.spreadsheets.developerMetadata.search": 2,
        }
    )


def test_its_round_is_played_and_says_that_it_can_be_upgraded(early: Town) -> None:
    result = early.play()
    assert OLDER in result.notes
    assert len(result.written) == 4
    assert early.play().written == ()


def test_an_optional_tab_that_was_deleted_is_no_problem(school: Town) -> None:
    delete_tab(school, "My Support Plan")
    found = looked(school)
    assert (found.problems, found.notes) == ((), ())


def test_a_deleted_tab_that_plans_need_is_told_with_its_name_and_the_rest_is_read(school: Town) -> None:
    delete_tab(school, "Review")
    found = looked(school)
    assert [(problem.cell, "is missing" in problem.message) for problem in found.problems] == [("Review!A1", True)]
    assert len(found.school.pupils) == 3


def test_a_spreadsheet_without_the_hidden_tab_is_none_of_ours(school: Town) -> None:
    delete_tab(school, "_status")
    with pytest.raises(NotMade):
        looked(school)


def test_a_set_up_that_runs_again_leaves_an_early_workbook_alone(early: Town) -> None:
    before: Any = early.files()
    with early.run() as run:
        assert before.template
        run.google.drive.trash(before.template.file_id)
    early.forget_calls()
    early.begin()
    assert early.files().template
    assert [file.file_id for file in early.files().plans] == [file.file_id for file in before.plans]
