"""Records from workbooks that were read: every column finds its field, and what is empty is a default."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, time

import pytest

from server.plans.model import Pupil, Record
from server.plans.school import PLAN_TABLES, SENCO_TABLES, assemble
from server.plans.school_settings import read_settings
from server.plans.sharing import is_entitled
from sheets_templates.catalogue import load
from sheets_templates.readback import Reading, read

CATALOGUE = load()
SERIAL_2026_11_23 = 46349


def reading(which: str, **tables: Sequence[Mapping[str, object]]) -> Reading:
    """A workbook whose tabs hold these rows under today's headers."""
    grids = {}
    for key, rows in tables.items():
        table = CATALOGUE.table(key)
        header = [column.header for column in table.columns]
        grids[table.sheet_id] = [header, *([row.get(column.key) for column in table.columns] for row in rows)]
    return read(CATALOGUE, which, grids)


@pytest.mark.parametrize(
    ("table", "kind"), [*SENCO_TABLES.values(), *PLAN_TABLES.values()], ids=lambda item: str(item)
)
def test_every_column_that_is_read_is_a_field_and_the_other_way_round(table: str, kind: type[Record]) -> None:
    fields = {field.name for field in dataclasses.fields(kind)} - {"cells"}
    assert fields == {column.key for column in CATALOGUE.table(table).inputs}


def test_a_row_becomes_a_record_with_the_addresses_of_its_cells() -> None:
    plan = reading(
        "plan",
        pupils=[{"pupil_id": "P1", "first_name": "Sam", "sen_status": "K", "dob": SERIAL_2026_11_23}],
        cycles=[{"cycle_id": "P1-C1", "pupil": "P1 Sam", "stage": "Do", "review_due_date": SERIAL_2026_11_23}],
        meetings=[{"meeting_id": "M1", "pupil": "P1 Sam", "cycle": "P1-C1", "start_time": 0.5, "minutes": 45}],
    )
    school = assemble(None, [plan])
    (pupil,), (cycle,), (meeting,) = school.pupils, school.cycles, school.meetings
    assert (pupil.pupil_id, pupil.first_name, pupil.sen_status) == ("P1", "Sam", "K")
    assert cycle.pupil == "P1"
    assert cycle.review_due_date == date(2026, 11, 23)
    assert cycle.cell("review_due_date").startswith("Assess!")
    assert meeting.start_time == time(12, 0)
    assert meeting.cycle == "P1-C1"


def test_lists_of_references_become_tuples_of_ids() -> None:
    plan = reading(
        "plan",
        pupils=[{"pupil_id": "P1", "first_name": "Sam", "accountable_staff": "ST1 Jo Ash; ST2 Al Oak"}],
    )
    assert assemble(None, [plan]).pupils[0].accountable_staff == ("ST1", "ST2")


def test_rows_of_several_plan_workbooks_stand_side_by_side() -> None:
    first = reading("plan", pupils=[{"pupil_id": "P1", "first_name": "Sam"}])
    second = reading("plan", pupils=[{"pupil_id": "P2", "first_name": "Ada"}])
    assert [pupil.pupil_id for pupil in assemble(None, [first, second]).pupils] == ["P1", "P2"]


def test_empty_cells_leave_the_defaults_and_a_contact_without_a_restriction_gets_nothing() -> None:
    senco = reading("senco", contacts=[{"contact_id": "C1", "pupil": "P1 Sam", "receives_plan_copy": True}])
    (contact,) = assemble(senco, []).contacts
    assert contact.restriction_kind == ""
    assert not is_entitled(contact)
    plan = reading("plan", pupils=[{"pupil_id": "P1", "first_name": "Sam"}])
    (pupil,) = assemble(senco, [plan]).pupils
    assert pupil == Pupil(pupil_id="P1", first_name="Sam")


def test_without_the_senco_workbook_contacts_are_not_seen() -> None:
    assert assemble(None, []).sees_contacts is False
    assert assemble(reading("senco"), []).sees_contacts is True


def test_settings_are_facts_half_terms_and_closed_days() -> None:
    senco = reading(
        "senco",
        settings=[
            {"setting": "School name", "value": "Quillbrook"},
            {"setting": "  review every (weeks) ", "value": "7"},
            {"setting": "Time zone", "value": "Europe/Dublin"},
            {
                "setting": "Half-term",
                "value": "Spring",
                "start": SERIAL_2026_11_23 + 50,
                "end": SERIAL_2026_11_23 + 60,
            },
            {"setting": "Half-term", "value": "Autumn", "start": SERIAL_2026_11_23 - 30, "end": SERIAL_2026_11_23},
            {"setting": "Closed day", "start": SERIAL_2026_11_23 - 3, "end": SERIAL_2026_11_23 - 2},
            {"setting": "Closed day", "start": SERIAL_2026_11_23},
            {"setting": "Head's favourite colour", "value": "blue"},
        ],
    )
    settings = assemble(senco, []).settings
    assert (settings.name, settings.review_interval_weeks, settings.time_zone) == ("Quillbrook", 7, "Europe/Dublin")
    assert [term.name for term in settings.terms] == ["Autumn", "Spring"]
    assert settings.closed_days == (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23))
    assert settings.cell("name") == "Settings!B2"


@pytest.mark.parametrize(
    "row",
    [
        {"setting": "Review every (weeks)", "value": "often"},
        {"setting": "Review every (weeks)", "value": "0"},
        {"setting": "Review every (weeks)", "value": "1e999"},
        {"setting": "Time zone", "value": "Narnia/Cair_Paravel"},
        {"setting": "Time zone", "value": "../../etc/passwd"},
        {"setting": "Half-term", "value": "Autumn", "start": SERIAL_2026_11_23},
        {"setting": "Half-term", "start": SERIAL_2026_11_23, "end": SERIAL_2026_11_23 - 1},
        {"setting": "Closed day", "value": "INSET"},
    ],
)
def test_a_setting_that_cannot_be_used_is_a_problem_with_its_cell_and_the_default_stands(
    row: dict[str, object],
) -> None:
    rows = reading("senco", settings=[{"setting": "Phase", "value": "EYFS"}, row]).tables["settings"].rows
    settings, problems = read_settings(rows)
    assert [problem.cell for problem in problems] == ["Settings!A3"]
    assert settings.is_early_years
    assert (settings.review_interval_weeks, settings.time_zone, settings.terms) == (12, "Europe/London", ())
