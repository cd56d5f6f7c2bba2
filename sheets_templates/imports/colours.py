"""What colours mean in a school's sheet, by its own key."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sheets_templates.address import letters
from sheets_templates.imports.grid import SourceCell, Tab
from sheets_templates.imports.layout import Layout
from sheets_templates.imports.meanings import meaning
from sheets_templates.imports.pupils import Collected
from sheets_templates.imports.report import Line, Target
from sheets_templates.imports.table_reading import TableReading


def learn_colours(tab: Tab, layout: Layout, collected: Collected) -> None:
    """What a tab's key says that colours mean: ``Green = target met`` on green."""
    for cell in tab.cells.values():
        if not cell.fill or layout.owner(cell.row) is not None or len(cell.text) > 60:
            continue
        said = re.split(r"\s*[=:]\s*|\s+[–-]\s+", cell.text)[-1]
        if found := meaning("results", said):
            collected.colours[cell.fill] = "outcomes.result", found
        elif found := meaning("provision_decisions", said):
            collected.colours[cell.fill] = "provision.decision", found


def read_colours(table: TableReading, row: int, rows: dict[tuple[str, int], list[str]]) -> None:
    """What a cell's colour says by the tab's key, for the target that its column belongs to."""
    for proposal in table.proposals:
        if not proposal.field.startswith(("outcomes.", "provision.")):
            continue
        cell = table.tab.cells.get((row, proposal.column))
        fill = cell.fill if cell else table.tab.fills.get((row, proposal.column), "")
        key, value = table.collected.colours.get(fill, ("", ""))
        names = rows.get((key.partition(".")[0], proposal.slot))
        if not key or not names:
            continue
        kept = [
            n
            for n in names
            if table.collected.account.rows.get((key.partition(".")[0], n), {}).get(key.partition(".")[2], value)
            == value
        ]
        targets = [Target(table=key.partition(".")[0], row=n, field=key.partition(".")[2], value=value) for n in kept]
        if cell is not None:
            table.collected.account.take(cell, targets, how="with its colour's meaning")
        else:
            note_fill(table, row, proposal.column, "from its colour", targets)


def note_fill(table: TableReading, row: int, column: int, why: str, targets: Sequence[Target]) -> None:
    """A cell that holds nothing but a colour."""
    cell = SourceCell(tab=table.tab.title, row=row, column=column, address=f"{letters(column)}{row + 1}")
    if targets:
        table.collected.account.take(cell, targets, how=why)
    elif table.tab.fills[row, column] in table.collected.colours:
        table.collected.account.lines[cell.tab, cell.address] = Line(
            tab=cell.tab, cell=cell.address, text="", verdict="left", why=why
        )
