"""Answers put into grids whose rows stand fixed: what a list says of each, and who signs. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_templates.document_styles import W
from sheets_templates.form_nearby import Proposal
from sheets_templates.form_reading import Cell, Table
from sheets_templates.form_rows import add_row, widen
from sheets_templates.form_ticks import ticked_under
from sheets_templates.form_wanting import signing_cells
from sheets_templates.form_writing import fill_cell, remove, write_in_cell
from sheets_templates.part_tags import OTHER, key_of


def write_choice(table: Table, label: str, tag: str) -> bool:
    """Write what was chosen in place of all the choices, where each has a cell of its own; False where none has."""
    asked = next((cell for row in table.rows for cell in row if cell.where == label), None)
    ticks = None if asked is None else ticked_under(table, asked)
    if asked is None or ticks is None:
        return False
    first, *others = ticks.cells
    fill_cell(first.element, tag)
    widen(first, [cell for cell in others if cell.row == first.row])
    for row in {cell.row: cell.element.getparent() for cell in others if cell.row != first.row}.values():
        if row is not None:
            remove(row)
    for merged in asked.element.findall(f"{W}tcPr/{W}vMerge"):
        remove(merged)
    return True


def write_by_key(table: Table, columns: Sequence[int], path: str) -> bool:
    """Write each row's own tag, over those of its columns that stand side by side; False where no row is known.

    What the list says of none of the rows has a row of its own after them, which disappears when it is empty."""
    last: tuple[tuple[Cell, ...], Cell] | None = None
    seen: set[str] = set()
    for row in table.rows:
        key = key_of(path, row[0].text) if row else ""
        cells = _side_by_side([cell for cell in row if cell.column in columns and cell.is_answer])
        if key and key not in seen and cells:
            seen.add(key)
            last = row, cells[0]
            write_in_cell(cells[0], f"{{{{ {path}_{key} }}}}")
            widen(cells[0], cells[1:])
    if last is not None:
        add_row(last[0], last[1], last[1], f"{{{{ {path}_{OTHER} }}}}")
    return last is not None


def _side_by_side(cells: Sequence[Cell]) -> list[Cell]:
    found: list[Cell] = []
    for cell in cells:
        if found and (cell.column != found[-1].column + found[-1].wide or cell.high > 1):
            break
        found.append(cell)
    return found


def write_signature(table: Table, proposal: Proposal, path: str) -> bool:
    """Write who has agreed, and when, under the headings of a grid that ask for a name and a day."""
    holder = proposal.spot.holder
    if not isinstance(holder, Cell):
        return False
    cells = [cell for cell in table.rows[holder.row - 1] if cell.column >= holder.column]
    name, day = signing_cells(proposal)
    for at, part in ((name, "name"), (day, "date")):
        if 0 <= at < len(cells) and cells[at].is_answer:
            write_in_cell(cells[at], f"{{{{ {path}_{part} }}}}")
    return True
