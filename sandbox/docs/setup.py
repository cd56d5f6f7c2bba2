"""A document's page and its named styles, as ``documents.get`` gives them for a new document (read 2026-04)."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.shared import Emu, Pt

from sandbox.docs.looks import points

A4 = (595.2755905511812, 841.8897637795277)
"""Width and height in points, as Google prints them."""

_GREY = {"color": {"rgbColor": {"red": 0.4, "green": 0.4, "blue": 0.4}}}
_DARK = {"color": {"rgbColor": {"red": 0.2627451, "green": 0.2627451, "blue": 0.2627451}}}
_ARIAL = {"fontFamily": "Arial", "weight": 400}


def google_page(document: Document) -> None:
    """Give a new document Google's page: A4 with margins of an inch."""
    section = document.sections[0]
    section.page_width, section.page_height = Pt(A4[0]), Pt(A4[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(72)
    section.header_distance = section.footer_distance = Pt(36)


def document_style(document: Document, margins: dict[str, str]) -> dict[str, Any]:
    """The first section's page. ``margins`` are the ids of its header and footer."""
    section = document.sections[0]
    sides = {name.title(): getattr(section, f"{name}_margin") for name in ("top", "bottom", "right", "left")}
    sides |= {"Header": section.header_distance, "Footer": section.footer_distance}
    ids = {f"default{name.title()}Id": made for name, made in margins.items()}
    return {
        "background": {"color": {}},
        **ids,
        "pageNumberStart": 1,
        **{f"margin{name}": points(_points(side)) for name, side in sides.items()},
        "pageSize": {
            "height": points(_paper(_points(section.page_height), A4[1])),
            "width": points(_paper(_points(section.page_width), A4[0])),
        },
        "useCustomHeaderFooterMargins": True,
        "documentFormat": {"documentMode": "PAGES"},
    }


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


def _points(length: Any) -> float:
    return round(float(Emu(length or 0).pt), 4)


def _paper(length: float, usual: float) -> float:
    """Word keeps whole twentieths of a point; A4 is known again nevertheless."""
    return usual if abs(length - usual) < 0.1 else length
