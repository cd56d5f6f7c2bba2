"""What a table or section of a form is about, so that "Name" or "Date" in it means something. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from sheets_templates.form_meaning import meanings, scaled
from sheets_templates.form_wordbook import wordbook
from sheets_templates.synonyms import NOT_OURS, plain

_HEADING_SAYS = (0.3, 0.15, 0.05)
_LATER = 0.25
_LEAST = 0.5
_ANYWHERE = 0.99


@dataclass(frozen=True, kw_only=True)
class Family:
    """Fields that stand together. ``words`` in a heading tell of it; ``parts`` are its fields' names within it."""

    name: str
    words: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]

    def part(self, label: str) -> tuple[str, float]:
        """The field that a label most likely names here, with its likeness."""
        return self.named(label)[0]

    def named(self, label: str) -> Sequence[tuple[str, float]]:
        """Each field of the family with its likeness to a label, likeliest first: by its short names here, or by what
        it is called anywhere."""
        return _named(self.name, label)

    def shared_out(self, labels: Sequence[str]) -> Sequence[tuple[str, float]]:
        """For each of some labels that stand together its field with its likeness: each field once, to the label that
        is likest to it. A family of one field gives it to all."""
        return _shared_out(self.name, tuple(labels))

    def told_by(self, said: Sequence[str]) -> float:
        """How far the headings around, nearest first, speak of this family."""
        told = ((weight, self.named_in(text)) for weight, text in zip(_HEADING_SAYS, said, strict=False))
        return max((weight + 0.01 * length for weight, length in told if length), default=0.0)

    def named_in(self, heading: str) -> int:
        """The length of the longest of its words in a heading; 0 for none."""
        text = f" {plain(heading)} "
        return max((len(plain(word)) for word in self.words if f" {plain(word)} " in text), default=0)


@cache
def families() -> Mapping[str, Family]:
    raw = tomllib.loads(files("sheets_templates").joinpath("forms", "families.toml").read_text(encoding="utf-8"))
    return {
        name: Family(
            name=name,
            words=tuple(each["words"]),
            parts={path: tuple(phrases) for path, phrases in each["parts"].items()},
        )
        for name, each in raw.items()
    }


@lru_cache(maxsize=8192)
def _named(name: str, label: str) -> Sequence[tuple[str, float]]:
    anywhere = {each.field: each.score for each in meanings(label)}
    here = wordbook().likest(scaled(label), name, families()[name].parts)
    scored = (
        (path, max(here.get(path, 0.0), anywhere.get(path, 0.0) * _ANYWHERE)) for path in families()[name].parts
    )
    return tuple(sorted(scored, key=lambda each: -each[1]))


@lru_cache(maxsize=1024)
def _shared_out(name: str, labels: tuple[str, ...]) -> Sequence[tuple[str, float]]:
    once = len(families()[name].parts) > 1
    order = {path: number for number, path in enumerate(families()[name].parts)}
    wishes = sorted(
        (-score, at, order[path], path)
        for at, label in enumerate(labels)
        for path, score in _named(name, label)
        if score > 0
    )
    given: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, at, _, path in wishes:
        if at not in given and path not in taken:
            given[at] = (path, -score)
            if once and path != NOT_OURS:
                taken.add(path)
    return tuple(given.get(at, ("", 0.0)) for at in range(len(labels)))


SINGLE = frozenset({"school", "author", "review"})
"""Families of single answers: a section may be about them, a list can't."""


def family_of_list(labels: Sequence[str], said: Sequence[str], *, nth: int = 1) -> Family | None:
    """What the columns of a list are about together; None where no family fits. ``nth`` counts the lists under the
    same heading: it speaks most surely of the first."""
    best: tuple[float, Family] | None = None
    for family in families().values():
        if family.name in SINGLE or not labels:
            continue
        fit = sum(score for _, score in family.shared_out(labels)) / len(labels)
        told = family.told_by(said) * (1.0 if nth == 1 else _LATER)
        score = fit + told + 0.1 * _telling(family, labels)
        if best is None or score > best[0]:
            best = (score, family)
    return best[1] if best and best[0] >= _LEAST else None


def _telling(family: Family, labels: Sequence[str]) -> float:
    """1 where a column itself says what the list is about: "Name of professional"."""
    return float(any(family.named_in(label) for label in labels))


def family_of_section(said: Sequence[str]) -> tuple[Family, ...]:
    """What a section may be about, by the nearest heading that tells."""
    for heading in said:
        told = tuple(family for family in families().values() if family.told_by([heading]))
        if told:
            return tuple(sorted(told, key=lambda family: -family.named_in(heading)))
    return ()
