"""Uploads into Google Docs and out again: what survives, and what is refused."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from sandbox.call import ApiError, Media
from sandbox.docs import backend, exporting, importing, outline, page, plain
from sandbox.docs.importing import DOCX
from sandbox.docs.outline import Paragraph, Table
from sandbox.state import Workspace


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
        target.writestr(name, content)
    return out.getvalue()


def stored(media: Media) -> tuple[Workspace, str]:
    workspace = Workspace()
    backend.replace_document(workspace, "doc", importing.to_docx(media))
    return workspace, "doc"


def html(text: str) -> Media:
    return Media(content_type="text/html; charset=utf-8", data=text.encode())


RICH = """<html><head><title>no</title><style>p{}</style></head><body>
<h1>Plan for M.C.</h1><p>Some <b>bold</b> and <i>it<b>both</b></i> and <a href="https://school.example/?a=1&amp;b=2">link</a>.</p>
<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul><ol><li>first</li><li>second</li></ol>
<table><tr><th>Who</th><td>What</td></tr><tr><td>TA</td><td><p>Reads</p><p>daily</p></td></tr></table>
<script>alert(1)</script><p>last<br>line</p></body></html>"""


def test_html_becomes_headings_lists_tables_and_links() -> None:
    workspace, doc = stored(html(RICH))
    shown = page.html(workspace, doc)
    assert "<h1>Plan for M.C.</h1>" in shown
    assert "Some <strong>bold</strong> and <em>it</em><strong><em>both</em></strong> and " in shown
    assert '<a href="https://school.example/?a=1&amp;b=2" rel="noopener noreferrer">link</a>.' in shown
    assert "<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>" in shown
    assert "<ol><li>first</li><li>second</li></ol>" in shown
    assert "<tr><td><p>TA</p></td><td><p>Reads</p>\n<p>daily</p></td></tr>" in shown
    assert "last<br>line" in shown
    assert "alert" not in shown


def test_plain_text_has_a_byte_order_mark_and_flattened_lists_and_tables() -> None:
    workspace, doc = stored(html(RICH))
    text = exporting.export(workspace, doc, "text/plain", title="Plan").decode()
    assert text.startswith("\ufeffPlan for M.C.\r\n")
    for line in ("* one", "   * deep", "1. first", "2. second", "Who\tWhat", "TA\tReads daily", "last", "line"):
        assert line in text.split("\r\n")


def test_text_comes_back_as_it_went_in() -> None:
    lines = ["<b>&amp;", "{{ 7*7 }}", "{% for %}", '=HYPERLINK("x")', "", "שלום", "e\u0301 👩‍🏫"]
    workspace, doc = stored(Media(content_type="text/plain", data="\n".join(lines).encode()))
    assert exporting.export(workspace, doc, "text/plain", title="").decode() == "\ufeff" + "\r\n".join(lines)
    shown = page.html(workspace, doc)
    assert "<p>&lt;b&gt;&amp;amp;</p>" in shown


def test_control_characters_in_an_upload_are_dropped() -> None:
    workspace, doc = stored(Media(content_type="text/plain", data=b"a\x00b\x0bc"))
    assert plain.text(outline.body(backend.open_document(workspace, doc))) == "\ufeffabc"
    assert "ab" in page.html(*stored(html("<p>a\x01b</p>")))


@pytest.mark.parametrize("text", ["", "   ", "<!-- nothing -->", "<p></p>", "<table></table>", "<ul></ul>"])
def test_an_empty_page_makes_an_empty_document(text: str) -> None:
    assert page.html(*stored(html(text))) == ""


def test_dangerous_links_are_text_only() -> None:
    shown = page.html(*stored(html('<p><a href="javascript:alert(1)">x</a></p>')))
    assert shown == "<p>x</p>"


def test_the_same_document_is_stored_as_the_same_bytes() -> None:
    first = importing.to_docx(Media(content_type=DOCX, data=word("Plan", "3/5")))
    assert first == importing.to_docx(Media(content_type=DOCX, data=word("Plan", "3/5")))
    assert first == importing.to_docx(Media(content_type=DOCX, data=first))


def test_a_docx_sent_as_plain_bytes_is_recognised() -> None:
    assert importing.content_type(Media(content_type="application/octet-stream", data=word("x"))) == DOCX


def test_a_merged_cell_is_read_once() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "both"
    (found,) = [block for block in outline.body(document) if isinstance(block, Table)]
    (row,) = found.rows
    assert len(row) == 1
    assert isinstance(row[0][0], Paragraph)
    assert row[0][0].text == "both"


def test_a_page_header_and_footer_are_shown() -> None:
    document = docx.Document()
    document.add_paragraph("Plan")
    document.sections[0].header.paragraphs[0].text = "Confidential <1>"
    out = io.BytesIO()
    document.save(out)
    shown = page.html(*stored(Media(content_type=DOCX, data=out.getvalue())))
    assert shown == "<header><p>Confidential &lt;1&gt;</p></header>\n<p>Plan</p>"


BOMB = b"<w:document>" + b" " * 30_000_000 + b"</w:document>"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 not a zip",
        b"\xd0\xcf\x11\xe0 an old .doc",
        with_part(word("x"), "word/vbaProject.bin", b"macro"),
        with_part(word("x"), "word/document.xml", ENTITY),
        with_part(word("x"), "word/document.xml", ENTITY.decode().encode("utf-16")),
        with_part(word("x"), "word/document.xml", b"<unclosed"),
        with_part(word("x"), "word/big.xml", BOMB),
        with_part(word("x"), "[Content_Types].xml", b"<Types/>"),
        word("x")[:200],
    ],
    ids=["empty", "broken", "old", "macros", "entity", "utf16-entity", "xml", "bomb", "types", "cut"],
)
def test_a_hostile_or_broken_docx_is_refused(data: bytes) -> None:
    with pytest.raises(ApiError) as refused:
        importing.to_docx(Media(content_type=DOCX, data=data))
    assert refused.value.status == 400
