"""What the columns of a school's sheet mean: proposals with scores, by heading and by what stands below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sheets_templates.imports.grid import shown
from sheets_templates.imports.headings import fields, fits
from sheets_templates.imports.meanings import is_choice
from sheets_templates.imports.values import comparable_blank, parse_year
from sheets_templates.synonyms import NOT_OURS, guesses, plain
from sheets_templates.text import comparable

LEAST = 0.74
_NEEDS = {"outcomes": ("target", "outcome"), "provision": ("what",), "costs": ()}
_PAST = re.compile(r"\b(?:old|previous|last (?:year|term)s?|archived?|former)\b", re.IGNORECASE)
_SLOT = re.compile(r"^(?:(\d)(?:st|nd|rd|th)?[\s.):-]+)?(.*?)(?:[\s#(-]*(\d)\)?)?$")
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
    """What one column means. ``field`` is "" for none of ours, with ``why``; ``slot`` numbers repeated columns."""

    column: int
    heading: str
    field: str = ""
    score: float = 0.0
    slot: int = 0
    why: str = ""
    alternatives: tuple[str, ...] = ()

    @property
    def why_sure(self) -> bool:
        """Whether a column is left out for a reason that needs no question."""
        return self.why != _UNKNOWN


_UNKNOWN = "none of our fields"


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
    base = _slot(heading)[0]
    if comparable(base) in _NOTES | _WORKED_OUT:
        return 0.9
    return max((*meanings_of(heading, label=label).values(), *meanings_of(base, label=label).values()), default=0.0)


def _slot(heading: str) -> tuple[str, int]:
    """A heading without the number of its repetition: ``Target 2`` is the second ``Target``."""
    match = _SLOT.match(" ".join(heading.split()))
    if not match or not match[2] or not any(letter.isalpha() for letter in match[2]):
        return heading, 0
    number = match[1] or match[3]
    joined = match[3] and re.search(r"\d\)?$", heading) and re.search(r"[\d:/-]\d\)?$", heading)
    return (match[2].strip(" -–:.("), int(number)) if number and not joined else (heading, 0)


def propose(
    headings: Mapping[int, str], groups: Mapping[int, str], columns: Mapping[int, Sequence[object]]
) -> tuple[Proposal, ...]:
    """One proposal for each column. ``groups`` are the headings above, ``columns`` the values below."""
    slots = _slots(headings, groups)
    scored = {
        column: _scores(slots[column][0], groups.get(column, ""), _alike(column, slots, columns))
        for column in headings
    }
    chosen = _assigned(scored, slots)
    lacking = _lacking(field for field, _ in chosen.values())
    if lacking:
        kept = {
            c: {f: n for f, n in found.items() if f.partition(".")[0] not in lacking} for c, found in scored.items()
        }
        chosen = _assigned(kept, slots)
    return tuple(
        _proposal(column, text, slots[column][1], chosen.get(column), scored[column])
        for column, text in headings.items()
    )


def _assigned(
    scored: Mapping[int, Mapping[str, float]], slots: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, float]]:
    """The best field for each column, each field once in a repetition."""
    rank = {field: -number for number, field in enumerate(fields())}
    pairs = sorted(
        ((score, -column, rank[field], field) for column, found in scored.items() for field, score in found.items()),
        reverse=True,
    )
    chosen: dict[int, tuple[str, float]] = {}
    taken: set[tuple[str, int]] = set()
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
    column: int, heading: str, slot: int, chosen: tuple[str, float] | None, scores: Mapping[str, float]
) -> Proposal:
    others = sorted((field for field in scores if not chosen or field != chosen[0]), key=lambda f: -scores[f])[:3]
    if chosen is None:
        why = "an earlier year's or term's" if _PAST.search(heading) else ""
        why = why or ("worked out by the sheet" if comparable(heading) in _WORKED_OUT else "")
        why = why or ("free notes" if comparable(heading) in _NOTES else _UNKNOWN)
        return Proposal(column=column, heading=heading, slot=slot, why=why, alternatives=tuple(others))
    return Proposal(
        column=column,
        heading=heading,
        field=chosen[0],
        score=round(min(chosen[1], 1.0), 3),
        slot=slot,
        alternatives=tuple(others),
    )


def _slots(headings: Mapping[int, str], groups: Mapping[int, str]) -> dict[int, tuple[str, int]]:
    """Each column's heading without its number, and the number of the repetition it belongs to (0: none)."""
    based = {column: _slot(text) for column, text in headings.items()}
    numbered: dict[str, set[int]] = {}
    for base, number in based.values():
        if number:
            numbered.setdefault(comparable(base), set()).add(number)
    repeats = {base for base, numbers in numbered.items() if len(numbers) > 1}
    texts = [comparable(text) for text in headings.values()]
    found: dict[int, tuple[str, int]] = {}
    seen: dict[str, int] = {}
    for column, text in headings.items():
        base, number = based[column]
        group = _slot(groups.get(column, ""))[1]
        same = comparable(text)
        seen[same] = seen.get(same, 0) + 1
        if number and (comparable(base) in repeats or (number in set().union(*numbered.values()) and repeats)):
            found[column] = base, number
        elif group:
            found[column] = text, group
        else:
            found[column] = text, seen[same] if texts.count(same) > 1 else 0
    return found


def _alike(
    column: int, slots: Mapping[int, tuple[str, int]], columns: Mapping[int, Sequence[object]]
) -> list[object]:
    """What stands under a column and under its repetitions: they mean the same."""
    base, slot = slots[column]
    same = [c for c, (text, number) in slots.items() if slot and number and comparable(text) == comparable(base)]
    return [value for c in same or [column] for value in columns.get(c, ())]


def _scores(heading: str, group: str, values: Sequence[object]) -> dict[str, float]:
    """Scores by heading, helped by the heading above and by what the cells hold."""
    if _PAST.search(heading) or comparable(heading) in _WORKED_OUT | _NOTES | _NUMBERING:
        return {}
    found = dict(meanings_of(heading))
    if group:
        for field, score in meanings_of(f"{_slot(group)[0]} {heading}").items():
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
