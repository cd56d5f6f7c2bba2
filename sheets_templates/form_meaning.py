"""What a form's label means by its words alone: rare words count more, "not" turns it round. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from sheets_templates.synonyms import guesses, plain, synonyms

_ORDINAL = re.compile(
    r"(?<=[A-Za-z)])[ \u00a0]*#?(\d{1,2})\b(?!\s*(?:weeks?|months?|years?|minutes|mins|–|-|/))"
    r"|(?<=[A-Za-z]) (one|two|three|four)$",
    re.IGNORECASE,
)
_PARTS_OF = re.compile(r"\s+/\s+|\n|\s+\|\s+|\s+[–—-]\s+|(?<=[a-zŵŷâêîôû)])/(?=[A-Za-z])")
_OWNER = re.compile(
    r"^(the |your |my |our )?((child|pupil|student|learner|young person|child or young person|child/young person|cyp)"
    r"(['’]?s|s['’])?|my|your|the) ",
    re.IGNORECASE,
)
_NOT = frozenset({"not", "don", "dont", "t", "never", "avoid", "cannot", "no"})
_ADULTS = frozenset({"parent", "family", "home", "mother", "father"})
_CHILD = frozenset({"i", "me", "my", "pupil"})
_NEW_WORD = 4.5
"""The weight of a word that no phrase has."""

_LIKE = 88
_SHORTEST_FUZZY = 5


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A field that a label may mean. ``score`` from 0 to 1."""

    field: str
    score: float


def meanings(label: str) -> tuple[Candidate, ...]:
    """The fields a label may mean, best first: by all its words, by its halves, or without whose it is."""
    whole = without_ordinal(label)
    found = list(_by_words(whole))
    if not found or found[0].score < 0.9:
        bare = _OWNER.sub("", whole, count=1)
        found += _weakened(_by_words(bare), 0.97) if bare and bare != whole else []
    if max((each.score for each in found), default=0.0) < 0.86:
        pieces = [piece for piece in _PARTS_OF.split(label) if piece.strip() and piece != label]
        found += [each for piece in pieces for each in _weakened(_by_words(piece), 0.93)]
    return tuple(best_each(found))


def without_ordinal(label: str) -> str:
    """A label without the number that tells it from others of its kind."""
    bare = _ORDINAL.sub("", label).strip(" :–-")
    return bare or label


def ordinal_of(label: str) -> int:
    """That number; 0 without one."""
    found = _ORDINAL.search(label)
    return int(found[1]) if found and found[1] and int(found[1]) < 20 else 0


def best_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Each field once, best first."""
    best: dict[str, Candidate] = {}
    for each in candidates:
        if each.field and (each.field not in best or best[each.field].score < each.score):
            best[each.field] = each
    return sorted(best.values(), key=lambda each: -each.score)


def _weakened(candidates: Sequence[Candidate], by: float) -> list[Candidate]:
    return [Candidate(field=each.field, score=round(each.score * by, 3)) for each in candidates]


@lru_cache(maxsize=4096)
def _by_words(label: str) -> tuple[Candidate, ...]:
    words = plain(label).split()
    if not words:
        return ()
    spelt = [_spelling(word) for word in words]
    near = {guess.said: guess.score for guess in guesses(label, limit=12)}
    phrases = {phrase for word in spelt for phrase in _index().get(word, ())}
    found = []
    for phrase in sorted(phrases):
        score = _fit(frozenset(spelt), frozenset(phrase.split()))
        if score >= 0.5:
            found += [Candidate(field=path, score=_mixed(score, near.get(said))) for path, said in _phrases()[phrase]]
    return tuple(best_each(found)[:5])


def _mixed(by_words: float, by_letters: float | None) -> float:
    if by_words == 1.0:
        return 1.0
    return round(by_words if by_letters is None else max(0.75 * by_words + 0.25 * by_letters, by_words), 3)


def _fit(label: frozenset[str], phrase: frozenset[str]) -> float:
    """1 for the same words; less for each word more or fewer, by its weight; little where only one says "not"."""
    if label == phrase:
        return 1.0
    shared = _weight(label & phrase)
    recall, precision = shared / _weight(phrase), shared / _weight(label)
    score = math.sqrt(recall * precision) * (0.98 if recall < 1 else 0.99)
    if bool(label & _NOT) != bool(phrase & _NOT):
        score *= 0.6
    if bool(label & _ADULTS) != bool(phrase & _ADULTS):
        score *= 0.88
    if label & _ADULTS and not label & _CHILD and phrase & _CHILD:
        score *= 0.9
    return score


def _weight(words: Iterable[str]) -> float:
    weights = _weights()
    return math.fsum(weights.get(word, _NEW_WORD) for word in words)


@lru_cache(maxsize=4096)
def _spelling(word: str) -> str:
    """The known word that a misspelt one stands for."""
    if word in _weights() or len(word) < _SHORTEST_FUZZY:
        return word
    near = process.extractOne(word, list(_weights()), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return str(near[0]) if near else word


@cache
def _weights() -> Mapping[str, float]:
    counts = Counter(word for phrase in _phrases() for word in set(phrase.split()))
    total = len(_phrases())
    return {word: max(1.0, math.log(total / (1 + count))) for word, count in counts.items()}


@cache
def _index() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for phrase in _phrases():
        for word in phrase.split():
            found[word].add(phrase)
    return {word: frozenset(phrases) for word, phrases in found.items()}


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, phrases in synonyms().items():
        for phrase in phrases:
            found[plain(phrase)].append((path, phrase))
    return {phrase: tuple(paths) for phrase, paths in found.items() if phrase}
