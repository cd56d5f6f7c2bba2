"""HTML as a Word document: headings, paragraphs, lists, tables, bold, italic, links. Everything else is its text."""

from __future__ import annotations

import contextlib
import re

import docx
import lxml.html
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from sandbox.docs import table_looks

_SKIPPED = ("script", "style", "head", "template", "iframe", "object")
_BLOCKS = ("p", "div", "section", "article", "header", "footer", "main", "blockquote", "pre", "li", "body", "html")
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_RULE = (
    f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<w:pict><v:rect style="width:0;height:1.5pt" o:hr="t" o:hrstd="t" fillcolor="#a0a0a0"/></w:pict></w:r>'
)


def from_html(text: str) -> Document:
    """The document that a page's body describes."""
    document = docx.Document()
    parser = lxml.html.HTMLParser(no_network=True, encoding="utf-8")
    with contextlib.suppress(etree.ParserError):  # raised for a page with nothing in it
        _Writer(document, document).block(lxml.html.document_fromstring(text.encode(), parser=parser))
    return document


class _Writer:
    """Walks the page once, adding to one container (the body or a cell) paragraph by paragraph."""

    def __init__(self, document: Document, into: Document | _Cell) -> None:
        self._document = document
        self._into = into
        self._open: Paragraph | None = None

    def block(self, element: etree._Element, style: str = "Normal", level: int = 0) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SKIPPED:
            return
        self._open = None
        if re.fullmatch(r"h[1-6]", tag):
            style = f"Heading {tag[1]}"
        elif tag in ("ul", "ol"):
            level += 1
            style = ("List Bullet" if tag == "ul" else "List Number") + (f" {min(level, 3)}" if level > 1 else "")
        elif tag == "table":
            self._table(element)
            return
        elif tag == "hr":
            self._paragraph(style)._p.append(parse_xml(_RULE))
        self._text(element.text, style)
        for child in element:
            self._child(child, style, level)
        self._open = None

    def _child(self, child: etree._Element, style: str, level: int) -> None:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _BLOCKS or tag in ("ul", "ol", "table", "hr") or re.fullmatch(r"h[1-6]", tag):
            self.block(child, style, level)
        elif tag and tag not in _SKIPPED:
            self._inline(child, style, bold=False, italic=False, link="")
        self._text(child.tail, style)

    def _inline(self, element: etree._Element, style: str, *, bold: bool, italic: bool, link: str) -> None:
        if element.tag == "br":
            if self._open is not None:
                self._open.add_run().add_break()
            return
        bold = bold or element.tag in ("b", "strong")
        italic = italic or element.tag in ("i", "em")
        link = str(element.get("href") or link) if element.tag == "a" else link
        self._text(element.text, style, bold=bold, italic=italic, link=link)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self._inline(child, style, bold=bold, italic=italic, link=link)
            self._text(child.tail, style, bold=bold, italic=italic, link=link)

    def _text(
        self, text: str | None, style: str, *, bold: bool = False, italic: bool = False, link: str = ""
    ) -> None:
        words = re.sub(r"[ \t\r\n\f]+", " ", text or "")
        if self._open is None:
            words = words.lstrip(" ")
        if not words:
            return
        paragraph = self._paragraph(style)
        run = paragraph.add_run(words)
        run.bold, run.italic = bold or None, italic or None
        if link.startswith(("http://", "https://", "mailto:")):
            holder = OxmlElement("w:hyperlink")
            holder.set(qn("r:id"), paragraph.part.relate_to(link, _HYPERLINK, is_external=True))
            paragraph._p.append(holder)
            holder.append(run._r)

    def _paragraph(self, style: str) -> Paragraph:
        if self._open is None:
            unused = isinstance(self._into, _Cell) and not self._into.paragraphs[-1].text
            self._open = self._into.paragraphs[-1] if unused else self._into.add_paragraph()
            self._open.style = self._document.styles[style]
        return self._open

    def _table(self, element: etree._Element) -> None:
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
        width = max((len(row) for row in rows), default=0)
        if not width:
            return
        table = (
            self._into.add_table(len(rows), width)
            if isinstance(self._into, _Cell)
            else self._document.add_table(len(rows), width)
        )
        for tc in table._tbl.iter(qn("w:tc")):
            table_looks.set_width(tc, None)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, content in zip(row.cells, cells, strict=False):
                _Writer(self._document, cell).block(content)
