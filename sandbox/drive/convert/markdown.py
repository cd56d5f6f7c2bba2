"""A document as Markdown, in the manner of Google's export, and Markdown as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from sandbox.docs.outline import Block, Paragraph, Run, Table
from sandbox.drive.convert.counting import Counting
from sandbox.drive.convert.page import Page

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|~-])")
_PADDING = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)


def written(page: Page) -> bytes:
    """Paragraphs apart by an empty line, list items not."""
    return ("\n".join(_lines(page.body)).strip("\n") + "\n").encode()


def as_html(data: bytes) -> str:
    """Markdown, tables among it, as HTML; HTML within it stays text."""
    made: str = (
        MarkdownIt("commonmark", {"html": False})
        .enable(["table", "strikethrough"])
        .render(data.decode("utf-8-sig", errors="replace"))
    )
    return made


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    counting, listed = Counting(), False
    for block in blocks:
        if isinstance(block, Table):
            yield from ["", *_table(block), ""]
            continue
        mark = counting.mark(block)
        if mark:
            yield "   " * block.level + ("* " if block.bullet == "ul" else f"{mark} ") + _words(block)
        elif words := _words(block):
            yield from ["", words] if listed else [words]
        if not mark and block.text:
            yield ""
        listed = bool(mark)


def _words(paragraph: Paragraph) -> str:
    depth = 1 if paragraph.title else paragraph.heading
    words = "".join(_run(run) for run in paragraph.runs).replace("\v", "  \n")
    return f"{'#' * depth} {words}" if depth and words else words


def _run(run: Run) -> str:
    match = _PADDING.match(run.text)
    before, words, after = match.groups() if match else ("", run.text, "")
    words = _SPECIAL.sub(r"\\\1", words)
    if words and (run.bold or run.italic):
        stars = "*" * (2 * run.bold + run.italic)
        words = f"{stars}{words}{stars}"
    return before + (f"[{words}]({run.link})" if run.link and words else words) + after


def _table(table: Table) -> Iterator[str]:
    width = max((len(row) for row in table.rows), default=0)
    for number, row in enumerate(table.rows):
        cells = [" ".join(line for line in _lines(cell) if line).replace("\n", " ") for cell in row]
        yield "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
        if number == 0:
            yield "|" + " :---- |" * width
