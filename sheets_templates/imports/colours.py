"""What colours mean in a school's sheet, by its own key."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sheets_templates.address import letters
from sheets_templates.imports.columns import Proposal
from sheets_templates.imports.grid import SourceCell, Tab
from sheets_templates.imports.layout import Layout
from sheets_templates.imports.meanings import meaning
from sheets_templates.imports.pupils import Collected
from sheets_templates.imports.report import Line, Target
from sheets_templates.imports.table_reading import TableReading

_LETTER = re.compile(r"(?:^|[\s,;(:])([A-Za-z]{1,2})\s*[=:–-]\s*([^,;=\n)]+)")


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


def learn_letters(tab: Tab, layout: Layout, collected: Collected) -> None:
    """What a tab's key says that letters mean: ``G = got there, A = on the way, R = not yet``."""
    for cell in tab.cells.values():
        if not isinstance(cell.value, str) or len(cell.text) > 300:
            continue
        inside = layout.owner(cell.row) is not None
        pairs = _LETTER.findall(cell.text) if not inside or cell.text.count("=") > 1 else []
        for letter, words in pairs if len(pairs) > 1 else ():
            if found := meaning("results", words):
                collected.letters[letter.casefold()] = found


def said_by(proposal: Proposal, cell: SourceCell, collected: Collected) -> str:
    """What a letter in a column of results means, by the sheet's key or as a traffic light; "" for other cells."""
    text = cell.text.casefold()
    if proposal.field != "outcomes.result":
        return ""
    return collected.letters.get(text, "") or ("amber" if proposal.lights and text == "a" else "")


def light_of(fill: str) -> str:
    """Red, amber or green as the result it stands for; "" for other colours."""
    if not re.fullmatch(r"(?:[0-9A-F]{2})?[0-9A-F]{6}", fill.upper()):
        return ""
    red, green, blue = (int(fill[-6:][n : n + 2], 16) for n in (0, 2, 4))
    if red > 190 and green > 130 and blue < 170 and red - blue > 60 and green - blue > 20:
        return "Some progress"
    if green > red + 25 and green > blue + 15:
        return "Achieved"
    return "No change" if red > green + 50 and red > blue + 50 else ""


def read_colours(table: TableReading, row: int, rows: dict[tuple[str, int], list[str]]) -> None:
    """What a cell's colour says by the tab's key, for the target that its column belongs to."""
    for proposal in table.proposals:
        if not proposal.field.startswith(("outcomes.", "provision.")):
            continue
        cell = table.tab.cells.get((row, proposal.column))
        fill = cell.fill if cell else table.tab.fills.get((row, proposal.column), "")
        key, value = table.collected.colours.get(fill, ("", ""))
        if not key and cell is None and proposal.lights and (light := light_of(fill)):
            key, value = proposal.field, light
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
