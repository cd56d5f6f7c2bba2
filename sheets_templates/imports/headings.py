"""The fields that a column of a school's sheet may fill, and whether cells are such as a field takes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from sheets_templates.catalogue import load
from sheets_templates.imports.grid import shown
from sheets_templates.imports.moments import read_moment
from sheets_templates.imports.values import read_value
from sheets_templates.imports.years import parse_year
from sheets_templates.synonyms import plain

IN_WORDS = frozenset({"reviews.next_step", "provision.effect"})
"""Choices whose cells are kept in words where they are none of ours."""
LIGHTS = frozenset({"r", "a", "g"})
"""Letters of a traffic light; which of them mean what a column tells as a whole."""
_NUMERIC = re.compile(r"[£$]?\s*\d[\d,.]*\s*[A-Za-z/%]{0,8}")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field a column may fill: ``key`` is table and column, ``kind`` what its cells hold."""

    key: str
    kind: str
    paths: tuple[str, ...]
    names: frozenset[str]
    labels: frozenset[str]
    title: str = ""

    @property
    def table(self) -> str:
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        return self.key.partition(".")[2]


@cache
def fields() -> Mapping[str, Field]:
    raw = tomllib.loads(files(__package__).joinpath("headings.toml").read_text(encoding="utf-8"))
    return {
        key: Field(
            key=key,
            kind="frequency" if key == "provision.frequency" else entry["kind"],
            paths=(entry["path"], *entry.get("more", ())),
            names=frozenset(plain(name) for name in entry["names"]),
            labels=frozenset(plain(name) for name in entry["labels"]),
            title=entry.get("title", ""),
        )
        for key, entry in raw.items()
    }


@cache
def titles() -> Mapping[str, str]:
    """Every field with its name for people, its tab first: ``Plan: Next step this cycle``."""
    catalogue = load()
    found = {}
    for key, field in fields().items():
        table = catalogue.table(field.table)
        header = table.column(field.name).header if field.name in table.positions else field.title
        found[key] = f"{table.title}: {header}"
    return found


def fits(field: Field, cells: Sequence[object]) -> float:
    """From -0.5 to 0.1: whether the cells hold what the field takes."""
    share = sum(_fit(field, value) for value in cells) / len(cells)
    if field.kind in ("text", "person", "lines"):
        return -0.5 if share < 0.3 else (-0.12 if share < 0.7 else 0.0)
    if field.key in IN_WORDS and share < 0.6:
        return -0.05 if share >= 0.3 else -0.15
    return 0.1 if share >= 0.6 else -0.05 if share >= 0.3 else -0.5


def _fit(field: Field, value: object) -> bool:
    text = shown(value)
    if field.kind in ("text", "lines"):
        return isinstance(value, str) and not text.replace(".", "").isdigit() and read_moment(value).day is None
    if field.kind == "person":
        return (
            isinstance(value, str)
            and any(c.isalpha() for c in text)
            and len(text) < 60
            and read_moment(value).day is None
        )
    if field.kind == "frequency":
        return isinstance(value, str) and not text.isdigit() and read_moment(value).day is None
    if field.kind == "code":
        return 6 <= len(text) <= 16 and any(c.isdigit() for c in text)
    if field.kind == "name":
        return isinstance(value, str) and not any(c.isdigit() for c in text) and len(text) < 60
    if field.kind == "year":
        return bool(parse_year(text)[0]) or field.name == "year_and_class"
    if field.kind == "date":
        return isinstance(value, date | datetime) or (isinstance(value, str) and _dated(text))
    if field.kind in ("number", "rating") and isinstance(value, date):
        return False
    if field.kind == "results" and text.casefold() in LIGHTS:
        return True
    if field.kind == "number" and isinstance(value, str):
        return _NUMERIC.fullmatch(text) is not None
    return bool(read_value(field.kind, field.name, value).values)


def _dated(text: str) -> bool:
    found = read_moment(text, date(2025, 9, 1))
    return found.day is not None or "not a whole date" in found.ask
