"""Read a school as it stands: its files, its workbooks, what the rules say of them. Writes nothing.

One files.list, and one read per workbook. A renamed column costs two more calls, for that workbook alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from server.plans.files import SchoolFiles, group_in, of_school, schools_in
from server.plans.ledger import VERSION, Ledger, is_copied
from server.plans.model import Finding, Problem, School
from server.plans.moving import misplaced, misplaced_problems, moves_begun, other_shape
from server.plans.ports import Grid, Outline, RemoteFile
from server.plans.rules import findings
from server.plans.school import assemble, rows_of
from server.plans.school_settings import read_settings
from server.plans.several import Settled, placed, settle
from server.plans.sharing import contact_problems
from server.plans.statuses import WORD, StatusRow
from server.plans.told import copies_sent
from server.plans.trouble import Invalid, NotMade, NotVisible
from server.workflows.own_tabs import ledger_entries, status_entries, without_merged
from server.workflows.run import Run
from server.workflows.workbooks import never_filled
from sheets_templates.catalogue import load
from sheets_templates.readback import read
from sheets_templates.reading import Reading
from sheets_templates.schema import Workbook
from sheets_templates.words import Word, relabelled, words_in

NO_SCHOOL = "No SEN plans of a school are to be seen with this account. Nothing was changed. Set them up first."
MANY_SCHOOLS = "This account runs more than one school: {ids}. Say which one."
OLDER = (
    "This school's workbooks are of an earlier version of SEN Plans. All that is in them is read. An upgrade adds "
    "the new tabs, columns and choices and leaves what is there as it is: “Workbooks” in the SENCO's side panel, or "
    "“senplans upgrade”."
)
A_COPY = "This workbook is a copy of a school's SENCO workbook, so it runs nothing. Use the original."


@dataclass(frozen=True, kw_only=True)
class Survey:
    """A school as read just now. ``readings`` and ``statuses`` are by plan workbook id; ``grids`` has every
    tab's raw values by workbook and sheet id; ``homes`` says in which workbook a pupil stands; ``older`` that an
    upgrade would add something."""

    files: SchoolFiles
    school: School
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    ledger: Ledger
    senco: Reading
    readings: Mapping[str, Reading] = field(default_factory=dict)
    statuses: Mapping[str, tuple[StatusRow, ...]] = field(default_factory=dict)
    grids: Mapping[str, Mapping[int, Grid]] = field(default_factory=dict, repr=False)
    homes: Mapping[str, str] = field(default_factory=dict)
    older: bool = False

    @property
    def senco_id(self) -> str:
        assert self.files.senco is not None
        return self.files.senco.file_id

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be told of the workbooks as a whole."""
        shape = other_shape(self.school, self.files.plans)
        return ((OLDER,) if self.older else ()) + ((shape,) if shape else ())

    @property
    def has_misplaced(self) -> bool:
        """Whether somebody stands in another workbook than the one they belong to."""
        return next(misplaced(self.school, self.homes, self.files.plans), None) is not None

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
    senco_id = files.senco.file_id
    senco, grids = read_workbook(run, senco_id, "senco")
    entries = ledger_entries(run, grids)
    if is_copied(entries, files.senco.file_id):
        raise Invalid(A_COPY)
    ledger = Ledger.of(entries, workbook_id=files.senco.file_id)
    words = own_words(run, "senco", senco, grids)
    plans, unmade = _read_plans(run, files, words)
    files = replace(files, plans=tuple(file for file in files.plans if file not in unmade), unmade=unmade)
    settled = _settled(files, {file_id: reading for file_id, (reading, _) in plans.items()}, ledger)
    school = assemble(senco, tuple(settled.counted.values()))
    settings = replace(school.settings, school_id=files.school_id)
    school = replace(school, settings=settings, copies_sent=copies_sent(ledger))
    unsettled = (*settled.problems, *misplaced_problems(school, settled.homes, files.plans))
    return Survey(
        files=files,
        school=school,
        findings=findings(school, run.today),
        problems=(*_all_problems(school, senco, *settled.readings.values()), *unsettled),
        ledger=ledger,
        senco=senco,
        readings=settled.readings,
        homes=settled.homes,
        older=_is_older(run, ledger, (senco, *settled.readings.values())),
        grids={senco_id: grids, **{file_id: raw for file_id, (_, raw) in plans.items()}},
        statuses={file_id: status_entries(run, grids) for file_id, (_, grids) in plans.items()},
    )


def _read_plans(
    run: Run, files: SchoolFiles, words: Sequence[Word]
) -> tuple[dict[str, tuple[Reading, Mapping[int, Grid]]], tuple[RemoteFile, ...]]:
    """Every plan workbook, and the files that are none yet. Raises NotMade where the set-up itself was cut short."""
    found, unmade = {}, []
    for file in files.plans:
        try:
            reading, grids = read_workbook(run, file.file_id, "plan", words)
            found[file.file_id] = without_merged(run, file.file_id, reading, grids), grids
        except NotMade:
            if files.template is None or not never_filled(run, file):
                raise
            unmade.append(file)
    return found, tuple(unmade)


def _is_older(run: Run, ledger: Ledger, readings: Iterable[Reading]) -> bool:
    """Whether a workbook lacks what this version has; of choices alone only the ledger tells."""
    noted = ledger.get(*VERSION)
    behind = noted is not None and noted.number < run.catalogue.version
    return behind or any(reading.older for reading in readings)


def _settled(files: SchoolFiles, readings: Mapping[str, Reading], ledger: Ledger) -> Settled:
    """The plan workbooks together; where there are several, every cell is told with its workbook."""
    groups = {file.file_id: group_in(file) for file in files.plans}
    if len(readings) > 1:
        readings = {file_id: placed(reading, groups[file_id]) for file_id, reading in readings.items()}
    return settle(readings, {move.pupil_id: move.source for move in moves_begun(ledger)})


def read_workbook(
    run: Run, file_id: str, which: Workbook, words: Sequence[Word] | None = None
) -> tuple[Reading, Mapping[int, Grid]]:
    """One workbook, whole. Where known headers or tabs are gone, the columns are looked up by their tags.

    ``words`` are the school's own for choices; without them those count that the workbook itself knows. Raises
    NotMade where the hidden tab is missing that every workbook of this kind is made with."""
    grids, options = _fetched(run, file_id, which)
    reading = read(run.catalogue, which, grids, **options)
    if reading.missing_columns and not options:
        options = _closer(run, file_id, which, grids, run.google.sheets.outline(file_id))
        reading = read(run.catalogue, which, grids, **options)
    own = own_words(run, which, reading, grids) if words is None else words
    if own:
        reading = read(relabelled(run.catalogue, own)[0], which, grids, **options)
    return reading, grids


def _fetched(run: Run, file_id: str, which: Workbook) -> tuple[Mapping[int, Grid], Mapping[str, Any]]:
    """Every tab's values; with what reading needs to know where a tab is missing."""
    sheets = run.google.sheets
    tables = run.catalogue.workbook(which)
    try:
        return sheets.read(file_id, [table.sheet_id for table in tables]), {}
    except NotMade:
        outline = sheets.outline(file_id)
        if any(table.service_owned and table.hidden and table.sheet_id not in outline.titles for table in tables):
            raise
    grids = sheets.read(file_id, [table.sheet_id for table in tables if table.sheet_id in outline.titles])
    return grids, _closer(run, file_id, which, grids, outline)


def _closer(
    run: Run, file_id: str, which: Workbook, grids: Mapping[int, Grid], outline: Outline
) -> Mapping[str, Any]:
    return {
        "titles": outline.titles,
        "column_tags": run.google.sheets.column_tags(file_id),
        "absent": {table.sheet_id for table in run.catalogue.workbook(which)} - grids.keys(),
        "older": outline.version < run.catalogue.version,
    }


def own_words(run: Run, which: Workbook, reading: Reading, grids: Mapping[int, Grid]) -> tuple[Word, ...]:
    """The school's words as the SENCO workbook's Settings say them, or as a plan workbook mirrors them."""
    if which == "senco":
        return words_in(rows_of(reading, "settings"))
    return tuple(Word(choice=r.key, said=r.status) for r in status_entries(run, grids) if r.kind == WORD)


def _all_problems(school: School, senco: Reading, *plans: Reading) -> tuple[Problem, ...]:
    """Cells that could not be read, and cells that can't be acted on: one problem for each cell."""
    read = [Problem(cell=p.cell, message=p.message) for reading in (senco, *plans) for p in reading.problems]
    known = {problem.cell for problem in read}
    unusable = (*read_settings(rows_of(senco, "settings"))[1], *contact_problems(school), *_unusable_words(senco))
    return (*read, *(problem for problem in unusable if problem.cell not in known))


def _unusable_words(senco: Reading) -> Iterator[Problem]:
    words = words_in(rows_of(senco, "settings"))
    yield from (Problem(cell=p.cell, message=p.message) for p in relabelled(load(), words)[1] if words)
