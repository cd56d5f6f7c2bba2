"""The workbooks in the side panel: what an upgrade or a move would do is shown first, then it is done."""

from __future__ import annotations

import pytest
from early_school import early_town
from shapes import CLASSES, class_town
from town import Town

from server.google.identity import Verifier
from server.panel import Panel
from server.panel_school import new_school, teachers_workbooks
from server.plans.files import KIND, PLAN_KIND, SCHOOL, group_in
from server.plans.ports import SPREADSHEET, RemoteFile
from server.plans.trouble import Invalid
from server.web.ports import Caller
from server.web.present import home_view
from server.wiring import endpoints
from server.workflows.lookout import look_through


def panel_of(town: Town) -> tuple[Panel, Caller]:
    settings = town.world.settings(town.school_id)
    verifier = Verifier(endpoints(settings), system_audiences={}, service_account="", oauth_client_id="")
    return Panel(settings, verifier), Caller(token=settings.token, email=town.senco)


def test_a_senco_is_told_of_a_newer_version_sees_what_it_brings_and_upgrades() -> None:
    town = early_town()
    panel, senco = panel_of(town)
    at_hand = panel.survey(senco)
    assert at_hand
    assert home_view(at_hand).looks_after
    assert any("earlier version" in note for note in home_view(at_hand).notes)
    town.forget_calls()
    seen = panel.workbooks(senco)
    assert town.writes() == 0
    assert seen.can_upgrade
    assert any("new tabs: Moves" in told or "Agreed" in told for _, told in seen.upgrades)
    done = panel.upgrade_workbooks(senco)
    assert len(done.happened) == 2
    assert not panel.workbooks(senco).can_upgrade
    after = panel.survey(senco)
    assert after
    assert not after.notes


def test_a_senco_sees_who_waits_to_be_moved_and_moves_them() -> None:
    town = class_town()
    panel, senco = panel_of(town)
    town.edit_in("5 Elm", "Pupils", "class_form", "E1", "4 Oak")
    at_hand = panel.survey(senco)
    assert at_hand
    assert at_hand.looks_after
    assert panel.workbooks(senco).moves == (("E1 Erin Elmer", "5 Elm → 4 Oak"),)
    assert panel.move_pupils(senco).happened == ("Moved: E1.",)
    assert panel.workbooks(senco).moves == ()


def test_whoever_does_not_publish_upgrades_and_moves_nothing() -> None:
    town = class_town()
    panel, _ = panel_of(town)
    teacher = Caller(
        token=town.world.token("teacher.elm@tannerfield.example"), email="teacher.elm@tannerfield.example"
    )
    town.forget_calls()
    for act in (panel.workbooks, panel.upgrade_workbooks, panel.move_pupils):
        with pytest.raises(Invalid):
            act(teacher)
    assert town.writes() == 0


def test_a_teacher_of_two_classes_sees_the_pupils_of_both_with_their_workbooks() -> None:
    town = class_town()
    town.edit_in("4 Oak", "Plan", "target_date", "O1-O1", "some time soon")
    both = [file for file in town.files().plans if group_in(file) in CLASSES[:2]]
    with town.run() as run:
        seen = look_through(run, both)
    assert {pupil.pupil_id for pupil in seen.school.pupils} == {"O1", "O2", "E1", "E2"}
    assert any(problem.cell.startswith("4 Oak: Plan!") for problem in seen.problems)
    assert seen.school.settings.name


def file(name: str, school: str, kind: str = PLAN_KIND) -> RemoteFile:
    marks = {KIND: kind, SCHOOL: school}
    return RemoteFile(file_id=name, name=name, mime_type=SPREADSHEET, properties=marks, owned_by_me=False)


def test_a_teacher_s_panel_is_about_the_open_workbook_else_about_all_of_one_school() -> None:
    files = (file("oak", "S1"), file("elm", "S1"), file("other", "S2"), file("copy", "S1", "copy"))
    assert [f.file_id for f in teachers_workbooks(files, "")] == ["oak", "elm"]
    assert [f.file_id for f in teachers_workbooks(files, "other")] == ["other"]
    assert teachers_workbooks(files, "unknown") == teachers_workbooks((), "") == ()


@pytest.mark.parametrize(("sent", "shape"), [("class", "class"), ("", "whole school"), ("'; drop", "whole school")])
def test_a_school_set_up_in_the_panel_has_the_shape_that_was_chosen(sent: str, shape: str) -> None:
    assert new_school("senco@school.example", shape=sent).shape == shape
