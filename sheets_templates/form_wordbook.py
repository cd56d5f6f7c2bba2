"""All that forms call our fields, weighed: which words tell fields apart, how near a label comes to each. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from sheets_templates.form_ideas import IDEA, ideas_in
from sheets_templates.form_usual import usualness
from sheets_templates.synonyms import plain, synonyms

_NEW_WORD = 6.0
"""The weight of a word that no phrase has."""

_LEAST_WEIGHT = 0.5
_PHRASE, _FIELD = 0.65, 0.35
_RARE_FIELD = 0.05
_LEAST = 0.35
_TELLING, _VAGUE = 2.0, 0.7
"""Words of less weight than this hardly name a field by themselves: "For my", "Young person"."""

_OF_LABEL = 0.6
_LONG = 14.0
_COMMON = 250
_MOST_KEPT = 10_000
_LIKE, _SHORTEST_FUZZY = 88, 5
_NOT = f"{IDEA}not"
_GROWN_UPS = frozenset({f"{IDEA}parent", f"{IDEA}home"})

_USUAL, _TIED = 0.5, 0.15
_PART = re.compile(r"^(?!pupil\.l|review\.when)\w+\.\w+(\[\])?\.\w+$")
"""A part of a list or of a compound field: a single word ("Name", "Date") names it only within its list."""

Words = Mapping[str, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Phrase:
    """One wording with its words, how much they weigh together, and the fields that have it."""

    words: Words
    mass: float
    paths: tuple[str, ...]


class Wordbook:
    """Phrases by field. A label is near to a field when one of its phrases has the same weighty words, and the more
    of its phrases have them; a field with many names is likelier than one with few."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._kept: dict[str, tuple[str, Words, float]] = {}
        self._indexes: dict[str, Mapping[str, list[tuple[str, str]]]] = {}
        self._named: dict[str, dict[str, None]] = defaultdict(dict)
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._sizes: Counter[str] = Counter()
        paths: dict[frozenset[str], dict[str, None]] = defaultdict(dict)
        words: dict[frozenset[str], Words] = {}
        for path, said in phrases.items():
            for phrase in said:
                told = ideas_in(phrase)
                key = frozenset(told)
                paths[key][path] = None
                words[key] = told
                if len(told) > 1 or not _PART.search(path):
                    self._named[plain(phrase)][path] = None
                self._counts[path].update(key)
                self._sizes[path] += 1
        fields = Counter(word for counts in self._counts.values() for word in counts)
        total = len(self._counts)
        self._weights = {word: max(_LEAST_WEIGHT, math.log(total / (0.5 + many))) for word, many in fields.items()}
        self._phrases = [
            _Phrase(words=told, mass=self._weigh(told), paths=tuple(paths[key])) for key, told in words.items()
        ]
        self._having: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, each in enumerate(self._phrases):
            for word, weight in each.words.items():
                self._having[word].append((number, weight))
        self._usual = {path: usualness(path) for path in self._sizes}

    def named(self, label: str) -> tuple[tuple[str, float], ...]:
        """The fields that are called exactly this, with their scores: 1 for the one whose names have these words most
        often, or that is most usual; less for the others, the more they differ from it in this."""
        paths = tuple(self._named.get(plain(label), ()))
        if len(paths) < 2:
            return tuple((path, 1.0) for path in paths)
        words = self._spelt(ideas_in(label))
        worth = {path: self._covered(words, path) + _USUAL * self._usual[path] for path in paths}
        best = max(worth.values())
        return tuple((path, round(1.0 - min(_TIED, _TIED * (best - worth[path])), 3)) for path in paths)

    def likest(self, label: str, name: str, parts: Mapping[str, Iterable[str]]) -> Mapping[str, float]:
        """How near a label comes to each field of some short names; those it shares no word with are left out. The
        same ``name`` always goes with the same ``parts``."""
        said = self._short(label)[1]
        index = self._indexes.get(name) or self._indexed(name, parts)
        found: dict[str, float] = {}
        for path, phrase in dict.fromkeys(each for word in said for each in index.get(word, ())):
            found[path] = max(found.get(path, 0.0), self._alike(label, phrase))
        return found

    def _indexed(self, name: str, parts: Mapping[str, Iterable[str]]) -> Mapping[str, list[tuple[str, str]]]:
        index: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for path, phrases in parts.items():
            for phrase in phrases:
                for word in self._short(phrase)[1]:
                    index[word].append((path, phrase))
        self._indexes[name] = index
        return index

    def _alike(self, label: str, phrase: str) -> float:
        wanted, words, mass = self._short(label)
        said, told, whole = self._short(phrase)
        if said == wanted:
            return 1.0
        if words.keys().isdisjoint(told):
            return 0.0
        shared = math.fsum(min(words[w], told[w]) * self._weights.get(w, _NEW_WORD) for w in told if w in words)
        near = _blend(shared / whole, shared / self._capped(mass)) * _same_sense(words, told)
        return round(min(0.97, math.sqrt(near)), 3)

    def _short(self, phrase: str) -> tuple[str, Words, float]:
        """A phrase in its plain form, its words and their weight; kept, as tables are compared with the same ones."""
        if phrase not in self._kept:
            words = self._spelt(ideas_in(phrase))
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            self._kept[phrase] = (plain(phrase), words, self._weigh(words))
        return self._kept[phrase]

    def knows(self, text: str) -> bool:
        """Whether any word of a text, or its idea, stands in a phrase."""
        return any(word in self._weights and (weight == 1.0) for word, weight in ideas_in(text).items())

    def resembling(self, label: str) -> tuple[tuple[str, float], ...]:
        """The fields whose names resemble a label with their scores, best first."""
        words = self._spelt(ideas_in(label))
        near = self._near(words)
        least = 1.0 if self._weigh(words) >= _TELLING else _VAGUE
        scores = {path: _FIELD * self._covered(words, path) + _PHRASE * score for path, score in near.items()}
        weighed = (
            (path, least * score * (1 - _RARE_FIELD + _RARE_FIELD * self._usual[path]))
            for path, score in scores.items()
        )
        found = sorted(weighed, key=lambda each: (-each[1], each[0]))
        return tuple((path, round(min(0.99, math.sqrt(score)), 3)) for path, score in found[:8] if score > _LEAST)

    def _near(self, words: Words) -> Mapping[str, float]:
        """For each field the likeness of its likest phrase."""
        mass = self._capped(self._weigh(words))
        found: dict[str, float] = {}
        for number, shared in self._shared(words).items():
            phrase = self._phrases[number]
            score = _blend(shared / phrase.mass, shared / mass) * _same_sense(words, phrase.words)
            for path in phrase.paths:
                if score > found.get(path, 0.0):
                    found[path] = score
        return found

    def _shared(self, words: Words) -> Mapping[int, float]:
        """The weight of the words that each phrase shares with a label, for phrases that share a telling one."""
        telling = [word for word, weight in words.items() if weight == 1.0 and word in self._having]
        rare = [word for word in telling if len(self._having[word]) <= _COMMON] or telling
        first = [word for word in words if word in self._having and (word in rare or not telling)]
        shared: dict[int, float] = {}
        for word in first:
            weight, told = self._weights[word], words[word]
            for number, says in self._having[word]:
                shared[number] = shared.get(number, 0.0) + min(told, says) * weight
        for word in words.keys() - set(first):
            weight, told = self._weights.get(word, 0.0), words[word]
            for number, says in self._having.get(word, ()):
                if number in shared:
                    shared[number] += min(told, says) * weight
        return shared

    def _covered(self, words: Words, path: str) -> float:
        """How far a label's words are among those that a field's names often have."""
        counts, size = self._counts[path], self._sizes[path]
        told = (
            weight * self._weights.get(word, _NEW_WORD) * min(1.0, math.sqrt(2 * counts[word] / size))
            for word, weight in words.items()
            if word in counts
        )
        return min(1.0, math.fsum(told) / self._capped(self._weigh(words)))

    def _weigh(self, words: Words) -> float:
        return math.fsum(weight * self._weights.get(word, _NEW_WORD) for word, weight in words.items())

    @staticmethod
    def _capped(mass: float) -> float:
        """A long question has more words than any name: those beyond a good many count half."""
        return mass if mass < _LONG else _LONG + (mass - _LONG) / 2

    def _spelt(self, words: Words) -> Words:
        return {self._spelling(word): weight for word, weight in words.items()}

    def _spelling(self, word: str) -> str:
        """The known word that a misspelt one stands for."""
        if word in self._weights or len(word) < _SHORTEST_FUZZY or " " in word:
            return word
        return _nearest(word, tuple(self._weights))


def _blend(of_phrase: float, of_label: float) -> float:
    """A label's own words must be told more than those of the phrase: one new word may change its meaning."""
    return math.pow(min(1.0, of_phrase), 1 - _OF_LABEL) * math.pow(min(1.0, of_label), _OF_LABEL)


def _same_sense(one: Words, two: Words) -> float:
    """Less than 1 where only one says "not", or only one speaks of the family."""
    turned = 0.6 if (_NOT in one) != (_NOT in two) else 1.0
    return turned * (0.88 if one.keys().isdisjoint(_GROWN_UPS) != two.keys().isdisjoint(_GROWN_UPS) else 1.0)


@lru_cache(maxsize=4096)
def _nearest(word: str, known: Collection[str]) -> str:
    near = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_LIKE)
    return str(near[0]) if near else word


@cache
def wordbook() -> Wordbook:
    return Wordbook(synonyms())
