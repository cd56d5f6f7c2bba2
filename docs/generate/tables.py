"""``tables.md``: every tab and column of the two workbooks, as the table files declare them."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generate import markdown
from sheets_templates import catalogue
from sheets_templates.schema import Column, Table

ABOUT = """
A school has one SENCO workbook, which nobody but the SENCO can open until they share it, and a plan workbook, where
teachers work. Tabs and columns are declared in `sheets_templates/tables/*.toml`; to add one, see
[add a column](../how-to/add-a-column.md). You may rename, move, insert, sort, filter and colour as you like: columns
are found by their heading, and when that is gone by a tag that travels with the column."""
KEY = """
**Needed**: *M* before a plan starts, *R* at the review, *auto* fills itself in, *o* optional. **Who sees it**: *P*
may go into the parents' copy, *S* staff only, *A* staff and the parent who said it."""
BOOKS = {"senco": "SENCO workbook", "plan": "Plan workbook"}


def page() -> str:
    return markdown.page("Tables", ABOUT, KEY, *_blocks())


def _blocks() -> Iterator[str]:
    known = catalogue.load()
    for which, title in BOOKS.items():
        yield f"## {title}"
        for table in known.workbook("senco" if which == "senco" else "plan"):
            yield _table(table)


def _table(table: Table) -> str:
    marks = [
        name for name, holds in (("hidden", table.hidden), ("written by SEN Plans", table.service_owned)) if holds
    ]
    heading = f"### {table.title}" + (f" ({', '.join(marks)})" if marks else "")
    source = f"Declared in `sheets_templates/tables/{table.key}.toml`."
    headers = ("Column", "Kind", "Needed", "Who sees it", "Help", "Source")
    rows = [_row(column) for column in table.columns]
    return "\n\n".join([heading, f"{table.help} {source}", markdown.table(headers, rows)])


def _row(column: Column) -> tuple[str, ...]:
    return (column.header, _kind(column), column.required, column.audience, column.help, column.source)


def _kind(column: Column) -> str:
    if column.choices:
        how = "choice of" if column.kind == "choice" else "several of"
        return f"{how} {', '.join(choice.value for choice in column.choices)}" + (" or other" * column.open)
    return f"{column.kind} → {column.ref}" if column.ref else column.kind
