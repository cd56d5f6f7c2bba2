"""Whatever a teacher does to a workbook in a busy term, its plans read the same, or a problem names the cell."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from busy_teacher import ACTS, TABS, Edit, Teacher, rows_by_id
from town import Town

from server.plans.trouble import Refused
from server.workflows.own_tabs import without_merged
from server.workflows.run import Run
from server.workflows.survey import read_workbook
from sheets_templates import catalogue
from sheets_templates.reading import Reading

EDITS = 200
Records = Mapping[str, Mapping[str, Mapping[str, object]]]


def test_after_two_hundred_edits_each_value_reads_the_same_or_its_cell_is_named(school: Town) -> None:
    file_id = school.workbook("plan")
    teacher, done = Teacher(random.Random(2)), 0
    with school.run() as run:
        reading = now(run, file_id)
        before = {key: {row.id: row.values for row in reading.tables[key].rows} for key in TABS}
        while done < EDITS:
            done += edit(run, file_id, teacher, reading)
            reading = now(run, file_id)
            assert unexplained(before, reading, teacher) == []
    assert set(teacher.done) == {act.__name__ for act in ACTS}, "each sort of edit, at least once"


def now(run: Run, file_id: str) -> Reading:
    reading, grids = read_workbook(run, file_id, "plan")
    return without_merged(run, file_id, reading, grids)


def edit(run: Run, file_id: str, teacher: Teacher, reading: Reading) -> int:
    """How many edits Google took, all at once where it takes them: what it refuses a teacher, such as sorting merged
    cells, is no edit."""
    wanted = [each for each in teacher.edits(reading) if each.requests]
    taken = wanted if _taken(run, file_id, wanted) else [each for each in wanted if _taken(run, file_id, [each])]
    for each in taken:
        each.note()
    teacher.done.update(each.name for each in taken)
    return len(taken)


def _taken(run: Run, file_id: str, edits: Sequence[Edit]) -> bool:
    try:
        run.google.sheets.batch(file_id, [request for each in edits for request in each.requests])
    except Refused:
        return False
    return True


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
                if not (same or (table, key) in teacher.deleted or row.cells.get(key) in told):
                    lost.append(f"{table} {row_id} {key}: {values.get(key)!r} now {row.values.get(key)!r}")
    return lost
