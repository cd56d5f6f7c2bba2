"""A document as clean, escaped HTML: what the host page shows and what an HTML export holds."""

from __future__ import annotations

from html import escape
from itertools import groupby

from sandbox.docs import outline
from sandbox.docs.backend import open_document
from sandbox.docs.outline import Block, Paragraph, Run, Table
from sandbox.state import Workspace


def html(workspace: Workspace, file_id: str) -> str:
    """The stored document as semantic HTML: h1-h6, p, ul, ol, table, strong, em, a. All text is escaped.

    A page header and footer that hold something stand around the body, as ``header`` and ``footer``."""
    document = open_document(workspace, file_id)
    header, footer = outline.margins(document)
    parts = [_margin("header", header), of_blocks(outline.body(document)), _margin("footer", footer)]
    return "\n".join(part for part in parts if part)


def of_blocks(blocks: tuple[Block, ...]) -> str:
    """Blocks as HTML; neighbouring list items share one list."""
    parts: list[str] = []
    for kind, group in groupby(blocks, key=lambda b: b.bullet if isinstance(b, Paragraph) else ""):
        if kind:
            parts.append(_list([item for item in group if isinstance(item, Paragraph)]))
        else:
            parts += [_table(block) if isinstance(block, Table) else _paragraph(block) for block in group]
    return "\n".join(part for part in parts if part)


def _margin(tag: str, blocks: tuple[Block, ...]) -> str:
    held = any(isinstance(block, Table) or block.text for block in blocks)
    return f"<{tag}>{of_blocks(blocks)}</{tag}>" if held else ""


def _paragraph(paragraph: Paragraph) -> str:
    tag = f"h{paragraph.heading}" if paragraph.heading else "h1" if paragraph.title else "p"
    words = _runs(paragraph)
    return f"<{tag}>{words}</{tag}>" if words or tag == "p" else ""


def _list(items: list[Paragraph]) -> str:
    """One list; deeper items nest inside the item before them."""
    kind, base = items[0].bullet, items[0].level
    out: list[str] = []
    at = 0
    while at < len(items):
        deeper = at + 1
        while deeper < len(items) and items[deeper].level > base:
            deeper += 1
        nested = _list(items[at + 1 : deeper]) if deeper > at + 1 else ""
        out.append(f"<li>{_runs(items[at])}{nested}</li>")
        at = deeper
    return f"<{kind}>{''.join(out)}</{kind}>"


def _table(table: Table) -> str:
    rows = ["".join(f"<td>{of_blocks(cell)}</td>" for cell in row) for row in table.rows]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _runs(paragraph: Paragraph) -> str:
    return "".join(_run(run) for run in paragraph.runs)


def _run(run: Run) -> str:
    words = escape(run.text).replace("\v", "<br>")
    if run.italic:
        words = f"<em>{words}</em>"
    if run.bold:
        words = f"<strong>{words}</strong>"
    if run.link.startswith(("http://", "https://", "mailto:")):
        words = f'<a href="{escape(run.link)}" rel="noopener noreferrer">{words}</a>'
    return words
