"""Plan workbooks made, put out of use and taken back into use: each is made with two calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.plans import files as known
from server.plans.files import SchoolFiles
from server.plans.groups import WHOLE_SCHOOL, fold, tidy, workbook_title
from server.plans.model import School
from server.plans.ports import RemoteFile
from server.plans.trouble import NotMade
from server.workflows.run import Run
from sheets_templates.schema import CellProblem, Workbook
from sheets_templates.starter import StarterRow, label
from sheets_templates.words import Word, relabelled
from sheets_templates.workbook import make_requests

OUT_OF_USE = "Not in use"


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A workbook for a group, and whether it was made now."""

    file: RemoteFile
    made: bool = False
    problems: tuple[CellProblem, ...] = ()


def create_file(
    run: Run, files: SchoolFiles, school_name: str, group: str, shape: str, kind: str = known.PLAN_KIND
) -> RemoteFile:
    """The empty file, with the properties it is found by."""
    assert files.folder is not None
    more = {"group": tidy(group), **({} if shape in (WHOLE_SCHOOL, "") else {"shape": shape})}
    properties = known.properties(files.school_id, kind, **more)
    return run.google.drive.create_spreadsheet(_title(group, school_name, kind), files.folder.file_id, properties)


def _title(group: str, school_name: str, kind: str) -> str:
    if kind == known.ARCHIVE_KIND:
        return f"Archive {group}: closed SEN plans – {school_name}"
    return workbook_title(group, school_name)


def is_made(run: Run, file: RemoteFile, which: Workbook) -> bool:
    """Whether it was given its tabs, by whatever version: all come in one batch, the hidden one with them."""
    hidden = [table.sheet_id for table in run.catalogue.workbook(which) if table.hidden]
    try:
        run.google.sheets.read(file.file_id, hidden)
    except NotMade:
        return False
    return True


def never_filled(run: Run, file: RemoteFile) -> bool:
    """Whether no tab of ours stands in a plan workbook: whoever made the file died before the next call."""
    ours = {table.sheet_id for table in run.catalogue.workbook("plan")}
    return not ours & run.google.sheets.outline(file.file_id).titles.keys()


def id_salt(school_id: str, file: RemoteFile) -> str:
    """What the ids of a workbook's spare rows are drawn from: no two workbooks of a school share it."""
    group = known.group_in(file)
    return f"{school_id}/plan" if group == WHOLE_SCHOOL else f"{school_id}/plan/{file.file_id}"


def fill_empty(run: Run, school: School, file: RemoteFile) -> tuple[CellProblem, ...]:
    """Give a new file of a running school its tabs, without rows. Its dropdowns offer the school's own words."""
    words = [Word(choice=choice, said=said) for choice, said in school.settings.words]
    made = make_requests(
        relabelled(run.catalogue, words)[0],
        "plan",
        starter={},
        lists={"staff": staff_labels(run, school)},
        editors=[run.publisher],
        id_salt=id_salt(school.settings.school_id, file),
        time_zone=school.settings.time_zone,
    )
    run.google.sheets.batch(file.file_id, made.requests)
    return made.problems


def staff_labels(run: Run, school: School) -> Sequence[str]:
    """What the dropdowns of staff offer."""
    table = run.catalogue.table("staff")
    rows: list[StarterRow] = [{"staff_id": person.staff_id, "name": person.name} for person in school.staff]
    return [text for row in rows if (text := label(table, row))]


def open_group(run: Run, files: SchoolFiles, school: School, group: str, shape: str) -> Opened:
    """The plan workbook of a group: the one in use, else one put out of use before, else a new one."""
    if standing := files.plan_of(group):
        return Opened(file=standing)
    title = workbook_title(group, school.settings.name)
    for file in files.retired:
        if fold(known.group_in(file)) == fold(group):
            marks: Mapping[str, str] = {known.KIND: known.PLAN_KIND, known.SHAPE: shape}
            return Opened(file=run.google.drive.rename(file.file_id, title, marks), made=True)
    file = create_file(run, files, school.settings.name, group, shape)
    return Opened(file=file, made=True, problems=fill_empty(run, school, file))


def retire(run: Run, file: RemoteFile) -> RemoteFile:
    """Put an emptied workbook out of use. It is kept, and nothing in it is changed."""
    return run.google.drive.rename(file.file_id, f"{OUT_OF_USE}: {file.name}", {known.KIND: known.RETIRED_KIND})
