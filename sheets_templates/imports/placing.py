"""One cell put where it belongs: read by the kind of its field, taken, left or asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sheets_templates.imports.grid import SourceCell
from sheets_templates.imports.headings import Field, fields
from sheets_templates.imports.pupils import Collected
from sheets_templates.imports.report import Target
from sheets_templates.imports.values import Got, comparable_blank, read_value
from sheets_templates.text import tidy

_ELSEWHERE = {"outcomes.result": "actual", "provision.effect": "exit_measure", "provision.group_size": "when_where"}


def place(
    cell: SourceCell, key: str, rows: Sequence[str], collected: Collected, *, note: str = "", said: str = ""
) -> Got:
    """Put a cell into the field ``key`` of every row named; what was read is returned. ``said`` is what the cell
    means where its letter has a meaning of its own.

    A choice that we can't read becomes the words it is, where a field for words stands beside it."""
    field = fields()[key]
    if key == "contacts.people":
        _people(cell, rows, collected)
        return Got()
    if cell.formula and str(cell.value).startswith("="):
        collected.account.leave(cell, "worked out by the sheet, and no result was saved with it")
        return Got(left="formula")
    got = _in_words(field, cell, read_value(field.kind, field.name, said or cell.value, collected.school_year))
    if got.values:
        targets = [
            Target(table=field.table, row=row, field=name, value=value) for row in rows for name, value in got.values
        ]
        collected.account.take(cell, targets, how=got.how or note)
        if got.doubt:
            asked = f"“{cell.text[:60]}” {got.doubt}. Is that right?"
            collected.account.question(f"{cell.tab}!{cell.address}", asked, default="taken so")
    elif got.left:
        collected.account.leave(cell, got.left)
    else:
        collected.account.ask(
            cell, got.ask, question=f"“{cell.text[:60]}” {got.ask}. What should stand here?", default="left out"
        )
    return got


def _people(cell: SourceCell, rows: Sequence[str], collected: Collected) -> None:
    if comparable_blank(cell.text):
        collected.account.leave(cell, "stands for nothing")
        return
    for row in rows:
        collected.people(cell, row.partition("-")[0])


def _in_words(field: Field, cell: SourceCell, got: Got) -> Got:
    """What no choice fits, as words in the neighbouring field."""
    if got.values or got.left or not isinstance(cell.value, str):
        return got
    if field.key in _ELSEWHERE:
        return Got(values=((_ELSEWHERE[field.key], tidy(cell.text)),), how="none of our choices: kept in words")
    if field.key == "reviews.next_step":
        return Got(values=(("actions", (tidy(cell.text),)),), how="none of our choices: kept as an action")
    if field.key == "outcomes.target_date" and len(cell.text) > 15:
        return Got(values=(("actual", tidy(cell.text)),), how="no date: kept in words")
    return got


def ask_about_order(cell: SourceCell, got: Got, started: object, collected: Collected) -> None:
    """A date that lies before the help began, and would not with day and month exchanged, is asked about."""
    day = next((value for _, value in got.values if isinstance(value, date)), None)
    if day and got.other and isinstance(started, date) and day < started <= got.other:
        reads, could = f"{day:%-d %B %Y}", f"{got.other:%-d %B %Y}"
        question = f"“{cell.text}” reads as {reads}, before the help began; could it be {could}?"
        collected.account.question(f"{cell.tab}!{cell.address}", question, default=reads)
        collected.account.take(cell, (), ask="day and month may be exchanged")
