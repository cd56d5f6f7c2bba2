"""Footnotes: a part of the package that python-docx hands over unparsed.

Source: ``documents.get`` answers published by gatsby-source-google-docs; the discovery document (CreateFootnote)."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from sandbox.docs import tree
from sandbox.docs.pieces import Piece
from sandbox.docs.tree import Segment

_EMPTY = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote>"
    "</w:footnotes>"
)
_REFERENCE = f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference/></w:r>'
_NOTE = (
    f'<w:footnote {nsdecls("w")}><w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/>'
    '<w:rPr><w:sz w:val="20"/></w:rPr></w:pPr>'
    '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> </w:t></w:r></w:p></w:footnote>'
)


def of(document: Document) -> dict[str, Segment]:
    """Each footnote the body refers to by the id of its XML, in the order of the references."""
    part = _part(document)
    if part is None:
        return {}
    known = {one.get(qn("w:id")): one for one in part.element.findall(qn("w:footnote"))}
    named = [one.get(qn("w:id")) for one in document.element.body.iter(qn("w:footnoteReference"))]
    return {number: tree.segment(segment_id(number), known[number], part) for number in named if number in known}


def segment_id(number: str) -> str:
    """The id that the Docs API knows the footnote by."""
    return f"kix.fn{number}"


def make(document: Document) -> Piece:
    """A new footnote that holds a space: the piece of text that refers to it."""
    part = _part(document) or _new_part(document)
    taken = [int(one.get(qn("w:id"), "0")) for one in part.element.findall(qn("w:footnote"))]
    number = str(max(taken, default=0) + 1)
    note = parse_xml(_NOTE)
    note.set(qn("w:id"), number)
    part.element.append(note)
    properties, reference = parse_xml(_REFERENCE)
    reference.set(qn("w:id"), number)
    return Piece(kind="footnote", rpr=properties, element=reference)


def _part(document: Document) -> Any:
    """The parsed part, put in the place of the unparsed one; None where the document has no footnotes."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            part = relation.target_part
            if not isinstance(part, XmlPart):
                parsed = XmlPart(part.partname, part.content_type, parse_xml(part.blob), document.part.package)
                parsed.rels.update(part.rels)
                relation._target = parsed
            return relation.target_part
    return None


def _new_part(document: Document) -> Any:
    name = PackURI("/word/footnotes.xml")
    made = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, parse_xml(_EMPTY), document.part.package)
    document.part.relate_to(made, RELATIONSHIP_TYPE.FOOTNOTES)
    return made
