"""A built-in template as .docx, from ``documents/*.toml``: built-in styles only, A4, readable on a phone.

Converters treat this small profile alike: no custom styles, no tables, no pictures, one section.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from sheets_templates.document_package import open_package, xml_bytes, zip_parts
from sheets_templates.document_spec import Block, DocumentSpec

_FONT = "Arial"
_LANGUAGE = "en-GB"
_INK, _CALM, _QUIET = "1F2933", "14506B", "52606D"
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
"""What Word expects after borders in a style, in its order."""

_UNWANTED = re.compile(r"^(customXml|docProps/thumbnail|word/stylesWithEffects)")


@dataclass(frozen=True, kw_only=True)
class Look:
    """How one built-in style looks. Sizes and spaces in points."""

    size: float
    colour: str = _INK
    bold: bool = False
    before: float = 0
    after: float = 6
    line: float = 1.25
    fill: str = ""


_LOOKS = {
    "Normal": Look(size=11.5),
    "Title": Look(size=24, colour=_CALM, bold=True, after=2, line=1.1),
    "Subtitle": Look(size=12, colour=_QUIET, after=12),
    "Heading 1": Look(size=17, colour=_CALM, bold=True, before=20, after=6, line=1.15),
    "Heading 2": Look(size=13.5, bold=True, before=20, after=10, line=1.25, fill="E6F0F4"),
    "Heading 3": Look(size=12.5, colour=_CALM, bold=True, before=16, after=4, line=1.2),
    "List Bullet": Look(size=11.5, after=4),
    "Footer": Look(size=9.5, colour=_QUIET, after=0),
}


def build_docx(spec: DocumentSpec) -> bytes:
    """The template that a document's description makes; byte for byte the same every time."""
    document = Document()
    _page(document)
    for name, look in _LOOKS.items():
        _restyle(document, name, look)
    _language(document)
    for block in spec.blocks:
        _add(document, block)
    _footer(document, spec.footer)
    document.core_properties.title = spec.title
    document.core_properties.author = ""
    return _plain(document)


def _page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)


def _restyle(document: DocxDocument, name: str, look: Look) -> None:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(look.size), look.bold
    style.font.color.rgb = RGBColor.from_string(look.colour)
    for script in ("eastAsia", "cs"):
        properties.find(qn("w:rFonts")).set(qn(f"w:{script}"), _FONT)
    style.font.cs_bold = look.bold
    properties.find(qn("w:sz")).addnext(_element("w:szCs", val=str(round(look.size * 2))))
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, look.line
    layout.widow_control = True
    layout.keep_with_next = name.startswith(("Heading", "Title"))
    _decorate(style, line_below=name == "Heading 1", fill=look.fill)


def _decorate(style: ParagraphStyle, *, line_below: bool, fill: str) -> None:
    """A thin pale line under main headings and a tint behind outcomes, so that parts are seen while scrolling."""
    properties = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:shd", "w:contextualSpacing"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    sides = ("bottom",) if line_below else ("top", "left", "bottom", "right") if fill else ()
    if sides:
        borders = OxmlElement("w:pBdr")
        for side in sides:
            borders.append(_element(f"w:{side}", val="single", sz="6", space="3", color=fill or "B8CCD6"))
        properties.insert_element_before(borders, *_AFTER_BORDERS)
    if fill:
        shade = _element("w:shd", val="clear", color="auto", fill=fill)
        properties.insert_element_before(shade, *_AFTER_BORDERS[1:])


def _element(name: str, **attributes: str) -> etree._Element:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _language(document: DocxDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)


def _add(document: DocxDocument, block: Block) -> None:
    paragraph = document.add_paragraph(style=block.style)
    if block.label:
        label = paragraph.add_run(block.label if block.stacked else f"{block.label}: ")
        label.bold = True
        if block.stacked:
            label.add_break()
    paragraph.add_run(block.text)


def _footer(document: DocxDocument, text: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(text)
    _field(paragraph, "PAGE")


def _field(paragraph: Paragraph, code: str) -> None:
    for kind in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run("1" if kind == "1" else None)
        if kind != "1":
            _field_part(run, kind, code)


def _field_part(run: Run, kind: str, code: str) -> None:
    part = _element("w:fldChar", fldCharType=kind) if kind else _element("w:instrText")
    if not kind:
        part.text = code
    run._r.append(part)


def _plain(document: DocxDocument) -> bytes:
    """Without the parts of python-docx's own template that say nothing, and with fixed dates."""
    out = io.BytesIO()
    for relationships in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in relationships.items() if _UNWANTED.match(_part_name(rel))]:
            del relationships[key]
    document.save(out)
    package = open_package(out.getvalue())
    trees = package.trees
    return zip_parts(
        (name, xml_bytes(trees[name]) if name in trees else package.blobs[name]) for name in package.order
    )


def _part_name(relationship: object) -> str:
    target = getattr(relationship, "target_part", None)
    return str(getattr(target, "partname", "")).lstrip("/")
