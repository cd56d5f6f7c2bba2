"""The plans that schools write, as data: which fields each has, where each is kept, and who may read it.

One file per template in ``templates/*.toml``; what several share stands once in ``templates/blocks/*.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast, get_args

from sheets_templates import catalogue
from sheets_templates.fields import BadTemplate, Fields
from sheets_templates.schema import Audience, Catalogue, Column

_STRICTNESS: Mapping[Audience, int] = {"P": 0, "A": 1, "S": 2}


@dataclass(frozen=True, kw_only=True)
class TemplateField:
    """One thing a template asks for. ``at`` are the columns that keep it (``outcomes.target``); ``auto`` names
    what works it out, where nobody types it. ``required`` and ``audience`` as in ``schema.Column``; ``required``
    may also be ``local`` (a habit of councils) or a condition in words. ``block`` is the block it came from. It is
    asked of pupils in these ``years`` only, where any are named, and not before ``from_age`` (in years)."""

    key: str
    label: str
    at: tuple[str, ...] = ()
    auto: str = ""
    required: str = "o"
    audience: Audience = "S"
    block: str = ""
    years: tuple[str, ...] = ()
    from_age: float = 0

    @property
    def is_conditional(self) -> bool:
        return bool(self.years or self.from_age)


@dataclass(frozen=True, kw_only=True)
class Fit:
    """The pupils a template is for: in these years and with these SEN statuses, where any are named; with ``row``
    only once something has been written in its table."""

    years: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    row: bool = False


@dataclass(frozen=True, kw_only=True)
class Section:
    name: str
    fields: tuple[TemplateField, ...]


@dataclass(frozen=True, kw_only=True)
class PlanTemplate:
    """One kind of plan, letter, form or record. ``table`` holds its rows: one for each such paper."""

    key: str
    name: str
    use: str
    source: str
    version: str
    table: str
    sections: tuple[Section, ...]
    fit: Fit = Fit()

    @property
    def fields(self) -> Iterator[TemplateField]:
        return (field for section in self.sections for field in section.fields)


@cache
def load() -> Mapping[str, PlanTemplate]:
    """Every built-in template by its key, in alphabetical order. Raises BadTemplate, naming file and key."""
    known = catalogue.load()
    blocks = {name: _block(name, raw, known) for name, raw in _documents("templates/blocks").items()}
    read = (_template(name, raw, blocks, known) for name, raw in _documents("templates").items())
    return MappingProxyType({template.key: template for template in read})


def _documents(folder: str) -> dict[str, dict[str, Any]]:
    entries = sorted(files("sheets_templates").joinpath(folder).iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in entries
        if entry.name.endswith(".toml")
    }


def _block(name: str, raw: Mapping[str, Any], known: Catalogue) -> tuple[TemplateField, ...]:
    fields = Fields(raw, place=f"templates/blocks/{name}.toml")
    fields.text("name")
    fields.text("source")
    made = tuple(replace(_field(item, fields.place, known), block=name) for item in fields.take("fields", list))
    fields.done()
    return made


def _template(
    name: str, raw: Mapping[str, Any], blocks: Mapping[str, tuple[TemplateField, ...]], known: Catalogue
) -> PlanTemplate:
    fields = Fields(raw, place=f"templates/{name}.toml")
    template = PlanTemplate(
        key=fields.one_of("key", (name,)),
        name=fields.text("name"),
        use=fields.text("use"),
        source=fields.text("source"),
        version=fields.text("version"),
        table=fields.one_of("table", tuple(known.tables)),
        sections=tuple(_section(item, fields.place, blocks, known) for item in fields.take("sections", list)),
        fit=_fit(fields.take("fits", dict, {}), fields.place),
    )
    fields.done()
    return template


def _fit(raw: object, place: str) -> Fit:
    fields = Fields(raw, place=f"{place}: fits")
    fit = Fit(years=fields.texts("years"), statuses=fields.texts("statuses"), row=fields.take("row", bool, False))
    fields.done()
    return fit


def _section(raw: object, place: str, blocks: Mapping[str, tuple[TemplateField, ...]], known: Catalogue) -> Section:
    fields = Fields(raw, place=f"{place}: sections")
    name = fields.text("name")
    fields.place = f"{place}: section '{name}'"
    whole, reviewed = fields.texts("blocks"), fields.texts("review_blocks")
    for block in (*whole, *reviewed):
        if block not in blocks:
            raise fields.wrong(f"no block is called '{block}'")
    own = tuple(_field(item, fields.place, known) for item in fields.take("fields", list, []))
    fields.done()
    from_blocks = [field for block in whole for field in blocks[block]]
    from_blocks += [field for block in reviewed for field in blocks[block] if _is_for_review(field, known)]
    return Section(name=name, fields=(*from_blocks, *own))


def _is_for_review(field: TemplateField, known: Catalogue) -> bool:
    columns = (column_at(known, path) for path in field.at)
    return any(column is not None and column.required == "R" for column in columns)


def _field(raw: object, place: str, known: Catalogue) -> TemplateField:
    fields = Fields(raw, place=place)
    key = fields.text("key")
    fields.place = f"{place}: field '{key}'"
    at = fields.take("at", object, ())
    field = TemplateField(
        key=key,
        label=fields.text("label"),
        at=(at,) if isinstance(at, str) else tuple(cast(list[str], at)),
        auto=fields.text("auto", ""),
        required=fields.text("required", "o"),
        audience=cast(Audience, fields.one_of("audience", get_args(Audience))),
        years=fields.texts("years"),
        from_age=fields.number("from_age") or 0,
    )
    fields.done()
    if bool(field.at) == bool(field.auto):
        raise fields.wrong("it is kept 'at' a column or worked out by 'auto': one of the two")
    for path in field.at:
        _check_column(fields, field, path, known)
    return field


def _check_column(fields: Fields, field: TemplateField, path: str, known: Catalogue) -> None:
    """A column may be kept closer than the template says, never wider."""
    column = column_at(known, path)
    if column is None:
        raise fields.wrong(f"there is no column '{path}'")
    if _STRICTNESS[column.audience] < _STRICTNESS[field.audience]:
        raise fields.wrong(f"'{path}' is for {column.audience}, and this field only for {field.audience}")


def column_at(known: Catalogue, path: str) -> Column | None:
    """The column that a path such as ``outcomes.target`` names."""
    table, _, key = path.partition(".")
    if table not in known.tables or key not in known.table(table).positions:
        return None
    return known.table(table).column(key)


__all__ = ["BadTemplate", "Fit", "PlanTemplate", "Section", "TemplateField", "column_at", "load"]
