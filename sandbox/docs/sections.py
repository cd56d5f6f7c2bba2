"""Sections: where they begin, their columns and margins, between Word's XML and the Docs API.

Source: ``documents.get`` answers published by gatsby-source-google-docs and google-docs-hast. That a section tells
only of margins that differ from the document's is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu

from sandbox.docs.elements import drop
from sandbox.docs.looks import is_on, points
from sandbox.docs.margins import Margin

SIDES = ("Top", "Bottom", "Right", "Left", "Header", "Footer")
_ATTRIBUTES = {f"margin{side}": f"{side.lower()}_margin" for side in SIDES[:4]}
MARGINS = _ATTRIBUTES | {"marginHeader": "header_distance", "marginFooter": "footer_distance"}
_TYPES = {"continuous": "CONTINUOUS"}
_BESIDE = ("w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter", "w:docGrid")


def style(document: Document, number: int, margins: list[Margin]) -> dict[str, Any]:
    """One section's style. The first one's page is told as the document's."""
    sect = document.sections[number]._sectPr
    found = {
        **_columns(document, number),
        "columnSeparatorStyle": "BETWEEN_EACH_COLUMN" if _separated(sect) else "NONE",
        "contentDirection": "RIGHT_TO_LEFT" if is_on(sect.find(qn("w:bidi"))) else "LEFT_TO_RIGHT",
        "sectionType": _type(sect) if number else "CONTINUOUS",
    }
    if not number:
        return found
    ids = {one.field: one.segment.id for one in margins if one.section == number}
    first_page = {"useFirstPageHeaderFooter": True} if is_on(sect.find(qn("w:titlePg"))) else {}
    return found | _differing(document, number) | ids | first_page | _page_number(sect)


def lengths(section: Any) -> dict[str, float]:
    """A section's six margins in points."""
    return {name: points_of(getattr(section, attribute)) for name, attribute in MARGINS.items()}


def points_of(length: Any) -> float:
    return round(float(Emu(length or 0).pt), 4)


def set_type(sect: Any, kind: str) -> None:
    drop(sect, "w:type")
    if kind == "CONTINUOUS":
        made = OxmlElement("w:type")
        made.set(qn("w:val"), "continuous")
        at = next((n for n, child in enumerate(sect) if not child.tag.endswith("Reference")), len(sect))
        sect.insert(at, made)


def set_columns(sect: Any, columns: list[Mapping[str, Any]], width: float) -> None:
    """Equal columns over ``width`` points with the asked gaps between them."""
    held = _held_columns(sect)
    for child in list(held):
        held.remove(child)
    gaps = [float(one.get("paddingEnd", {}).get("magnitude", 0)) for one in columns]
    wide = (width - sum(gaps[:-1])) / len(columns)
    held.set(qn("w:num"), str(len(columns)))
    held.set(qn("w:equalWidth"), "0")
    for number, gap in enumerate(gaps, 1):
        made = OxmlElement("w:col")
        made.set(qn("w:w"), str(round(wide * 20)))
        made.set(qn("w:space"), str(round(gap * 20) if number < len(gaps) else 0))
        held.append(made)


def set_separated(sect: Any, *, between: bool) -> None:
    _held_columns(sect).set(qn("w:sep"), "1" if between else "0")


def set_page_number(sect: Any, start: int) -> None:
    drop(sect, "w:pgNumType")
    made = OxmlElement("w:pgNumType")
    made.set(qn("w:start"), str(start))
    _held_columns(sect).addprevious(made)


def page_number(sect: Any) -> int | None:
    """The number its first page has, None where it goes on counting."""
    found = sect.find(qn("w:pgNumType"))
    start = found.get(qn("w:start")) if found is not None else None
    return int(start) if start else None


def text_width(section: Any) -> float:
    """How wide its text is, in points."""
    return points_of(section.page_width) - points_of(section.left_margin) - points_of(section.right_margin)


def _page_number(sect: Any) -> dict[str, Any]:
    start = page_number(sect)
    return {} if start is None else {"pageNumberStart": start}


def _differing(document: Document, number: int) -> dict[str, Any]:
    first, own = lengths(document.sections[0]), lengths(document.sections[number])
    return {name: points(size) for name, size in own.items() if size != first[name]}


def _columns(document: Document, number: int) -> dict[str, Any]:
    section = document.sections[number]
    held = section._sectPr.find(qn("w:cols"))
    if held is None:
        return {}
    own = [(int(one.get(qn("w:w"), "0")) / 20, int(one.get(qn("w:space"), "0")) / 20) for one in held]
    count = int(held.get(qn("w:num"), "1"))
    if not own and count > 1:
        gap = int(held.get(qn("w:space"), "720")) / 20
        wide = (text_width(section) - gap * (count - 1)) / count
        own = [(wide, gap)] * (count - 1) + [(wide, 0)]
    properties = [{"width": points(wide), "paddingEnd": points(gap)} for wide, gap in own]
    return {"columnProperties": properties} if properties else {}


def _separated(sect: Any) -> bool:
    held = sect.find(qn("w:cols"))
    return held is not None and held.get(qn("w:sep"), "0") in ("1", "true", "on")


def _type(sect: Any) -> str:
    found = sect.find(qn("w:type"))
    return _TYPES.get(found.get(qn("w:val"), "nextPage") if found is not None else "nextPage", "NEXT_PAGE")


def _held_columns(sect: Any) -> Any:
    held = sect.find(qn("w:cols"))
    if held is None:
        held = OxmlElement("w:cols")
        later = [qn("w:formProt"), *(qn(tag) for tag in _BESIDE)]
        at = next((n for n, child in enumerate(sect) if child.tag in later), len(sect))
        sect.insert(at, held)
    return held
