"""Section breaks put in, sections and the whole document's page restyled, footnotes made.

Source: the discovery document's descriptions of these requests."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from itertools import pairwise
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from sandbox.docs import footnotes, masks, pieces, sections, setup
from sandbox.docs.edit import Edit, Refused, check_tab, paragraph_at
from sandbox.docs.text_edits import insert
from sandbox.docs.tree import Paragraph, Segment

_SECTION = {*sections.MARGINS, "columnProperties", "columnSeparatorStyle", "contentDirection", "pageNumberStart"}
_SECTION |= {"useFirstPageHeaderFooter"}
_DOCUMENT = {*sections.MARGINS, "pageSize", "pageNumberStart", "background"}
_DOCUMENT |= {"useFirstPageHeaderFooter", "useEvenPageHeaderFooter"}
_MOST_COLUMNS = 3


def insert_break(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """A newline and a section break; what follows is a section of the asked type like the one before."""
    kind = request.get("sectionType", "SECTION_TYPE_UNSPECIFIED")
    if kind == "SECTION_TYPE_UNSPECIFIED":
        raise Refused("The section type must be specified.")
    segment, index, paragraph = _in_body(edit, request, "Section breaks")
    if paragraph not in segment.blocks:
        raise Refused("Section breaks can only be inserted in the body, outside of tables.")
    number = sum(one.start <= index for one in segment.breaks())
    insert(edit, segment, index, "\n")
    later = edit.document.sections[number]._sectPr
    paragraph_at(edit.segment(), index).p.get_or_add_pPr().append(deepcopy(later))
    for name in ("headerReference", "footerReference", "titlePg", "pgNumType"):
        for found in later.findall(qn(f"w:{name}")):
            later.remove(found)
    sections.set_type(later, kind)
    edit.inserted(edit.segment(), index + 1, 1)
    return {}


def update_sections(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Set the named fields of every section that the range touches; none can be unset."""
    segment, start, end = edit.range(request)
    if segment.id:
        raise Refused("Section styles can only be updated in the body.")
    style = request.get("sectionStyle", {})
    named = masks.fields(request, _SECTION)
    if missing := sorted(field for field in named if field not in style and request.get("fields") != "*"):
        raise Refused(f"The section style field {missing[0]} cannot be unset.")
    starts = [0, *(one.start for one in segment.breaks()), segment.end]
    for number, (first, last) in enumerate(pairwise(starts)):
        if first < end and start < last:
            _restyle(edit, number, {field: style[field] for field in named if field in style})
    return {}


def update_document(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Set the named fields of the page; its margins are every section's then."""
    check_tab(request)
    style = request.get("documentStyle", {})
    for field in masks.fields(request, _DOCUMENT):
        value = style.get(field)
        if field == "pageSize":
            _paper(edit, value or {})
        elif field == "background":
            setup.set_background(edit.document, (value or {}).get("color", {}).get("color"))
        elif field == "useEvenPageHeaderFooter":
            edit.document.settings.odd_and_even_pages_header_footer = bool(value)
        else:
            sections_ = edit.document.sections if field in sections.MARGINS else edit.document.sections[:1]
            for number, _ in enumerate(sections_):
                _set(edit, number, field, value)
    return {}


def create_footnote(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """A reference in the body's text, and behind it a footnote that holds a space."""
    segment, index, paragraph = _in_body(edit, request, "Footnotes")
    left, right = pieces.split(paragraph.pieces, index - paragraph.start)
    reference = footnotes.make(edit.document)
    paragraph.write([*left, reference, *right])
    edit.inserted(segment, index, 1)
    return {"footnoteId": footnotes.segment_id(reference.element.get(qn("w:id")))}


def _in_body(edit: Edit, request: Mapping[str, Any], things: str) -> tuple[Segment, int, Paragraph]:
    segment, index = edit.place(request)
    if segment.id:
        raise Refused(f"{things} can only be inserted in the body.")
    return segment, index, paragraph_at(segment, index)


def _restyle(edit: Edit, number: int, style: Mapping[str, Any]) -> None:
    columns = style.get("columnProperties")
    if columns is not None and not 1 <= len(columns) <= _MOST_COLUMNS:
        raise Refused(f"A section must have between 1 and {_MOST_COLUMNS} columns.")
    for field, value in style.items():
        if field != "columnProperties":
            _set(edit, number, field, value)
    if columns:
        section = edit.document.sections[number]
        sections.set_columns(section._sectPr, columns, sections.text_width(section))


def _set(edit: Edit, number: int, field: str, value: Any) -> None:
    section = edit.document.sections[number]
    if field in sections.MARGINS:
        setattr(section, sections.MARGINS[field], Pt(float((value or {}).get("magnitude", 0))))
    elif field == "columnSeparatorStyle":
        sections.set_separated(section._sectPr, between=value == "BETWEEN_EACH_COLUMN")
    elif field == "contentDirection":
        _right_to_left(section._sectPr, on=value == "RIGHT_TO_LEFT")
    elif field == "pageNumberStart":
        sections.set_page_number(section._sectPr, int(value or 1))
    else:
        section.different_first_page_header_footer = bool(value)


def _right_to_left(sect: Any, *, on: bool) -> None:
    for found in sect.findall(qn("w:bidi")):
        sect.remove(found)
    if on:
        sect.append(OxmlElement("w:bidi"))


def _paper(edit: Edit, size: Mapping[str, Any]) -> None:
    for name in ("width", "height"):
        if float(size.get(name, {}).get("magnitude", 0)) <= 0:
            raise Refused(f"The page {name} must be greater than 0.")
    for section in edit.document.sections:
        section.page_width = Pt(float(size["width"]["magnitude"]))
        section.page_height = Pt(float(size["height"]["magnitude"]))
