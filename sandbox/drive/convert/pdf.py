"""A document as a PDF: its text, headings, lists, tables and links on its own paper. Pictures are left out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer
from reportlab.platypus import Paragraph as Printed
from reportlab.platypus import Table as Grid

from sandbox.docs.outline import Block, Paragraph, Run, Table
from sandbox.drive.convert import ink
from sandbox.drive.convert.counting import Counting
from sandbox.drive.convert.page import Page

_INDENT, _HALF_INCH = 18, 36
_SIZES = (11, 20, 16, 14, 12, 11, 11)
"""Points of normal text, then of the six headings: Google Docs' own."""
_TITLE = 26
_RULES = [
    ("GRID", (0, 0), (-1, -1), 0.75, colors.black),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 5),
    ("RIGHTPADDING", (0, 0), (-1, -1), 5),
]


def written(page: Page) -> bytes:
    """The whole document; the same document gives the same bytes."""
    ink.ready()
    out = io.BytesIO()
    top, right, bottom, left = page.margins
    width, height = page.paper
    made = BaseDocTemplate(out, pagesize=page.paper, title=page.title, author="", invariant=1, pageCompression=1)
    frame = Frame(left, bottom, width - left - right, height - top - bottom, 0, 0, 0, 0)
    made.addPageTemplates([PageTemplate(frames=[frame], onPage=_margins(page))])
    made.build(list(flowing(page.body, frame.width)) or [Spacer(1, 1)])
    return out.getvalue()


def flowing(blocks: tuple[Block, ...], width: float) -> Iterator[Flowable]:
    """The blocks as the writer's own pieces, for a column of that width."""
    counting = Counting()
    for block in blocks:
        if isinstance(block, Table):
            if grid := _grid(block, width):
                yield grid
        else:
            yield _printed(block, counting.mark(block))


def numbered(blocks: tuple[Block, ...], number: int) -> tuple[Block, ...]:
    """The same blocks as they stand on one page. Numbers inside tables stay as they were stored."""
    return tuple(
        block
        if isinstance(block, Table)
        else replace(
            block, runs=tuple(replace(run, text=str(number)) if run.is_page_number else run for run in block.runs)
        )
        for block in blocks
    )


def _margins(page: Page) -> Any:
    """Draws the header and the footer on each page."""
    top, right, bottom, left = page.margins
    width, height = page.paper

    def draw(canvas: Any, _: Any) -> None:
        for blocks, floor, room in (
            (page.header, height - top, top - _HALF_INCH / 2),
            (page.footer, 0, bottom - _HALF_INCH / 2),
        ):
            if blocks and room > 0:
                frame = Frame(left, max(floor, 0), width - left - right, room, 0, 0, 0, 0)
                shown = numbered(blocks, canvas.getPageNumber())
                frame.addFromList(list(flowing(shown, frame.width)), canvas)

    return draw


def _grid(table: Table, width: float) -> Flowable | None:
    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return None
    inner = width / columns - 10
    rows = [[list(flowing(cell, inner)) for cell in row] + [[]] * (columns - len(row)) for row in table.rows]
    return Grid(rows, colWidths=[width / columns] * columns, style=_RULES, splitInRow=1, spaceAfter=6)


def _printed(paragraph: Paragraph, mark: str) -> Flowable:
    size = _TITLE if paragraph.title else _SIZES[paragraph.heading]
    indent = _INDENT * (paragraph.level + 1) if mark else 0
    style = ParagraphStyle(
        "text",
        fontName=ink.PLAIN,
        bulletFontName=ink.PLAIN,
        fontSize=size,
        leading=size * 1.3,
        spaceBefore=size / 2 if paragraph.heading else 0,
        spaceAfter=4,
        leftIndent=indent,
        bulletIndent=max(indent - _INDENT, 0),
        splitLongWords=True,
    )
    words = "".join(_run(run) for run in paragraph.runs)
    return Printed(words or "\u00a0", style, bulletText=mark or None)


def _run(run: Run) -> str:
    words = escape(run.text, quote=False).replace("\v", "<br/>").replace("\t", "\u00a0\u00a0\u00a0\u00a0")
    if run.bold:
        words = f"<b>{words}</b>"
    if run.link.startswith(("http://", "https://", "mailto:")):
        words = f'<a href="{escape(run.link)}" color="#1155cc">{words}</a>'
    return words
