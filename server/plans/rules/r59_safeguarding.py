"""R59: safeguarding detail belongs in the safeguarding record, not in a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from server.plans.model import Action, Concern, ContactNote, EarlyNote, Finding, Question, Record
from server.plans.register import Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R59",
    force="should",
    source="Keeping children safe in education: child protection files; SEN Plans default",
    title="Safeguarding detail is kept elsewhere",
    mover="senco",
)
STEMS = ("safeguard", "child protection", "section 47", "abus", "non-accidental", "marac", "disclos")
"""One of these stands in every text that the pattern finds; looking for them first is quick."""
PATTERN = re.compile(
    r"(?P<not>\b(?:no|not|without|nor|never|any)\s+(?:\w+\s+){0,2})?"
    r"\b(?P<words>child protection (?:plan|conference|enquiry|investigation|register|concern)s?"
    r"|safeguarding (?:concern|referral|disclosure|incident|enquiry|investigation)s?"
    r"|section 47|non-accidental injur(?:y|ies)|marac"
    r"|(?:sexual|physical|emotional|domestic) abuse|(?:sexually|physically) abused"
    r"|disclos(?:ed|ure of)\s+(?:\w+\s+){0,3}?(?:abuse|abused|neglect|assault))\b",
    re.IGNORECASE,
)
TEXTS: Mapping[str, tuple[str, ...]] = {
    "pupils": ("strengths", "aspiration_child", "aspiration_parent", "how_to_support"),
    "cycles": (
        "needs_summary",
        "barrier_and_removal",
        "history",
        "midpoint_check",
        "child_views",
        "parents_consulted",
    ),
    "outcomes": ("outcome", "target", "baseline", "expected", "actual"),
    "provision": ("what", "when_where", "reaction"),
    "log": ("note",),
    "reviews": ("child_view", "home_view", "school_view", "impact_summary", "parent_comment", "staff_note"),
    "meetings": ("note",),
    "views": ("words",),
}
"""What people write in their own words, by field of the school."""
PAPER_TEXTS: Mapping[type[Record], tuple[str, ...]] = {
    Action: ("action",),
    Concern: ("words", "seen_here", "answer"),
    ContactNote: ("words", "next_step"),
    EarlyNote: ("strengths", "parent_concerns", "child", "outcomes"),
    Question: ("words", "answer"),
}


def check(register: Register, _today: date) -> Iterator[Finding]:
    """For staff alone: one finding per cell whose words belong in a safeguarding record. Only plain terms count, and
    none that the sentence denies."""
    for rows, fields in _written(register):
        for field in fields:
            yield from _in_column(register, rows, field)


def _written(register: Register) -> Iterator[tuple[tuple[Record, ...], tuple[str, ...]]]:
    for name, fields in TEXTS.items():
        yield getattr(register.school, name), fields
    for kind, fields in PAPER_TEXTS.items():
        yield register.all(kind), fields


def _in_column(register: Register, rows: Iterable[Record], field: str) -> Iterator[Finding]:
    """All of a column is looked through in one piece, and its cells only where a stem is in it."""
    texts = [str(getattr(row, field)) for row in rows]
    if not _may_be_in("\n".join(texts)):
        return
    for row, text in zip(rows, texts, strict=True):
        pupil_id = _pupil_of(register, row)
        if _may_be_in(text) and pupil_id in register.here and (found := safeguarding_words(text)):
            yield _found(register, row, field, found, pupil_id)


def _may_be_in(text: str) -> bool:
    folded = text.casefold()
    return any(stem in folded for stem in STEMS)


def safeguarding_words(text: str) -> str:
    """The first plain safeguarding term of a text that is not denied; "" where there is none."""
    found = (match for match in PATTERN.finditer(" ".join(text.split())) if not match["not"])
    return next((match["words"].casefold() for match in found), "")


def _pupil_of(register: Register, row: Record) -> str:
    cycle = register.cycle.get(str(getattr(row, "cycle", "")))
    return row.whose or (cycle.pupil if cycle else "")


def _found(register: Register, row: Record, field: str, words: str, pupil_id: str) -> Finding:
    lead = register.settings.safeguarding_lead or "your designated safeguarding lead"
    return RULE.finding(
        "staff",
        row,
        field,
        f"{row.id}: this cell speaks of a “{words}”, which belongs in the safeguarding record",
        f"Tell {lead} today if they may not know. Then keep here only what adults do to help.",
        pupil_id=pupil_id,
    )
