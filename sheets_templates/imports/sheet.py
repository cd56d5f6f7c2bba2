"""A school's own workbook read into rows of our tables, with an account of every cell. The entrance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheets_templates.imports.choices import plain_choices
from sheets_templates.imports.colours import learn_colours, learn_letters
from sheets_templates.imports.columns import Proposal, known
from sheets_templates.imports.forms import read_boxes
from sheets_templates.imports.grid import Book, SourceCell, Tab
from sheets_templates.imports.layout import find_layout, is_dated, why_outside
from sheets_templates.imports.moments import read_moment, school_year
from sheets_templates.imports.people import Name
from sheets_templates.imports.pupils import Collected
from sheets_templates.imports.report import Report, Rows
from sheets_templates.imports.tab_facts import facts_above
from sheets_templates.imports.tables import read_table


@dataclass(frozen=True, kw_only=True)
class Import:
    """What a workbook gives. ``rows`` are values by (table, row name); ``links`` name the outcome rows that a help
    row is for; ``proposals`` are the columns as understood, by tab; ``short_names`` are names of pupils that are
    not whole. A row's name begins with its pupil's."""

    report: Report
    rows: Rows
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    proposals: Mapping[str, tuple[Proposal, ...]] = field(default_factory=dict)
    short_names: tuple[str, ...] = ()

    @property
    def unnamed(self) -> bool:
        """Whether rows or a whole tab stay out because nobody is named in them."""
        return any(line.why == "this row names no pupil" for line in self.report.lines)


def read_book(book: Book, *, mapping: Mapping[str, str] | None = None, pupils: Sequence[Name] = ()) -> Import:
    """Read every tab. ``mapping`` overrides what headings mean: ``Heading``, ``Heading#2`` (the second of that name),
    ``Tab!Heading`` (any case) or a proposal's key, to ``table.column`` or "".

    ``pupils`` are the school's, so that ``Aurelia`` or ``Noah T`` alone can be told who it is.

    Never raises for what people typed; whatever is not understood stands in the report with its reason."""
    collected = Collected(year=_year(book), choices=plain_choices(mapping), known=tuple(pupils))
    for tab in book:
        _read_tab(tab, collected)
    _leave_rest(book, collected)
    return Import(
        report=collected.account.report(),
        rows={key: row for key, row in collected.account.rows.items() if row},
        links={row: tuple(names) for row, names in collected.links.items()},
        proposals=dict(collected.proposals),
        short_names=tuple(collected.short),
    )


def _year(book: Book) -> object:
    texts = [tab.title for tab in book] + [
        c.text
        for tab in book
        for c in tab.cells.values()
        if c.row < 4 and isinstance(c.value, str) and len(c.text) < 120
    ]
    dates = [m.day for tab in book for c in tab.cells.values() if is_dated(c) and (m := read_moment(c.value)).day]
    recent = [day for day in dates if day.year >= max(d.year for d in dates) - 1]
    return school_year(texts, recent)


def _read_tab(tab: Tab, collected: Collected) -> None:
    if not tab.cells:
        return
    layout = find_layout(tab)
    if not layout.tables and _is_across(tab):
        tab = tab.transposed()
        layout = find_layout(tab)
    collected.pupil = ""
    _ask_about_hidden(tab, collected)
    learn_colours(tab, layout, collected)
    learn_letters(tab, layout, collected)
    collected.facts = facts_above(tab, layout)
    boxed = read_boxes(tab, layout, collected)
    if boxed.labels and not boxed.filled and not any(_has_data(tab, t.header, t.last) for t in layout.tables):
        _leave_all(tab, collected, "an empty form of this workbook")
        return
    for table in layout.tables:
        read_table(tab, table, collected)


def _ask_about_hidden(tab: Tab, collected: Collected) -> None:
    """What is hidden is read as all else, and whoever looks is told."""
    rows = sorted(tab.hidden_rows & set(tab.rows))
    if tab.hidden:
        question = f"The tab “{tab.title}” is hidden. It is read too. Is that right?"
        collected.account.question(tab.title, question, default="read too")
    elif rows:
        shown = ", ".join(str(row + 1) for row in rows[:10]) + (" …" if len(rows) > 10 else "")
        question = f"Hidden rows are read too: {shown}. Is that right?"
        collected.account.question(tab.title, question, default="read too")


def _has_data(tab: Tab, header: int, last: int) -> bool:
    return any(row in tab.rows for row in range(header + 1, last + 1))


def _is_across(tab: Tab) -> bool:
    """Whether the headings stand in the first column and each further column is one pupil."""
    left = min(cell.column for cell in tab.cells.values())
    heads = [c for c in tab.cells.values() if c.column == left and known(c.text) >= 0.9]
    others = {c.column for head in heads for c in tab.rows[head.row] if c.column > left}
    full = [column for column in others if sum((head.row, column) in tab.cells for head in heads) * 2 >= len(heads)]
    return len(heads) >= 4 and len(full) >= 2 and len(full) >= 0.6 * len(others)


def _leave_all(tab: Tab, collected: Collected, why: str) -> None:
    for cell in tab.cells.values():
        collected.account.leave(cell, why)


def _leave_rest(book: Book, collected: Collected) -> None:
    """Whatever no table and no box took: titles, notes, keys, totals."""
    for tab in book:
        first = min(tab.rows, default=0)
        for cell in _in_order(tab):
            if not collected.account.has(cell):
                collected.account.leave(cell, why_outside(tab, cell, first=cell.row == first))


def _in_order(tab: Tab) -> list[SourceCell]:
    return [tab.cells[place] for place in sorted(tab.cells)]
