"""A built-in template as .docx, from ``documents/*.toml``: built-in styles only, A4, readable on a phone.

Converters treat this small profile alike: no custom styles, tables of two columns with explicit widths and borders,
the place of the school's logo in a line of its own, and one section.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sheets_templates.document_facts import TINT, add_facts, element
from sheets_templates.document_package import open_package, xml_bytes, zip_parts
from sheets_templates.document_spec import LOGO, Block, DocumentSpec

_FONT = "Arial"
_LANGUAGE = "en-GB"
_INK, _CALM, _QUIET, _LINE = "1F2933", "14506B", "52606D", "B8CCD6"
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


_LOOKS = {
    "Normal": Look(size=11.5, after=4, line=1.15),
    "Title": Look(size=24, colour=_CALM, bold=True, after=2, line=1.1),
    "Subtitle": Look(size=12, colour=_QUIET, after=8),
    "Heading 1": Look(size=17, colour=_CALM, bold=True, before=14, after=4, line=1.15),
    "Heading 2": Look(size=13, bold=True, before=9, after=3, line=1.15),
    "Heading 3": Look(size=12, colour=_CALM, bold=True, before=9, after=3, line=1.15),
    "List Bullet": Look(size=11.5, after=3, line=1.15),
    "Footer": Look(size=9.5, colour=_QUIET, after=0),
}


def build_docx(spec: DocumentSpec, *, has_logo: bool = True) -> bytes:
    """The template that a document's description makes; byte for byte the same every time. The place of the school's
    logo is its first line, unless the document has none."""
    document = Document()
    _page(document)
    for name, look in _LOOKS.items():
        _restyle(document, name, look)
    _only_own_styles(document)
    _language(document)
    if has_logo:
        document.add_paragraph(f"{{{{ {LOGO} }}}}")
    for block in spec.blocks:
        _add(document, block)
    _footer(document, spec.footer)
    _properties(document, spec)
    return _plain(document)


def _properties(document: DocxDocument, spec: DocumentSpec) -> None:
    properties = document.core_properties
    properties.title, properties.version, properties.language = spec.title, spec.version, _LANGUAGE
    properties.author = properties.comments = ""


def _page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.7)


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
    properties.find(qn("w:sz")).addnext(element("w:szCs", val=str(round(look.size * 2))))
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, look.line
    layout.widow_control = True
    layout.keep_with_next = name.startswith(("Heading", "Title"))
    _decorate(style, line_below=name == "Heading 1")


def _only_own_styles(document: DocxDocument) -> None:
    """Without the styles nothing here is written in: nine tenths of the file, read anew with every rendering."""
    styles = document.styles.element
    kept = {document.styles[name].style_id for name in _LOOKS}
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in kept and not style.get(qn("w:default")):
            styles.remove(style)
    for link in list(styles.iter(qn("w:link"))):
        link.getparent().remove(link)


def _decorate(style: ParagraphStyle, *, line_below: bool) -> None:
    """A thin pale line under main headings, so that parts are seen while scrolling."""
    properties = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:shd", "w:contextualSpacing"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    if line_below:
        _border(properties, "bottom", colour=_LINE)


def _border(properties: BaseOxmlElement, *sides: str, colour: str) -> None:
    borders = element("w:pBdr")
    for side in sides:
        borders.append(element(f"w:{side}", val="single", sz="6", space="3", color=colour))
    properties.insert_element_before(borders, *_AFTER_BORDERS)


def _language(document: DocxDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)


def _add(document: DocxDocument, block: Block) -> None:
    if block.facts:
        add_facts(document, block)
        return
    paragraph = document.add_paragraph()
    if block.style != "Normal":
        paragraph._p.style = block.style.replace(" ", "")  # its id: looking a style up by its name is slow
    if block.label:
        paragraph.add_run(block.label + (" " if block.label.endswith("?") else ": ")).bold = True
    paragraph.add_run(block.text)
    if block.tint:
        _tint(paragraph)


def _tint(paragraph: Paragraph) -> None:
    """A pale band behind a heading that repeats, such as an outcome's."""
    properties = paragraph._p.get_or_add_pPr()
    _border(properties, "top", "left", "bottom", "right", colour=TINT)
    shade = element("w:shd", val="clear", color="auto", fill=TINT)
    properties.insert_element_before(shade, *_AFTER_BORDERS[1:])


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
    part = element("w:fldChar", fldCharType=kind) if kind else element("w:instrText")
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
