"""The tags of a template are found wherever people put them, and what is wrong with each is said where it stands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx_making import parts_of, saved, with_part, zipped

from sheets_templates.document_problem import TemplateRefused
from sheets_templates.form_check import check_tags
from sheets_templates.form_tagging import tag_copy

BODY = "word/document.xml"
BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
    "<w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def split_over_runs(document: DocxDocument, tag: str) -> None:
    paragraph = document.add_paragraph()
    for at in range(0, len(tag), 5):
        paragraph.add_run(tag[at : at + 5]).bold = bool(at % 2)


def in_header(document: DocxDocument, tag: str) -> None:
    document.sections[0].header.paragraphs[0].text = tag


def in_footer(document: DocxDocument, tag: str) -> None:
    document.sections[0].footer.paragraphs[0].text = tag


def in_cell_of_cell(document: DocxDocument, tag: str) -> None:
    document.add_table(1, 1).cell(0, 0).add_table(1, 1).cell(0, 0).text = tag


def in_later_section(document: DocxDocument, tag: str) -> None:
    header = document.add_section().header
    header.is_linked_to_previous = False
    header.paragraphs[0].text = tag


PLACES = [split_over_runs, in_header, in_footer, in_cell_of_cell, in_later_section]


def with_tag(put: Callable[[DocxDocument, str], None], tag: str) -> bytes:
    document = Document()
    document.add_paragraph("Our plan")
    put(document, tag)
    return saved(document)


@pytest.mark.parametrize("put", PLACES, ids=lambda put: put.__name__)
def test_a_tag_is_found_wherever_it_stands(put: Callable[[DocxDocument, str], None]) -> None:
    checked = check_tags(with_tag(put, "{{ pupil.legal_name }}"))
    assert checked.is_good
    assert checked.tags == {"pupil.legal_name"}


@pytest.mark.parametrize("put", PLACES, ids=lambda put: put.__name__)
def test_a_leak_is_found_wherever_it_stands(put: Callable[[DocxDocument, str], None]) -> None:
    (problem,) = check_tags(with_tag(put, "{{ review.staff_note }}")).problems
    assert "staff only" in problem.message


def inside(words: str) -> bytes:
    """A paragraph with these words as its own XML."""
    docx = with_tag(lambda document, tag: document.add_paragraph(tag) and None, "HERE")
    return with_part(docx, BODY, lambda xml: xml.replace("<w:r><w:t>HERE</w:t></w:r>", words))


def test_a_tag_in_a_text_box_is_checked_too() -> None:
    assert check_tags(inside(BOX.format("{{ pupil.dob }}"))).tags == {"pupil.dob"}
    assert not check_tags(inside(BOX.format("{{ review.staff_note }}"))).is_good


def test_a_tag_as_the_words_of_a_link_is_checked_and_one_in_its_address_refused() -> None:
    link = '<w:hyperlink w:anchor="{}"><w:r><w:t>{}</w:t></w:r></w:hyperlink>'
    assert check_tags(inside(link.format("top", "{{ pupil.dob }}"))).tags == {"pupil.dob"}
    (problem,) = check_tags(inside(link.format("{{ pupil.dob }}", "here"))).problems
    assert "plain text" in problem.message


def test_a_tag_in_a_comment_is_nobodys_and_stops_nothing() -> None:
    docx = with_tag(in_header, "{{ pupil.dob }}")
    note = '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0">'
    note += "<w:p><w:r><w:t>{{ review.staff_note }}</w:t></w:r></w:p></w:comment></w:comments>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    named = f'<Override PartName="/word/comments.xml" ContentType="{kind}"/></Types>'
    docx = with_part(with_part(docx, "word/comments.xml", note.encode()), "[Content_Types].xml", _ending(named))
    checked = check_tags(docx)
    assert checked.is_good
    assert checked.tags == {"pupil.dob"}


def test_a_tag_in_a_footnote_is_checked() -> None:
    docx = with_tag(in_header, "{{ pupil.dob }}")
    note = '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">'
    note += "<w:p><w:r><w:t>{{ review.staff_note }}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    named = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    docx = with_part(with_part(docx, "word/footnotes.xml", note.encode()), "[Content_Types].xml", _ending(named))
    (problem,) = check_tags(docx).problems
    assert "staff only" in problem.message


def _ending(named: str) -> Callable[[str], str]:
    return lambda xml: xml.replace("</Types>", named)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("{{ Pupil.DOB }}", "pupil.dob"),
        ("{{ pupil.legal_nam }}", "pupil.legal_name"),
        ("{{ pupil.legal_name_frist }}", "pupil.legal_name_first"),
        ("{{ outcome.targets }}", "outcome.target"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_the_tag_it_was_meant_for(typed: str, meant: str) -> None:
    (problem,) = check_tags(with_tag(in_header, typed)).problems
    assert f"Did you mean {{{{ {meant} }}}}?" in problem.message
    assert "header" in problem.place


def test_a_list_in_a_row_under_a_heading_of_another_list_is_good_and_two_lists_in_a_row_are_not() -> None:
    document = Document()
    document.add_heading("Outcome {{ outcome.number }}", 2)
    document.add_table(1, 2).rows[0].cells[0].text = "{{ provision.what }}"
    assert check_tags(saved(document)).is_good
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "{{ provision.what }}", "{{ review_actions.text }}"
    (problem,) = check_tags(saved(document)).problems
    assert "two lists" in problem.message


def test_parts_and_lines_of_a_field_count_as_the_field_where_all_of_it_is_shown() -> None:
    def missing(*tags: str) -> tuple[str, ...]:
        document = Document()
        document.add_paragraph(" ".join(tags))
        return check_tags(saved(document), template="sen_support_plan").missing

    assert "Legal name" not in missing("{{ pupil.legal_name_first }}", "{{ pupil.legal_name_last }}")
    assert "Legal name" in missing("{{ pupil.legal_name_first }}")


def nested(depth: int) -> bytes:
    opened, closed = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    xml = opened * depth + closed * depth
    parts = parts_of(with_tag(in_header, "x"))
    body = parts[BODY].decode().replace("<w:body>", f"<w:body>{xml}", 1)
    return zipped({**parts, BODY: body.encode()})


@pytest.mark.parametrize("depth", [20, 120, 3_000])
def test_tables_in_tables_without_end_are_read_or_refused_with_a_reason(depth: int) -> None:
    with suppress(TemplateRefused):
        assert tag_copy(nested(depth)).placed == ()
    assert all(problem.message.endswith((".", "again.")) for problem in check_tags(nested(depth)).problems)
