"""A table of a school's sheet while it is being read, and the pupils whom its rows are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sheets_templates.imports.columns import Proposal
from sheets_templates.imports.grid import SourceCell, Tab
from sheets_templates.imports.layout import TableArea
from sheets_templates.imports.people import Name, looks_like_name, parse_name, several_names
from sheets_templates.imports.pupils import Collected
from sheets_templates.imports.report import Target
from sheets_templates.imports.values import read_value

_NAMES = ("pupils.name", "pupils.first_name", "pupils.last_name")
_MATTER = (*_NAMES, "outcomes.target", "outcomes.outcome", "provision.what")


@dataclass
class TableReading:
    """A table being read. ``bar`` is the bar that the next rows stand under."""

    tab: Tab
    area: TableArea
    proposals: tuple[Proposal, ...]
    collected: Collected
    bar: SourceCell | None = None
    rows_of: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def by_field(self) -> Mapping[str, Proposal]:
        return {p.field: p for p in reversed(self.proposals) if p.field}

    @property
    def matters(self) -> list[int]:
        return sorted(p.column for p in self.proposals if p.field in _MATTER) or [
            p.column for p in self.proposals if p.field
        ]


def at(table: TableReading, key: str, row: int) -> SourceCell | None:
    """The cell of a row in the column that fills ``key``."""
    proposal = table.by_field.get(key)
    return table.tab.at(row, proposal.column) if proposal else None


def pupils_of(table: TableReading, row: int) -> tuple[str, ...]:
    """The pupils whom a row is about: as named in it, or as in the rows above, or of the tab."""
    collected = table.collected
    whole = at(table, "pupils.name", row)
    first, last = at(table, "pupils.first_name", row), at(table, "pupils.last_name", row)
    if whole is not None and (several := several_names(whole.text)):
        return _group(table, whole, several)
    name = _name(whole, first, last)
    if name is not None:
        collected.pupil = collected.find(
            name, _text(at(table, "pupils.upn", row)), _born(at(table, "pupils.dob", row))
        )
    elif not collected.pupil and not any(key in table.by_field for key in _NAMES):
        _by_title(table)
    return (collected.pupil,) if collected.pupil else ()


def _name(whole: SourceCell | None, first: SourceCell | None, last: SourceCell | None) -> Name | None:
    if first is not None or last is not None:
        return parse_name(f"{_text(last)}, {_text(first)}")
    return parse_name(whole.text) if whole is not None else None


def _text(cell: SourceCell | None) -> str:
    return cell.text if cell is not None else ""


def _born(cell: SourceCell | None) -> date | None:
    got = read_value("date", "dob", cell.value) if cell is not None else None
    return next((v for _, v in got.values if isinstance(v, date)), None) if got else None


def _by_title(table: TableReading) -> None:
    title = table.tab.title
    name = parse_name(title) if looks_like_name(title) or table.collected.is_known(title) else None
    if name is not None:
        table.collected.pupil = table.collected.find(name)
        where = f"No column names the pupil. Is this tab about {title}?"
        table.collected.account.question(title, where, default="taken so")
        name = table.collected.names[table.collected.pupil]
        targets = [("first_name", name.first), ("last_name", name.last)]
        for key, value in targets:
            table.collected.account.rows.setdefault(("pupils", table.collected.pupil), {}).setdefault(key, value)


def _group(table: TableReading, cell: SourceCell, names: Sequence[str]) -> tuple[str, ...]:
    """The pupils of a group row; those whom nobody or several match are asked about."""
    found: list[str] = []
    unsure: list[str] = []
    for piece in names:
        like = table.collected.like(piece) or _whole_name(table, cell, piece)
        found += like if len(like) == 1 else ()
        unsure += [piece] if len(like) != 1 else []
    matched = ", ".join(f"{n.first} {n.last}" for row in found for n in (table.collected.names[row],))
    question = f"Several pupils are named in one cell. Match to {matched or 'nobody'}?"
    if unsure:
        question += f" Not matched: {', '.join(unsure)}."
    table.collected.account.ask(cell, "names several pupils", question, default="matched so")
    return tuple(dict.fromkeys(found))


def _whole_name(table: TableReading, cell: SourceCell, piece: str) -> tuple[str, ...]:
    """A pupil of a group who stands nowhere else, where first and last name are both whole."""
    name = parse_name(piece)
    if name is None or len(name.first) < 2 or len(name.last.strip(".")) < 2:
        return ()
    row = table.collected.find(name)
    targets = [
        Target(table="pupils", row=row, field="first_name", value=name.first),
        Target(table="pupils", row=row, field="last_name", value=name.last),
    ]
    table.collected.account.take(cell, targets, how="names several pupils")
    return (row,)
