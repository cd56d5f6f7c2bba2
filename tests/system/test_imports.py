"""A school's own sheets and lists brought into its workbooks, through the real clients."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import snapshots
from crashes import left_behind
from town import TODAY, Town, begun_snapshot, small_sample

from server.plans.trouble import InUse
from server.workflows.import_rows import Imported, Wanted, import_rows
from server.workflows.install import lease_of
from server.workflows.lease import SECONDS, acquire
from sheets_templates.imports.mis import read_mis
from sheets_templates.imports.sheet import read_book
from sheets_templates.imports.xlsx import book_of_xlsx

FORMS = Path(__file__).parents[1] / "data" / "forms"


def from_sheet(name: str) -> Wanted:
    found = read_book(book_of_xlsx((FORMS / name).read_bytes()))
    return Wanted(rows=found.rows, links=found.links)


def from_export(name: str) -> Wanted:
    return Wanted(rows=read_mis((FORMS / name).read_bytes()).rows)


def bring_in(town: Town, wanted: Wanted, **how: object) -> Imported:
    with town.run() as run:
        return import_rows(run, wanted, school_id="S3", **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["mis_export_1.csv", "mis_export_2.csv", "mis_export_3.csv"])
def test_a_second_import_of_an_export_writes_nothing(school: Town, name: str) -> None:
    first = bring_in(school, from_export(name))
    assert first.added > 4
    assert not first.unseen
    school.forget_calls()
    again = bring_in(school, from_export(name))
    assert again.plan.proposals.is_empty
    assert school.writes() == 0


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_second_import_of_a_sheet_writes_nothing(school: Town, number: int) -> None:
    first = bring_in(school, from_sheet(f"school_sheet_{number}.xlsx"))
    assert first.added > 10
    school.forget_calls()
    again = bring_in(school, from_sheet(f"school_sheet_{number}.xlsx"))
    assert again.plan.proposals.is_empty, (again.plan.proposals.adds, again.plan.proposals.changes)
    assert school.writes() == 0


def test_imported_rows_are_read_as_a_school_s_own(school: Town) -> None:
    bring_in(school, from_sheet("school_sheet_1.xlsx"))
    found = bring_in(school, from_sheet("school_sheet_1.xlsx"), dry_run=True).plan.survey.school
    child = next(p for p in found.pupils if p.last_name == "Exemplar")
    own = [o for o in found.outcomes if o.pupil == child.pupil_id]
    assert [o.target[:7] for o in own] == ["Read 30", "Write a", "Find ke"]
    assert own[0].result == "Achieved"
    help_given = next(p for p in found.provision if p.what.startswith("Precision"))
    assert help_given.outcomes == (own[0].outcome_id,)
    assert (help_given.sessions_per_week, help_given.minutes_per_session) == (5, 10)


def test_a_dry_run_writes_nothing(school: Town) -> None:
    told = bring_in(school, from_sheet("school_sheet_4.xlsx"), dry_run=True)
    assert told.plan.proposals.adds
    assert school.writes() == 0


def test_an_import_costs_one_write_for_each_workbook_beside_the_lease(school: Town) -> None:
    bring_in(school, from_export("mis_export_2.csv"))
    senco, plan = school.workbook("senco"), school.workbook("plan")
    writes = Counter(e["target"] for e in school.journal() if e["method"] == "sheets.spreadsheets.batchUpdate")
    assert writes[plan] == 1
    assert writes[senco] == 1 + 1 + 1, "the lease taken, the contacts added, the lease given back"


def test_what_a_teacher_typed_stays_unless_it_is_asked_for(school: Town) -> None:
    bring_in(school, from_export("mis_export_1.csv"))
    tab = school.tab("Pupils")
    ids = tab.column("pupil_id")
    row = ids[tab.column("last_name").index("Trialson")]
    school.edit("Pupils", "class_form", row, "2OAK")
    school.edit("Pupils", "home_language", row, "")
    told = bring_in(school, from_export("mis_export_1.csv"))
    assert (told.filled, told.changed) == (1, 0)
    assert [(c.column, c.before, c.after) for c in told.plan.proposals.changes] == [("class_form", "2OAK", "2ELM")]
    assert school.tab("Pupils").cell("class_form", school.tab("Pupils").row_of(row)) == "2OAK"
    asked = bring_in(school, from_export("mis_export_1.csv"), update=True)
    assert asked.changed == 1
    assert school.tab("Pupils").cell("class_form", school.tab("Pupils").row_of(row)) == "2ELM"


def test_contacts_come_in_without_a_right_to_a_copy(school: Town) -> None:
    bring_in(school, from_export("mis_export_3.csv"))
    found = bring_in(school, from_export("mis_export_3.csv"), dry_run=True).plan.survey.school
    new = [
        c
        for c in found.contacts
        if c.email.endswith(("example.org", "example.net", "example.com")) and "Misaal" in c.name
    ]
    assert len(new) == 2
    assert not any(c.receives_plan_copy or c.restriction_kind == "none" for c in new)


def test_text_that_looks_like_a_formula_stays_text(school: Town) -> None:
    bring_in(school, from_export("mis_export_1.csv"))
    tab = school.tab("Pupils")
    assert "@Sam" in tab.column("known_as")


def test_an_import_that_dies_anywhere_is_made_good_by_the_next() -> None:
    wanted = from_export("mis_export_2.csv")
    watched = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(watched.world, begun_snapshot())
    for state in left_behind(watched, lambda: bring_in(watched, wanted)):
        town = Town(snapshots.world_of(small_sample(), TODAY))
        snapshots.restore(town.world, state)
        town.now += 2 * SECONDS
        bring_in(town, wanted)
        assert bring_in(town, wanted).plan.proposals.is_empty
        names = Counter(town.tab("Contacts").column("name"))
        assert (names["Renée Spécimen"], names["Jo Dummy"]) == (1, 2)
        assert Counter(town.tab("Pupils").column("last_name"))["Spécimen"] == 1


def test_an_import_gives_way_to_another_run(school: Town) -> None:
    with school.run() as run:
        acquire(run.google.sheets, lease_of(run, school.workbook("senco")), run.now())
    with pytest.raises(InUse):
        bring_in(school, from_export("mis_export_2.csv"))
