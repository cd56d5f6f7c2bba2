"""What a copy's tables become once their tags stand: one row for each list, one block for each outcome. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from sheets_templates.document_styles import W
from sheets_templates.form_reading import Cell, Line, Table
from sheets_templates.form_writing import fill_cell, remove

Element = etree._Element


def tables_in(blocks: Sequence[Line | Table]) -> Iterator[Table]:
    """Every table of a form, those in its cells too."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row:
                    yield from tables_in(cell.blocks)


def is_count(cell: Cell) -> bool:
    return cell.text.strip(" .)").isdigit()


def drop_rows_after(table: Table, row: Sequence[Cell]) -> None:
    """Take out the empty rows that a form leaves for more of a list."""
    for other in table.rows[row[0].row :]:
        if not other or not all(cell.is_answer or is_count(cell) for cell in other):
            return
        element = other[0].element.getparent()
        if element is not None:
            remove(element)


def widen(cell: Cell, over: Sequence[Cell]) -> None:
    """Let a cell stand in the place of those to its right too."""
    _span(cell.element, [each.element for each in over], cell.wide + sum(each.wide for each in over))


def add_row(row: Sequence[Cell], first: Cell, last: Cell, words: str) -> None:
    """A row under another that says something in one wide cell, where that one has several."""
    element = first.element.getparent()
    if element is None:
        return
    made = deepcopy(element)
    cells = [child for child in made.iter(f"{W}tc") if child.getparent() is made]
    own = [child for child in element.iter(f"{W}tc") if child.getparent() is element]
    if len(cells) != len(own) or not {id(first.element), id(last.element)} <= {id(each) for each in own}:
        return
    start, stop = own.index(first.element), own.index(last.element)
    for at, cell in enumerate(cells):
        fill_cell(cell, words if at == start else "")
    wide = sum(each.wide for each in row if first.column <= each.column <= last.column)
    _span(cells[start], cells[start + 1 : stop + 1], wide)
    element.addnext(made)


def _span(cell: Element, over: Sequence[Element], wide: int) -> None:
    for each in over:
        remove(each)
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = etree.Element(f"{W}tcPr")
        cell.insert(0, properties)
    for name in ("tcW", "gridSpan"):
        for old in properties.findall(f"{W}{name}"):
            properties.remove(old)
    made = etree.Element(f"{W}gridSpan")
    made.set(f"{W}val", str(wide))
    properties.insert(0, made)


def one_target(table: Table, first: Cell) -> None:
    """A grid of targets side by side, kept for one: the others' columns go, and the first takes their place."""
    for row in table.rows:
        kept = [cell for cell in row if cell.column == first.column and cell.wide == first.wide]
        rest = [cell for cell in row if cell.column > first.column]
        if kept and rest and all(cell.high == 1 for cell in (*kept, *rest)):
            widen(kept[0], rest)
