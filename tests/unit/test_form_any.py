"""Any form: the same labels however they are typed, and no file that breaks or fools the reader."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx_making import doc_of, saved, with_part
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_templates.document_problem import TemplateRefused
from sheets_templates.form_propose import recognise
from sheets_templates.form_tagging import tag_copy

KNOWN = {
    "Date of birth": "pupil.dob",
    "Preferred name": "pupil.known_as",
    "Home language": "pupil.language",
    "Date of next review": "plan.review_date",
    "Views of parents": "sen_support_plan.parent_views",
}
TYPED = st.sampled_from([str.upper, str.lower, str.title, str])
ENDED = st.sampled_from(["", ":", " :", "::", " ", "\u00a0:"])
SPACED = st.sampled_from([" ", "  ", "\u00a0"])


@settings(max_examples=40, deadline=None)
@given(st.permutations(sorted(KNOWN)), st.data())
def test_case_colons_spaces_and_order_change_no_proposal(labels: list[str], data: st.DataObject) -> None:
    typed = [data.draw(TYPED)(label).replace(" ", data.draw(SPACED)) + data.draw(ENDED) for label in labels]
    found = recognise(doc_of(("Title", "Our form"), [[label, ""] for label in typed])).proposals
    assert [each.field for each in found] == [KNOWN[label] for label in labels]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text(max_size=40), min_size=2, max_size=2), min_size=1, max_size=4), st.text(max_size=80))
def test_any_words_make_a_form_that_is_read_and_copied(rows: list[list[str]], line: str) -> None:
    document = Document()
    try:
        document.add_paragraph(line)
        table = document.add_table(len(rows), 2)
        for number, row in enumerate(rows):
            table.cell(number, 0).text, table.cell(number, 1).text = row
    except ValueError:
        return
    docx = saved(document)
    copy = tag_copy(docx)
    assert len(copy.placed) + len(copy.left) >= 0
    assert recognise(docx).proposals == () or copy.docx != docx


def test_the_form_itself_is_not_touched() -> None:
    docx = doc_of([["Name", ""]])
    kept = bytes(docx)
    tag_copy(docx)
    assert docx == kept


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * 60_000_000)
    return out.getvalue()


def entities(xml: str) -> str:
    return '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + xml.partition("?>")[2]


def remote(xml: str) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = f'<Relationship Id="rX" Type="{kind}" Target="https://example.org/x.png" TargetMode="External"/>'
    return xml.replace("</Relationships>", f"{link}</Relationships>")


def thousand_pages(xml: str) -> str:
    return xml.replace("<w:sectPr", "<w:p><w:r><w:t>Name:</w:t></w:r></w:p>" * 20_000 + "<w:sectPr", 1)


HOSTILE = {
    "zip bomb": bomb(),
    "not a document": b"PK not really",
    "external entity": with_part(doc_of(("Normal", "Name:")), "word/document.xml", entities),
    "remote picture": with_part(doc_of(("Normal", "Name:")), "word/_rels/document.xml.rels", remote),
    "macros": with_part(doc_of(("Normal", "Name:")), "word/vbaProject.bin", b"x"),
    "a thousand pages": with_part(doc_of(("Normal", "Name:")), "word/document.xml", thousand_pages),
}


@pytest.mark.parametrize("docx", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_form_is_refused_with_a_reason(docx: bytes) -> None:
    with pytest.raises(TemplateRefused) as refused:
        recognise(docx)
    assert refused.value.problems[0].message.endswith((".", "again."))


def fields_of(*blocks: tuple[str, str] | list[list[str]]) -> list[str]:
    return [each.field for each in recognise(doc_of(*blocks)).proposals]


def test_name_means_what_the_heading_over_its_table_is_about() -> None:
    list_of = [["Name", "Role"], ["", ""], ["", ""]]
    assert fields_of(("Heading 1", "Professionals involved"), list_of)[0] == "pupil.other_pros[].name"
    assert fields_of(("Heading 1", "Who was at the meeting"), list_of)[0] == "review.present[].name"
    assert fields_of(("Heading 1", "My trusted adults"), list_of)[0] == "relational_plan.trusted[].name"


def test_both_languages_of_a_label_lead_to_its_field() -> None:
    assert fields_of([["Dyddiad geni\nDate of birth", ""], ["Ysgol / School", ""]]) == ["pupil.dob", "pupil.setting"]


def test_the_rows_of_a_grid_of_parents_are_its_fields() -> None:
    grid = [["Parents / carers", "Parent 1", "Parent 2"], ["Name", "", ""], ["Phone", "", ""], ["Email", "", ""]]
    assert [field for field in fields_of(grid) if field] == ["contact[].name", "contact[].phone", "contact[].email"]


def test_a_date_beside_a_signature_is_that_signatures() -> None:
    found = fields_of(("Normal", "Parent/carer signature ____________ Date ________"))
    assert found == ["sen_support_plan.parent_consulted", "sen_support_plan.parent_consulted.date"]


def test_merge_marks_and_placeholders_are_places_to_fill_in() -> None:
    assert fields_of(("Normal", "Name: [FIRSTNAME] [SURNAME]   DOB: [DOB]")) == ["pupil.legal_name", "pupil.dob"]
    assert fields_of(("Heading 2", "What I find tricky"), ("Normal", "[type here]")) == ["sen_support_plan.needs"]


def test_a_label_nobody_knows_is_said_to_be_unknown() -> None:
    (found,) = recognise(doc_of([["Colour of bicycle helmet", ""]])).proposals
    assert found.field == ""


def test_headings_instructions_and_stories_are_no_labels() -> None:
    story = "He began at our school in Reception. He likes trains, and he reads every day with his sister."
    assert fields_of(("Title", "Support plan"), ("Heading 1", "Section 1"), ("Normal", story)) == []
    assert fields_of(("Normal", "Please complete every part of this form.")) == []
