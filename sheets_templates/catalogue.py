"""All tables, choice lists and statutory references, loaded from TOML and checked against one another."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from sheets_templates.fields import BadTemplate
from sheets_templates.schema import CHOSEN, COMPUTED, REFERENCES, Catalogue, ChoiceList, Column, Reference, Table
from sheets_templates.tablefile import read_table
from sheets_templates.text import comparable
from sheets_templates.vocabulary import choice_lists, references

VERSION = 3
"""Of the workbooks that these files make. Raise it when a table, a column or a choice list is added or changed, so
that workbooks made before are told apart from those that somebody deleted something from."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@cache
def load() -> Catalogue:
    """The built-in catalogue. Raises BadTemplate, naming file and key, if a data file is wrong."""
    return build(tables=_documents("tables"), vocabulary=_documents("vocabulary"))


def build(
    *,
    tables: Mapping[str, Mapping[str, Any]],
    vocabulary: Mapping[str, Mapping[str, Any]],
    version: int = VERSION,
) -> Catalogue:
    """A catalogue from parsed TOML documents by file name."""
    lists: dict[str, ChoiceList] = {}
    cited: dict[str, Reference] = {}
    for name, document in vocabulary.items():
        _add_new(lists, choice_lists(name, document), name)
        _add_new(cited, references(name, document), name)
    found: dict[str, Table] = {}
    for name, document in tables.items():
        table = read_table(name, document, lists, cited)
        _add_new(found, {table.key: table}, name)
        _check_table(name, table)
    _check_together(found)
    return Catalogue(
        tables=MappingProxyType(found),
        lists=MappingProxyType(lists),
        references=MappingProxyType(cited),
        version=version,
    )


def _documents(folder: str) -> dict[str, dict[str, Any]]:
    found = {}
    for entry in sorted(files("sheets_templates").joinpath(folder).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            name = f"{folder}/{entry.name}"
            try:
                found[name] = tomllib.loads(entry.read_text(encoding="utf-8"))
            except tomllib.TOMLDecodeError as error:
                raise BadTemplate(f"{name}: not readable as TOML: {error}.") from error
    return found


def _add_new(target: dict[str, Any], more: Mapping[str, Any], name: str) -> None:
    for key, value in more.items():
        if key in target:
            raise BadTemplate(f"{name}: '{key}' is declared in another file already.")
        target[key] = value


def _check_table(name: str, table: Table) -> None:
    _refuse_repeats((column.key for column in table.columns), f"{name}: column key {{}} stands twice.")
    _refuse_repeats(
        (comparable(text) for column in table.columns for text in {column.header, *column.aliases}),
        f"{name}: header or alias {{}} stands twice.",
    )
    if table.sheet_id <= 0:
        raise BadTemplate(f"{name}: 'sheet_id' must be above 0: the sheet that Google makes is 0.")
    if table.id_column and (table.columns[0].kind != "id" or not table.id_prefix):
        raise BadTemplate(f"{name}: the id column comes first, and the table needs an 'id_prefix'.")
    for colour in (table.colour, *(highlight.colour for highlight in table.highlights)):
        if not _COLOUR.fullmatch(colour):
            raise BadTemplate(f"{name}: '{colour}' is no colour such as #1A73E8.")
    for highlight in table.highlights:
        _require(highlight.column in table.positions, f"{name}: highlights: no column '{highlight.column}'")
    for column in table.columns:
        _check_column(f"{name}: column '{column.key}'", table, column)


def _check_column(place: str, table: Table, column: Column) -> None:
    _require((column.kind in CHOSEN) == bool(column.choices), f"{place}: a choice, and only a choice, has 'options'")
    _require((column.kind in REFERENCES) == bool(column.ref), f"{place}: a reference, and only one, has a 'ref'")
    _require((column.kind == "lookup") == bool(column.lookup), f"{place}: a lookup, and only one, has a 'lookup'")
    _require((column.kind == "label") == bool(column.parts), f"{place}: a label, and only a label, has 'parts'")
    for part in column.parts:
        known = part.column in table.positions and table.column(part.column).kind not in COMPUTED
        _require(known, f"{place}: no column '{part.column}' to make a label of")


def _check_together(tables: Mapping[str, Table]) -> None:
    every = tables.values()
    _refuse_repeats((table.sheet_id for table in every), "tables: two tables have the sheet_id {}.")
    _refuse_repeats(
        ((table.workbook, comparable(table.title)) for table in every),
        "tables: two tabs of one workbook have the same title: {}.",
    )
    _refuse_repeats(
        (table.id_prefix for table in every if table.id_prefix), "tables: two tables have the id_prefix {}."
    )
    for table in every:
        for column in table.columns:
            _check_targets(f"tables/{table.key}.toml: column '{column.key}'", table, column, tables)


def _check_targets(place: str, table: Table, column: Column, tables: Mapping[str, Table]) -> None:
    if column.ref:
        target = tables.get(column.ref)
        _require(target is not None and target.id_column, f"{place}: 'ref' names no table with ids: '{column.ref}'")
    if column.lookup:
        shown = tables.get(column.lookup.table)
        near = shown is not None and shown.workbook == table.workbook and shown.label_column is not None
        _require(near, f"{place}: 'lookup' needs a table with a label column in the same workbook")
        for key in filter(None, (column.lookup.show, column.lookup.link)):
            _require(shown and key in shown.positions, f"{place}: 'lookup' names no column '{key}'")


def _require(met: object, message: str) -> None:
    if not met:
        raise BadTemplate(f"{message}.")


def _refuse_repeats(values: Iterable[object], message: str) -> None:
    seen: set[object] = set()
    for value in values:
        if value in seen:
            raise BadTemplate(message.format(repr(value)))
        seen.add(value)
