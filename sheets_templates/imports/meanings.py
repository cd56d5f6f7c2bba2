"""What schools write, as our choices mean it: one word, a code with its meaning beside it, a tick."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from sheets_templates import catalogue
from sheets_templates.text import comparable, tidy

_BRACKETS = re.compile(r"\(([^()]*)\)")
_DASH = re.compile(r"\s+[-–—:/]\s*|\s*[–—:]\s+|\n")
_TICKS = {"✓": "yes", "✔": "yes", "☑": "yes", "✅": "yes", "✗": "no", "✘": "no", "❌": "no"}
YES = frozenset({"yes", "y", "true", "t", "1", "x", "tick", "ticked"})
NO = frozenset({"no", "n", "false", "f", "0", "none"})


def meaning(kind: str, text: str) -> str:
    """The choice of list ``kind`` that a text means, "" where it means none for sure.

    ``K - SEN Support``, ``SEN Support (K)``, ``autism (dx 2024)`` and ``Wave 2`` are understood by their parts."""
    known = _known(kind)
    text = tidy(text)
    outside, inside = _BRACKETS.sub(" ", text), _BRACKETS.findall(text)
    first = _DASH.split(text, maxsplit=1)[0]
    for piece in (text, outside, *(inside if len(inside) == 1 else ()), first):
        found = known.get(_plain(piece), "")
        if found:
            return found
    return ""


def says_more(kind: str, text: str) -> bool:
    """Whether a cell that means a choice says something beside it: ``nearly – 54``."""
    return _plain(tidy(text)) not in _known(kind)


def is_choice(kind: str) -> bool:
    """Whether a kind of cell is one of the lists known here."""
    return kind in _more()


def yes_or_no(text: str) -> bool | None:
    """A tick, a letter or a word as yes or no; None for anything else."""
    word = _plain(text)
    return True if word in YES else False if word in NO else None


def _plain(text: str) -> str:
    text = _TICKS.get(tidy(text), text)
    return comparable(text.replace("&", " and ")) if "&" not in text or len(text) > 5 else comparable(text)


@cache
def _known(kind: str) -> Mapping[str, str]:
    """Every way to write each choice of a list. Our own values win over other words for other choices."""
    found: dict[str, str] = {}
    for choice in catalogue.load().lists[kind].choices:
        for text in filter(None, (choice.value, choice.label, *choice.aliases)):
            found.setdefault(comparable(text), choice.value)
    for value, texts in _more().get(kind, {}).items():
        for text in texts:
            found.setdefault(comparable(text), value)
    return found


@cache
def _more() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("meanings.toml").read_text(encoding="utf-8"))
