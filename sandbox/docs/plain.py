"""A document as plain text, as Drive exports it: a byte order mark, CRLF lines, bullets, one line a table row."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.docs.outline import Block, Paragraph, Table


def text(blocks: tuple[Block, ...]) -> str:
    """The whole text, beginning with the byte order mark that Drive writes."""
    return "\ufeff" + "\r\n".join(lines(blocks))


def lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The text line by line, without line ends."""
    counts: dict[int, int] = {}
    for block in blocks:
        if isinstance(block, Table):
            counts.clear()
            yield from _rows(block)
        else:
            yield from _marked(block, counts).split("\v")


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        yield "\t".join(" ".join(line for line in lines(cell) if line) for cell in row)


def _marked(paragraph: Paragraph, counts: dict[int, int]) -> str:
    """The paragraph behind its bullet or number."""
    if not paragraph.bullet:
        counts.clear()
        return paragraph.text
    indent = "   " * paragraph.level
    if paragraph.bullet == "ul":
        return f"{indent}* {paragraph.text}"
    for deeper in [level for level in counts if level > paragraph.level]:
        del counts[deeper]
    counts[paragraph.level] = counts.get(paragraph.level, 0) + 1
    return f"{indent}{counts[paragraph.level]}. {paragraph.text}"
