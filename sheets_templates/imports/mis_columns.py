"""Which column of an MIS export is what: a pupil's, one of several contacts', or neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_templates.address import letters
from sheets_templates.imports.choices import chosen, key_of
from sheets_templates.imports.mis_words import key_of_words, part_named, part_within, phrases, split_words
from sheets_templates.text import comparable

_ORDINALS = {"primary": 1, "main": 1, "first": 1, "second": 2, "secondary": 2, "third": 3, "fourth": 4, "other": 2}
_CONTACT = frozenset(
    {
        "contact",
        "cont",
        "guardian",
        "parent",
        "par",
        "carer",
        "parental",
        "emergency",
        "kin",
        "relative",
        "responsible",
    }
)
_NAMED = {"mother": (1, "Mother"), "mum": (1, "Mother"), "father": (2, "Father"), "dad": (2, "Father")}
_PUPIL = frozenset(
    {"pupil", "student", "child", "learner", "legal", "pupils", "students", "young", "person", "stu", "stud", "pup"}
)


@dataclass(frozen=True, kw_only=True)
class MisColumn:
    """``part`` is a pupil's field or a part of contact number ``contact`` (0: the pupil's); "" for none of ours.

    ``number`` counts columns of this heading from 1; ``first`` is the field proposed before anybody chose."""

    position: int
    heading: str
    part: str = ""
    contact: int = 0
    relationship: str = ""
    score: float = 0.0
    number: int = 1
    first: str = ""

    @property
    def field(self) -> str:
        """``pupils.dob``, ``contacts.2.email``, or ""."""
        whose = f"contacts.{self.contact}" if self.contact else "pupils"
        return f"{whose}.{self.part}" if self.part else ""

    @property
    def letters(self) -> str:
        """The column's letters in a spreadsheet program."""
        return letters(self.position)

    @property
    def key(self) -> str:
        """What a choice about this column is kept under."""
        return key_of(self.heading, self.number, self.first)


def sureness(column: MisColumn) -> float:
    """How surely a column is what it was taken for: 1 where its heading is one we know, less where it is near one."""
    words = split_words(column.heading)
    bare = [w for w in words if w not in _CONTACT | _PUPIL and w not in _NAMED and not w.isdigit()]
    known = {key_of_words(each) for each in (words, bare)}
    whose = phrases()["contact" if column.contact else "pupil"]
    return 1.0 if known & set(whose) or not bare else 0.85


def list_fields() -> tuple[str, ...]:
    """Every field that a column of a list may fill: a pupil's, and those of four contacts."""
    parts = {whose: dict.fromkeys(found.values()) for whose, found in phrases().items()}
    pupils = [f"pupils.{part}" for part in parts["pupil"]]
    return (*pupils, *(f"contacts.{n}.{part}" for n in range(1, 5) for part in parts["contact"]))


def settled_columns(headings: Sequence[str], choices: Mapping[str, str]) -> tuple[MisColumn, ...]:
    """What each column is, as proposed and then as a person chose; a chosen field is taken from where it was."""
    seen: Counter[str] = Counter()
    found: list[MisColumn] = []
    for column in columns_of(headings):
        seen[comparable(column.heading)] += 1
        found.append(
            replace(column, number=seen[comparable(column.heading)], first=column.field, score=sureness(column))
        )
    said = {c.position: f for c in found if (f := chosen(choices, "", c.heading, c.number, c.first)) is not None}
    return tuple(_said(column, said) for column in found)


def _said(column: MisColumn, said: Mapping[int, str]) -> MisColumn:
    if column.position not in said:
        return replace(column, part="", contact=0) if column.field in said.values() else column
    whose, _, part = said[column.position].partition(".")
    number, dot, rest = part.partition(".")
    contact = int(number) if whose == "contacts" and dot and number.isdigit() else 0
    known = said[column.position] in list_fields()
    return replace(column, part=(rest if contact else part) if known else "", contact=contact, score=1.0)


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
    words = split_words(heading)
    relation = next((_NAMED[word] for word in words if word in _NAMED), None)
    part = "" if relation or _CONTACT & set(words) else _pupils_part(words)
    if part:
        return MisColumn(position=position, heading=heading, part=part)
    part, named = _contacts_part(words, bool(relation))
    pupils_own = bool(_PUPIL & set(words)) and not named and part not in ("lives_with_child", "relationship")
    if not part or pupils_own:
        return MisColumn(position=position, heading=heading)
    number = next((int(word) for word in words if word.isdigit() and 0 < int(word) < 10), 0)
    ordinal = next((_ORDINALS[word] for word in words if word in _ORDINALS), 0)
    index = number or (relation[0] if relation else ordinal if named else 0) or 1
    return MisColumn(
        position=position, heading=heading, part=part, contact=index, relationship=relation[1] if relation else ""
    )


def _pupils_part(words: Sequence[str]) -> str:
    own = [word for word in words if word not in _PUPIL]
    return part_named("pupil", own) or part_named("pupil", words) or part_within("pupil", own)


def _contacts_part(words: Sequence[str], related: bool) -> tuple[str, bool]:
    """The part of a contact that words name, and whether they say that it is a contact's."""
    rest = [
        word
        for word in words
        if word not in _CONTACT and word not in _NAMED and not word.isdigit() and word not in ("next", "priority")
    ]
    named = bool(related or _CONTACT & set(words) or (len(words) != len(rest) and "priority" in words))
    bare = [word for word in rest if word not in _ORDINALS]
    spoken = [word for word in words if not word.isdigit()]
    tries = (
        words,
        spoken,
        rest,
        [word for word in rest if word not in _PUPIL],
        *((bare,) if named else ()),
        [word for word in spoken if word not in _CONTACT - {"parental"}],
    )
    part = next((found for each in tries if each and (found := part_named("contact", each))), "")
    if not part and named:
        part = part_within("contact", bare) if bare else "name"
    return part, named
