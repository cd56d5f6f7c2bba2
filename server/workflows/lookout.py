"""What a teacher sees: the plan workbooks opened to us, read with the teacher's own token. One call for each.

The SENCO workbook stays shut.
School facts that rules and cards need, such as half-terms and the names of staff, are mirrored in the plan workbook's
hidden ``_status`` tab."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from server.plans.files import group_in
from server.plans.model import Finding, Problem, School, Settings, Staff, Term
from server.plans.ports import RemoteFile
from server.plans.rules import findings
from server.plans.school import assemble
from server.plans.setting_facts import BY_NAME
from server.plans.several import placed, settle
from server.plans.statuses import StatusRow
from server.plans.trouble import NotMade, NotVisible
from server.workflows.own_tabs import status_entries, without_merged
from server.workflows.run import Run
from server.workflows.survey import read_workbook
from sheets_templates.reading import Reading
from sheets_templates.text import comparable


@dataclass(frozen=True, kw_only=True)
class Lookout:
    """A school as far as one plan workbook tells."""

    school: School
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def look_through_workbook(run: Run, file_id: str) -> Lookout:
    """Read one plan workbook. Raises NotMade where it is none, NotVisible where it was not opened to us."""
    reading, grids = read_workbook(run, file_id, "plan")
    reading = without_merged(run, file_id, reading, grids)
    return _lookout(run, [reading], status_entries(run, grids))


def seen_school(readings: Sequence[Reading], rows: Iterable[StatusRow]) -> School:
    """The school as far as these plan workbooks tell, with what their ``_status`` tabs mirror of it."""
    rows = tuple(dict.fromkeys(rows))
    settled = settle({str(number): reading for number, reading in enumerate(readings)}, {})
    staff = {row.key: Staff(staff_id=row.key, name=row.status, note=row.note) for row in rows if row.kind == "staff"}
    counted = tuple(settled.counted.values())
    return replace(assemble(None, counted), settings=mirrored_settings(rows), staff=tuple(staff.values()))


def _lookout(run: Run, readings: Sequence[Reading], rows: Iterable[StatusRow]) -> Lookout:
    school = seen_school(readings, rows)
    return Lookout(
        school=school,
        findings=findings(school, run.today),
        problems=tuple(Problem(cell=p.cell, message=p.message) for reading in readings for p in reading.problems),
    )


def look_through(run: Run, files: Sequence[RemoteFile]) -> Lookout:
    """Read the plan workbooks of one school that a teacher opened; of several, a cell is told with its workbook.

    Those that were taken away since are passed over, unless there is but one."""
    if len(files) == 1:
        return look_through_workbook(run, files[0].file_id)
    seen: list[tuple[Reading, tuple[StatusRow, ...]]] = []
    for file in files:
        with suppress(NotMade, NotVisible):
            reading, grids = read_workbook(run, file.file_id, "plan")
            reading = without_merged(run, file.file_id, reading, grids)
            seen.append((placed(reading, group_in(file)), status_entries(run, grids)))
    return _lookout(run, [reading for reading, _ in seen], [row for _, rows in seen for row in rows])


def mirrored_settings(rows: Iterable[StatusRow]) -> Settings:
    """Settings from the mirror; a line that is not what we wrote is passed over."""
    rows = tuple(rows)
    facts: dict[str, Any] = {}
    for row in rows:
        fact = BY_NAME.get(comparable(row.key)) if row.kind == "setting" else None
        if fact is not None and fact.to_teachers:
            with suppress(ValueError):
                facts[fact.field] = fact.read(row.status)
    return Settings(
        **facts,
        terms=tuple(term for row in rows if row.kind == "half-term" and (term := _term(row))),
        closed_days=tuple(day for row in rows if row.kind == "closed" and (day := _day(row.note))),
    )


def _term(row: StatusRow) -> Term | None:
    start, end = _day(row.note), _day(row.link)
    return Term(name=row.status, start=start, end=end) if start and end and start <= end else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
