"""Type into pupils' own rows what a workflow was asked to change: a class, a year. Never by position."""

from __future__ import annotations

from collections.abc import Mapping

from server.plans.moving import PlacedRow
from server.plans.ports import Cell
from server.plans.several import PUPILS
from server.workflows.carrying import rows_in
from server.workflows.keeping import Held
from server.workflows.rows import TAG, tag_rows, untag, write_cells


def retype(school: Held, changes: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Write columns of the Pupils tab by pupil id; returns those whose row was still what it had been.

    Four calls for each workbook concerned; none where the rows say so already."""
    done: list[str] = []
    for file_id in school.survey.readings:
        rows = [row for row in _pupil_rows(school, file_id, changes) if _differs(row, changes[row.row.id])]
        if rows:
            done += _retype_in(school, file_id, rows, changes)
    return tuple(done)


def _pupil_rows(school: Held, file_id: str, changes: Mapping[str, object]) -> list[PlacedRow]:
    at_home = [pupil for pupil in changes if school.survey.homes.get(pupil) == file_id]
    rows = rows_in(school, file_id, at_home)
    return [row for found in rows.values() for row in found if row.table == PUPILS]


def _differs(row: PlacedRow, wanted: Mapping[str, str]) -> bool:
    return any(str(row.raw.get(key) or "") != value for key, value in wanted.items())


def _retype_in(
    school: Held, file_id: str, rows: list[PlacedRow], changes: Mapping[str, Mapping[str, str]]
) -> list[str]:
    reading = school.survey.readings[file_id]
    places = reading.tables[PUPILS].columns
    tagged = tag_rows(school.run, file_id, reading, rows)
    still = [row for row in rows if row.name in tagged.found]
    values: dict[str, dict[int, Cell]] = {
        row.name: {places[key]: value for key, value in changes[row.row.id].items() if key in places} for row in still
    }
    school.stay()
    if values:
        write_cells(school.run, file_id, values)
    school.run.google.sheets.batch(file_id, [untag(TAG)])
    return [row.row.id for row in still]
