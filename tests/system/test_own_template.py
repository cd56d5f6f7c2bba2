"""A school's own template Doc: any field of any template may stand in it, for each household what is theirs."""

from __future__ import annotations

import io

import pytest
from docx import Document
from googleapiclient.http import MediaIoBaseUpload
from town import Town

from server.plans.trouble import Invalid

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OWN = (
    "Our council’s form for {{ pupil.legal_name }}",
    "Born: {{ pupil.dob }}",
    "What we like: {{ one_page_profile.admire }}",
    "Checked: {{ one_page_profile.updated }}",
)


def use_template(town: Town, *lines: str) -> None:
    """Put these lines in place of the template Doc's own, as a SENCO would who pastes a council's form."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    template = town.files().template
    assert template is not None
    media = MediaIoBaseUpload(io.BytesIO(out.getvalue()), mimetype=DOCX)
    town.app_drive().files().update(fileId=template.file_id, media_body=media).execute()


def test_a_schools_own_form_shows_the_fields_it_asks_for(school: Town) -> None:
    use_template(school, *OWN)
    assert not school.play().problems
    pupil, household = next(iter(school.files().copies))
    text = school.text(pupil, household.removeprefix(f"{pupil}-"))
    assert "Our council’s form for" in text
    assert "Born: " in text
    assert "{{" not in text
    assert "Not yet agreed" not in text.split("What we like: ")[1].splitlines()[0]


def test_a_second_run_with_an_own_form_reads_no_template_and_writes_nothing(school: Town) -> None:
    use_template(school, *OWN)
    school.play()
    school.forget_calls()
    school.play()
    assert school.writes() == 0
    assert school.calls()["drive.files.export"] == 0


def test_a_cell_that_only_the_own_form_shows_reaches_the_copies(school: Town) -> None:
    use_template(school, *OWN)
    school.play()
    pupil, household = next(iter(school.files().copies))
    school.edit("Profiles", "admire", f"PF-{pupil}", "Kind to everyone at the bus stop")
    school.play()
    assert "Kind to everyone at the bus stop" in school.text(pupil, household.removeprefix(f"{pupil}-"))


def test_a_form_that_asks_for_a_staff_only_field_changes_no_copy_and_says_where(school: Town) -> None:
    before = {key: [file.modified for file in found] for key, found in school.files().copies.items()}
    use_template(school, "Staff note: {{ review.staff_note }}")
    with pytest.raises(Invalid, match="staff_note"):
        school.play()
    assert {key: [file.modified for file in found] for key, found in school.files().copies.items()} == before
