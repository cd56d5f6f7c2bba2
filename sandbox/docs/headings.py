"""The ids of headings. Docs' own export marks each heading with a bookmark that carries its id; so do we."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sandbox.docs import lists
from sandbox.docs.looks import HEADING


def id_of(p: Any, start: int) -> str:
    """The heading's id; one that carries none has one for as long as it stands at that index."""
    for mark in p.iter(qn("w:bookmarkStart")):
        if mark.get(qn("w:name"), "").startswith(HEADING):
            return str(mark.get(qn("w:name"))).removeprefix(HEADING)
    return lists.list_id(f"heading{start}").replace("kix.", "h.")


def name(p: Any, new_id: str) -> None:
    """Let a paragraph that has just become a heading carry an id of its own."""
    if any(mark.get(qn("w:name"), "").startswith(HEADING) for mark in p.iter(qn("w:bookmarkStart"))):
        return
    number = str(int.from_bytes(new_id.encode()[-3:]))
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), number)
    start.set(qn("w:name"), HEADING + new_id.replace("kix.", "h."))
    ppr = p.find(qn("w:pPr"))
    p.insert(0 if ppr is None else 1, start)
    start.addnext(end)
