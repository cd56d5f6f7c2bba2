"""A document's page and its named styles, as ``documents.get`` gives them for a new document (read 2026-04).

Source: p5-google-restapi's recordings (A4 in Britain), NangoHQ/integration-templates' of 2026 (Letter in the United
States). Which other countries write on Letter is CLDR's; that Docs follows it is assumed."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from sandbox.docs import sections
from sandbox.docs.looks import hexadecimal, points, rgb
from sandbox.docs.margins import Margin

A4 = (595.2755905511812, 841.8897637795277)
"""Width and height in points, as Google prints them."""

_LETTER = (612, 792)
_AMERICAS = frozenset({"US", "CA", "MX", "GT", "CR", "PA", "DO", "PR", "CO", "VE", "CL", "PH"})
_GREY = {"color": {"rgbColor": {"red": 0.4, "green": 0.4, "blue": 0.4}}}
_DARK = {"color": {"rgbColor": {"red": 0.2627451, "green": 0.2627451, "blue": 0.2627451}}}
_ARIAL = {"fontFamily": "Arial", "weight": 400}


def google_page(document: Document, locale: str = "en_GB") -> None:
    """Give a new document Google's page: A4, or Letter where that is usual, with margins of an inch."""
    section, (width, height) = document.sections[0], _LETTER if locale[-2:] in _AMERICAS else A4
    section.page_width, section.page_height = Pt(width), Pt(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(72)
    section.header_distance = section.footer_distance = Pt(36)


def document_style(document: Document, margins: list[Margin]) -> dict[str, Any]:
    """The first section's page, with the ids of its headers and footers."""
    section = document.sections[0]
    ids = {one.field: one.segment.id for one in margins if not one.section}
    flags = {
        "useFirstPageHeaderFooter": section.different_first_page_header_footer,
        "useEvenPageHeaderFooter": document.settings.odd_and_even_pages_header_footer,
    }
    return {
        "background": {"color": _background(document)},
        **ids,
        **{name: True for name, on in flags.items() if on},
        "pageNumberStart": sections.page_number(section._sectPr) or 1,
        **{name: points(size) for name, size in sections.lengths(section).items()},
        "pageSize": {
            "height": points(_paper(sections.points_of(section.page_height), A4[1])),
            "width": points(_paper(sections.points_of(section.page_width), A4[0])),
        },
        "useCustomHeaderFooterMargins": True,
        "documentFormat": {"documentMode": "PAGES"},
    }


def set_background(document: Document, colour: dict[str, Any] | None) -> None:
    """The page's colour; None for the usual white."""
    root = document.element
    for found in root.findall(qn("w:background")):
        root.remove(found)
    if colour is not None:
        made = OxmlElement("w:background")
        made.set(qn("w:color"), hexadecimal(colour))
        root.insert(0, made)


def _background(document: Document) -> dict[str, Any]:
    found = document.element.find(qn("w:background"))
    colour = found.get(qn("w:color"), "auto") if found is not None else "auto"
    return {} if colour == "auto" else {"color": {"rgbColor": rgb(colour)}}


def named_styles() -> dict[str, Any]:
    """Normal text, six headings, title and subtitle."""
    headings = [
        _heading("HEADING_1", 20, 20, 6),
        _heading("HEADING_2", 16, 18, 6, bold=False),
        _heading("HEADING_3", 14, 16, 4, bold=False, foregroundColor=_DARK),
        _heading("HEADING_4", 12, 14, 4, foregroundColor=_GREY),
        _heading("HEADING_5", 11, 12, 4, foregroundColor=_GREY),
        _heading("HEADING_6", 11, 12, 4, italic=True, foregroundColor=_GREY),
        _heading("TITLE", 26, 0, 3),
        _heading("SUBTITLE", 15, 0, 16, italic=False, foregroundColor=_GREY, weightedFontFamily=_ARIAL),
    ]
    return {"styles": [_normal(), *headings]}


def _heading(kind: str, size: int, above: int, below: int, **text: Any) -> dict[str, Any]:
    return {
        "namedStyleType": kind,
        "textStyle": {**text, "fontSize": points(size)},
        "paragraphStyle": {
            "namedStyleType": "NORMAL_TEXT",
            "direction": "LEFT_TO_RIGHT",
            "spaceAbove": points(above),
            "spaceBelow": points(below),
            "keepLinesTogether": True,
            "keepWithNext": True,
            "pageBreakBefore": False,
        },
    }


def _normal() -> dict[str, Any]:
    flags = ("bold", "italic", "underline", "strikethrough", "smallCaps")
    border = {"color": {}, "width": points(0), "padding": points(0), "dashStyle": "SOLID"}
    borders = {f"border{side}": border for side in ("Between", "Top", "Bottom", "Left", "Right")}
    zero = ("spaceAbove", "spaceBelow", "indentFirstLine", "indentStart", "indentEnd")
    return {
        "namedStyleType": "NORMAL_TEXT",
        "textStyle": {
            **dict.fromkeys(flags, False),
            "backgroundColor": {},
            "foregroundColor": {"color": {"rgbColor": {}}},
            "fontSize": points(11),
            "weightedFontFamily": _ARIAL,
            "baselineOffset": "NONE",
        },
        "paragraphStyle": {
            "namedStyleType": "NORMAL_TEXT",
            "alignment": "START",
            "lineSpacing": 115,
            "direction": "LEFT_TO_RIGHT",
            "spacingMode": "COLLAPSE_LISTS",
            **{name: points(0) for name in zero},
            **borders,
            **dict.fromkeys(("keepLinesTogether", "keepWithNext", "pageBreakBefore"), False),
            "avoidWidowAndOrphan": True,
            "shading": {"backgroundColor": {}},
        },
    }


def _paper(length: float, usual: float) -> float:
    """Word keeps whole twentieths of a point; A4 is known again nevertheless."""
    return usual if abs(length - usual) < 0.1 else length
