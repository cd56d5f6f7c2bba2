"""A document laid out on Docs' line of indexes: paragraphs, tables, rows and cells with their XML elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sandbox.docs import pieces
from sandbox.docs.pieces import Piece


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One paragraph; its newline is the index before ``end``."""

    p: Any
    part: Any
    start: int
    end: int
    pieces: list[Piece]

    def write(self, content: list[Piece]) -> None:
        """Give it other content; the tree is out of date then."""
        pieces.write(self.p, self.part, content)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell. ``tc`` is None for one that a merged cell covers: an empty paragraph stands for it."""

    tc: Any
    start: int
    end: int
    blocks: list[Block]


@dataclass(frozen=True, kw_only=True)
class Row:
    tr: Any
    start: int
    end: int
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table takes one index to begin and one to end, as do, at their beginnings, each row and each cell."""

    tbl: Any
    start: int
    end: int
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class SectionBreak:
    """The end of a section, kept by its last paragraph ``p``; the section that begins here has that ``number``."""

    p: Any
    number: int
    start: int
    end: int

    def remove(self) -> None:
        """Join the sections; what follows decides how both look."""
        ppr = self.p.find(qn("w:pPr"))
        ppr.remove(ppr.find(qn("w:sectPr")))


Block = Paragraph | Table | SectionBreak


@dataclass(frozen=True, kw_only=True)
class Segment:
    """The body, or a header or footer (``id``), with everything in it."""

    id: str
    blocks: list[Block]

    @property
    def end(self) -> int:
        return self.blocks[-1].end

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph, those in tables too, in order."""
        yield from _paragraphs(self.blocks)

    def breaks(self) -> list[SectionBreak]:
        """Where its sections after the first begin."""
        return [block for block in self.blocks if isinstance(block, SectionBreak)]

    def tables(self) -> Iterator[Table]:
        """Every table, the outer ones first."""
        yield from _tables(self.blocks)


def body(document: Document) -> Segment:
    """The body. It begins behind a section break and always ends with a paragraph."""
    return Segment(id="", blocks=_blocks(document.element.body, document.part, 1))


def segment(segment_id: str, container: Any, part: Any) -> Segment:
    """A header, footer or footnote from the element that holds its paragraphs."""
    return Segment(id=segment_id, blocks=_blocks(container, part, 0))


def _blocks(container: Any, part: Any, start: int) -> list[Block]:
    _end_with_paragraph(container)
    found: list[Block] = []
    for child in container:
        if child.tag == qn("w:p"):
            content = pieces.read(child, part)
            end = start + pieces.length(content) + 1
            found.append(Paragraph(p=child, part=part, start=start, end=end, pieces=content))
        elif child.tag == qn("w:tbl"):
            found.append(_table(child, part, start))
        else:
            continue
        start = found[-1].end
        if container.tag == qn("w:body") and section_of(child) is not None:
            number = sum(isinstance(block, SectionBreak) for block in found) + 1
            found.append(SectionBreak(p=child, number=number, start=start, end=start + 1))
            start += 1
    return found


def section_of(p: Any) -> Any:
    """What the paragraph keeps of the section that it ends; None where it ends none."""
    return p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") if p.tag == qn("w:p") else None


def _end_with_paragraph(container: Any) -> None:
    held = [child for child in container if child.tag in (qn("w:p"), qn("w:tbl"))]
    if held and held[-1].tag == qn("w:p") and section_of(held[-1]) is None:
        return
    made = OxmlElement("w:p")
    if held:
        held[-1].addnext(made)
    elif container.tag == qn("w:body"):
        container.insert(0, made)
    else:
        container.append(made)


def _table(tbl: Any, part: Any, start: int) -> Table:
    rows: list[Row] = []
    at = start + 1
    for tr in tbl.iterchildren(qn("w:tr")):
        rows.append(_row(tr, part, at))
        at = rows[-1].end
    return Table(tbl=tbl, start=start, end=at + 1, rows=rows)


def _row(tr: Any, part: Any, start: int) -> Row:
    cells: list[Cell] = []
    at = start + 1
    for tc in tr.iterchildren(qn("w:tc")):
        blocks = _blocks(tc, part, at + 1)
        cells.append(Cell(tc=tc, start=at, end=blocks[-1].end, blocks=blocks))
        at = cells[-1].end
        for _ in range(span(tc) - 1):
            cells.append(Cell(tc=None, start=at, end=at + 2, blocks=[]))
            at += 2
    return Row(tr=tr, start=start, end=at, cells=cells)


def span(tc: Any) -> int:
    """How many columns the cell covers."""
    found = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") if tc is not None else None
    return max(int(found.get(qn("w:val"), "1")), 1) if found is not None else 1


def _paragraphs(blocks: list[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row.cells):
                yield from _paragraphs(cell.blocks)


def _tables(blocks: list[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row.cells:
                    yield from _tables(cell.blocks)


def style_names(document: Document) -> dict[str, str]:
    """The name of each style by its id; the built-in ones are known by name in every Word file."""
    found = {}
    for style in document.styles.element.findall(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            found[str(style.get(qn("w:styleId"), ""))] = _canonical(str(name.get(qn("w:val"), "")))
    return found


def style_of(p: Any, names: Mapping[str, str]) -> str:
    """The name of the paragraph's style, "" where it names none."""
    found = p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return names.get(str(found.get(qn("w:val"))), "") if found is not None else ""


def _canonical(name: str) -> str:
    """Word writes ``heading 1`` where python-docx and people say ``Heading 1``."""
    return "Heading " + name[8:] if name.lower().startswith("heading ") else name
