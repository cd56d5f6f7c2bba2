"""The rows of a table in a school's sheet: long or wide, names once or on every row, bars and notes between."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sheets_templates.imports.colours import note_fill, read_colours, said_by
from sheets_templates.imports.columns import Proposal
from sheets_templates.imports.grid import SourceCell, Tab
from sheets_templates.imports.headings import fields
from sheets_templates.imports.layout import TableArea, class_of_bar, kind_of
from sheets_templates.imports.placing import ask_about_order, place
from sheets_templates.imports.pupils import Collected
from sheets_templates.imports.report import Target
from sheets_templates.imports.tab_facts import FILLED_BY
from sheets_templates.imports.table_reading import TableReading, at, pupils_of
from sheets_templates.imports.understanding import understand
from sheets_templates.imports.values import read_value
from sheets_templates.imports.years import parse_year

_LEFT = re.compile(
    r"^(?:has )?left\b|\bleaver\b|^(?:has )?moved (?:school|away|to|class)|^off roll\b|^(?:transferred|gone) to\b",
    re.I,
)
_SIZE = re.compile(r"\b(\d{1,2})\s*(?:children|pupils|chn|ch|kids|students|learners)\b", re.I)
_WHY = {"bar": "heading of a section", "total": "total", "note": "note", "heading": "column heading"}


def read_table(tab: Tab, area: TableArea, collected: Collected) -> None:
    """Read one table into rows, every cell accounted for."""
    proposals = understand(tab, area, collected)
    collected.proposals[tab.title] = (*collected.proposals.get(tab.title, ()), *proposals)
    for cell in area.headings.values():
        collected.account.leave(cell, "column heading")
    for cell in area.groups.values():
        collected.account.leave(cell, "group heading")
    table = TableReading(tab=tab, area=area, proposals=proposals, collected=collected)
    if not any(p.field for p in proposals):
        return
    for row in range(area.header + 1, area.last + 1):
        if row in tab.rows or _reached(tab, row):
            _read_row(table, row)


def _reached(tab: Tab, row: int) -> bool:
    return any(r == row for r, _ in tab.fills)


def _read_row(table: TableReading, row: int) -> None:
    cells = table.tab.rows.get(row, ())
    account = table.collected.account
    if cells and (kind := kind_of(table.tab, table.area, row, table.matters)) != "data":
        if kind == "bar":
            table.bar = cells[0]
        for cell in cells:
            if kind != "bar" or not any(class_of_bar(cell.text)):
                account.leave(cell, _why(kind, cell))
        return
    if _has_left(table, row, cells):
        return
    pupils = pupils_of(table, row)
    if not pupils:
        for cell in cells:
            account.ask(cell, "this row names no pupil")
        return
    _under_bar(table, pupils)
    _from_tab(table, pupils)
    _place_row(table, row, pupils)


def _why(kind: str, cell: SourceCell) -> str:
    legend = kind == "note" and (":" in cell.text or "=" in cell.text) and len(cell.text) < 300
    return "key to colours or letters" if legend and ("=" in cell.text or ";" in cell.text) else _WHY[kind]


def _has_left(table: TableReading, row: int, cells: Sequence[SourceCell]) -> bool:
    """Whether a row is struck out or says that the pupil left; it is left out, and asked about."""
    struck = sum(cell.struck for cell in cells) * 2 > len(cells) > 0
    spoken = any(_LEFT.match(c.text) and c.column not in table.matters for c in cells)
    if not (struck or spoken):
        return False
    for cell in cells:
        table.collected.account.leave(cell, "left school")
    where = f"{table.tab.title}!{cells[0].address}"
    table.collected.account.question(
        where, "This row is struck out or says the pupil left. Leave it out?", "left out"
    )
    for (r, column), _ in list(table.tab.fills.items()):
        if r == row:
            note_fill(table, r, column, "left school", ())
    return True


def _under_bar(table: TableReading, pupils: Sequence[str]) -> None:
    """Class, teacher or year of the bar above, for pupils whose row does not say."""
    if table.bar is None:
        return
    group, teacher, year = class_of_bar(table.bar.text)
    year = parse_year(year)[0] if year else ""
    parts = {"class_form": group, "accountable_staff": teacher, "year_group": year}
    for pupil in pupils if len(pupils) == 1 else ():
        own = table.collected.account.rows.get(("pupils", pupil), {})
        targets = [
            Target(table="pupils", row=pupil, field=k, value=v) for k, v in parts.items() if v and own.get(k, v) == v
        ]
        if targets:
            table.collected.account.take(table.bar, targets, how="from the bar above the rows")


def _from_tab(table: TableReading, pupils: Sequence[str]) -> None:
    """Class, year and teacher that stand above the table, for pupils of whom no column says it."""
    for field, (cell, value) in table.collected.facts.items():
        if any(key in table.by_field for key in FILLED_BY[field]):
            continue
        rows = table.collected.account.rows
        targets = [
            Target(table="pupils", row=pupil, field=field, value=value)
            for pupil in pupils
            if rows.get(("pupils", pupil), {}).get(field, value) == value
        ]
        if targets:
            table.collected.account.take(cell, targets, how="stands above the table, for all its pupils")


def _place_row(table: TableReading, row: int, pupils: Sequence[str]) -> None:
    started = _started(table, row)
    rows: dict[tuple[str, int], list[str]] = {}
    for proposal in table.proposals:
        cell = table.tab.at(row, proposal.column)
        if cell is None or (cell.row != row and fields().get(proposal.field) is None):
            continue
        merged = cell.row != row
        if (cell.formula and proposal.field.partition(".")[0] in ("", "costs")) or not proposal.field:
            table.collected.account.leave(cell, "worked out by the sheet" if cell.formula else proposal.why)
            continue
        if merged and not proposal.field.startswith("pupils."):
            continue
        if proposal.field == "pupils.name" and len(pupils) > 1:
            _link_group(table, cell, rows, row, pupils)
            continue
        names = _row_names(table, proposal, row, pupils, rows)
        said = said_by(proposal, cell, table.collected)
        got = place(cell, proposal.field, names, table.collected, said=said)
        if proposal.field == "outcomes.target_date":
            ask_about_order(cell, got, started, table.collected)
    _size_in_words(table, row, rows)
    _outside(table, row)
    read_colours(table, row, rows)
    _link(table, row, rows)


def _size_in_words(table: TableReading, row: int, rows: Mapping[tuple[str, int], list[str]]) -> None:
    """``Talk group (4 children)`` names the size of the group, where no column does."""
    for proposal in table.proposals:
        cell = table.tab.cells.get((row, proposal.column))
        names = rows.get(("provision", proposal.slot), [])
        if proposal.field != "provision.what" or cell is None or not (match := _SIZE.search(cell.text)):
            continue
        account = table.collected.account
        free = [name for name in names if "group_size" not in account.rows.get(("provision", name), {})]
        size = int(match[1])
        account.take(
            cell,
            [Target(table="provision", row=name, field="group_size", value=size) for name in free],
            how="with the size of its group",
        )


def _started(table: TableReading, row: int) -> object:
    cell = at(table, "provision.start_date", row)
    got = read_value("date", "start_date", cell.value, table.collected.school_year) if cell is not None else None
    return next((value for _, value in got.values), None) if got else None


def _link_group(
    table: TableReading, cell: SourceCell, rows: dict[tuple[str, int], list[str]], row: int, pupils: Sequence[str]
) -> None:
    """The cell that names a group leads to each pupil's own row of help."""
    named = [p for p in table.proposals if p.field == "provision.what"]
    names = _row_names(table, named[0], row, pupils, rows) if named else list(pupils)
    targets = [
        Target(table="provision", row=name, field="pupil", value=p) for name, p in zip(names, pupils, strict=True)
    ]
    table.collected.account.take(cell, targets if named else (), ask="names several pupils")


def _row_names(
    table: TableReading, proposal: Proposal, row: int, pupils: Sequence[str], rows: dict[tuple[str, int], list[str]]
) -> list[str]:
    """The rows that a column's value goes to, one for each pupil: made when first needed in a row of the sheet."""
    of = fields()[proposal.field].table
    collected = table.collected
    if of in ("pupils", "cycles", "reviews"):
        return [collected.only_row(of, pupil) for pupil in pupils]
    if of == "contacts":
        return [pupils[0] if proposal.field == "contacts.people" else collected.last_contact(pupils[0])]
    key = ("provision" if of == "costs" else of), proposal.slot
    if key not in rows:
        before = _before(table, key[0], row, proposal.slot)
        rows[key] = [before] if before and len(pupils) == 1 else [collected.new_row(key[0], p) for p in pupils]
    return rows[key]


def _before(table: TableReading, of: str, row: int, slot: int) -> str:
    """The outcome of an earlier row, where its cell is merged down to this one."""
    wanted = "outcomes.target" if of == "outcomes" else "provision.what"
    proposal = next((p for p in table.proposals if p.field == wanted and p.slot == slot), None)
    cell = table.tab.at(row, proposal.column) if proposal else None
    return table.rows_of.get((cell.row, cell.column), "") if cell is not None and cell.row < row else ""


def _outside(table: TableReading, row: int) -> None:
    """Cells beside the table's columns."""
    for cell in table.tab.rows.get(row, ()):
        if not table.collected.account.has(cell):
            table.collected.account.leave(cell, "stands under no heading")


def _link(table: TableReading, row: int, rows: Mapping[tuple[str, int], list[str]]) -> None:
    """Help is for the outcome of its own row and slot, else for the pupil's last one in this table."""
    for (of, slot), names in rows.items():
        if of == "outcomes":
            for key in ("outcomes.target", "outcomes.outcome"):
                found = next((p for p in table.proposals if p.field == key and p.slot == slot), None)
                if found:
                    table.rows_of[row, found.column] = names[0]
        if of == "provision":
            own = rows.get(("outcomes", slot)) or rows.get(("outcomes", 0)) or []
            for name in names:
                mine = [o for o in own if o.partition("-")[0] == name.partition("-")[0]]
                if mine:
                    table.collected.links.setdefault(name, []).extend(mine)
