"""What a household's copy of a plan holds, part by part. Every text is ready to read; "" means nothing to say.

Field names are the tags of ``sheets_templates/documents/views/plan.toml``. What has no field here can't reach
a parent, whatever a template asks for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from server.plans.copy_words import day_in_words


@dataclass(frozen=True, kw_only=True)
class SchoolPart:
    name: str
    advice: str


@dataclass(frozen=True, kw_only=True)
class PupilPart:
    called: str
    year: str
    strengths: str
    what_helps: str
    languages: str
    hopes: str
    family_hopes: str


@dataclass(frozen=True, kw_only=True)
class PlanPart:
    about: str
    ehc: str
    note: str
    needs: str
    barriers: str
    version: str
    next_meeting: str
    review_due: str


@dataclass(frozen=True, kw_only=True)
class PersonPart:
    """Someone at school whom the family may ask. ``email`` is a work address."""

    name: str
    role: str
    about: str
    email: str


@dataclass(frozen=True, kw_only=True)
class ProvisionPart:
    what: str
    who: str
    when_where: str
    how_often: str
    why: str
    effect: str


@dataclass(frozen=True, kw_only=True)
class SupportPart:
    """One piece of help told once, whatever number of outcomes it is for, in a few whole lines."""

    what: str
    who: str
    times: str
    why: str
    sort: str
    so_far: str


@dataclass(frozen=True, kw_only=True)
class OutcomePart:
    """``start``, ``aim`` and ``now`` give a score beside the words; ``focus`` says what the outcome is about."""

    number: str
    outcome: str
    why: str
    target: str
    measure: str
    baseline: str
    expected: str
    by: str
    home: str
    child_part: str
    result: str
    decision: str
    start: str
    aim: str
    now: str
    focus: str
    helped_by: str
    provision: tuple[ProvisionPart, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewPart:
    date: str = ""
    changed: str = ""
    next_step: str = ""


@dataclass(frozen=True, kw_only=True)
class SaidPart:
    words: str
    date: str


@dataclass(frozen=True, kw_only=True)
class ToldPart:
    words: str
    by: str


@dataclass(frozen=True, kw_only=True)
class MeetingPart:
    when: str
    what: str


@dataclass(frozen=True, kw_only=True)
class CopyView:
    """Everything one household may read of one pupil's plan, in plain words, and nothing else. ``fields`` are those
    that the school's own template asks for beyond the plan's words."""

    school: SchoolPart
    pupil: PupilPart
    plan: PlanPart
    people: tuple[PersonPart, ...]
    outcomes: tuple[OutcomePart, ...]
    supports: tuple[SupportPart, ...]
    review: ReviewPart
    child_words: tuple[SaidPart, ...]
    home_words: tuple[ToldPart, ...]
    meetings: tuple[MeetingPart, ...]
    left_out: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)

    def as_mapping(self, *, made_on: date | None = None) -> Mapping[str, Any]:
        """The view as a template reads it, with the day the copy is made."""
        return merged(asdict(self) | {"made_on": day_in_words(made_on)}, self.fields)

    def digest(self) -> str:
        """Names the content: equal for equal content, whenever the copy is made; 32 hexadecimal digits."""
        content = json.dumps(self, default=vars, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(content.encode()).hexdigest()[:32]


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Both together, list items one by one; where both say something, the first is kept."""
    both = dict(second)
    for key, value in first.items():
        other = both.get(key)
        if isinstance(value, Mapping) and isinstance(other, Mapping):
            value = merged(value, other)
        elif isinstance(value, list | tuple) and isinstance(other, list) and len(value) == len(other):
            value = [merged(one, two) for one, two in zip(value, other, strict=True)]
        both[key] = value
    return both
