"""Text put in, taken out and replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sandbox.call import ApiError
from sandbox.docs import pieces
from sandbox.docs.edit import Edit, Refused, check_tab, paragraph_at
from sandbox.docs.pieces import Piece, units
from sandbox.docs.tree import Block, Paragraph, SectionBreak, Segment, Table, section_of

_STRIPPED = re.compile("[\x00-\x08\x0c-\x1f\ue000-\uf8ff]")


def insert_text(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    segment, index = edit.place(request)
    text = str(request.get("text", ""))
    if not text:
        raise Refused("The text to insert must not be empty.")
    insert(edit, segment, index, text)
    return {}


def insert_page_break(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """A page break and a newline behind it; in the body's own paragraphs only."""
    segment, index = edit.place(request)
    paragraph = paragraph_at(segment, index)
    if segment.id or paragraph not in segment.blocks:
        raise Refused("Page breaks can only be inserted in the body, outside of tables.")
    left, right = pieces.split(paragraph.pieces, index - paragraph.start)
    paragraph.write([*left, pieces.page_break(_style(left, right)[0]), *right])
    edit.inserted(segment, index, 1)
    insert(edit, edit.segment(), index + 1, "\n")
    return {}


def delete_content(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    segment, start, end = edit.range(request)
    delete(edit, segment, start, end)
    return {}


def replace_all(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    wanted = request.get("containsText", {})
    if wanted.get("searchByRegex"):
        raise ApiError(501, "replaceAllText by regular expression is not built in the sandbox.")
    if not wanted.get("text"):
        raise Refused("The text to search for must not be empty.")
    for tab_id in request.get("tabsCriteria", {}).get("tabIds", ()):
        check_tab({"tabId": tab_id})
    pattern = re.compile(re.escape(wanted["text"]), 0 if wanted.get("matchCase") else re.IGNORECASE)
    text = _STRIPPED.sub("", str(request.get("replaceText", "")))
    changed = sum(_replace_in(edit, segment, pattern, text) for segment in edit.segments())
    return {"occurrencesChanged": changed} if changed else {}


def insert(edit: Edit, segment: Segment, index: int, text: str) -> int:
    """Put text at an index in its neighbours' style; each newline makes a paragraph like the one it is in.

    Returns how many indexes the text takes."""
    paragraph = paragraph_at(segment, index)
    left, right = pieces.split(paragraph.pieces, index - paragraph.start)
    rpr, link = _style(left, right)
    lines = [Piece(text=line, rpr=rpr, link=link) for line in _STRIPPED.sub("", text).split("\n")]
    size = sum(line.length for line in lines) + len(lines) - 1
    if len(lines) == 1:
        paragraph.write([*left, lines[0], *right])
    else:
        _write_lines(paragraph, [[*left, lines[0]], *([line] for line in lines[1:-1]), [lines[-1], *right]], rpr)
    edit.inserted(segment, index, size)
    return size


def delete(edit: Edit, segment: Segment, start: int, end: int) -> None:
    """Take out a range: whole tables or none of one, and never the newline that ends a body or a cell."""
    if end > segment.end - 1:
        raise Refused("The range cannot include the newline character at the end of the segment.")
    blocks = _within(segment.blocks, start, end)
    touched = [block for block in blocks if block.start < end and start < block.end]
    last = next((block for block in blocks if block.start <= end < block.end), None)
    tables = [block for block in touched if isinstance(block, Table)]
    if not touched or last is None or any(not (start <= one.start and one.end <= end) for one in tables):
        raise Refused("Invalid deletion range. Cannot delete the requested range.")
    if not isinstance(last, Paragraph) and touched[-1] is not last:
        raise Refused("Invalid deletion range. Cannot delete the newline before a table or section break without it.")
    _merge(touched, last, start, end)
    edit.removed(segment, start, end)


def _merge(touched: Sequence[Block], last: Block, start: int, end: int) -> None:
    """Join what is left of the first paragraph and of the last one, and drop all between."""
    first = touched[0]
    assert isinstance(last, Paragraph)
    right = pieces.split(last.pieces, end - last.start)[1]
    left = pieces.split(first.pieces, start - first.start)[0] if isinstance(first, Paragraph) else []
    keep = first if isinstance(first, Paragraph) and start > first.start else last
    keep.write([*left, *right])
    for block in touched:
        if isinstance(block, SectionBreak):
            block.remove()
    if last is not keep and (section := section_of(last.p)) is not None:
        keep.p.get_or_add_pPr().append(section)
    for block in {id(one): one for one in (*touched, last)}.values():
        element = block.tbl if isinstance(block, Table) else block.p
        if block is not keep and not isinstance(block, SectionBreak):
            element.getparent().remove(element)


def _within(blocks: list[Block], start: int, end: int) -> list[Block]:
    """The innermost blocks that hold the whole range: the segment's, or a cell's."""
    for block in blocks:
        if isinstance(block, Table) and block.start < start and end < block.end:
            for cell in (cell for row in block.rows for cell in row.cells):
                if cell.start < start and end < cell.end:
                    return _within(cell.blocks, start, end)
    return blocks


def _style(left: Sequence[Piece], right: Sequence[Piece]) -> tuple[Any, str]:
    """The style of the text before the place, or at a paragraph's beginning after it; a link only inside of one."""
    before = next((piece for piece in reversed(left) if piece.length and piece.kind != "footnote"), None)
    after = next((piece for piece in right if piece.length and piece.kind != "footnote"), None)
    model = before or after
    link = before.link if before and after and before.link == after.link else ""
    return (model.rpr if model else None), link


def _write_lines(paragraph: Paragraph, lines: Sequence[list[Piece]], rpr: Any) -> None:
    """The lines as paragraphs, the later ones with the first one's properties; new newlines look like the text."""
    paragraph.write(lines[0])
    properties, at, section = paragraph.p.find(qn("w:pPr")), paragraph.p, section_of(paragraph.p)
    if section is not None:
        properties.remove(section)
    last = deepcopy(pieces.mark(paragraph.p))
    for line in lines[1:]:
        pieces.set_mark(at, rpr)
        made = OxmlElement("w:p")
        if properties is not None:
            made.append(deepcopy(properties))
        at.addnext(made)
        pieces.write(made, paragraph.part, line)
        at = made
    pieces.set_mark(at, last)
    if section is not None:
        at.get_or_add_pPr().append(section)


def _replace_in(edit: Edit, segment: Segment, pattern: re.Pattern[str], text: str) -> int:
    """Replace from the last match to the first, so that the earlier places stay true."""
    changed = 0
    for paragraph in reversed(list(segment.paragraphs())):
        line = "".join(one.text if one.kind == "text" else "\ufffc" * one.length for one in paragraph.pieces)
        for match in reversed(list(pattern.finditer(line))):
            start = paragraph.start + units(line[: match.start()])
            _replace_at(edit, segment.id, start, start + units(match.group()), text)
            changed += 1
    return changed


def _replace_at(edit: Edit, segment_id: str, start: int, end: int, text: str) -> None:
    """One match; the new text has the style of the match's first character."""
    segment = edit.segment(segment_id)
    paragraph = paragraph_at(segment, start)
    left, rest = pieces.split(paragraph.pieces, start - paragraph.start)
    old, right = pieces.split(rest, end - start)
    model = next((piece for piece in old if piece.kind == "text"), Piece())
    first, newline, more = text.partition("\n")
    paragraph.write([*left, Piece(text=first, rpr=model.rpr, link=model.link), *right])
    edit.replaced(segment, start, end, units(first))
    if newline:
        insert(edit, edit.segment(segment_id), start + units(first), newline + more)
