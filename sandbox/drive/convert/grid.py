"""A spreadsheet as a PDF: each visible sheet from a new page on, as many columns side by side as the paper takes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from itertools import islice

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table

from sandbox.drive.convert import ink
from sandbox.sheets.delimited import shown_rows
from sandbox.sheets.edit import today
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import Sheet, Spreadsheet
from sandbox.state import Workspace

_MARGIN, _POINTS_PER_PIXEL, _USUAL_PIXELS, _ROWS_AT_ONCE = 36, 0.75, 100, 40
_RULES = [
    ("GRID", (0, 0), (-1, -1), 0.5, colors.lightgrey),
    ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ("LEFTPADDING", (0, 0), (-1, -1), 2),
    ("RIGHTPADDING", (0, 0), (-1, -1), 2),
]


def written(workspace: Workspace, book: Spreadsheet) -> bytes:
    """All sheets that aren't hidden, as they show, on A4."""
    ink.ready()
    out = io.BytesIO()
    made = BaseDocTemplate(out, pagesize=A4, title=book.title, author="", invariant=1, pageCompression=1)
    frame = Frame(_MARGIN, _MARGIN, A4[0] - 2 * _MARGIN, A4[1] - 2 * _MARGIN, 0, 0, 0, 0)
    made.addPageTemplates([PageTemplate(frames=[frame])])
    evaluator = Evaluator(book, today(book, workspace.clock.now()))
    story: list[Flowable] = []
    for sheet in book.sheets:
        if not sheet.properties.get("hidden"):
            story += [*([PageBreak()] if story else []), *_printed(evaluator, sheet, frame.width)]
    made.build(story or [Spacer(1, 1)])
    return out.getvalue()


def _printed(evaluator: Evaluator, sheet: Sheet, width: float) -> Iterator[Flowable]:
    """One table after the other, so that long sheets take no longer a row than short ones."""
    rows = shown_rows(evaluator, sheet)
    yield Spacer(1, 1)
    for number, columns in enumerate(_strips(sheet, max(map(len, rows), default=0), width)):
        if number:
            yield PageBreak()
        lines = iter(rows)
        while block := list(islice(lines, _ROWS_AT_ONCE)):
            cells = [[_text(row[at]) if at < len(row) else "" for at in columns] for row in block]
            yield Table(
                cells, colWidths=[min(_width(sheet, at), width) for at in columns], style=_RULES, splitInRow=1
            )


def _strips(sheet: Sheet, count: int, width: float) -> Iterator[list[int]]:
    """The columns that fit on one page beside each other, then the next ones."""
    held: list[int] = []
    for at in range(count):
        if held and sum(_width(sheet, one) for one in (*held, at)) > width:
            yield held
            held = []
        held.append(at)
    if held:
        yield held


def _width(sheet: Sheet, column: int) -> float:
    properties = sheet.columns[column].properties if column < len(sheet.columns) else {}
    return float(properties.get("pixelSize", _USUAL_PIXELS)) * _POINTS_PER_PIXEL


def _text(text: str) -> Flowable | str:
    if not text:
        return ""
    words = escape(text, quote=False).replace("\n", "<br/>")
    return Paragraph(words, ParagraphStyle("cell", fontName=ink.PLAIN, fontSize=8, leading=10, splitLongWords=True))
