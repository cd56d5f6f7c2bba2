"""What an import did, would do and could not do: tables for a SENCO, one object for a machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from server.workflows.import_rows import Imported
from sheets_templates.imports.columns import Proposal
from sheets_templates.imports.matching import Change
from sheets_templates.imports.report import Report

_SHOWN = 40
_TABS = {
    "staff": "Staff",
    "pupils": "Pupils",
    "contacts": "Contacts",
    "cycles": "Assess",
    "outcomes": "Plan",
    "provision": "Provision",
    "reviews": "Review",
    "costs": "Costs",
}


def as_data(result: Imported, account: Report) -> dict[str, Any]:
    """The whole result for a machine."""
    found = result.plan.proposals
    return {
        "dry_run": result.dry_run,
        "add": dict(Counter(add.table for add in found.adds)),
        "fill": [_change(change) for change in found.fills],
        "change": [_change(change) for change in found.changes],
        "same": found.same,
        "done": {"added": result.added, "filled": result.filled, "changed": result.changed, "moved": result.moved},
        "cells": dict(account.counts),
        "questions": [vars(question) for question in account.questions],
        "left": [*result.plan.left, *found.doubts],
        "unseen": list(result.unseen),
    }


def account_data(account: Report) -> dict[str, Any]:
    """Every cell with what became of it."""
    lines = [
        {
            "tab": line.tab,
            "cell": line.cell,
            "text": line.text,
            "verdict": line.verdict,
            "why": line.why,
            "to": [{**vars(target), "value": _plain(target.value)} for target in line.to],
        }
        for line in account.lines
    ]
    return {"cells": lines, "questions": [vars(question) for question in account.questions]}


def _change(change: Change) -> dict[str, Any]:
    return {
        "table": change.table,
        "row": change.row_id,
        "column": change.column,
        "before": _plain(change.before),
        "after": _plain(change.after),
    }


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def print_import(result: Imported, account: Report, proposals: Mapping[str, Sequence[Proposal]]) -> None:
    """For a person: the columns as understood, what comes in, what differs, what to settle."""
    console = Console()
    for tab, columns in proposals.items():
        console.print(_columns(tab, columns))
    console.print(_cells(account))
    console.print(_rows(result))
    if result.plan.proposals.changes:
        console.print(_changes(result))
    if account.questions:
        console.print(_questions(account))
    for line in (*result.plan.left, *result.plan.proposals.doubts):
        console.print(f"[yellow]{escape(line)}[/yellow]")
    console.print(escape(_last(result)))


def _columns(tab: str, columns: Sequence[Proposal]) -> Table:
    table = Table("Heading", "Means", "How sure", "Or", title=f"Columns of {escape(tab)}")
    for column in columns:
        means = column.field or f"left out: {column.why}"
        sure = f"{column.score:.0%}" if column.field else ""
        table.add_row(escape(column.heading), means, sure, ", ".join(column.alternatives[:2]))
    return table


def _cells(account: Report) -> Table:
    counts = account.counts
    table = Table("Taken as they are", "Taken, written our way", "Left out", "To ask", title="Cells of your file")
    table.add_row(*(str(counts.get(verdict, 0)) for verdict in ("taken", "changed", "left", "ask")))
    return table


def _rows(result: Imported) -> Table:
    found = result.plan.proposals
    added, filled = Counter(a.table for a in found.adds), Counter(c.table for c in found.fills)
    differ = Counter(c.table for c in found.changes)
    table = Table("Tab", "New rows", "Empty cells filled", "Cells that differ", title="Your workbooks")
    for key, title in _TABS.items():
        if added[key] or filled[key] or differ[key]:
            table.add_row(title, str(added[key]), str(filled[key]), str(differ[key]))
    return table


def _changes(result: Imported) -> Table:
    table = Table("Row", "Column", "Stands in the workbook", "Stands in the file", title="Cells that differ")
    for change in result.plan.proposals.changes[:_SHOWN]:
        place = f"{_TABS.get(change.table, change.table)} {change.row_id}"
        table.add_row(place, change.column, *(escape(str(_plain(v)))[:60] for v in (change.before, change.after)))
    return table


def _questions(account: Report) -> Table:
    table = Table("Where", "Question", "If nobody says", title="Please settle")
    for asked in account.questions[:_SHOWN]:
        table.add_row(escape(asked.where), escape(asked.question), escape(asked.default))
    if len(account.questions) > _SHOWN:
        table.add_row("…", f"and {len(account.questions) - _SHOWN} more; --report FILE has them all", "")
    return table


def _last(result: Imported) -> str:
    found = result.plan.proposals
    if result.dry_run:
        return "Nothing was changed: this was a dry run."
    differ = (
        f" {len(found.changes)} cells differ and were left as they are; --update takes the file's."
        if (found.changes and not result.changed)
        else ""
    )
    if not (result.added or result.filled or result.changed):
        return f"Everything in the file stands in the workbooks already. Nothing was changed.{differ}"
    moved = f" {result.moved} rows were being edited and were left: run it again." if result.moved else ""
    return f"{result.added} rows added, {result.filled} cells filled, {result.changed} changed.{moved}{differ}"
