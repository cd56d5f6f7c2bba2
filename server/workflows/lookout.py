"""What a teacher sees: one plan workbook, read with the teacher's own token. One call; the SENCO workbook stays shut.

School facts that rules and cards need, such as half-terms and the names of staff, are mirrored in the plan workbook's
hidden ``_status`` tab."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from server.plans.model import Finding, Problem, School, Settings, Staff, Term
from server.plans.rules import findings
from server.plans.school import assemble
from server.plans.statuses import StatusRow
from server.workflows.run import Run
from server.workflows.survey import read_workbook, status_entries


@dataclass(frozen=True, kw_only=True)
class Lookout:
    """A school as far as one plan workbook tells."""

    school: School
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def look_through_workbook(run: Run, file_id: str) -> Lookout:
    """Read one plan workbook. Raises NotMade where it is none, NotVisible where it was not opened to us."""
    reading, grids = read_workbook(run, file_id, "plan")
    rows = status_entries(run, grids)
    staff = tuple(Staff(staff_id=row.key, name=row.status) for row in rows if row.kind == "staff")
    school = replace(assemble(None, (reading,)), settings=mirrored_settings(rows), staff=staff)
    return Lookout(
        school=school,
        findings=findings(school, run.today),
        problems=tuple(Problem(cell=p.cell, message=p.message) for p in reading.problems),
    )


def mirrored_settings(rows: Iterable[StatusRow]) -> Settings:
    """Settings from the mirror; a line that is not what we wrote is passed over."""
    facts = {row.key: row.status for row in rows if row.kind == "setting"}
    weeks = facts.get("Review every (weeks)", "")
    return Settings(
        school_id=facts.get("School id", ""),
        name=facts.get("School name", ""),
        phase=facts.get("Phase", ""),
        kind=facts.get("Kind of school", ""),
        review_interval_weeks=int(weeks) if weeks.isascii() and weeks.isdigit() and int(weeks) > 0 else 12,
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
