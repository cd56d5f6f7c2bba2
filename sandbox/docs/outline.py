"""A stored .docx as plain data: blocks of styled text, which every export and page is written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run as DocxRun


@dataclass(frozen=True, kw_only=True)
class Run:
    """Text in one style. A line break within a paragraph is a vertical tab, as in Google Docs. ``is_page_number``
    text changes from page to page."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    is_page_number: bool = False


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """``heading`` is 1-6, or 0; ``title`` marks the document's title; ``bullet`` is "", "ul" or "ol"."""

    runs: tuple[Run, ...] = ()
    heading: int = 0
    title: bool = False
    bullet: str = ""
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells; each cell is blocks. A merged cell stands once, where it begins."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]


Block = Paragraph | Table


def body(document: Document) -> tuple[Block, ...]:
    """The document's blocks in order."""
    return tuple(_blocks(document))


def margins(document: Document) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """What stands in the first section's header and in its footer."""
    section = document.sections[0]
    header, footer = (
        () if part.is_linked_to_previous else tuple(_blocks(part)) for part in (section.header, section.footer)
    )
    return header, footer


def _blocks(container: Document | BlockItemContainer) -> Iterator[Block]:
    for item in container.iter_inner_content():
        if isinstance(item, DocxTable):
            yield Table(rows=tuple(_row(item)))
        else:
            yield paragraph(item)


def _row(table: DocxTable) -> Iterator[tuple[tuple[Block, ...], ...]]:
    for row in table.rows:
        cells: list[_Cell] = []
        for cell in row.cells:
            if not any(cell._tc is known._tc for known in cells):
                cells.append(cell)
        yield tuple(tuple(_blocks(cell)) for cell in cells)


def paragraph(item: DocxParagraph) -> Paragraph:
    """One paragraph, its style read by the name the built-in styles have in every Word file."""
    own_style = item.style if item._p.style is not None else None
    style = (own_style.name or "") if own_style is not None else ""
    kind, level = bullet(item, style)
    return Paragraph(
        runs=tuple(_joined(_runs(item))),
        heading=int(style[8:]) if style.startswith("Heading ") and style[8:] in "123456" else 0,
        title=style == "Title",
        bullet=kind,
        level=level,
    )


def _runs(item: DocxParagraph) -> Iterator[Run]:
    code = ""
    for piece in item.iter_inner_content():
        if isinstance(piece, Hyperlink):
            for run in piece.runs:
                yield _run(run, link=piece.url)
        else:
            code = _field_code(piece, code)
            yield replace(_run(piece), is_page_number=code == "PAGE")


def _field_code(run: DocxRun, code: str) -> str:
    """The field that is open after this run: its code, or "" outside fields."""
    for part in run._r:
        if part.tag == qn("w:instrText"):
            code = (part.text or "").strip().partition(" ")[0].upper()
        elif part.tag == qn("w:fldChar") and part.get(qn("w:fldCharType")) in ("begin", "end"):
            code = ""
    return code


def _run(run: DocxRun, *, link: str = "") -> Run:
    return Run(text=run.text.replace("\n", "\v"), bold=bool(run.bold), italic=bool(run.italic), link=link)


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours in the same style as one run; empty ones left out."""
    held: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if held and replace(held, text=run.text) == run:
            held = replace(held, text=held.text + run.text)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def bullet(item: DocxParagraph, style: str) -> tuple[str, int]:
    """Whether the paragraph is in a list, by style name or by its numbering, and how deep."""
    for name, kind in (("List Bullet", "ul"), ("List Number", "ol")):
        if style.startswith(name):
            place = style[len(name) :].strip()
            return kind, int(place) - 1 if place.isdecimal() else 0
    found = item._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if found is None:
        return "", 0
    number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    depth = int(level.get(qn("w:val"), "0")) if level is not None else 0
    return _numbering_kind(item, number.get(qn("w:val"), "") if number is not None else "", depth), depth


def _numbering_kind(item: DocxParagraph, number: str, depth: int) -> str:
    if number in ("", "0"):
        return ""
    numbering = item.part.numbering_part.element  # type: ignore[attr-defined]  # the stubs name the base class of parts only
    path = f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val" if number.isdecimal() else "w:none"
    for abstract in numbering.xpath(path):
        formats = numbering.xpath(
            f"w:abstractNum[@w:abstractNumId='{int(abstract)}']/w:lvl[@w:ilvl='{depth}']/w:numFmt/@w:val"
        )
        if formats:
            return "ul" if formats[0] == "bullet" else "ol"
    return "ul"
