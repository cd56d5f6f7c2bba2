"""A tagged copy of a form: every field in its place, nothing that a template refuses, the form itself untouched."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocxDocument

from sheets_templates.document import check, parse
from sheets_templates.form_check import check_tags
from sheets_templates.form_propose import recognise
from sheets_templates.form_tagging import TaggedCopy, place_of, tag_copy
from sheets_templates.form_tags import is_staff_only, tag_of
from sheets_templates.record_tags import Readers, record_view

FORMS = sorted((Path(__file__).parents[1] / "data" / "forms").glob("*_form_*.docx"))


@cache
def copy_of(path: Path, readers: Readers = "household") -> TaggedCopy:
    return tag_copy(path.read_bytes(), readers=readers)


def table(document: DocxDocument, *rows: tuple[str, ...]) -> None:
    made = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            made.cell(number, column).text = words


def docx_of(document: DocxDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def words(docx: bytes) -> list[str]:
    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


@pytest.mark.parametrize("readers", ["household", "staff"])
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_copy_is_a_template_without_a_problem_that_can_be_filled(path: Path, readers: Readers) -> None:
    copy = copy_of(path, readers)
    view = record_view(readers)
    assert check(copy.docx, view) == ()
    rows = [{"number": "1", "target": "Read a page", "provision": [{"what": "Daily reading"}]}]
    filled = parse(copy.docx, view).render(
        {"pupil": {"legal_name": "Ada Test", "legal_name_last": "Test"}, "outcomes": rows}
    )
    assert any("Test" in text for text in words(filled))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_label_is_either_placed_or_left_with_a_reason(path: Path) -> None:
    copy = copy_of(path)
    told = {each.where for each in (*copy.placed, *copy.left)}
    assert {each.spot.where for each in recognise(path.read_bytes()).proposals if each.instance < 2} <= told
    assert all(each.reason for each in copy.left)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_no_parents_copy_holds_a_tag_for_staff(path: Path) -> None:
    tags = {each.tag for each in copy_of(path).placed}
    assert not [tag for tag in tags if tag not in record_view("household").tags]


def test_answers_go_after_colons_on_dots_into_boxes_and_one_row_is_left_of_a_list() -> None:
    form = Document()
    form.add_paragraph("Name: ____________\tDate of birth …………………")
    form.add_paragraph("SEN status: ☐ SEN Support ☐ EHC plan")
    table(form, ("Class", ""), ("Year group", ""))
    form.add_paragraph("Plan")
    table(form, ("Target", "What will we do?", "By whom"), ("1", "", ""), ("", "", ""), ("", "", ""))
    copy = words(tag_copy(docx_of(form)).docx)
    assert "Name: {{ pupil.legal_name }}\tDate of birth {{ pupil.dob }}" in copy
    assert "SEN status: {{ pupil.sen_status }}" in copy
    assert "{{ pupil.class_form }}" in copy
    assert copy.count("{{ provision.what }}") == 1
    assert len(Document(io.BytesIO(tag_copy(docx_of(form)).docx)).tables[1].rows) == 2


def test_outcome_cards_become_one_card_that_repeats() -> None:
    form = Document()
    for number in (1, 2, 3):
        table(form, (f"Outcome {number}", ""), ("Success criteria", ""), ("By when", ""))
        form.add_paragraph("")
    copy = tag_copy(docx_of(form)).docx
    assert len(Document(io.BytesIO(copy)).tables) == 1
    filled = parse(copy, record_view("household")).render(
        {"outcomes": [{"number": "1", "outcome": "Reads"}, {"outcome": "Swims"}]}
    )
    assert [text for text in words(filled) if text in ("Reads", "Swims")] == ["Reads", "Swims"]


def test_a_person_may_change_a_field_or_take_it_away() -> None:
    form = Document()
    table(form, ("Name", ""), ("Class", ""))
    docx = docx_of(form)
    name, group = recognise(docx).proposals
    copy = tag_copy(docx, {place_of(name): "pupil.known_as", place_of(group): ""})
    assert [each.tag for each in copy.placed] == ["pupil.known_as"]
    assert [each.label for each in copy.left] == ["Class"]


def test_the_check_names_unknown_tags_leaks_and_lists_out_of_place() -> None:
    form = Document()
    form.add_paragraph("{{ pupil.legal_nam }}")
    form.add_paragraph("{{ review.staff_note }}")
    form.add_paragraph("{{ outcome.target }}")
    found = [problem.message for problem in check_tags(docx_of(form)).problems]
    assert "pupil.legal_name" in found[0]
    assert "staff only" in found[1]
    assert "several" in found[2]


def test_the_check_says_which_mandatory_fields_are_missing() -> None:
    form = Document()
    form.add_paragraph("{{ sen_support_plan.strengths }} {{ pupil.legal_name }}")
    checked = check_tags(docx_of(form))
    assert checked.is_good
    assert checked.template == "sen_support_plan"
    assert checked.missing


def test_a_part_has_its_own_tag_or_leads_to_the_whole_and_staff_fields_have_none() -> None:
    name, area = tag_of("pupil.legal_name.first", "household"), tag_of("eyfs_plan.eyfs_areas[].area", "household")
    assert name is not None
    assert area is not None
    assert (name.path, name.shared) == ("pupil.legal_name_first", False)
    assert (area.path, area.shared, area.keyed) == ("eyfs_plan.eyfs_areas", True, True)
    assert tag_of("review.staff_note", "household") is None
    assert is_staff_only("review.staff_note")
    assert tag_of("no.such", "staff") is None
