"""A pupil's rows as a document that a person can read: one part a tab, one short table a row. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
_EITHER_WAY = frozenset({"delivered", "parental_responsibility", "share_with_council"})
"""Boxes whose being empty says something too."""

_NO_TAGS = ViewSpec(name="record", tags={}, lists={})


Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One tab: its title, and of each row what it is called and what it says, heading by heading."""

    title: str
    rows: tuple[tuple[str, Facts], ...]


def parts(catalogue: Catalogue, school: School, tables: Tables) -> tuple[Part, ...]:
    """Rows in words, tab by tab: who it is first, then the plan, then what stands beside it."""
    chosen = [catalogue.table(key) for key in sorted(tables, key=_place) if tables[key]]
    return tuple(
        Part(title=table.title, rows=tuple((row.id, facts(school, table, row)) for row in tables[table.key]))
        for table in chosen
    )


def document(every: Sequence[Part], *, title: str, about: Sequence[str]) -> DocumentSpec:
    """The document of these parts, ``about`` in front of them."""
    blocks = [Block(text=title, style="Title"), *(Block(text=clean(line)) for line in about)]
    for part in every:
        blocks.append(Block(text=part.title, style="Heading 1"))
        blocks += [block for name, said in part.rows for block in _row(name or part.title, said)]
    return DocumentSpec(name="record", title=title, footer=f"{title} · ", view=_NO_TAGS, blocks=tuple(blocks))


def _place(key: str) -> tuple[int, int, str]:
    if key in _LAST:
        return 2, _LAST.index(key), key
    return (0, _FIRST.index(key), key) if key in _FIRST else (1, 0, key)


def _row(name: str, said: Facts) -> Iterator[Block]:
    if len(said) <= SHORT and not any("\n" in text for _, text in said):
        yield Block(label=name, text="; ".join(f"{heading}: {text}" for heading, text in said))
        return
    yield Block(text=name, style="Heading 2")
    yield Block(facts=said, head=_HEAD)


def facts(school: School, table: Table, row: FileRow) -> Facts:
    """What a row says, by the headings of its columns; what it doesn't say is left out."""
    return tuple((column.header, text) for column in table.inputs if (text := said(school, column, row)))


def said(school: School, column: Column, row: FileRow) -> str:
    """One cell in words. The pupil's own name is not said again in each row, nor an empty box that may be empty."""
    value = row.values.get(column.key)
    if column.kind in ("id", "pupil") or (value is False and column.key not in _EITHER_WAY):
        return ""
    hurt = row.unread.get(column.key)
    return clean(shown(school, column, value) if hurt is None else str(hurt))
