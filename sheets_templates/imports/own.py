"""A school's own source as it is put before a person: what each column means, what would come in, what stays out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2s
from typing import Literal

from sheets_templates.imports.delimited import list_of_book
from sheets_templates.imports.grid import BadFile, Book
from sheets_templates.imports.mis import MisImport, read_list
from sheets_templates.imports.people import Name
from sheets_templates.imports.report import Report, Rows
from sheets_templates.imports.sheet import Import, read_book

Kind = Literal["plans", "pupils"]
_OF_PLANS = ("outcomes.", "provision.")


@dataclass(frozen=True, kw_only=True)
class SourceColumn:
    """A column (or like columns of several tabs) with its proposal. ``field`` is "" for left out, with ``why``."""

    key: str
    heading: str
    field: str
    score: float
    why: str = ""
    alternatives: tuple[str, ...] = ()
    tabs: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class OwnSource:
    """A source as read: rows by (table, row name), the account of every cell, and the columns in reading order.

    ``mark`` changes whenever a cell of the source does; ``asks_who``: pupils are named by less than their names."""

    kind: Kind
    report: Report
    rows: Rows
    columns: tuple[SourceColumn, ...]
    mark: str
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks_who: bool = False


def read_own(
    book: Book,
    *,
    kind: Kind | None = None,
    choices: Mapping[str, str] | None = None,
    today: date | None = None,
    pupils: Sequence[Name] = (),
) -> OwnSource:
    """Read a source. Without ``kind`` it is plans where it has targets or help, else a list of pupils.

    ``pupils`` are the school's: whom a name that is not whole may mean. Raises BadFile where it is asked for as a
    list and has no headings of one."""
    plans = read_book(book, mapping=choices, pupils=pupils)
    found: Import | MisImport = plans
    wanted: Kind = kind or ("plans" if _has_plans(plans) else "pupils")
    if wanted == "pupils":
        try:
            found = read_list(list_of_book(book), today=today, mapping=choices)
        except BadFile:
            if kind:
                raise
            wanted = "plans"
    return OwnSource(
        kind=wanted,
        report=found.report,
        rows=found.rows,
        columns=_columns(found, frozenset(choices or ())),
        mark=_mark(found.report),
        links=found.links if isinstance(found, Import) else {},
        asks_who=isinstance(found, Import) and bool(found.short_names or found.unnamed),
    )


def _has_plans(found: Import) -> bool:
    proposals = (proposal for each in found.proposals.values() for proposal in each)
    return any(proposal.field.startswith(_OF_PLANS) for proposal in proposals)


def _columns(found: Import | MisImport, chosen: frozenset[str]) -> tuple[SourceColumn, ...]:
    every = _of_sheet(found) if isinstance(found, Import) else _of_list(found)
    merged: dict[str, SourceColumn] = {}
    for column in every:
        before = merged.get(column.key)
        tabs = tuple(dict.fromkeys((*(before.tabs if before else ()), *column.tabs)))
        kept = before or replace(column, chosen=column.key in chosen)
        merged[column.key] = replace(kept, tabs=tabs, score=min(kept.score, column.score))
    return tuple(merged.values())


def _of_sheet(found: Import) -> Iterable[SourceColumn]:
    for tab, proposals in found.proposals.items():
        for p in proposals:
            yield SourceColumn(
                key=p.key,
                heading=p.heading,
                field=p.field,
                score=p.score,
                why=p.why,
                alternatives=p.alternatives,
                tabs=(tab,),
                examples=p.examples,
            )


def _of_list(found: MisImport) -> Iterable[SourceColumn]:
    examples: dict[str, list[str]] = {}
    for line in found.report.lines:
        letters = line.cell.rstrip("0123456789")
        if line.why not in ("column heading", "above the table") and len(examples.setdefault(letters, [])) < 2:
            examples[letters].append(line.text[:60])
    for column in found.columns:
        if column.heading:
            yield SourceColumn(
                key=column.key,
                heading=column.heading,
                field=column.field,
                score=column.score if column.field else 0.0,
                why="" if column.field else "none of our fields",
                examples=tuple(examples.get(column.letters, ())),
            )


def _mark(report: Report) -> str:
    """A short digest of every cell of the source."""
    digest = blake2s(digest_size=8)
    for line in sorted(report.lines, key=lambda line: (line.tab, line.cell)):
        digest.update("\0".join((line.tab, line.cell, line.text, "\1")).encode("utf-8", "replace"))
    return digest.hexdigest()


def with_sen(rows: Rows) -> Rows:
    """Only pupils with SEN support or a plan, and what is theirs."""
    kept = {name for (table, name), row in rows.items() if table == "pupils" and row.get("sen_status") in ("K", "E")}
    return {key: row for key, row in rows.items() if key[1].partition("-")[0] in kept}
