"""One table's TOML file made into a ``Table``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast, get_args

from sheets_templates.fields import Fields
from sheets_templates.schema import (
    Audience,
    ChoiceList,
    Column,
    Highlight,
    Kind,
    Lookup,
    Part,
    Reference,
    Required,
    Table,
    Workbook,
)
from sheets_templates.vocabulary import choice


def read_table(
    name: str, document: Mapping[str, Any], lists: Mapping[str, ChoiceList], references: Mapping[str, Reference]
) -> Table:
    """The table that a file declares. ``name`` is the file's, for messages."""
    fields = Fields(document, place=name)
    columns = tuple(_column(name, raw, lists, references) for raw in fields.take("columns", list))
    table = Table(
        key=fields.text("key"),
        title=fields.text("title"),
        workbook=cast(Workbook, fields.one_of("workbook", get_args(Workbook))),
        sheet_id=fields.take("sheet_id", int),
        columns=columns,
        help=fields.text("help", ""),
        id_prefix=fields.text("id_prefix", ""),
        spare_rows=fields.take("spare_rows", int, 0),
        colour=fields.text("colour", "#5F6368"),
        frozen_columns=fields.take("frozen_columns", int, 0),
        hidden=fields.take("hidden", bool, False),
        optional=fields.take("optional", bool, False),
        service_owned=fields.take("service_owned", bool, False),
        highlights=tuple(_highlight(name, raw) for raw in fields.take("highlights", list, [])),
    )
    fields.done()
    return table


def _column(name: str, raw: object, lists: Mapping[str, ChoiceList], references: Mapping[str, Reference]) -> Column:
    fields = Fields(raw, place=f"{name}: columns")
    key = fields.text("key")
    fields.place = f"{name}: column '{key}'"
    kind = cast(Kind, fields.one_of("kind", get_args(Kind)))
    column = Column(
        key=key,
        kind=kind,
        header=fields.text("header"),
        help=fields.text("help", ""),
        source=_source(fields, references),
        required=cast(Required, fields.one_of("required", get_args(Required), "o")),
        audience=cast(Audience, fields.one_of("audience", get_args(Audience), "S")),
        ref="pupils" if kind == "pupil" else fields.text("ref", ""),
        dropdown=fields.take("dropdown", bool, True),
        parts=tuple(_part(item, fields.place) for item in fields.take("parts", list, [])),
        lookup=_lookup(fields),
        minimum=fields.number("minimum"),
        maximum=fields.number("maximum"),
        aliases=fields.texts("aliases"),
        width=fields.take("width", int, 120),
        hidden=fields.take("hidden", bool, False),
        **_choices(fields, lists),
    )
    fields.done()
    return column


def _choices(fields: Fields, lists: Mapping[str, ChoiceList]) -> dict[str, Any]:
    """``options`` names a list of the vocabulary or holds the choices themselves."""
    options = fields.take("options", object, "")
    opened = fields.take("open", bool, False)
    if isinstance(options, list):
        return {"choices": tuple(choice(item, fields.place) for item in options), "open": opened}
    if options and options not in lists:
        raise fields.wrong(f"no vocabulary list is called '{options}'")
    choices = lists[str(options)].choices if options else ()
    return {"options": str(options), "choices": choices, "open": opened}


def _source(fields: Fields, references: Mapping[str, Reference]) -> str:
    keys = fields.texts("source")
    for key in keys:
        if key not in references:
            raise fields.wrong(f"no statutory reference is called '{key}'")
    return "; ".join(references[key].citation for key in keys)


def _part(raw: object, place: str) -> Part:
    if isinstance(raw, str):
        return Part(column=raw)
    fields = Fields(raw, place=place)
    part = Part(column=fields.text("column"), limit=fields.take("limit", int, 0))
    fields.done()
    return part


def _lookup(fields: Fields) -> Lookup | None:
    raw = fields.take("lookup", dict, {})
    if not raw:
        return None
    inner = Fields(raw, place=f"{fields.place}: lookup")
    lookup = Lookup(
        table=inner.text("table"),
        kind=inner.text("kind"),
        show=inner.text("show"),
        link=inner.text("link", ""),
        link_prefix=inner.text("link_prefix", ""),
        text=inner.text("text", ""),
    )
    inner.done()
    return lookup


def _highlight(name: str, raw: object) -> Highlight:
    fields = Fields(raw, place=f"{name}: highlights")
    highlight = Highlight(
        column=fields.text("column"),
        colour=fields.text("colour"),
        equals=fields.texts("equals"),
        contains=fields.text("contains", ""),
        whole_row=fields.take("whole_row", bool, False),
    )
    fields.done()
    return highlight
