"""Colleagues are asked to read a plan once it is in use; a training gap becomes something dated, for staff alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rules_school import CYCLE, PROVISION, PUPIL, SCHOOL, TODAY

from server.plans.model import Paper, School, Staff
from server.plans.new_ids import NewIds
from server.plans.register import Register
from server.plans.rules import findings
from server.plans.staff_asks import lacking, reads_to_ask, training_actions
from sheets_templates.catalogue import load
from sheets_templates.imports.matching import Add

STAFF = (Staff(staff_id="ST1", role="Class teacher"), Staff(staff_id="ST2", role="Teaching assistant"))
SKILL = "Narrative training"
TRAINED = {"staff": "ST2", "skill": SKILL, "completed": date(2025, 11, 23)}


def school(*rows: tuple[str, dict[str, Any]], **more: Any) -> School:
    """A plan in use that nobody was asked to read, with these rows in tabs."""
    papers: dict[str, tuple[Paper, ...]] = {}
    for number, (table, values) in enumerate(rows):
        paper = Paper(paper_id=f"X{number}", pupil=values.get("pupil", ""), values=values)
        papers[table] = (*papers.get(table, ()), paper)
    return replace(SCHOOL, **{"staff": STAFF, "papers": papers, **more})


def ids() -> NewIds:
    return NewIds(load(), "t", {})


def asked(found: School, today: date = TODAY) -> list[Any]:
    return [add.values["staff"] for add in reads_to_ask(Register(found, today), ids())]


def actions(found: School, today: date = TODAY) -> list[Add]:
    return list(training_actions(Register(found, today), ids()))


def with_rows(found: School, adds: list[Add]) -> School:
    papers = dict(found.papers)
    for add in adds:
        paper = Paper(paper_id=add.row_id, pupil=add.pupil, values=add.values)
        papers[add.table] = (*papers.get(add.table, ()), paper)
    return replace(found, papers=papers)


def test_each_adult_who_teaches_the_pupil_is_asked_once() -> None:
    found = school()
    adds = list(reads_to_ask(Register(found, TODAY), ids()))
    assert [(add.values["staff"], add.values["given"]) for add in adds] == [("ST1", TODAY), ("ST2", TODAY)]
    after = with_rows(found, adds)
    assert asked(after) == []
    assert not [row for row in findings(after, TODAY) if row.rule == "R16"]


def test_only_whoever_was_not_asked_about_this_plan_is_asked() -> None:
    row = {"pupil": "P1", "cycle": "P1-C1", "staff": "ST1", "given": TODAY}
    assert asked(school(("reads", row))) == ["ST2"]
    assert asked(school(("reads", {**row, "cycle": "P1-C0"}))) == ["ST1", "ST2"]


@pytest.mark.parametrize(("agreed", "wanted"), [(TODAY, 2), (date(2026, 11, 24), 0), (None, 0)])
def test_nobody_is_asked_before_the_plan_is_in_use(agreed: date | None, wanted: int) -> None:
    found = school(cycles=(replace(CYCLE, plan_agreed_date=agreed),))
    assert len(asked(found)) == wanted


def test_no_visitor_is_asked_and_nothing_of_a_pupil_who_left() -> None:
    visitor = replace(STAFF[1], external=True)
    assert asked(school(staff=(STAFF[0], visitor))) == ["ST1"]
    assert asked(school(pupils=(replace(PUPIL, left=date(2026, 10, 1)),))) == []


def test_a_giver_without_the_training_that_help_takes_is_named() -> None:
    found = school(("training", {**TRAINED, "staff": "ST1"}))
    (gap,) = lacking(Register(found, TODAY))
    assert (gap.provision.delivered_by, gap.skill) == ("ST2", SKILL)


@pytest.mark.parametrize(
    ("training", "named"),
    [
        (TRAINED, False),
        ({**TRAINED, "completed": TODAY}, False),
        ({**TRAINED, "completed": date(2026, 11, 24)}, True),
        ({**TRAINED, "renew_by": TODAY}, False),
        ({**TRAINED, "renew_by": date(2026, 11, 22)}, True),
        ({**TRAINED, "skill": " narrative  TRAINING."}, False),
        ({**TRAINED, "skill": "First aid"}, False),
    ],
    ids=["trained", "today", "tomorrow", "last day", "ran out", "same words", "a skill nobody keeps a list of"],
)
def test_training_counts_from_its_day_to_the_day_it_runs_out(training: dict[str, Any], named: bool) -> None:
    assert bool([*lacking(Register(school(("training", training)), TODAY))]) is named


def test_a_visiting_specialists_training_is_their_own_services() -> None:
    found = school(("training", {**TRAINED, "staff": "ST1"}), staff=(STAFF[0], replace(STAFF[1], external=True)))
    assert not [*lacking(Register(found, TODAY))]


def test_a_training_gap_becomes_one_dated_action_for_staff_alone() -> None:
    found = school(provision=(replace(PROVISION, training_gap="Makaton"),))
    (add,) = actions(found)
    assert (add.table, add.values["action"], add.values["staff_only"]) == ("actions", "Makaton", True)
    assert add.values["due"] == date(2027, 1, 18)
    after = with_rows(found, [add])
    assert actions(after) == []
    assert not [row for row in findings(after, TODAY) if row.rule == "R18"]


def test_a_gap_that_was_worked_out_is_written_once_and_names_ids_alone() -> None:
    found = school(("training", {**TRAINED, "staff": "ST1"}))
    (add,) = actions(found)
    assert add.values["action"] == f"ST2: {SKILL}, for V1"
    assert actions(with_rows(found, [add])) == []


def test_training_that_is_planned_already_needs_no_action() -> None:
    planned = {"staff": "ST2", "skill": SKILL, "due": date(2027, 1, 8)}
    assert actions(school(("training", planned))) == []


def test_a_teacher_who_cannot_see_training_is_told_nothing_of_it() -> None:
    found = school(("training", {**TRAINED, "staff": "ST1"}), sees_contacts=False)
    assert actions(found) == []
