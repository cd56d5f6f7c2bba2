"""A school with a plan workbook for each class: made, read, shared and written back workbook by workbook."""

from __future__ import annotations

from collections import Counter

import pytest
from early_school import as_it_was, old_starter, release
from shapes import CLASSES, ClassTown, class_town
from town import Killed, Killer, Town

from server.plans.files import group_in
from server.plans.groups import CLASS, KEY_STAGE, WHOLE_SCHOOL, YEAR_GROUP
from server.workflows.install import install
from server.workflows.lease import SECONDS
from server.workflows.planning import Ask
from server.workflows.regroup import add_class
from server.workflows.survey import survey
from server.workflows.upgrade import upgrade


@pytest.fixture
def classes() -> ClassTown:
    """Four classes with two pupils each, after the first round."""
    return class_town()


def targets(town: Town, method: str) -> Counter[str]:
    return Counter(entry["target"] for entry in town.journal() if entry["method"] == method)


def test_each_class_gets_a_workbook_made_with_two_calls() -> None:
    town = class_town(begin=False)
    town.begin()
    calls = town.calls()
    plans = town.files().plans
    assert [group_in(file) for file in plans] == list(CLASSES)
    assert calls["drive.files.create"] == 1 + 1 + len(CLASSES) + 1 + 2 * len(CLASSES)
    batches = targets(town, "sheets.spreadsheets.batchUpdate")
    assert [batches[file.file_id] for file in plans] == [1 + 1] * len(CLASSES), "made, and its statuses written"


def test_an_idle_run_reads_each_workbook_once_and_writes_nothing(classes: ClassTown) -> None:
    classes.play()
    assert classes.writes() == 0
    assert classes.calls() == {
        "drive.files.list": 1,
        "calendar.events.list": 1,
        "sheets.spreadsheets.values.batchGetByDataFilter": 1 + len(CLASSES),
    }


def test_only_the_workbook_that_changed_is_written_back(classes: ClassTown) -> None:
    changed = classes.files().plan_of("5 Elm")
    assert changed
    classes.edit_in("5 Elm", "Assess", "review_due_date", "E1-C1", "2027-01-20")
    classes.forget_calls()
    classes.play(Ask())
    written = targets(classes, "sheets.spreadsheets.batchUpdate")
    assert set(written) & {file.file_id for file in classes.files().plans} == {changed.file_id}


def test_a_finding_names_the_workbook_and_the_cell(classes: ClassTown) -> None:
    classes.edit_in("5 Elm", "Plan", "target_date", "E1-O1", "some time soon")
    cells = [problem.cell for problem in classes.play(Ask(dry_run=True)).problems]
    assert any(cell.startswith("5 Elm: Plan!") for cell in cells)
    findings = classes.play(Ask(dry_run=True)).findings
    assert {cell.partition(":")[0] for cell in (f.cell for f in findings) if "Plan!" in cell} <= set(CLASSES)


def test_a_class_teacher_may_edit_the_own_class_s_workbook_and_no_other(classes: ClassTown) -> None:
    for name in CLASSES:
        file = classes.files().plan_of(name)
        assert file
        writers = {p.email for p in file.permissions or () if p.role == "writer"}
        assert writers == {f"teacher.{name.split()[1].lower()}@tannerfield.example", "assistant@tannerfield.example"}


def test_a_teacher_who_answers_for_nobody_there_any_more_loses_the_workbook(classes: ClassTown) -> None:
    for pupil in ("E1", "E2"):
        classes.edit_in("5 Elm", "Pupils", "accountable_staff", pupil, "T-oak Teacher Oak")
    classes.play()
    file = classes.files().plan_of("5 Elm")
    assert file
    writers = {p.email for p in file.permissions or () if p.role == "writer"}
    assert writers == {"teacher.oak@tannerfield.example", "assistant@tannerfield.example"}


def test_a_class_s_hidden_tab_says_nothing_of_other_classes(classes: ClassTown) -> None:
    keys = {str(row[2]) for row in classes.tab_in("5 Elm", "_status").rows()[1:] if len(row) > 2}
    assert {"E1", "E2"} <= keys
    assert not keys & {"O1", "O2", "O1-C1", "A1", "B1"}


def test_a_pupil_in_two_workbooks_is_a_problem_with_both_cells_and_never_a_second_copy(classes: ClassTown) -> None:
    row = classes.tab_in("4 Oak", "Pupils")
    values = row.rows()[row.row_of("O1") - 1]
    other = classes.tab_in("5 Elm", "Pupils")
    other.fill_row(other.row_of("E2") + 1, values)
    copies, events = set(classes.files().copies), set(classes.events())
    result = classes.play()
    (told,) = [p for p in result.problems if "two workbooks" in p.message]
    assert told.cell.startswith("5 Elm: Pupils!")
    assert "4 Oak: Pupils!" in told.message
    assert set(classes.files().copies) == copies
    assert set(classes.events()) == events


def test_a_row_copied_from_another_workbook_gets_an_id_of_its_own(classes: ClassTown) -> None:
    source = classes.tab_in("4 Oak", "Plan")
    values = source.rows()[source.row_of("O1-O1") - 1]
    values[1] = "E1 Erin Elmer"
    values[2] = "E1-C1"
    target = classes.tab_in("5 Elm", "Plan")
    target.fill_row(target.row_of("E1-O1") + 1 + 1, values)
    result = classes.play()
    assert any("carried the id O1-O1" in p.message for p in result.problems)
    assert source.row_of("O1-O1")
    with pytest.raises(ValueError, match="not in list"):
        target.row_of("O1-O1")


def test_ids_of_spare_rows_are_unique_across_workbooks(classes: ClassTown) -> None:
    ids = [i for name in CLASSES for i in classes.tab_in(name, "Plan").column("outcome_id") if i]
    assert len(ids) == len(set(ids))


def test_a_pupil_whose_class_changed_is_told_to_be_moved(classes: ClassTown) -> None:
    classes.edit_in("5 Elm", "Pupils", "class_form", "E1", "4 Oak")
    (told,) = [p for p in classes.play().problems if "classes move" in p.message]
    assert told.cell.startswith("5 Elm: Pupils!")


@pytest.mark.parametrize("nth", [6, 7, 8, 9])
def test_an_install_by_class_cut_short_is_completed_by_the_next(nth: int) -> None:
    """Cut short at the making and the filling of a class's workbook, of the first and of the last."""
    town = class_town(CLASSES[:2], 1, begin=False)
    with pytest.raises(Killed), town.run(Killer(nth)) as run:
        install(run, town.starter)
    town.now += SECONDS + 1
    with town.run() as run:
        install(run, town.starter)
        found = survey(run, town.school_id)
    assert [group_in(file) for file in found.files.plans] == list(CLASSES[:2])
    assert {pupil.pupil_id for pupil in found.school.pupils} == {"O1", "E1"}
    assert (found.problems, found.files.spare, found.files.unmade) == ((), (), ())


def test_the_workbook_of_a_new_class_offers_the_school_s_own_words(classes: ClassTown) -> None:
    settings = classes.tab("Settings")
    row = len([line for line in settings.rows() if any(line)]) + 1
    settings.type("setting", row, "Our word for Targeted")
    settings.type("value", row, "Band 2")
    with classes.run() as run:
        add_class(run, "3 Yew")
    tab, sheet = classes.tab_in("3 Yew", "Pupils"), classes.sheet_in("3 Yew", "Pupils")
    rule = str(sheet.cell(1, tab.place("tier")).validation)
    assert "Band 2" in rule
    assert "Universal" in rule


@pytest.mark.parametrize(
    ("shape", "groups"),
    [(WHOLE_SCHOOL, {WHOLE_SCHOOL}), (CLASS, {"4 Oak", "5 Elm"}), (YEAR_GROUP, {"Y4", "Y5"}), (KEY_STAGE, {"KS2"})],
)
def test_each_shape_is_made_with_two_calls_a_workbook_and_upgraded_with_one_read_and_one_write(
    shape: str, groups: set[str]
) -> None:
    town = class_town(CLASSES[:2], 1, begin=False, shape=shape)
    with town.run() as run:
        install(as_it_was(run), old_starter(town))
    made = town.calls()
    assert made["drive.files.create"] == 1 + 1 + len(groups) + 1, "folder, SENCO workbook, these, template Doc"
    assert made["sheets.spreadsheets.batchUpdate"] == 1 + len(groups)
    release(town)
    plans = {file.file_id: group_in(file) for file in town.files().plans}
    assert set(plans.values()) == groups
    town.forget_calls()
    with town.run() as run:
        upgrade(run, school_id=town.school_id, dry_run=True)
        assert town.writes() == 0
        town.forget_calls()
        upgrade(run, school_id=town.school_id)
    for method in ("sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"):
        assert {file_id: targets(town, method)[file_id] for file_id in plans} == dict.fromkeys(plans, 1)
