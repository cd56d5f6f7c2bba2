"""Which part of a pupil or contact a heading's words name: known phrases, shortened words written out, less noise."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from sheets_templates.text import comparable

_SMALL = frozenset({"of", "the", "s", "to", "is", "a", "has", "does", "for", "and", "in", "or"})
_NOISE = frozenset(
    {
        "current",
        "currently",
        "code",
        "iso",
        "ranked",
        "description",
        "desc",
        "details",
        "record",
        "recorded",
        "value",
        "flag",
        "indicator",
    }
    | {"arbor", "sims", "bromcom", "scholarpack", "integris", "isams", "progresso", "mis", "dfe", "census", "latest"}
)
_LONG = {
    "prov": "provision",
    "par": "parental",
    "resp": "responsibility",
    "rel": "relationship",
    "relation": "relationship",
    "mob": "mobile",
    "cell": "mobile",
    "tel": "telephone",
    "phone": "telephone",
    "reg": "registration",
    "no": "number",
    "num": "number",
    "nbr": "number",
    "addr": "address",
    "lang": "language",
    "languages": "language",
    "yr": "year",
    "grp": "group",
    "gp": "group",
    "fname": "forename",
    "sname": "surname",
    "pref": "preferred",
    "adm": "admission",
    "stat": "status",
    "send": "sen",
    "needs": "need",
    "mail": "email",
    "emails": "email",
    "interp": "interpreter",
    "birthdate": "birth date",
}
_TURNS = frozenset(
    {"end", "postcode", "consent", "opt", "previous", "former", "old", "count", "notes", "note", "verified", "review"}
    | {"date", "start", "since", "country", "place", "town", "county", "evidence", "source", "type"}
)
"""Words that make another fact of a phrase they stand beside: ``SEN status end date``."""
_NEAR = 90


def split_words(heading: str) -> list[str]:
    """A heading's words, also those of ``Contact1_Email`` and ``dateOfBirth``."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", heading)
    words = comparable(re.sub(r"[()\[\]_./\\|:#?!-]", " ", apart)).split()
    joined = " ".join(words).replace("e mail", "email").split()
    return [piece for word in joined for piece in re.findall(r"\d+|[^\W\d]+", word)]


@cache
def phrases() -> Mapping[str, Mapping[str, str]]:
    """For pupils and contacts: each heading's sorted words to the part it is."""
    raw = tomllib.loads(files(__package__).joinpath("mis.toml").read_text(encoding="utf-8"))
    return {
        whose: {key_of_words(split_words(text)): part for part, texts in parts.items() for text in reversed(texts)}
        for whose, parts in raw.items()
    }


def key_of_words(words: Iterable[str]) -> str:
    """Words as they are compared: written out, each once, in order of the alphabet."""
    whole = (piece for word in words for piece in _LONG.get(word, word).split())
    return " ".join(sorted({word for word in whole if word not in _SMALL}))


def part_named(whose: str, words: Sequence[str]) -> str:
    """The part that these words name: as they are, without noise, or nearly so where they are misspelt."""
    known = phrases()[whose]
    for said in (key_of_words(words), key_of_words(word for word in words if word not in _NOISE)):
        if said in known:
            return known[said]
    said = key_of_words(word for word in words if word not in _NOISE)
    near = max(known, key=lambda each: fuzz.ratio(each, said))
    return known[near] if len(said) > 5 and fuzz.ratio(near, said) >= _NEAR else ""


def part_within(whose: str, words: Sequence[str]) -> str:
    """The part of the longest known phrase of two words or more that stands inside a heading; "" for none."""
    said = set(key_of_words(word for word in words if word not in _NOISE).split())
    inside = [phrase for phrase in phrases()[whose] if " " in phrase and set(phrase.split()) < said]
    best = max(inside, key=len, default="")
    return phrases()[whose][best] if best and not (said - set(best.split())) & _TURNS else ""
