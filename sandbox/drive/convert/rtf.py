"""A document as Rich Text: paragraphs, headings, bold, italic, lists, tables, links."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.docs.outline import Block, Paragraph, Run, Table
from sandbox.drive.convert.counting import Counting
from sandbox.drive.convert.page import Page

_HEAD = r"{\rtf1\ansi\ansicpg1252\deff0\uc1{\fonttbl{\f0\fswiss Arial;}}"
_SIZES = (22, 40, 32, 28, 24, 22, 22)
_TITLE, _TWIPS, _ROW = 52, 20, 9000


def written(page: Page) -> bytes:
    """The whole document in seven-bit text."""
    width, height = page.paper
    top, right, bottom, left = page.margins
    named = (
        ("paperw", width),
        ("paperh", height),
        ("margt", top),
        ("margr", right),
        ("margb", bottom),
        ("margl", left),
    )
    paper = "".join(f"\\{name}{round(length * _TWIPS)}" for name, length in named)
    margins = "".join(
        f"{{\\{name} {''.join(_blocks(blocks))}}}\n"
        for name, blocks in (("header", page.header), ("footer", page.footer))
        if blocks
    )
    title = f"{{\\info{{\\title {_escaped(page.title)}}}}}"
    return f"{_HEAD}{title}\n{paper}\n{margins}{''.join(_blocks(page.body))}}}".encode("ascii")


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    counting = Counting()
    for block in blocks:
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield _paragraph(block, counting.mark(block)) + "\\par\n"


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        edges = "".join(f"\\cellx{_ROW * (at + 1) // len(row)}" for at in range(len(row)))
        cells = "".join(f"\\intbl {_cell(cell)}\\cell" for cell in row)
        yield f"\\trowd{edges}\n{cells}\\row\n"
    yield "\\pard\n"


def _cell(blocks: tuple[Block, ...]) -> str:
    """A cell's paragraphs; a table in it gives its text alone."""
    counting = Counting()
    flat = [block for block in blocks if isinstance(block, Paragraph)]
    nested = [paragraph for block in blocks if isinstance(block, Table) for paragraph in _flat(block)]
    return "\\par ".join(_paragraph(one, counting.mark(one)) for one in (*flat, *nested))


def _flat(table: Table) -> Iterator[Paragraph]:
    for block in (block for row in table.rows for cell in row for block in cell):
        if isinstance(block, Table):
            yield from _flat(block)
        else:
            yield block


def _paragraph(paragraph: Paragraph, mark: str) -> str:
    size = _TITLE if paragraph.title else _SIZES[paragraph.heading]
    indent, tab = (f"\\li{360 * (paragraph.level + 1)}\\fi-360 ", "\\tab ") if mark else ("", "")
    words = "".join(_run(run) for run in paragraph.runs)
    return f"\\pard\\fs{size}{indent} {_escaped(mark)}{tab}{words}"


def _run(run: Run) -> str:
    words = _escaped(run.text)
    if run.italic:
        words = f"{{\\i {words}}}"
    if run.bold:
        words = f"{{\\b {words}}}"
    if run.link:
        words = f'{{\\field{{\\*\\fldinst HYPERLINK "{_escaped(run.link)}"}}{{\\fldrslt {words}}}}}'
    return words


def _escaped(text: str) -> str:
    made = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    made = made.replace("\t", "\\tab ").replace("\v", "\\line ").replace("\n", "\\line ")
    return "".join(letter if letter.isascii() else _unicode(letter) for letter in made)


def _unicode(letter: str) -> str:
    """One letter as RTF writes those beyond ASCII: its UTF-16 units as signed numbers."""
    units = letter.encode("utf-16-le", "surrogatepass")
    numbers = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(f"\\u{number}?" for number in numbers)
