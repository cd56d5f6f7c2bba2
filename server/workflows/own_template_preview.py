"""A school's own form seen with a real pupil, before it is put to use."""

from __future__ import annotations

from server.plans import files as known
from server.plans.document_values import document_values
from server.plans.files import SchoolFiles
from server.plans.model import Pupil
from server.plans.ports import RemoteFile
from server.plans.record_reader import household_reader
from server.plans.school import assemble
from server.plans.trouble import Invalid
from server.workflows.own_template import NO_FOLDER, find_form, form_among, raise_problem
from server.workflows.papers import as_pdf, households_of
from server.workflows.run import Run
from server.workflows.survey import choose_school, read_workbook, survey_files
from sheets_templates.document import parse
from sheets_templates.form_check import check_tags
from sheets_templates.form_tags import form_view

PREVIEW_KIND = "form-preview"


def pupils_to_see(run: Run, *, school_id: str | None = None) -> tuple[Pupil, ...]:
    """The pupils a form may be seen with. One call, and one for each plan workbook; nobody's contacts are read."""
    files = choose_school(run.google.drive.list_files(), school_id)
    return assemble(None, [read_workbook(run, file.file_id, "plan")[0] for file in files.plans]).pupils


def preview(run: Run, form_id: str, pupil_id: str, *, household: str = "", school_id: str | None = None) -> bytes:
    """The form filled for one pupil's household, as Drive prints it (PDF); nothing stays behind."""
    files, _ = find_form(run, form_id, school_id)
    filled = _filled(run, files, form_id, pupil_id, household)
    return as_pdf(run.google.drive, _folder(files), filled)


def preview_doc(
    run: Run, form_id: str, pupil_id: str, *, household: str = "", school_id: str | None = None
) -> RemoteFile:
    """The form filled for one pupil's household, as a Doc in the school's folder that nobody else can open.

    A school has one: the one before goes into the bin, so that whoever was shown it never sees the next pupil."""
    drive = run.google.drive
    every = drive.list_files()
    files, _ = form_among(every, form_id, school_id)
    filled = _filled(run, files, form_id, pupil_id, household)
    facts = known.properties(files.school_id, PREVIEW_KIND, source=form_id)
    made = drive.create_document(f"Preview of your own form ({pupil_id})", _folder(files), facts, filled)
    for file in every:
        if _is_preview(file, files.school_id):
            drive.trash(file.file_id)
    return made


def _is_preview(file: RemoteFile, school_id: str) -> bool:
    facts = {known.SCHOOL: school_id, known.KIND: PREVIEW_KIND}
    return file.owned_by_me and facts.items() <= file.properties.items()


def _folder(files: SchoolFiles) -> str:
    if files.folder is None:
        raise Invalid(NO_FOLDER)
    return files.folder.file_id


def _filled(run: Run, files: SchoolFiles, form_id: str, pupil_id: str, household: str) -> bytes:
    docx = run.google.drive.export_docx(form_id)
    raise_problem(check_tags(docx))
    template = parse(docx, form_view("household"))
    school = survey_files(run, files).school
    told = household or next(iter(households_of(school, pupil_id)), "")
    reader = household_reader(school, pupil_id, told, run.today)
    return template.render(document_values(reader, wanted=template.tags, gathered=template.gathered))
