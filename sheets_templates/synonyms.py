"""Which field a label means: what schools and councils call things, matched with a score. Pure.

The words stand in ``synonyms/*.toml``: one entry for each field, under its tag's path (``outcome[].target``: a row
of a list). The entry ``-`` holds labels that many forms have and our model does not."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from sheets_templates.text import comparable

NOT_OURS = "-"
LEAST = 0.62
"""Below this score a label is said to be unknown."""

_LONGEST = 200
_HINT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SAME = {
    **dict.fromkeys(("child", "children", "student", "learner", "youngster", "pupils", "childs"), "pupil"),
    **dict.fromkeys(("parents", "carer", "carers", "mum", "dad", "guardian", "guardians", "parental"), "parent"),
    **dict.fromkeys(("setting", "academy", "nursery"), "school"),
    **dict.fromkeys(("sendco", "senco"), "senco"),
    **dict.fromkeys(("telephone", "tel"), "phone"),
    **dict.fromkeys(("number", "num", "no"), "number"),
    **dict.fromkeys(("send", "sens"), "sen"),
    **dict.fromkeys(("comments", "views", "opinions"), "view"),
    **dict.fromkeys(("strategies",), "strategy"),
    **dict.fromkeys(("difficulties",), "difficulty"),
}
_SILENT = frozenset(
    {"the", "a", "an", "of", "s", "or", "and", "please", "tick", "to", "is", "are", "for", "in", "at", "on"}
)
_PLURAL = re.compile(r"(?<=[a-z]{3})s$")


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A field that a label may mean. ``score`` from 0 to 1; ``said`` is the known phrase it resembles."""

    path: str
    score: float
    said: str


def guesses(label: str, *, among: Collection[str] | None = None, limit: int = 3) -> tuple[Guess, ...]:
    """The fields a label may mean, best first, each once; () for a label we do not know.

    ``among`` limits them to some paths. A label that our model has no field for gives the path ``-``."""
    found = _guesses(" ".join(label[:_LONGEST].split()))
    chosen = [guess for guess in found if among is None or guess.path in among or guess.path == NOT_OURS]
    return tuple(chosen[:limit])


def likeness(label: str, phrases: Collection[str]) -> float:
    """How much a label resembles the nearest of some phrases, from 0 to 1."""
    wanted = plain(" ".join(label[:_LONGEST].split()))
    return max((_likeness(wanted, plain(phrase)) for phrase in phrases), default=0.0) / 100 if wanted else 0.0


@lru_cache(maxsize=4096)
def _guesses(label: str) -> tuple[Guess, ...]:
    wanted = plain(label)
    if not wanted:
        return ()
    phrases = _phrases()
    scored = process.extract(wanted, list(phrases), scorer=_likeness, limit=12, score_cutoff=LEAST * 100)
    best: dict[str, Guess] = {}
    for phrase, score, _ in scored:
        for path, said in phrases[phrase]:
            best.setdefault(path, Guess(path=path, score=round(score / 100, 3), said=said))
    return tuple(sorted(best.values(), key=lambda guess: -guess.score))


def _likeness(one: str, two: str, *, score_cutoff: float | None = None) -> float:
    """100 for the same words; less for words missing, added or misspelt; 0 under the cut-off."""
    if one == two:
        return 100.0
    whole, shared = float(fuzz.token_sort_ratio(one, two)), float(fuzz.token_set_ratio(one, two))
    fewer, more = sorted((len(one.split()), len(two.split())))
    likeness = min(97.0, 0.6 * whole + 0.4 * shared * math.sqrt(fewer / more))
    return likeness if score_cutoff is None or likeness >= score_cutoff else 0.0


@lru_cache(maxsize=8192)
def plain(label: str) -> str:
    """A label as it is compared: without hints in brackets and small words, one word for each of several names."""
    bare = comparable(_HINT.sub(" ", label)) or comparable(label)
    words = [_SAME.get(word, _SAME.get(_PLURAL.sub("", word), _PLURAL.sub("", word))) for word in bare.split()]
    kept = [word for word in words if word not in _SILENT] or words
    return " ".join(dict.fromkeys(kept))


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Each known phrase in its plain form, with the fields it may mean."""
    found: dict[str, dict[str, str]] = {}
    for path, phrases in synonyms().items():
        for phrase in phrases:
            found.setdefault(plain(phrase), {}).setdefault(path, phrase)
    return {phrase: tuple(paths.items()) for phrase, paths in found.items()}


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Every field's names by its path, in the order of the files."""
    found: dict[str, tuple[str, ...]] = {}
    folder = files("sheets_templates").joinpath("synonyms")
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            for path, phrases in tomllib.loads(entry.read_text(encoding="utf-8")).items():
                found[path] = (*found.get(path, ()), *phrases)
    return found
