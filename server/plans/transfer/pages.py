"""A pupil's rows as a document that a person can read: one part a tab, one short table a row. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from server.plans.model import School
from server.plans.record_show import shown
from server.plans.transfer.record import FileRow
from sheets_templates.document_spec import Block, DocumentSpec, ViewSpec
from sheets_templates.schema import Catalogue, Column, Table
from sheets_templates.text import clean

Tables = Mapping[str, Sequence[FileRow]]
SHORT = 6
"""A row that says no more than this many things is one line."""

_FIRST = ("pupils", "contacts", "plans", "cycles", "outcomes", "provision", "reviews", "meetings", "views")
_LAST = ("log", "staff", "library")
_HEAD = ("What", "What it says")
_NO_TAGS = ViewSpec(name="record", tags={}, lists={})


def record_document(
    catalogue: Catalogue, school: School, tables: Tables, *, title: str, about: Sequence[str]
) -> DocumentSpec:
    """The document of these rows, ``about`` in front of them."""
    blocks = [Block(text=title, style="Title"), *(Block(text=clean(line)) for line in about)]
    for key in sorted(tables, key=_place):
        if tables[key] and key in catalogue.tables:
            table = catalogue.table(key)
            blocks.append(Block(text=table.title, style="Heading 1"))
            blocks += [block for row in tables[key] for block in _row(school, table, row)]
    return DocumentSpec(name="record", title=title, footer=f"{title} · ", view=_NO_TAGS, blocks=tuple(blocks))


def _place(key: str) -> tuple[int, int, str]:
    if key in _LAST:
        return 2, _LAST.index(key), key
    return (0, _FIRST.index(key), key) if key in _FIRST else (1, 0, key)


def _row(school: School, table: Table, row: FileRow) -> Iterator[Block]:
    facts = [fact for column in table.inputs if (fact := _fact(school, column, row))]
    if len(facts) <= SHORT and not any("\n" in text for _, text in facts):
        yield Block(label=row.id or table.title, text="; ".join(f"{name}: {text}" for name, text in facts))
        return
    yield Block(text=row.id or table.title, style="Heading 2")
    yield Block(facts=tuple(facts), head=_HEAD)


def _fact(school: School, column: Column, row: FileRow) -> tuple[str, str] | None:
    """The column's heading and what the row says there; the pupil's own name is not said again."""
    if column.kind in ("id", "pupil"):
        return None
    said = row.unread.get(column.key)
    text = clean(str(said)) if said is not None else shown(school, column, row.values.get(column.key))
    return (column.header, clean(text)) if text and row.values.get(column.key) is not False else None
