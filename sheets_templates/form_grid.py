"""The grid of a Word table: which column a cell starts in, and how far merged cells reach. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from sheets_templates.document_styles import W

Element = etree._Element


def inside(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent.iterchildren(tag, f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
        if child.tag == tag:
            yield child
        else:
            yield from inside(child, tag)


def columns_of(row: Element) -> Iterator[tuple[Element, int, int]]:
    before = row.find(f"{W}trPr/{W}gridBefore")
    column = 1 + (0 if before is None else _number(before))
    for cell in inside(row, f"{W}tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        wide = 1 if span is None else max(1, min(_number(span), 64))
        yield cell, column, wide
        column += wide


def _number(element: Element) -> int:
    value = element.get(f"{W}val", "")
    return int(value) if value.isdigit() and len(value) < 4 else 0


def height_of(below: Sequence[Element], column: int) -> int:
    high = 1
    for row in below:
        cell = next((cell for cell, at, _ in columns_of(row) if at == column), None)
        merge = None if cell is None else cell.find(f"{W}tcPr/{W}vMerge")
        if merge is None or merge.get(f"{W}val") == "restart":
            return high
        high += 1
    return high
