"""A school's own form as a template: a tagged copy beside the plans, checked, seen with a pupil, and put to use.

The form itself is only ever read. The copy keeps what was decided: its tags are the proposals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from server.plans import files as known
from server.plans.document_values import document_values
from server.plans.files import SchoolFiles
from server.plans.ports import DOCUMENT, RemoteFile
from server.plans.record_reader import household_reader
from server.plans.trouble import Invalid, NotVisible
from server.workflows.papers import as_pdf, households_of
from server.workflows.run import Run
from server.workflows.survey import choose_school, survey_files
from sheets_templates.document import parse
from sheets_templates.document_problem import TemplateRefused
from sheets_templates.form_check import TagCheck, check_tags
from sheets_templates.form_propose import recognise
from sheets_templates.form_standing import Standing, change_tag, standing_tags
from sheets_templates.form_tagging import Place, TaggedCopy, tag_copy
from sheets_templates.form_tags import form_view
from sheets_templates.record_tags import record_view

FORM_KIND = "form"
PREVIEW_KIND = "form-preview"
SOURCE, STATE = known.SOURCE, "senplans_state"
PROPOSED, CONFIRMED = "proposed", "confirmed"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

NO_FORM = "That form can't be opened by this account. Nothing was made. Open it to SEN Plans, then try again."
NO_COPY = "There is no such copy of a form among this school's files. Nothing was changed."
WRONG_KIND = "That file is no Google Doc and no Word document (.docx). Nothing was made. Save it as .docx first."
NO_FOLDER = "The school's folder is missing. Nothing was made. Run the set-up again to make it."
NO_TEMPLATE = "The template Doc for parents' copies is missing. Nothing was changed. Run the set-up again to make it."
NO_TAG = "There is no such tag in the copy any more. Nothing was changed. Look at the list again."
NOT_A_TAG = "Parents' documents have no such tag. Nothing was changed. Choose one from the list."


@dataclass(frozen=True, kw_only=True)
class OwnForm:
    """A tagged copy as it stands: the Doc, its tags in reading order, what is wrong with them, and the labels that
    still have an empty place (``left``)."""

    file: RemoteFile
    standing: tuple[Standing, ...]
    check: TagCheck
    left: tuple[str, ...] = ()

    @property
    def is_confirmed(self) -> bool:
        return self.file.properties.get(STATE) == CONFIRMED


@dataclass(frozen=True, kw_only=True)
class MadeForm:
    """A copy just made, with what was placed and what was left."""

    file: RemoteFile
    copy: TaggedCopy


def forms_of(files: tuple[RemoteFile, ...], school_id: str) -> tuple[RemoteFile, ...]:
    """The tagged copies of a school's forms, newest first."""
    own = [f for f in files if f.owned_by_me and f.properties.get(known.SCHOOL) == school_id]
    forms = [file for file in own if file.properties.get(known.KIND) == FORM_KIND]
    return tuple(sorted(forms, key=lambda file: (file.created, file.file_id), reverse=True))


def make_form(
    run: Run, file_id: str, *, school_id: str | None = None, chosen: Mapping[Place, str] | None = None
) -> MadeForm:
    """A tagged copy of a form in the school's folder. The form is read and not written. Three calls, four where the
    form is not among the files this app made.

    Raises NotVisible where it can't be opened, Invalid, with the reason, where it is no form we can read."""
    drive = run.google.drive
    every = drive.list_files()
    files = choose_school(every, school_id)
    source = next((f for f in every if f.file_id == file_id), None) or drive.find(file_id)
    if source is None:
        raise NotVisible(NO_FORM)
    if files.folder is None:
        raise Invalid(NO_FOLDER)
    copy = _tagged(_docx_of(run, source), chosen)
    properties = known.properties(files.school_id, FORM_KIND, source=file_id, state=PROPOSED)
    title = f"{source.name.removesuffix('.docx')} – with tags"
    return MadeForm(file=drive.create_document(title, files.folder.file_id, properties, copy.docx), copy=copy)


def _docx_of(run: Run, source: RemoteFile) -> bytes:
    if source.mime_type == DOCUMENT:
        return run.google.drive.export_docx(source.file_id)
    if source.mime_type == _DOCX or source.name.lower().endswith(".docx"):
        return run.google.drive.download(source.file_id)
    raise Invalid(WRONG_KIND)


def _tagged(docx: bytes, chosen: Mapping[Place, str] | None) -> TaggedCopy:
    try:
        return tag_copy(docx, chosen)
    except TemplateRefused as refused:
        raise Invalid(refused.problems[0].message, place=refused.problems[0].place) from refused


def read_own_form(run: Run, form_id: str, *, school_id: str | None = None) -> OwnForm:
    """A tagged copy as it stands now, however people have edited it. Two calls."""
    _, form = _form(run, form_id, school_id)
    return _own_form(form, run.google.drive.export_docx(form_id))


def _form(run: Run, form_id: str, school_id: str | None) -> tuple[SchoolFiles, RemoteFile]:
    every = run.google.drive.list_files()
    files = choose_school(every, school_id)
    form = next((file for file in forms_of(every, files.school_id) if file.file_id == form_id), None)
    if form is None:
        raise NotVisible(NO_COPY)
    return files, form


def _own_form(form: RemoteFile, docx: bytes) -> OwnForm:
    try:
        left = tuple(dict.fromkeys(each.label for each in recognise(docx).proposals))
        return OwnForm(file=form, standing=standing_tags(docx), check=check_tags(docx), left=left)
    except TemplateRefused as refused:
        raise Invalid(refused.problems[0].message, place=refused.problems[0].place) from refused


def change_field(run: Run, form_id: str, number: int, tag: str, *, school_id: str | None = None) -> OwnForm:
    """The copy with one of its tags changed, or taken out where ``tag`` is "". Three calls."""
    if tag and tag not in record_view("household").tags:
        raise Invalid(NOT_A_TAG, place=tag)
    _, form = _form(run, form_id, school_id)
    try:
        docx = change_tag(run.google.drive.export_docx(form_id), number, tag)
    except LookupError as gone:
        raise Invalid(NO_TAG) from gone
    changed = run.google.drive.update_document(form_id, form.name, {STATE: PROPOSED}, docx)
    return _own_form(changed, docx)


def confirm(run: Run, form_id: str, *, school_id: str | None = None) -> OwnForm:
    """Say that somebody has looked at every tag. Raises Invalid where a tag is wrong. Three calls."""
    _, form = _form(run, form_id, school_id)
    found = _own_form(form, run.google.drive.export_docx(form_id))
    _raise_problem(found.check)
    return replace(found, file=run.google.drive.rename(form_id, form.name, {STATE: CONFIRMED}))


def _raise_problem(check: TagCheck) -> None:
    if check.problems:
        raise Invalid(check.problems[0].message, place=check.problems[0].place)


def preview(run: Run, form_id: str, pupil_id: str, *, household: str = "", school_id: str | None = None) -> bytes:
    """The form filled for one pupil's household, as Drive prints it (PDF); nothing stays behind."""
    files, filled = _filled(run, form_id, pupil_id, household, school_id)
    assert files.folder is not None
    return as_pdf(run.google.drive, files.folder.file_id, filled)


def preview_doc(
    run: Run, form_id: str, pupil_id: str, *, household: str = "", school_id: str | None = None
) -> RemoteFile:
    """The form filled for one pupil's household, as a Doc in the school's folder that nobody else can open."""
    files, filled = _filled(run, form_id, pupil_id, household, school_id)
    assert files.folder is not None
    properties = known.properties(files.school_id, PREVIEW_KIND, source=form_id)
    name = f"Preview of your own form ({pupil_id})"
    return run.google.drive.create_document(name, files.folder.file_id, properties, filled)


def _filled(
    run: Run, form_id: str, pupil_id: str, household: str, school_id: str | None
) -> tuple[SchoolFiles, bytes]:
    files, form = _form(run, form_id, school_id)
    docx = run.google.drive.export_docx(form_id)
    _raise_problem(_own_form(form, docx).check)
    template = parse(docx, form_view("household"))
    school = survey_files(run, files).school
    told = household or next(iter(households_of(school, pupil_id)), "")
    reader = household_reader(school, pupil_id, told, run.today)
    if files.folder is None:
        raise Invalid(NO_FOLDER)
    return files, template.render(document_values(reader, wanted=template.tags))


def use_for_copies(run: Run, form_id: str, *, school_id: str | None = None) -> RemoteFile:
    """Make a copy's words those of the template Doc for parents' copies: its link stays, its old words stay among
    its versions in Drive. Three calls. Raises Invalid where a tag is wrong or nobody has confirmed the copy."""
    files, form = _form(run, form_id, school_id)
    if files.template is None:
        raise Invalid(NO_TEMPLATE)
    if form.properties.get(STATE) != CONFIRMED:
        raise Invalid("Nobody has confirmed the tags of this copy yet. Nothing was changed. Confirm them first.")
    docx = run.google.drive.export_docx(form_id)
    _raise_problem(_own_form(form, docx).check)
    return run.google.drive.update_document(files.template.file_id, files.template.name, {SOURCE: form_id}, docx)
