"""A school's own words, from its Settings tab to its cells and dropdowns, and the teacher's panel."""

from __future__ import annotations

from town import Town

from server.workflows.lookout import look_through_workbook
from server.workflows.survey import survey
from server.workflows.upgrade import upgrade


def test_cells_with_the_school_s_word_are_read_by_the_senco_and_by_the_teacher(school: Town) -> None:
    settings = school.tab("Settings")
    row = len([line for line in settings.rows() if any(line)]) + 1
    settings.type("setting", row, "Our word for Targeted")
    settings.type("value", row, "Band 2")
    school.edit("Pupils", "tier", "P10", "Band 2")
    school.play()
    with school.run() as run:
        found = survey(run, school.school_id)
        seen = look_through_workbook(run, school.workbook("plan"))
        (plan, _) = upgrade(run, school_id=school.school_id).workbooks
    assert (found.problems, seen.problems) == ((), ())
    for pupils in (found.school.pupils, seen.school.pupils):
        assert next(pupil.tier for pupil in pupils if pupil.pupil_id == "P10") == "Targeted"
    assert "Pupils › Level of help" in plan.upgrade.choices
