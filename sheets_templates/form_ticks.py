"""Choices of a form that stand in table rows of their own: each with its box, beside or under what is asked. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sheets_templates.form_reading import Cell, Table
from sheets_templates.form_words import BOX, gaps, is_options, label_text, options_of


@dataclass(frozen=True, kw_only=True, eq=False)
class Ticks:
    """The cells of the choices; ``first`` is the first that has a box."""

    cells: tuple[Cell, ...]
    first: Cell
    options: tuple[str, ...]


def ticked_under(table: Table, cell: Cell) -> Ticks | None:
    """The choices in the rows that a tall cell stands beside, or in those under a cell as wide as the table."""
    rows = _beside(table, cell) if cell.high > 1 else _beneath(table, cell)
    found = [choice for row in rows for choice in _choices(row)]
    if len(found) < 2 or not all(_is_of_choices(row) for row in rows):
        return None
    cells = tuple(each for row in rows for each in row)
    return Ticks(cells=cells, first=found[0][0], options=tuple(words for _, words in found))


def _beside(table: Table, cell: Cell) -> list[list[Cell]]:
    rows = (table.rows[number - 1] for number in range(cell.row, cell.row + cell.high))
    return [[each for each in row if each.column >= cell.column + cell.wide] for row in rows]


def _beneath(table: Table, cell: Cell) -> list[list[Cell]]:
    over = table.rows[cell.row - 1]
    if cell.wide != sum(each.wide for each in over) or cell.column != 1:
        return []
    found: list[list[Cell]] = []
    for row in table.rows[cell.row :]:
        if not _is_of_choices(row):
            break
        found.append(list(row))
    return found


def _is_of_choices(row: Sequence[Cell]) -> bool:
    said = [each for each in row if not each.is_blank or is_options(each.text)]
    told = {id(choice) for choice, _ in _choices(row)} | {id(name) for name in _names(row)}
    return bool(said) and all(id(each) in told for each in said)


def _choices(row: Sequence[Cell]) -> Iterator[tuple[Cell, str]]:
    """Each box of a row, with what it stands for: words in its own cell, or in the cell before it."""
    for at, each in enumerate(row):
        marked = gaps(each.text).strip()
        if marked == BOX and at and not is_options(row[at - 1].text) and row[at - 1].text.strip():
            yield each, label_text(row[at - 1].text)
        elif marked.startswith(BOX) and len(options_of(each.text)) == 1 and "\n" not in marked:
            yield each, options_of(each.text)[0]


def _names(row: Sequence[Cell]) -> Iterator[Cell]:
    for name, box in pairwise(row):
        if gaps(box.text).strip() == BOX:
            yield name
