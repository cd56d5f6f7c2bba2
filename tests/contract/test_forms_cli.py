"""The commands about a school's own form: what is recognised, the copy, and the check of its tags."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from server.cli import main

FORM = Path(__file__).parents[1] / "data" / "forms" / "fernshire_form_C.docx"


def test_recognise_tells_each_label_its_field_and_what_is_left() -> None:
    done = CliRunner().invoke(main, ["templates", "recognise", str(FORM), "--json"])
    told = json.loads(done.output)
    assert done.exit_code == 0
    assert {"label": "Name", "field": "pupil.legal_name"}.items() <= told["labels"][0].items()
    assert all(each["reason"] for each in told["left"])


def test_the_copy_passes_the_check_and_the_form_stays_as_it_was(tmp_path: Path) -> None:
    before = FORM.read_bytes()
    copy = tmp_path / "copy.docx"
    assert CliRunner().invoke(main, ["templates", "recognise", str(FORM), "--copy", str(copy)]).exit_code == 0
    assert FORM.read_bytes() == before
    checked = CliRunner().invoke(main, ["templates", "check", str(copy)])
    assert checked.exit_code == 0
    assert "Every tag is good." in checked.output


def test_the_copy_never_takes_the_place_of_the_form(tmp_path: Path) -> None:
    form = tmp_path / "form.docx"
    form.write_bytes(FORM.read_bytes())
    done = CliRunner().invoke(main, ["templates", "recognise", str(form), "--copy", str(form)])
    assert done.exit_code == 1
    assert "replace the form" in done.output
    assert form.read_bytes() == FORM.read_bytes()


def test_a_file_that_is_no_document_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"not a document")
    done = CliRunner().invoke(main, ["templates", "recognise", str(broken)])
    assert done.exit_code == 1
    assert "not a Word document" in done.output
    assert CliRunner().invoke(main, ["templates", "check", str(broken)]).exit_code == 1
