"""What a table or section of a form is about, so that "Name" or "Date" in it means something. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sheets_templates.synonyms import likeness, plain

_HEADING_SAYS = (0.3, 0.15, 0.05)
_LEAST = 0.5


@dataclass(frozen=True, kw_only=True)
class Family:
    """Fields that stand together. ``words`` in a heading tell of it; ``parts`` are its fields' names within it."""

    name: str
    words: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]

    def part(self, label: str) -> tuple[str, float]:
        """The field that a label most likely names here, with its likeness."""
        scored = [(path, likeness(label, phrases)) for path, phrases in self.parts.items()]
        return max(scored, key=lambda each: each[1])

    def told_by(self, said: Sequence[str]) -> float:
        """How far the headings around, nearest first, speak of this family."""
        told = ((weight, self.named_in(text)) for weight, text in zip(_HEADING_SAYS, said, strict=False))
        return max((weight + 0.01 * length for weight, length in told if length), default=0.0)

    def named_in(self, heading: str) -> int:
        """The length of the longest of its words in a heading; 0 for none."""
        text = f" {plain(heading)} "
        return max((len(plain(word)) for word in self.words if f" {plain(word)} " in text), default=0)


@cache
def families() -> Mapping[str, Family]:
    raw = tomllib.loads(files("sheets_templates").joinpath("forms", "families.toml").read_text(encoding="utf-8"))
    return {
        name: Family(
            name=name,
            words=tuple(each["words"]),
            parts={path: tuple(phrases) for path, phrases in each["parts"].items()},
        )
        for name, each in raw.items()
    }


SINGLE = frozenset({"school", "author", "review"})
"""Families of single answers: a section may be about them, a list can't."""


def family_of_list(labels: Sequence[str], said: Sequence[str]) -> Family | None:
    """What the columns of a list are about together; None where no family fits."""
    best: tuple[float, Family] | None = None
    for family in families().values():
        if family.name in SINGLE or not labels:
            continue
        fit = sum(family.part(label)[1] for label in labels) / len(labels)
        score = fit + family.told_by(said) + 0.1 * _telling(family, labels)
        if best is None or score > best[0]:
            best = (score, family)
    return best[1] if best and best[0] >= _LEAST else None


def _telling(family: Family, labels: Sequence[str]) -> float:
    """1 where a column itself says what the list is about: "Name of professional"."""
    return float(any(family.named_in(label) for label in labels))


def family_of_section(said: Sequence[str]) -> tuple[Family, ...]:
    """What a section may be about, by the nearest heading that tells."""
    for heading in said:
        told = tuple(family for family in families().values() if family.told_by([heading]))
        if told:
            return tuple(sorted(told, key=lambda family: -family.named_in(heading)))
    return ()


_SIGNS = re.compile(
    r"\b(sign(ed|ature|atures|ing|s)?|agreed (by|with)|agreement|print(ed)? name|on behalf of|llofnod\w*)\b",
    re.IGNORECASE,
)
_SIGN_WORDS = re.compile(
    r"\b(sign(ed|ature|atures|ing)?|agreed|agrees?|by|with|print(ed)?|name|on behalf of|date|the|of|and|i"
    r"|llofnod\w*|'?s)\b",
    re.IGNORECASE,
)
_SIGNERS = {
    "sen_support_plan.teacher_ok": [
        "teacher",
        "class teacher",
        "form tutor",
        "key person",
        "key worker",
        "tutor",
        "school",
        "staff",
        "member of staff",
        "lead professional",
        "practitioner",
        "subject teacher",
        "school representative",
        "staff member",
        "room leader",
    ],
    "sen_support_plan.senco_ok": [
        "senco",
        "sendco",
        "inclusion lead",
        "inclusion manager",
        "setting senco",
        "inclusion leader",
    ],
    "sen_support_plan.parent_consulted": [
        "parent",
        "carer",
        "parents and carers",
        "mother",
        "father",
        "guardian",
        "family",
        "mum",
        "parent 1",
        "parent 2",
    ],
    "sen_support_plan.pupil_ok": [
        "pupil",
        "child",
        "young person",
        "student",
        "learner",
        "me",
        "my",
        "child young person",
    ],
    "ehc_pack.head_ok": [
        "head",
        "head teacher",
        "headteacher",
        "principal",
        "head of school",
        "executive head",
        "manager",
        "nursery manager",
    ],
}


def speaks_of_signing(*texts: str) -> bool:
    return any(_SIGNS.search(text) for text in texts)


def signer(label: str) -> tuple[str, float]:
    """Whose agreement a label asks for, as its field; ("", 0) where it names nobody."""
    person = _SIGN_WORDS.sub(" ", re.sub(r"[()/:,\d’']", " ", label)).strip()
    if not person:
        return "", 0.0
    scored = [(path, likeness(person, names)) for path, names in _SIGNERS.items()]
    best = max(scored, key=lambda each: each[1])
    return best if best[1] >= 0.75 else ("", 0.0)
