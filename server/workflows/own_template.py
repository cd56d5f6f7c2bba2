"""A school's own form as a template: a tagged copy beside the plans, checked, seen with a pupil, and put to use.

The form itself is only ever read. The copy keeps what was decided: its tags are the proposals."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from server.plans import files as known
from server.plans.files import SchoolFiles
from server.plans.ports import DOCUMENT, RemoteFile
from server.plans.trouble import Invalid, NotVisible
from server.workflows.run import Run
from server.workflows.survey import choose_school
from sheets_templates.document_problem import TemplateRefused
from sheets_templates.form_check import TagCheck, check_tags
from sheets_templates.form_propose import recognise
from sheets_templates.form_standing import Standing, change_tag, standing_tags
from sheets_templates.form_sureness import tag_scores
from sheets_templates.form_tagging import tag_copy
from sheets_templates.record_tags import record_view

FORM_KIND = "form"
SOURCE_AT, STATE = "senplans_source_at", "senplans_state"
PROPOSED, CONFIRMED = "proposed", "confirmed"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

NO_FORM = "That form can't be opened by this account. Nothing was made. Open it to SEN Plans, then try again."
NO_COPY = "There is no such copy of a form among this school's files. Nothing was changed."
WRONG_KIND = "That file is no Google Doc and no Word document (.docx). Nothing was made. Save it as .docx first."
NO_FOLDER = "The school's folder is missing. Nothing was made. Run the set-up again to make it."
NO_TEMPLATE = "The template Doc for parents' copies is missing. Nothing was changed. Run the set-up again to make it."
NO_TAG = "There is no such tag in the copy any more. Nothing was changed. Look at the list again."
NOT_CONFIRMED = (
    "Nobody has confirmed the tags of this copy as they stand now. Nothing was changed. "
    "Look at them, then confirm them."
)
NOT_A_TAG = "Parents' documents have no such tag. Nothing was changed. Choose one from the list."


@dataclass(frozen=True, kw_only=True)
class OwnForm:
    """A tagged copy as it stands: the Doc, its tags in reading order, how sure each is (see ``tag_scores``), what is
    wrong with them, and the labels that still have an empty place (``left``)."""

    file: RemoteFile
    standing: tuple[Standing, ...]
    scores: tuple[float | None, ...]
    check: TagCheck
    left: tuple[str, ...] = ()

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody has looked at these very tags."""
        return self.file.properties.get(STATE) == _confirmation(self.standing)


def forms_of(files: tuple[RemoteFile, ...], school_id: str) -> tuple[RemoteFile, ...]:
    """The tagged copies of a school's forms, newest first."""
    own = [f for f in files if f.owned_by_me and f.properties.get(known.SCHOOL) == school_id]
    forms = [file for file in own if file.properties.get(known.KIND) == FORM_KIND]
    return tuple(sorted(forms, key=lambda file: (file.created, file.file_id), reverse=True))


def make_form(run: Run, file_id: str, *, school_id: str | None = None) -> OwnForm:
    """The tagged copy of a form in the school's folder, made once for each version of the form. The form is read and
    not written. Four calls, five where the form is not among the files this app made.

    Raises NotVisible where it can't be opened, Invalid, with the reason, where it is no form we can read."""
    drive = run.google.drive
    every = drive.list_files()
    files = choose_school(every, school_id)
    source = next((f for f in every if f.file_id == file_id), None) or drive.find(file_id)
    if source is None:
        raise NotVisible(NO_FORM)
    if files.folder is None:
        raise Invalid(NO_FOLDER)
    if before := _copy_of(source, every, files.school_id):
        return _own_form(before, drive.export_docx(before.file_id))
    docx = _tagged(_docx_of(run, source))
    facts = known.properties(files.school_id, FORM_KIND, source=file_id, source_at=source.modified, state=PROPOSED)
    made = drive.create_document(
        f"{source.name.removesuffix('.docx')} – with tags", files.folder.file_id, facts, docx
    )
    first = _copy_of(source, drive.list_files(), files.school_id) or made
    if first.file_id != made.file_id:
        drive.trash(made.file_id)
    return _own_form(first, docx)


def _copy_of(source: RemoteFile, every: tuple[RemoteFile, ...], school_id: str) -> RemoteFile | None:
    """The copy of this version of a form, the oldest where a second tap made another."""
    version = {known.SOURCE: source.file_id, SOURCE_AT: source.modified}
    made = [form for form in forms_of(every, school_id) if version.items() <= form.properties.items()]
    return made[-1] if made else None


def _docx_of(run: Run, source: RemoteFile) -> bytes:
    if source.mime_type == DOCUMENT:
        return run.google.drive.export_docx(source.file_id)
    if source.mime_type == _DOCX or source.name.lower().endswith(".docx"):
        return run.google.drive.download(source.file_id)
    raise Invalid(WRONG_KIND)


def _tagged(docx: bytes) -> bytes:
    try:
        return tag_copy(docx).docx
    except TemplateRefused as refused:
        raise Invalid(refused.problems[0].message, place=refused.problems[0].place) from refused


def read_own_form(run: Run, form_id: str, *, school_id: str | None = None) -> OwnForm:
    """A tagged copy as it stands now, however people have edited it. Two calls."""
    _, form = find_form(run, form_id, school_id)
    return _own_form(form, run.google.drive.export_docx(form_id))


def find_form(run: Run, form_id: str, school_id: str | None) -> tuple[SchoolFiles, RemoteFile]:
    """The school's files and one of its tagged copies. One call. Raises NotVisible where there is none."""
    return form_among(run.google.drive.list_files(), form_id, school_id)


def form_among(every: tuple[RemoteFile, ...], form_id: str, school_id: str | None) -> tuple[SchoolFiles, RemoteFile]:
    """The same, among files that are already listed."""
    files = choose_school(every, school_id)
    form = next((file for file in forms_of(every, files.school_id) if file.file_id == form_id), None)
    if form is None:
        raise NotVisible(NO_COPY)
    return files, form


def _own_form(form: RemoteFile, docx: bytes) -> OwnForm:
    try:
        left = tuple(dict.fromkeys(each.label for each in recognise(docx).proposals))
        standing, scores = standing_tags(docx), tag_scores(docx)
        return OwnForm(file=form, standing=standing, scores=scores, check=check_tags(docx), left=left)
    except TemplateRefused as refused:
        raise Invalid(refused.problems[0].message, place=refused.problems[0].place) from refused


def _confirmation(standing: tuple[Standing, ...]) -> str:
    """The mark of a person's word for these tags: another tag, or one elsewhere, has another mark."""
    told = "\n".join(f"{each.said}: {each.tag}" for each in standing)
    return f"{CONFIRMED} {hashlib.sha256(told.encode()).hexdigest()[:16]}"


def change_field(
    run: Run, form_id: str, number: int, tag: str, *, was: str | None = None, school_id: str | None = None
) -> OwnForm:
    """The copy with one of its tags changed, or taken out where ``tag`` is "". Three calls.

    Raises Invalid where there is no such tag, or it is no longer ``was``: the copy was edited, or tapped twice."""
    if tag and tag not in record_view("household").tags:
        raise Invalid(NOT_A_TAG, place=tag)
    _, form = find_form(run, form_id, school_id)
    before = run.google.drive.export_docx(form_id)
    if was is not None and was not in [each.tag for each in standing_tags(before) if each.number == number]:
        raise Invalid(NO_TAG)
    try:
        docx = change_tag(before, number, tag)
    except LookupError as gone:
        raise Invalid(NO_TAG) from gone
    changed = run.google.drive.update_document(form_id, form.name, {STATE: PROPOSED}, docx)
    return _own_form(changed, docx)


def confirm(run: Run, form_id: str, *, school_id: str | None = None) -> OwnForm:
    """Say that somebody has looked at every tag. Raises Invalid where a tag is wrong. Three calls."""
    found = read_own_form(run, form_id, school_id=school_id)
    raise_problem(found.check)
    state = {STATE: _confirmation(found.standing)}
    return replace(found, file=run.google.drive.rename(form_id, found.file.name, state))


def raise_problem(check: TagCheck) -> None:
    if check.problems:
        raise Invalid(check.problems[0].message, place=check.problems[0].place)


def use_for_copies(run: Run, form_id: str, *, school_id: str | None = None) -> RemoteFile:
    """Make a copy's words those of the template Doc for parents' copies: its link stays, its old words stay among
    its versions in Drive. Three calls. Raises Invalid where a tag is wrong or nobody has confirmed the copy."""
    files, form = find_form(run, form_id, school_id)
    if files.template is None:
        raise Invalid(NO_TEMPLATE)
    docx = run.google.drive.export_docx(form_id)
    found = _own_form(form, docx)
    raise_problem(found.check)
    if not found.is_confirmed:
        raise Invalid(NOT_CONFIRMED)
    return run.google.drive.update_document(
        files.template.file_id, files.template.name, {known.SOURCE: form_id}, docx
    )
