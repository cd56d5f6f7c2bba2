"""The parts of an answer that a form may ask for one by one: a surname, the date of a signature, whose action it is.

Which there are stands in ``forms/parts.toml``; a part added there has a tag. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sheets_templates.dates import parse_date

OTHER = "other"
"""What is left of a list once its parts have their places: ``{{ review.actions_other }}``."""

_TYPED = {
    "date": re.compile(r"(?:[^\W\d_]{3,9} \d{4})"),
    "contact": re.compile(r".*(?:@|\d{5}|\d{3} \d{3}).*"),
}
_BETWEEN = re.compile(r"\s*;\s*|,\s+(?![^()]*\))")
_KEY = re.compile(r"\s*([^:]{2,60}?)\s*:\s*(\S.*)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class RowParts:
    """A list whose rows have columns: what one row is called, its table, and the column of each part."""

    item: str
    table: str
    parts: Mapping[str, str]


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files("sheets_templates").joinpath("forms", "parts.toml").read_text(encoding="utf-8"))


@cache
def column_parts() -> Mapping[str, Mapping[str, str]]:
    """For each field its parts and the column of each."""
    found: Mapping[str, Mapping[str, str]] = _data()["columns"]
    return found


@cache
def line_parts() -> Mapping[str, tuple[str, ...]]:
    """For each list of lines its parts, in the order they are written in; "?" after one that may be missing."""
    found: Mapping[str, list[str]] = _data()["lines"]
    return {path: tuple(parts) for path, parts in found.items()}


@cache
def key_words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """For each list of lines its keys, and the words that each is told by."""
    found: Mapping[str, Mapping[str, list[str]]] = _data()["keys"]
    return {path: {key: tuple(words) for key, words in each.items()} for path, each in found.items()}


@cache
def row_parts() -> Mapping[str, RowParts]:
    """The lists whose rows have columns of their own, by their field."""
    found: Mapping[str, Any] = _data()["rows"]
    return {path: RowParts(**each) for path, each in found.items()}


def part_names(path: str) -> tuple[str, ...]:
    """The parts of a list of lines, without the marks of those that may be missing."""
    return tuple(part.rstrip("?") for part in line_parts().get(path, ()))


def told_apart(line: str, parts: Sequence[str]) -> Mapping[str, str] | None:
    """The parts of one line by their names; None for a line that is not written in that way."""
    pieces = [piece.strip() for piece in _BETWEEN.split(line) if piece.strip()]
    names = [part.rstrip("?") for part in parts]
    if len(pieces) == len(parts):
        found = dict(zip(names, pieces, strict=True))
        return found if all(_fits(name, piece) for name, piece in found.items()) else None
    missing = [part.rstrip("?") for part in parts if part.endswith("?")]
    found = {name: piece for piece in pieces for name in missing if name in _TYPED and _is(name, piece)}
    rest = [piece for piece in pieces if piece not in found.values()]
    plain = [name for name in names if name not in _TYPED or name not in missing]
    while len(plain) > len(rest) and plain[-1] in missing:
        plain.pop()
    return dict(zip(plain, rest, strict=True)) | found if len(plain) == len(rest) and rest else None


def _fits(name: str, piece: str) -> bool:
    return name not in _TYPED or _is(name, piece)


def _is(name: str, piece: str) -> bool:
    return bool(_TYPED[name].fullmatch(piece)) or (name == "date" and parse_date(piece) is not None)


def key_of(path: str, words: str) -> str:
    """The key of a list that some words speak of, by the first that does; "" for none."""
    said = re.findall(r"\w+", words.casefold())
    known = key_words().get(path, {})
    return next((key for word in said for key, names in known.items() if word in names), "")


def by_key(path: str, lines: Iterable[str]) -> Mapping[str, str]:
    """What the lines of a list say of each of its keys; under ``OTHER`` those that begin with none."""
    found: dict[str, list[str]] = {key: [] for key in (*key_words()[path], OTHER)}
    for line in lines:
        told = _KEY.fullmatch(line)
        key = key_of(path, told[1]) if told else ""
        found[key or OTHER].append(told[2] if told and key else line)
    return {key: "\n".join(each) for key, each in found.items()}
