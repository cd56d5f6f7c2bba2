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
