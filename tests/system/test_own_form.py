"""A council's form becomes the template of a school's copies, and is itself never written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from googleapiclient.http import MediaIoBaseUpload
from town import Town

from server import panel_forms
from server.plans import files as known
from server.plans.ports import DOCUMENT
from server.plans.trouble import Invalid, NotVisible
from server.web.ports import FormAsk
from server.workflows import own_template
from server.workflows.own_template import MadeForm

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = Path(__file__).parents[1] / "data" / "forms"


def upload(town: Town, form: str, *, as_doc: bool = False) -> str:
    """Put a form into the school's Drive, as its owner would, as .docx or as a Doc."""
    media = MediaIoBaseUpload(io.BytesIO((FORMS / f"fernshire_form_{form}.docx").read_bytes()), mimetype=DOCX)
    body = {"name": f"Form {form}.docx", **({"mimeType": DOCUMENT} if as_doc else {})}
    made = town.app_drive().files().create(body=body, media_body=media, fields="id").execute()
    return str(made["id"])


def make(town: Town, file_id: str) -> MadeForm:
    with town.run() as run:
        return own_template.make_form(run, file_id)


def modified(town: Town, file_id: str) -> str:
    return str(town.app_drive().files().get(fileId=file_id, fields="modifiedTime,version").execute())


@pytest.mark.parametrize("as_doc", [False, True], ids=["docx", "Doc"])
def test_a_tagged_copy_is_made_in_three_calls_and_the_form_is_not_written(school: Town, as_doc: bool) -> None:
    form = upload(school, "C", as_doc=as_doc)
    before = modified(school, form)
    school.forget_calls()
    made = make(school, form)
    assert sum(school.calls().values()) == 3
    assert school.writes() == 1
    assert modified(school, form) == before
    assert made.file.properties[own_template.SOURCE] == form
    assert "{{ pupil.dob }}" in school.read_as(school.senco, made.file.file_id)


def test_a_tag_is_changed_in_the_copy_in_three_calls(school: Town) -> None:
    made = make(school, upload(school, "C"))
    school.forget_calls()
    with school.run() as run:
        own_template.change_field(run, made.file.file_id, 1, "pupil.known_as")
    assert sum(school.calls().values()) == 3
    with school.run() as run:
        found = own_template.read_own_form(run, made.file.file_id)
    assert found.standing[0].tag == "pupil.known_as"
    assert not found.is_confirmed


def test_a_staff_only_field_can_not_be_chosen_for_parents(school: Town) -> None:
    made = make(school, upload(school, "C"))
    with school.run() as run, pytest.raises(Invalid, match="no such tag"):
        own_template.change_field(run, made.file.file_id, 1, "review.staff_note")


def test_a_confirmed_copy_becomes_the_template_and_reaches_every_household(school: Town) -> None:
    made = make(school, upload(school, "C"))
    with school.run() as run:
        with pytest.raises(Invalid, match="confirmed"):
            own_template.use_for_copies(run, made.file.file_id)
        assert own_template.confirm(run, made.file.file_id).is_confirmed
        own_template.use_for_copies(run, made.file.file_id)
    assert not school.play().problems
    pupil, household = next(iter(school.files().copies))
    text = school.text(pupil, household.removeprefix(f"{pupil}-"))
    assert "INDIVIDUAL EDUCATION PLAN" in text
    assert "{{" not in text
    school.forget_calls()
    school.play()
    assert school.writes() == 0


def test_a_preview_shows_a_real_pupil_and_leaves_nothing_behind(school: Town) -> None:
    made = make(school, upload(school, "C"))
    pupil, _ = next(iter(school.files().copies))
    before = {file.file_id for file in school.files().every_copy}
    with school.run() as run:
        assert own_template.preview(run, made.file.file_id, pupil).startswith(b"%PDF")
    assert {file.file_id for file in school.files().every_copy} == before


def test_a_file_that_can_not_be_opened_or_is_no_form_makes_nothing(school: Town) -> None:
    workbook = school.workbook("plan")
    school.forget_calls()
    with school.run() as run:
        with pytest.raises(NotVisible):
            own_template.make_form(run, "no-such-file")
        with pytest.raises(Invalid, match="no Google Doc"):
            own_template.make_form(run, workbook)
        with pytest.raises(NotVisible):
            own_template.confirm(run, workbook)
    assert school.writes() == 0


def test_the_panel_shows_a_copy_changes_it_and_makes_a_private_preview(school: Town) -> None:
    made = make(school, upload(school, "C")).file.file_id
    pupil, _ = next(iter(school.files().copies))
    with school.run() as run:
        view = panel_forms.view_of(panel_forms.do(run, FormAsk(form_id=made)), panel_forms.school_of(run))
        assert (view.tags[0].said, view.tags[0].tag, view.tags[0].confidence) == ("Name", "pupil.legal_name", "Sure")
        assert "Supported by" in view.left
        assert pupil in {each for each, _ in view.pupils}
        changed = panel_forms.do(run, FormAsk(do="change", form_id=made, number=1, tag=""))
        assert changed.standing[0].tag != "pupil.legal_name"
        panel_forms.previewed(run, made, pupil)
        previews = [f for f in run.google.drive.list_files() if f.properties.get(known.KIND) == "form-preview"]
    assert [len(file.permissions or ()) for file in previews] == [1]
