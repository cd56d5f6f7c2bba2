"""Everything a document may show of a pupil to one reader, by the tags of ``sheets_templates.record_tags``. Pure.

What a reader may not read is left out here, before any template sees it: staff-only fields have no place in a
household's record, and what a parent said reaches their own household only, unless they say otherwise."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from server.plans.copy_redact import Mask
from server.plans.copy_words import how_often
from server.plans.fitting import is_asked
from server.plans.model import Contact, LogEntry, Outcome, Paper, Provision, Record
from server.plans.money import money_of
from server.plans.own_words import own_column, result_said
from server.plans.record_auto import AUTO
from server.plans.record_parts import looked, parts_of_lines, rows_of
from server.plans.record_reader import Reader
from server.plans.record_show import shown
from sheets_templates import catalogue, part_tags
from sheets_templates.document_spec import GAP, NOT_YET
from sheets_templates.plan_templates import TemplateField
from sheets_templates.record_tags import ITEM, Readers, RecordTag, filled_by, is_due, record_tags
from sheets_templates.schema import Column

_NESTED = ("outcome.", "provision.", "contact.")
_LEFT_OUT = "Left out of this copy"
_OF_HOMES = frozenset(
    {
        *("pupils.home_language", "pupils.interpreter_needed", "pupils.aspiration_parent", "outcomes.home_part"),
        *("agreements.family_will", "early_years.home_view", "early_years.home_ideas", "transitions.family"),
        *("support_plans.family_important", "support_plans.family_wants", "support_plans.people"),
        *("early_years.health_notes", "support_plans.attendees", "referrals.agreed_by"),
        *("reviews.home_view", "reviews.parents_present", "early_notes.present", "early_notes.parent_concerns"),
        *("reviews.parent_agreement", "reviews.parent_comment", "ehc_requests.parent_views"),
    }
)
"""Columns that tell of homes: left out whole where a restriction says ``redact``."""


def record_values(reader: Reader, *, wanted: Collection[str] | None = None) -> Mapping[str, Any]:
    """The record as nested mappings: ``{"pupil": {"dob": "…"}, "outcomes": [{…, "provision": [{…}]}]}``.

    ``wanted`` limits it to the tags a document uses; None gives everything this reader may read."""
    asked = _asked("staff" if reader.is_staff else "household", None if wanted is None else frozenset(wanted))
    gathers = wanted is not None and GAP in wanted
    values: dict[str, Any] = {}
    for tag in asked.alone:
        _put(values, reader, tag, says_missing=not gathers)
    if asked.of_outcome or asked.of_help:
        values["outcomes"] = [
            _outcome(reader, number, each, asked.of_outcome, asked.of_help)
            for number, each in enumerate(reader.outcomes, 1)
        ]
    return values


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """The tags that a document uses: those that stand alone, those of an outcome and those of a piece of help."""

    alone: tuple[RecordTag, ...]
    of_outcome: tuple[RecordTag, ...]
    of_help: tuple[RecordTag, ...]


@lru_cache(maxsize=64)
def _asked(readers: Readers, wanted: frozenset[str] | None) -> _Asked:
    tags = [tag for tag in record_tags(readers).values() if wanted is None or _is_wanted(tag, wanted)]
    return _Asked(
        alone=tuple(tag for tag in tags if not tag.path.startswith(_NESTED)),
        of_outcome=tuple(tag for tag in tags if tag.path.startswith("outcome.")),
        of_help=tuple(tag for tag in tags if tag.path.startswith("provision.")),
    )


def _is_wanted(tag: RecordTag, wanted: frozenset[str]) -> bool:
    return tag.path in wanted or not wanted.isdisjoint(filled_by("staff").get(tag.path, ()))


def _answer(reader: Reader, field: TemplateField) -> str:
    """What a field says; that it is missing, where it is asked of some pupils only and this is one of them."""
    text = field_text(reader, field, None)
    is_missing = field.is_conditional and field.required.startswith("M")
    return NOT_YET if not text and is_missing and is_asked(field, reader.pupil, reader.today) else text


def _put(values: dict[str, Any], reader: Reader, tag: RecordTag, *, says_missing: bool) -> None:
    text = looked(tag.look, _answer(reader, tag.field))
    *groups, name = tag.path.split(".")
    for group in groups:
        values = values.setdefault(group, {})
    values[name] = text
    if tag.item:
        lines = [line for line in text.split("\n") if line.strip()]
        values[f"{name}_lines"] = [{ITEM: line} for line in lines or [""] * (says_missing and is_due(tag.field))]
        values |= parts_of_lines(tag.path, name, _single(reader, tag.field, text))
    if rows := part_tags.row_parts().get(tag.path):
        values[f"{name}_rows"] = [
            {
                part: field_text(reader, replace(tag.field, at=(f"{rows.table}.{column}",)), row)
                for part, column in rows.parts.items()
            }
            for row in rows_of(reader, rows)
        ]


def _single(reader: Reader, field: TemplateField, text: str) -> list[str]:
    """Each line, or each person, of a list; where it is kept in several columns, those of each."""
    if text == NOT_YET:
        return []
    if len(field.at) < 2 or text == _LEFT_OUT:
        return [line for line in text.split("\n") if line.strip()]
    return [line for path in field.at for line in _persons(reader, field, path)]


def _persons(reader: Reader, field: TemplateField, path: str) -> list[str]:
    """Who stands in one of the columns of a list: people of the school with their roles, others by name."""
    column = own_column(reader.school, path)
    between = r"\n|;\s*" if column is not None and column.ref else r"\n|[;,]\s+"
    return [name for name in re.split(between, field_text(reader, replace(field, at=(path,)), None)) if name.strip()]


def _outcome(
    reader: Reader, number: int, outcome: Outcome, tags: Sequence[RecordTag], help_tags: Sequence[RecordTag]
) -> Mapping[str, Any]:
    values = {_key(tag): looked(tag.look, field_text(reader, tag.field, outcome)) for tag in tags}
    if "result" in values:
        values["result"] = _masked(reader.mask, result_said(reader.school, outcome))
    return {
        "number": str(number),
        **values,
        "provision": [_provision(reader, each, help_tags) for each in reader.provision(outcome)],
    }


def _provision(reader: Reader, provision: Provision, tags: Sequence[RecordTag]) -> Mapping[str, Any]:
    often = {"how_often": how_often(provision)}
    return often | {_key(tag): looked(tag.look, field_text(reader, tag.field, provision)) for tag in tags}


def _key(tag: RecordTag) -> str:
    return tag.path.partition(".")[2]


def field_text(reader: Reader, field: TemplateField, row: Record | None) -> str:
    """What a field says to this reader, in words; ``row`` is the outcome or the help it is asked of, if any."""
    if field.auto:
        return reader.mask.text(AUTO[field.auto](reader, row))
    if reader.is_redacted and not _OF_HOMES.isdisjoint(field.at):
        return _LEFT_OUT if is_due(field) else ""
    found = [(column, _value(reader, path, row)) for path in field.at if (column := own_column(reader.school, path))]
    texts = [(column, shown(reader.school, column, value)) for column, value in found if _may_read(reader, column)]
    if found and not texts and any(value for _, value in found):
        return _LEFT_OUT if is_due(field) else ""
    given = [(column, text) for column, text in texts if text]
    return _masked(reader.mask, _joined([column for column, _ in texts], given))


def _may_read(reader: Reader, column: Column) -> bool:
    """Staff read all. What was said at home is read there; with one household nobody else can have said it."""
    if reader.is_staff or column.audience == "P":
        return True
    return column.audience == "A" and (column.key in _BY_AUTHOR or reader.is_only_household)


_BY_AUTHOR = frozenset(
    column.key
    for table in ("parent_views", "notifications")
    for column in catalogue.load().table(table).columns
    if column.audience == "A"
)
"""Columns of rows that ``Reader.row`` already chose for this reader."""


def _value(reader: Reader, path: str, row: Record | None) -> object:
    table, _, key = path.partition(".")
    source = row if isinstance(row, Outcome | Provision) and table in ("outcomes", "provision") else reader.row(table)
    source = row if isinstance(row, Contact | LogEntry) else source
    if table == "costs" and isinstance(row, Provision):
        source = money_of(reader.school, row)
    if isinstance(source, Paper):
        return source.values.get(key)
    return getattr(source, key, None)


def _joined(columns: list[Column], given: list[tuple[Column, str]]) -> str:
    """Several columns of one field, read together; dates say what they are dates of."""
    if len(columns) > 1 and all(column.kind == "date" for column in columns):
        return "; ".join(f"{column.header} {text}" for column, text in given)
    if any(column.kind == "bool" for column in columns) and [text for _, text in given] == ["No"]:
        return "No"
    words = [text for column, text in given if column is columns[0] or column.kind != "bool"]
    ticked = [column.header for column, text in given if column not in columns[:1] and text == "Yes"]
    return (" " if columns and columns[0].key == "first_name" else ", ").join([*words, *ticked]).replace("., ", ". ")


def _masked(mask: Mask, text: str) -> str:
    return mask.text(text) if text else ""
