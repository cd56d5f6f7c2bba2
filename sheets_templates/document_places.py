"""Where something stands in a template, as the person who wrote it would say."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sheets_templates.document_styles import Styles, W

Element = etree._Element

_LONGEST = 60


class Places:
    """The places of one part: ``heading “Hopes”``, ``table 1, row 2, column 1``, ``paragraph 3 (under “Hopes”)``.

    Numbers are those before anything was moved: make it before the part is arranged."""

    def __init__(self, root: Element, kind: str, styles: Styles) -> None:
        self._root = root
        self._kind = kind
        self._paragraphs = {paragraph: number for number, paragraph in enumerate(root.iter(f"{W}p"), 1)}
        self._headings = {p: _words(p) for p in self._paragraphs if styles.level(p) is not None}
        self._tables = {table: number for number, table in enumerate(root.iter(f"{W}tbl"), 1)}
        self._rows = {row: number for table in self._tables for number, row in _counted(table, "tr")}
        self._cells = {cell: number for row in self._rows for number, cell in _counted(row, "tc")}

    def of(self, element: Element) -> str:
        """The place of an element, by its first paragraph or the one around it."""
        paragraph = self._paragraph(element)
        prefix = "" if self._kind == "body" else f"the {self._kind}"
        place = "" if paragraph is None else self._named(paragraph)
        return ", ".join(filter(None, (prefix, place))) or "the document"

    def _paragraph(self, element: Element) -> Element | None:
        inside = next(element.iter(f"{W}p"), None)
        return next(element.iterancestors(f"{W}p"), None) if inside is None else inside

    def _named(self, paragraph: Element) -> str:
        if paragraph in self._headings:
            return f"heading “{self._headings[paragraph]}”"
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        if cell in self._cells:
            return self._cell(cell)
        number = self._paragraphs[paragraph]
        above = [words for heading, words in self._headings.items() if self._paragraphs[heading] < number]
        return f"paragraph {number}" + (f" (under “{above[-1]}”)" if above else "")

    def _cell(self, cell: Element) -> str:
        row = next(cell.iterancestors(f"{W}tr"))
        table = next(row.iterancestors(f"{W}tbl"))
        return f"table {self._tables[table]}, row {self._rows[row]}, column {self._cells[cell]}"


def own_texts(paragraph: Element) -> Iterator[Element]:
    """The text elements of a paragraph, without those of a text box that hangs in it."""
    for text in paragraph.iter(f"{W}t"):
        if next(text.iterancestors(f"{W}p"), None) is paragraph:
            yield text


def _words(paragraph: Element) -> str:
    words = "".join(text.text or "" for text in own_texts(paragraph)).strip()
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _counted(parent: Element, tag: str) -> Iterator[tuple[int, Element]]:
    return enumerate(parent.iterchildren(f"{W}{tag}"), 1)
