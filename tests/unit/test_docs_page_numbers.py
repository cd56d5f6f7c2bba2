"""A page number in a Doc's footer is a number that changes, wherever it is printed."""

from __future__ import annotations

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sandbox.docs.outline import Paragraph, margins
from sandbox.drive.convert.pdf import numbered


def footed() -> Document:
    """A document whose footer says ``School, page 1 of 9``, both numbers fields."""
    document = Document()
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run("School, page ")
    for code, shown in (("PAGE", "1"), ("NUMPAGES", "9")):
        field(paragraph, "begin")
        instruction = OxmlElement("w:instrText")
        instruction.text = f" {code} "
        paragraph.add_run()._r.append(instruction)
        field(paragraph, "separate")
        paragraph.add_run(shown)
        field(paragraph, "end")
        paragraph.add_run(" of " if code == "PAGE" else "")
    return document


def field(paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def test_the_number_of_the_page_is_told_apart_from_text_and_from_other_fields() -> None:
    _, (line,) = margins(footed())
    assert isinstance(line, Paragraph)
    assert line.text == "School, page 1 of 9"
    assert [run.text for run in line.runs if run.is_page_number] == ["1"]


def test_each_page_shows_its_own_number() -> None:
    _, footer = margins(footed())
    assert [block.text for block in numbered(footer, 12)] == ["School, page 12 of 9"]
