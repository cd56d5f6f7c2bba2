"""What every writer of a Google Doc is given: its title, its blocks, what stands in its margins, its paper."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.docs import outline
from sandbox.docs.backend import open_document
from sandbox.docs.outline import Block, Table
from sandbox.docs.setup import A4
from sandbox.state import Workspace

INCH = 72.0


@dataclass(frozen=True, kw_only=True)
class Page:
    """A document laid open. Lengths are in points; ``margins`` are top, right, bottom, left."""

    title: str
    body: tuple[Block, ...]
    header: tuple[Block, ...] = ()
    footer: tuple[Block, ...] = ()
    paper: tuple[float, float] = A4
    margins: tuple[float, float, float, float] = (INCH, INCH, INCH, INCH)


def opened(workspace: Workspace, file_id: str, *, title: str) -> Page:
    """The stored document. A margin that holds no text is left out."""
    document = open_document(workspace, file_id)
    section = document.sections[0]
    header, footer = outline.margins(document)
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    return Page(
        title=title,
        body=outline.body(document),
        header=_told(header),
        footer=_told(footer),
        paper=(_points(section.page_width, A4[0]), _points(section.page_height, A4[1])),
        margins=tuple(_points(side, INCH) for side in sides),  # type: ignore[arg-type]  # four sides in, four out
    )


def _told(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return blocks if any(isinstance(block, Table) or block.text for block in blocks) else ()


def _points(length: object, usual: float) -> float:
    return float(getattr(length, "pt", usual))
