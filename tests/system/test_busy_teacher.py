"""Whatever a teacher does to a workbook in a busy term, its plans read the same, or a problem names the cell."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from busy_teacher import TABS, Teacher, rows_by_id
from town import Town

from server.plans.trouble import Refused
from server.workflows.run import Run
from server.workflows.survey import read_workbook
from sheets_templates import catalogue
from sheets_templates.reading import Reading

EDITS = 200
Records = Mapping[str, Mapping[str, Mapping[str, object]]]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_two_hundred_edits_each_value_reads_the_same_or_its_cell_is_named(school: Town, seed: int) -> None:
    file_id = school.workbook("plan")
    teacher, done = Teacher(random.Random(seed)), 0
    with school.run() as run:
        reading = now(run, file_id)
        before = {key: {row.id: row.values for row in reading.tables[key].rows} for key in TABS}
        while done < EDITS:
            done += edit(run, file_id, teacher, reading)
            reading = now(run, file_id)
            assert unexplained(before, reading, teacher) == []


def now(run: Run, file_id: str) -> Reading:
    return read_workbook(run, file_id, "plan")[0]


def edit(run: Run, file_id: str, teacher: Teacher, reading: Reading) -> int:
    """How many edits Google took: what it refuses a teacher, such as sorting merged cells, is no edit."""
    taken = 0
    for requests, note in teacher.edits(reading):
        if requests:
            try:
                run.google.sheets.batch(file_id, requests)
            except Refused:
                continue
            note()
            taken += 1
    return taken


def id_key(table: str) -> str:
    column = catalogue.load().table(table).id_column
    return column.key if column else ""


def unexplained(before: Records, reading: Reading, teacher: Teacher) -> list[str]:
    """Values that read otherwise than before and that no problem names."""
    told = {problem.cell for problem in reading.problems}
    lost = []
    for table, rows in before.items():
        found = rows_by_id(reading.tables[table])
        for row_id, values in rows.items():
            row = found.get(row_id)
            if (table, row_id, id_key(table)) in teacher.merged:
                continue
            if row is None:
                lost.append(f"{table} {row_id}: the whole row")
                continue
            for key in values.keys() | row.values.keys():
                same = row.values.get(key) == values.get(key)
                gone = (table, key) in teacher.deleted or ((table, row_id, key) in teacher.merged and key != "pupil")
                if not (same or gone or row.cells.get(key) in told):
                    lost.append(f"{table} {row_id} {key}: {values.get(key)!r} now {row.values.get(key)!r}")
    return lost
