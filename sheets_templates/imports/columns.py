"""What the columns of a school's sheet mean: proposals with scores, by heading and by what stands below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sheets_templates.imports.choices import key_of
from sheets_templates.imports.grid import shown
from sheets_templates.imports.headings import fields, fits
from sheets_templates.imports.meanings import is_choice
from sheets_templates.imports.slots import alike, slot_of, slots_of
from sheets_templates.imports.values import comparable_blank
from sheets_templates.imports.years import parse_year
from sheets_templates.synonyms import NOT_OURS, guesses, plain
from sheets_templates.text import comparable

LEAST = 0.74
NO_FIELD = "none of our fields"
_NEEDS = {"outcomes": ("target", "outcome"), "provision": ("what",), "costs": ()}
_PAST = re.compile(r"\b(?:old|previous|last (?:year|term)s?|archived?|former)\b", re.IGNORECASE)
_NOTES = frozenset(
    {"note", "notes", "other", "other notes", "info", "misc", "comments notes", "further info", "additional notes"}
)
_WORKED_OUT = frozenset(
    {
        "cost",
        "share",
        "total",
        "hrs total",
        "total hrs",
        "total hours",
        "hours",
        "total cost",
        "cost per pupil",
        "hrs",
        "age",
        "termly cost",
        "annual cost",
        "progress points",
        "hours total",
        "total cost for term",
    }
)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What one column means. ``field`` is "" for none of ours, with ``why``; ``slot`` numbers repeated columns.

    ``first`` is the field as proposed before anybody chose, ``number`` counts columns of this heading from 1;
    ``lights`` says that its letters and colours are a traffic light."""

    column: int
    heading: str
    field: str = ""
    score: float = 0.0
    slot: int = 0
    why: str = ""
    alternatives: tuple[str, ...] = ()
    number: int = 1
    first: str = ""
    examples: tuple[str, ...] = ()
    lights: bool = False

    @property
    def key(self) -> str:
        """What a choice about this column is kept under."""
        return key_of(self.heading, self.number, self.first)

    @property
    def why_sure(self) -> bool:
        """Whether a column is left out for a reason that needs no question."""
        return self.why != NO_FIELD


_NUMBERING = frozenset({"no", "number", "ref", "id", "row", "nr"})


@lru_cache(maxsize=4096)
def meanings_of(heading: str, *, label: bool = False) -> Mapping[str, float]:
    """Fields that a heading may mean, with scores from 0 to 1; a ``label`` stands beside a box of its own."""
    found: dict[str, float] = {}
    said = plain(heading)
    for field in fields().values():
        if said in field.labels:
            found[field.key] = 1.0 if label else 0.9
        elif said in field.names:
            found[field.key] = 0.9 if label else 1.0
    by_path = {guess.path: guess.score for guess in guesses(heading, limit=8)}
    for field in fields().values():
        best = max((by_path.get(path, 0.0) for path in field.paths), default=0.0)
        if best and not (field.table == "reviews" and best < 0.9):
            found[field.key] = max(found.get(field.key, 0.0), 0.95 * best)
    if by_path.get(NOT_OURS, 0.0) >= 0.95 and not any(score >= 0.9 for score in found.values()):
        return {}
    return found


def known(heading: str, *, label: bool = False) -> float:
    """How surely a text is the heading of a column, or the label of a box."""
    if len(heading) > 60 or (any(c.isdigit() for c in heading) and parse_year(heading)[0]):
        return 0.0
    base = slot_of(heading)[0]
    if comparable(base) in _NOTES | _WORKED_OUT:
        return 0.9
    return max((*meanings_of(heading, label=label).values(), *meanings_of(base, label=label).values()), default=0.0)


def propose(
    headings: Mapping[int, str],
    groups: Mapping[int, str],
    columns: Mapping[int, Sequence[object]],
    *,
    chosen: Mapping[int, str] | None = None,
) -> tuple[Proposal, ...]:
    """One proposal for each column. ``groups`` are the headings above, ``columns`` the values below, ``chosen`` what
    a person said that columns mean ("" for nothing): the others are understood beside those."""
    slots = slots_of(headings, groups)
    scored = {
        column: _scores(slots[column][0], groups.get(column, ""), alike(column, slots, columns))
        for column in headings
    }
    said = chosen or {}
    free = {column: found for column, found in scored.items() if column not in said}
    assigned = _assigned(free, slots, said)
    lacking = _lacking(field for field, _ in assigned.values())
    if lacking:
        free = {
            c: {f: n for f, n in found.items() if f.partition(".")[0] not in lacking} for c, found in free.items()
        }
        assigned = _assigned(free, slots, said)
    return tuple(
        _proposal(column, text, slots[column][1], assigned.get(column), scored[column], said.get(column) == "")
        for column, text in headings.items()
    )


def _assigned(
    scored: Mapping[int, Mapping[str, float]], slots: Mapping[int, tuple[str, int]], said: Mapping[int, str]
) -> dict[int, tuple[str, float]]:
    """The best field for each column, each field once in a repetition; what a person said stands."""
    rank = {field: -number for number, field in enumerate(fields())}
    pairs = sorted(
        ((score, -column, rank[field], field) for column, found in scored.items() for field, score in found.items()),
        reverse=True,
    )
    chosen = {column: (field, 1.0) for column, field in said.items() if field}
    taken = {(field, slots[column][1]) for column, (field, _) in chosen.items()}
    for score, negative, _, field in pairs:
        place = field, slots[-negative][1]
        if score >= LEAST and -negative not in chosen and place not in taken:
            chosen[-negative] = field, score
            taken.add(place)
    return chosen


def _lacking(found: Iterable[str]) -> set[str]:
    """Tables of which no row can be made: targets without a target, help without the help."""
    known_fields = set(found)
    lacking = {
        table
        for table, needed in _NEEDS.items()
        if needed and not any(f"{table}.{name}" in known_fields for name in needed)
    }
    return lacking | ({"costs"} if "provision" in lacking else set())


def _proposal(
    column: int,
    heading: str,
    slot: int,
    chosen: tuple[str, float] | None,
    scores: Mapping[str, float],
    left: bool,
) -> Proposal:
    others = sorted((field for field in scores if not chosen or field != chosen[0]), key=lambda f: -scores[f])[:3]
    if chosen is None:
        why = "left out as asked" if left else "an earlier year's or term's" if _PAST.search(heading) else ""
        why = why or ("worked out by the sheet" if comparable(heading) in _WORKED_OUT else "")
        why = why or ("free notes" if comparable(heading) in _NOTES else NO_FIELD)
        return Proposal(column=column, heading=heading, slot=slot, why=why, alternatives=tuple(others))
    return Proposal(
        column=column,
        heading=heading,
        field=chosen[0],
        score=round(min(chosen[1], 1.0), 3),
        slot=slot,
        alternatives=tuple(others),
    )


def _scores(heading: str, group: str, values: Sequence[object]) -> dict[str, float]:
    """Scores by heading, helped by the heading above and by what the cells hold."""
    if _PAST.search(heading) or comparable(heading) in _WORKED_OUT | _NOTES | _NUMBERING:
        return {}
    found = dict(meanings_of(heading))
    if group:
        for field, score in meanings_of(f"{slot_of(group)[0]} {heading}").items():
            found[field] = max(found.get(field, 0.0), score * 0.97)
        for field in found:
            found[field] += 0.06 if _under(group, field) else 0.0
    cells = [value for value in values if not comparable_blank(shown(value))][:60]
    if not cells:
        return {field: score - 0.05 * is_choice(fields()[field].kind) for field, score in found.items()}
    return {field: score + fits(fields()[field], cells) for field, score in found.items()}


def _under(group: str, field: str) -> bool:
    """Whether a group heading names the table that a field belongs to."""
    table = field.partition(".")[0]
    words = {
        "pupils": "pupil",
        "provision": "provision",
        "outcomes": "outcome target",
        "reviews": "review",
        "costs": "cost",
    }
    own = {
        "time": "provision",
        "support": "provision",
        "intervention": "provision",
        "impact": "provision",
        "funding": "costs",
    }
    said = plain(group).split()
    return any(word in words.get(table, "").split() or own.get(word) == table for word in said)
