"""What kind of form it is, and which fields hold the same thing: both keep a label from a rash guess. Pure."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from sheets_templates.form_meaning import meanings
from sheets_templates.form_spots import Spot
from sheets_templates.text import comparable

_SURE = 0.9
_UNTOLD, _TOLD = 0.9, 1.05
_OFFICE = re.compile(
    r"\b(office|official|admin\w*|internal|finance|la|council|lea)( staff)? use\b|\buse only$"
    r"|\bfor (the )?[\w ]{2,30}\buse( only)?$|\binvoice\b|\bcost cent(re|er)\b|\bpurchase order\b",
    re.IGNORECASE,
)


class Kinds:
    """The kinds of plan that a form speaks of, by its title, its headings and the labels that name their fields."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        said = comparable(" ".join({text: None for spot in spots for text in spot.said}))
        self._titled = _told_in(said)
        self._title = _told_in(comparable(spots[0].said[-1])) if spots and spots[0].said else frozenset()
        tops = (each for spot in spots for each in meanings(spot.label)[:1] if each.score >= _SURE)
        self._counts = Counter(_kind(each.field) for each in tops)

    def likely(self, field: str, spot: Spot) -> float:
        """1 for a field that any form may ask for; more for one of the kind that the form's title or the heading over
        a label speaks of, less for those of kinds that the form says nothing of."""
        kind = _kind(field)
        if kind not in _data("kinds"):
            return 1.0
        if kind in self._title or (spot.said and kind in _told_in(comparable(spot.said[0]))):
            return _TOLD
        return 1.0 if kind in self._titled or self._counts[kind] > 1 else _UNTOLD


@lru_cache(maxsize=512)
def _told_in(text: str) -> frozenset[str]:
    """The kinds that a title or heading speaks of."""
    return frozenset(
        kind for kind, words in _data("kinds").items() if any(f" {word}" in f" {text}" for word in words)
    )


def is_for_office(text: str) -> bool:
    """Whether words say that what stands under them is filled in by an office, or is about money paid."""
    return bool(_OFFICE.search(text))


def alike(one: str, two: str) -> bool:
    """Whether two fields hold the same thing, or are parts of one."""
    within = any(part.startswith((f"{whole}.", f"{whole}[]")) for part, whole in ((one, two), (two, one)))
    return one == two or within or two in _alike().get(one, ())


def _kind(field: str) -> str:
    return field.partition(".")[0]


@cache
def _alike() -> Mapping[str, frozenset[str]]:
    groups: list[list[str]] = _data("alike")["groups"]
    found: dict[str, set[str]] = {}
    for group in groups:
        for field in group:
            found.setdefault(field, set()).update(group)
    return {field: frozenset(others) for field, others in found.items()}


@cache
def _data(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files("sheets_templates").joinpath("forms", f"{name}.toml").read_text(encoding="utf-8"))
