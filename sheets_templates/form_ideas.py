"""What the words of a label stand for: several words for one idea count as the same word, each by its weight. Pure.

The ideas stand in ``forms/words.toml``: "child", "student" and "I" are all the pupil."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from sheets_templates.text import comparable

IDEA = "#"
"""Starts the name of an idea, so that it can't be taken for a word."""

_HINT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PLURAL = re.compile(r"(?<=[a-z]{3})s$")
_OWN_WORD, _SMALL = 0.3, 0.25
_SMALL_WORDS = "small"
"""The entry of words that say little."""

_LONGEST_ENDING = 5


@lru_cache(maxsize=8192)
def ideas_in(text: str) -> Mapping[str, float]:
    """The ideas and words of a text with how much each says: an idea 1, the word it was told by less."""
    words = (comparable(_HINT.sub(" ", text)) or comparable(text)).split()
    found: dict[str, float] = {}
    for said, idea in _told(words):
        word = _PLURAL.sub("", said)
        if idea == _SMALL_WORDS:
            found.setdefault(word, _SMALL)
        elif idea:
            found[f"{IDEA}{idea}"] = 1.0
            found[word] = _OWN_WORD
        else:
            found[word] = 1.0
    return found


def _told(words: list[str]) -> Iterator[tuple[str, str]]:
    """Each word, or words that stand for one idea together, with that idea; "" for none."""
    at = 0
    while at < len(words):
        for many in range(min(_longest(), len(words) - at), 0, -1):
            said = " ".join(words[at : at + many])
            idea = _idea(said)
            if idea or many == 1:
                yield said, idea
                at += many
                break


@lru_cache(maxsize=8192)
def _idea(said: str) -> str:
    if said in _whole():
        return _whole()[said]
    starts = [start for start in _starts().get(said.count(" "), ()) if said.startswith(start)]
    best = max(starts, key=len, default="")
    return _starts()[said.count(" ")][best] if best and len(said) - len(best) <= _LONGEST_ENDING else ""


@cache
def _raw() -> Mapping[str, list[str]]:
    return tomllib.loads(files("sheets_templates").joinpath("forms", "words.toml").read_text(encoding="utf-8"))


@cache
def _whole() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for idea, words in _raw().items():
        for word in words:
            found.setdefault(comparable(word.rstrip("*")), idea)
    return found


@cache
def _starts() -> Mapping[int, Mapping[str, str]]:
    """What words with any ending start with, by the number of spaces in them."""
    found: dict[int, dict[str, str]] = {}
    for idea, words in _raw().items():
        for word in words:
            if word.endswith("*"):
                start = comparable(word.rstrip("*"))
                found.setdefault(start.count(" "), {}).setdefault(start, idea)
    return found


@cache
def _longest() -> int:
    return max(word.count(" ") + 1 for word in _whole())
