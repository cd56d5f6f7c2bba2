"""A council's form becomes the template of a school's copies, and is itself never written."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from googleapiclient.http import MediaIoBaseUpload
from town import Between, Killed, Killer, Town

from server import panel_forms
from server.plans import files as known
from server.plans.ports import DOCUMENT, RemoteFile
from server.plans.trouble import Invalid, NotVisible
from server.web.ports import FormAsk
from server.workflows import own_template, own_template_preview
from server.workflows.own_template import OwnForm
from server.workflows.run import Run
from sheets_templates.form_standing import change_tag

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = Path(__file__).parents[1] / "data" / "forms"


def media(form: str) -> MediaIoBaseUpload:
    return MediaIoBaseUpload(io.BytesIO((FORMS / f"fernshire_form_{form}.docx").read_bytes()), mimetype=DOCX)


def upload(town: Town, form: str, *, as_doc: bool = False) -> str:
    """Put a form into the school's Drive, as its owner would, as .docx or as a Doc."""
    body = {"name": f"Form {form}.docx", **({"mimeType": DOCUMENT} if as_doc else {})}
    made = town.app_drive().files().create(body=body, media_body=media(form), fields="id").execute()
    return str(made["id"])


def make(town: Town, file_id: str) -> OwnForm:
    with town.run() as run:
        return own_template.make_form(run, file_id)


def facts(town: Town, file_id: str) -> str:
    """What a person could see of any change of a file: its name, when it changed and its version."""
    return str(town.app_drive().files().get(fileId=file_id, fields="name,modifiedTime,version,parents").execute())


def of_kind(town: Town, kind: str) -> list[RemoteFile]:
    with town.run() as run:
        return [file for file in run.google.drive.list_files() if file.properties.get(known.KIND) == kind]


@pytest.mark.parametrize("as_doc", [False, True], ids=["docx", "Doc"])
def test_a_form_is_only_read_whatever_is_done_with_its_copy(school: Town, as_doc: bool) -> None:
    form = upload(school, "C", as_doc=as_doc)
    with school.run() as run:
        read = run.google.drive.export_docx if as_doc else run.google.drive.download
        before, as_it_was = facts(school, form), read(form)
        school.forget_calls()
        made = own_template.make_form(run, form).file
        assert (sum(school.calls().values()), school.writes()) == (4, 1)
        own_template.change_field(run, made.file_id, 1, "pupil.known_as", was="pupil.legal_name")
        own_template.confirm(run, made.file_id)
        own_template_preview.preview_doc(run, made.file_id, next(iter(school.files().copies))[0])
        own_template.use_for_copies(run, made.file_id)
        assert (facts(school, form), read(form)) == (before, as_it_was)
    assert [len(each.permissions or ()) for each in of_kind(school, own_template.FORM_KIND)] == [1]


def test_each_step_makes_no_more_calls_than_it_says(school: Town) -> None:
    made = make(school, upload(school, "C")).file.file_id
    pupil, _ = next(iter(school.files().copies))

    def counted(act: Callable[[Run], object]) -> tuple[int, int]:
        school.forget_calls()
        with school.run() as run:
            act(run)
        return sum(school.calls().values()), school.writes()

    assert counted(lambda run: own_template.read_own_form(run, made)) == (2, 0)
    assert counted(lambda run: own_template.change_field(run, made, 1, "pupil.known_as")) == (3, 1)
    assert counted(lambda run: own_template.confirm(run, made)) == (3, 1)
    assert counted(own_template_preview.pupils_to_see) == (2, 0)
    assert counted(lambda run: own_template_preview.preview_doc(run, made, pupil)) == (5, 1)
    assert counted(lambda run: own_template_preview.preview_doc(run, made, pupil)) == (6, 2)
    assert counted(lambda run: own_template_preview.preview(run, made, pupil)) == (7, 2)
    assert counted(lambda run: own_template.use_for_copies(run, made)) == (3, 1)


def test_a_second_tap_finds_the_copy_that_the_first_one_made(school: Town) -> None:
    form = upload(school, "C")
    first, second = make(school, form), make(school, form)
    assert first.file.file_id == second.file.file_id
    assert [each.file_id for each in of_kind(school, own_template.FORM_KIND)] == [first.file.file_id]


def test_two_taps_at_once_leave_one_copy(school: Town) -> None:
    form = upload(school, "C")
    other: list[OwnForm] = []
    between = Between(lambda: other.append(make(school, form)), nth=3)
    with school.run(between) as run:
        mine = own_template.make_form(run, form)
    assert mine.file.file_id == other[0].file.file_id
    assert len(of_kind(school, own_template.FORM_KIND)) == 1


def test_a_form_that_was_changed_since_gets_a_copy_of_its_own(school: Town) -> None:
    form = upload(school, "C")
    first = make(school, form)
    school.sandbox.workspace.clock.advance(60)
    school.app_drive().files().update(fileId=form, media_body=media("A")).execute()
    assert make(school, form).file.file_id != first.file.file_id


def test_a_run_that_dies_after_any_call_is_put_right_by_the_next(school: Town) -> None:
    form = upload(school, "C")
    pupil, _ = next(iter(school.files().copies))

    def whole(run: Run) -> None:
        made = own_template.make_form(run, form).file.file_id
        own_template.confirm(run, made)
        own_template_preview.preview_doc(run, made, pupil)
        own_template.use_for_copies(run, made)

    for nth in (2, 4, 8, 12):
        with suppress(Killed), school.run(Killer(nth=nth, after=True)) as run:
            whole(run)
    with school.run() as run:
        whole(run)
    assert len(of_kind(school, own_template.FORM_KIND)) == 1
    assert len(of_kind(school, own_template_preview.PREVIEW_KIND)) == 1
    assert [each.properties[known.SOURCE] for each in of_kind(school, known.TEMPLATE_KIND)] == [
        each.file_id for each in of_kind(school, own_template.FORM_KIND)
    ]


def test_a_second_tap_on_leave_it_empty_takes_out_no_other_tag(school: Town) -> None:
    made = make(school, upload(school, "C"))
    first = made.standing[0].tag
    with school.run() as run:
        found = own_template.change_field(run, made.file.file_id, 1, "", was=first)
        with pytest.raises(Invalid, match="no such tag"):
            own_template.change_field(run, made.file.file_id, 1, "", was=first)
        assert own_template.read_own_form(run, made.file.file_id).standing == found.standing


def test_a_copy_that_was_edited_since_somebody_confirmed_it_is_confirmed_again(school: Town) -> None:
    made = make(school, upload(school, "C")).file.file_id
    with school.run() as run:
        assert own_template.confirm(run, made).is_confirmed
        docx = change_tag(run.google.drive.export_docx(made), 1, "pupil.known_as")
    upload_over = MediaIoBaseUpload(io.BytesIO(docx), mimetype=DOCX)
    school.app_drive().files().update(fileId=made, media_body=upload_over).execute()
    with school.run() as run:
        assert not own_template.read_own_form(run, made).is_confirmed
        with pytest.raises(Invalid, match="confirmed"):
            own_template.use_for_copies(run, made)


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
        assert own_template_preview.preview(run, made.file.file_id, pupil).startswith(b"%PDF")
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


def test_the_panel_shows_a_copy_changes_it_and_keeps_one_private_preview(school: Town) -> None:
    made = make(school, upload(school, "C")).file.file_id
    pupil, _ = next(iter(school.files().copies))
    with school.run() as run:
        view = panel_forms.view_of(panel_forms.do(run, FormAsk(form_id=made)))
        assert (view.tags[0].said, view.tags[0].tag, view.tags[0].confidence) == ("Name", "pupil.legal_name", "Sure")
        assert "Supported by" in view.left
        assert pupil in {each for each, _ in panel_forms.pupils(run)}
        ask = FormAsk(do="change", form_id=made, number=1, tag="pupil.class_form", was="pupil.legal_name")
        assert panel_forms.view_of(panel_forms.do(run, ask)).tags[0].confidence == panel_forms.BY_HAND
        panel_forms.previewed(run, made, pupil)
        panel_forms.previewed(run, made, pupil)
    previews = of_kind(school, own_template_preview.PREVIEW_KIND)
    assert [len(file.permissions or ()) for file in previews] == [1]
