"""Read a school as it stands: its files, its workbooks, what the rules say of them. Writes nothing.

One files.list, and one read per workbook. A renamed column costs two more calls, for that workbook alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from server.plans.files import SchoolFiles, of_school, schools_in
from server.plans.ledger import COLUMNS, Entry, Ledger, is_copied
from server.plans.model import Finding, Problem, School
from server.plans.ports import Cell, Grid, RemoteFile
from server.plans.rules import findings
from server.plans.school import assemble, rows_of
from server.plans.school_settings import read_settings
from server.plans.sharing import contact_problems
from server.plans.statuses import StatusRow
from server.plans.trouble import Invalid, NotVisible
from server.workflows.run import Run
from sheets_templates.readback import read
from sheets_templates.reading import Reading
from sheets_templates.schema import Workbook

NO_SCHOOL = "No SEN plans of a school are to be seen with this account. Nothing was changed. Set them up first."
MANY_SCHOOLS = "This account runs more than one school: {ids}. Say which one."
A_COPY = "This workbook is a copy of a school's SENCO workbook, so it runs nothing. Use the original."


@dataclass(frozen=True, kw_only=True)
class Survey:
    """A school as read just now. ``readings`` and ``statuses`` are by plan workbook id; ``grids`` has every
    tab's raw values by workbook and sheet id."""

    files: SchoolFiles
    school: School
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    ledger: Ledger
    senco: Reading
    readings: Mapping[str, Reading] = field(default_factory=dict)
    statuses: Mapping[str, tuple[StatusRow, ...]] = field(default_factory=dict)
    grids: Mapping[str, Mapping[int, Grid]] = field(default_factory=dict, repr=False)

    @property
    def senco_id(self) -> str:
        assert self.files.senco is not None
        return self.files.senco.file_id

    @property
    def unread_meetings(self) -> frozenset[str]:
        """Meetings in whose row some cell could not be understood: their events stay as they are."""
        named = (r.tables["meetings"].unreadable_ids for r in self.readings.values())
        return frozenset().union(*named)


def choose_school(files: Sequence[RemoteFile], school_id: str | None) -> SchoolFiles:
    """The files of the school asked for, or of the only one there is."""
    known = schools_in(files)
    if school_id is None and len(known) > 1:
        raise Invalid(MANY_SCHOOLS.format(ids=", ".join(known)))
    chosen = school_id or (known[0] if known else "")
    if chosen not in known:
        raise NotVisible(NO_SCHOOL)
    return of_school(files, chosen)


def survey(run: Run, school_id: str | None = None) -> Survey:
    """Read one school. Raises NotVisible where there is none, Invalid where the workbook is a copy."""
    return survey_files(run, choose_school(run.google.drive.list_files(), school_id))


def survey_files(run: Run, files: SchoolFiles) -> Survey:
    """Read the workbooks of a school whose files are known."""
    assert files.senco is not None
    senco, grids = read_workbook(run, files.senco.file_id, "senco")
    entries = ledger_entries(run, grids)
    if is_copied(entries, files.senco.file_id):
        raise Invalid(A_COPY)
    plans = {file.file_id: read_workbook(run, file.file_id, "plan") for file in files.plans}
    readings = {file_id: reading for file_id, (reading, _) in plans.items()}
    school = assemble(senco, tuple(readings.values()))
    school = replace(school, settings=replace(school.settings, school_id=files.school_id))
    return Survey(
        files=files,
        school=school,
        findings=findings(school, run.today),
        problems=_all_problems(school, senco, *readings.values()),
        ledger=Ledger.of(entries, workbook_id=files.senco.file_id),
        senco=senco,
        readings=readings,
        grids={files.senco.file_id: grids, **{file_id: raw for file_id, (_, raw) in plans.items()}},
        statuses={file_id: status_entries(run, grids) for file_id, (_, grids) in plans.items()},
    )


def read_workbook(run: Run, file_id: str, which: Workbook) -> tuple[Reading, Mapping[int, Grid]]:
    """One workbook, whole. Where known headers are gone, the columns are looked up by their tags."""
    tables = run.catalogue.workbook(which)
    grids = run.google.sheets.read(file_id, [table.sheet_id for table in tables])
    reading = read(run.catalogue, which, grids)
    if reading.missing_columns:
        titles = run.google.sheets.sheet_titles(file_id)
        tags = run.google.sheets.column_tags(file_id)
        reading = read(run.catalogue, which, grids, titles=titles, column_tags=tags)
    return reading, grids


def _all_problems(school: School, senco: Reading, *plans: Reading) -> tuple[Problem, ...]:
    """Cells that could not be read, and cells that can't be acted on: one problem for each cell."""
    read = [Problem(cell=p.cell, message=p.message) for reading in (senco, *plans) for p in reading.problems]
    known = {problem.cell for problem in read}
    unusable = (*read_settings(rows_of(senco, "settings"))[1], *contact_problems(school))
    return (*read, *(problem for problem in unusable if problem.cell not in known))


def _owned_rows(run: Run, grids: Mapping[int, Grid], table: str) -> list[dict[str, str]]:
    """A service-owned tab's rows by column key, as texts. Its columns never move: it is protected."""
    declared = run.catalogue.table(table)
    keys = [column.key for column in declared.columns]
    rows = grids.get(declared.sheet_id, ())[1:]
    texts = ([_text(cell) for cell in row[: len(keys)]] for row in rows)
    named = (dict(zip(keys, [*row, *[""] * (len(keys) - len(row))], strict=True)) for row in texts)
    return [row for row in named if row["kind"] and row["key"]]


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def ledger_entries(run: Run, grids: Mapping[int, Grid]) -> tuple[Entry, ...]:
    return tuple(Entry(**{name: row[name] for name in COLUMNS}) for row in _owned_rows(run, grids, "senplans"))


def status_entries(run: Run, grids: Mapping[int, Grid]) -> tuple[StatusRow, ...]:
    names = [field.name for field in fields(StatusRow)]
    rows = _owned_rows(run, grids, "status")
    return tuple(StatusRow(**{name: row[name] for name in names}) for row in rows)
