"""Which column of an MIS export is what: a pupil's, one of several contacts', or neither."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

from sheets_templates.text import comparable

_ORDINALS = {"primary": 1, "main": 1, "first": 1, "second": 2, "secondary": 2, "third": 3, "fourth": 4, "other": 2}
_CONTACT = frozenset(
    {"contact", "guardian", "parent", "carer", "parental", "emergency", "kin", "relative", "responsible"}
)
_NAMED = {"mother": (1, "Mother"), "mum": (1, "Mother"), "father": (2, "Father"), "dad": (2, "Father")}
_PUPIL = frozenset({"pupil", "student", "child", "learner", "legal", "pupils", "students", "young", "person"})
_SMALL = frozenset({"of", "the", "s", "to", "is", "a", "has", "does"})
_NEAR = 90


@dataclass(frozen=True, kw_only=True)
class MisColumn:
    """``part`` is a pupil's field or a part of contact number ``contact`` (0: the pupil's); "" for none of ours."""

    position: int
    heading: str
    part: str = ""
    contact: int = 0
    relationship: str = ""


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """For pupils and contacts: each heading's sorted words to the part it is."""
    raw = tomllib.loads(files(__package__).joinpath("mis.toml").read_text(encoding="utf-8"))
    return {
        whose: {_key(text): part for part, texts in parts.items() for text in reversed(texts)}
        for whose, parts in raw.items()
    }


def _key(text: str) -> str:
    return " ".join(sorted(word for word in comparable(text).split() if word not in _SMALL))


def _part(whose: str, words: Sequence[str]) -> str:
    """The part that these words name, the nearest one where they are misspelt."""
    known = _words()[whose]
    said = _key(" ".join(words))
    if said in known:
        return known[said]
    near = max(known, key=lambda each: fuzz.ratio(each, said))
    return known[near] if len(said) > 5 and fuzz.ratio(near, said) >= _NEAR else ""


def known_headings(record: Sequence[str]) -> int:
    """How many cells of a record are headings that we know."""
    return sum(bool(column.part) for column in columns_of(record))


def columns_of(headings: Sequence[str]) -> tuple[MisColumn, ...]:
    """What each column is. A heading that comes again is a contact's, where the file has columns of contacts."""
    first = [_column(position, heading) for position, heading in enumerate(headings)]
    first = _legal_first(first)
    has_contacts = any(column.contact for column in first)
    begins = next((c.position for c in first if c.contact), len(first))
    seen: set[tuple[str, int]] = set()
    found = []
    for column in first:
        again = (column.part, 0) in seen and not column.contact and has_contacts and column.part
        late = column.position > begins and not column.contact and (again or column.part == "notes")
        if late and column.part in ("first_name", "last_name", "name", "id", "notes"):
            part = {"first_name": "first", "last_name": "last"}.get(column.part, column.part)
            column = MisColumn(position=column.position, heading=column.heading, part=part, contact=1)
        elif again:
            repeated = begins - 3 <= column.position
            part = (
                {"first_name": "first", "last_name": "last", "name": "name"}.get(column.part, "") if repeated else ""
            )
            number = 1 if (repeated and part) or column.part == "id" else 0
            column = MisColumn(
                position=column.position,
                heading=column.heading,
                part=part or ("id" if number else ""),
                contact=number,
            )
        elif column.part and (column.part, column.contact) in seen and not column.contact:
            column = MisColumn(position=column.position, heading=column.heading)
        seen.add((column.part, column.contact))
        found.append(column)
    return tuple(found)


def _legal_first(columns: Sequence[MisColumn]) -> list[MisColumn]:
    """Where a file has legal names too, those are the names; the others are what the pupil is called."""
    legal = {c.part for c in columns if c.part in ("first_name", "last_name") and "legal" in c.heading.casefold()}
    found = []
    for column in columns:
        usual = column.part in legal and "legal" not in column.heading.casefold() and not column.contact
        part = ("known_as" if column.part == "first_name" else "") if usual else column.part
        found.append(MisColumn(**{**vars(column), "part": part}))
    return found


def _column(position: int, heading: str) -> MisColumn:
    words = comparable(heading.replace("(", " ").replace(")", " ").replace("_", " ")).split()
    words = [piece for word in words for piece in re.findall(r"\d+|[^\W\d]+", word)]
    relation = next((_NAMED[word] for word in words if word in _NAMED), None)
    own = [word for word in words if word not in _PUPIL]
    part = "" if relation or _CONTACT & set(words) else _part("pupil", own) or _part("pupil", words)
    if part:
        return MisColumn(position=position, heading=heading, part=part)
    number = next((int(word) for word in words if word.isdigit() and 0 < int(word) < 10), 0)
    ordinal = next((_ORDINALS[word] for word in words if word in _ORDINALS), 0)
    rest = [
        w
        for w in words
        if w not in _CONTACT and w not in _NAMED and not w.isdigit() and w not in ("next", "priority")
    ]
    named = bool(relation or _CONTACT & set(words) or (len(words) != len(rest) and "priority" in words))
    bare = [word for word in rest if word not in _ORDINALS]
    part = _part("contact", words) or _part("contact", rest) or _part("contact", [w for w in rest if w not in _PUPIL])
    part = part or (_part("contact", bare) if named else "")
    part = part or _part("contact", [w for w in words if w not in _CONTACT - {"parental"} and not w.isdigit()])
    if not part and named and not bare:
        part = "name"
    pupils_own = bool(_PUPIL & set(words)) and not named and part not in ("lives_with_child", "relationship")
    if not part or pupils_own:
        return MisColumn(position=position, heading=heading)
    index = number or (relation[0] if relation else ordinal if named else 0) or 1
    return MisColumn(
        position=position, heading=heading, part=part, contact=index, relationship=relation[1] if relation else ""
    )
