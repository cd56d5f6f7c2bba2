"""What a form's label means by its words alone: rare words count more, "not" turns it round. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sheets_templates.form_ideas import IDEA, ideas_in
from sheets_templates.form_wordbook import wordbook
from sheets_templates.synonyms import NOT_OURS

_ORDINAL = re.compile(
    r"(?<=[A-Za-z)])[ \u00a0]*#?(\d{1,2})\b(?!\s*(?:weeks?|months?|years?|minutes|mins|–|-|/))"
    r"|(?<=[A-Za-z]) (one|two|three|four)$",
    re.IGNORECASE,
)
_PARTS_OF = re.compile(r"\s+/\s+|\n|\s+\|\s+|\s+[–—-]\s+|(?<=[a-zŵŷâêîôû)])/(?=[A-Za-z])")
_HINT = re.compile(r"\(([^()]{3,60})\)")
_NO_BRACKETS = str.maketrans("()[]", "    ")
_SHORT_WILL = re.compile(r"[’']ll\b")
_SHORT_IS = re.compile(r"\b(what|who|how|it|where|that)[’']s\b", re.IGNORECASE)
_ONE_OF_TWO = re.compile(
    r"\b(parent|child|pupil|student|learner|school|class)(s|['’]s)? ?/ ?"
    r"(carer|guardian|young person|young people|pupil|student|learner|setting|nursery|form)(s|['’]s|s['’])?(?!\w)",
    re.IGNORECASE,
)
"""Two names of one person or place, said as one word."""

_HALF, _HINTED = 0.95, 0.8
_SURE, _BESIDE_EXACT = 0.9, 0.93
_SCALE = re.compile(r"\(\s*\d{1,2}\s*(?:-|–|to)\s*\d{1,2}\s*\)|\(?(?:/|out of) ?10\)?$")
FOREIGN = f"{IDEA}foreign"
"""The idea of what schools ask for and plans don't keep: numbers of other offices, money, brothers and sisters."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A field that a label may mean. ``score`` from 0 to 1."""

    field: str
    score: float


def meanings(label: str) -> tuple[Candidate, ...]:
    """The fields a label may mean, best first: by all its words, or by its halves ("Geni / Date of birth")."""
    whole = _SHORT_IS.sub(r"\1 is", _SHORT_WILL.sub(" will", _ONE_OF_TWO.sub(r"\1", without_ordinal(scaled(label)))))
    return _meanings(whole)


def confidence(label: str) -> float:
    """How surely a label's words name a field, or a fact that plans don't keep."""
    return max((each.score for each in meanings(label)), default=0.0)


@lru_cache(maxsize=4096)
def _meanings(label: str) -> tuple[Candidate, ...]:
    found = list(_by_words(label))
    pieces = [piece for piece in _PARTS_OF.split(label) if piece.strip() and piece != label]
    if pieces and max((each.score for each in found), default=0.0) < _SURE:
        book = wordbook()
        said = [piece for piece in pieces if book.knows(piece)] if len(pieces) == 2 else pieces
        weight = 1.0 if len(said) == 1 else _HALF
        halves = [each for piece in said for each in _weakened(_by_words(piece), weight)]
        kept = [each for each in halves if each.field != NOT_OURS]
        found += kept if any(each.score >= _SURE for each in kept) else halves
    hint = " ".join(_HINT.findall(label))
    if hint and (not found or found[0].field == NOT_OURS or found[0].score < _HINTED):
        found += _weakened(_by_words(label.translate(_NO_BRACKETS)), _HALF)
        found = [each for each in found if each.field != NOT_OURS or each.score < 1.0] if len(found) > 1 else found
    if FOREIGN in ideas_in(label) and (not found or found[0].score < _SURE):
        found.append(Candidate(field=NOT_OURS, score=_SURE))
    return tuple(best_each(found)[:8])


def scaled(label: str) -> str:
    """A label with the scale behind it in a word: "Aim (0–10)" asks for a score."""
    return _SCALE.sub("score", label) if "score" not in label.casefold() else label


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
    book = wordbook()
    exact = [Candidate(field=path, score=score) for path, score in book.named(label)]
    known = {each.field for each in exact}
    most = _BESIDE_EXACT if exact else 1.0
    near = [(path, min(most, score)) for path, score in book.resembling(label) if path not in known]
    rest = [Candidate(field=path, score=score) for path, score in near]
    return (*exact, *rest)
