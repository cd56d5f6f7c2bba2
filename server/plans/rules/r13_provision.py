"""R13: help is detailed, specific and quantified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding, Provision, Record
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed

RULE = Rule(
    id="R13",
    force="should",
    source="Code of Practice 9.69; Devon DIAS factsheet",
    title="Help is specific and quantified",
    for_parents="The plan says what the help is, who gives it, when and how often.",
)
ALL_DAY_KINDS = ("whole", "equipment", "environment", "in-class")
FREQUENCY = re.compile(r"\b(?:every|each|daily|all|any|always|weekly|throughout|whenever)\b", re.IGNORECASE)
VAGUE = re.compile(
    r"\b(?:as (?:and when )?(?:required|needed)|regular(?:ly)?|opportunit(?:y|ies) (?:for|to)|access to|up to)\b",
    re.IGNORECASE,
)
Fault = tuple[Record, str, str]


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One finding per row of live help that someone else could not carry out as it is written."""
    for live in register.live:
        for provision in live.provision:
            if faults := [*_missing(provision), *_vague(provision)]:
                yield RULE.finding(
                    "info",
                    *faults[0][:2],
                    f"{provision.provision_id} is not yet specific: {listed(text for _, _, text in faults)}",
                    "Write the help so that another adult could give it tomorrow.",
                    pupil_id=live.pupil.pupil_id,
                )


def _missing(provision: Provision) -> Iterator[Fault]:
    texts = (
        ("what", "what is done"),
        ("delivered_by", "who gives it"),
        ("expertise", "the expertise it takes"),
        ("when_where", "when and where"),
    )
    for field, name in texts:
        if not str(getattr(provision, field)).strip():
            yield provision, field, f"{name} is missing"
    if is_part_of_the_day(provision):
        return
    numbers = (
        ("minutes_per_session", "minutes a session"),
        ("sessions_per_week", "sessions a week"),
        ("weeks", "weeks"),
        ("group_size", "group size"),
    )
    for field, name in numbers:
        if not getattr(provision, field):
            yield provision, field, f"{name} missing"


def is_part_of_the_day(provision: Provision) -> bool:
    """Whether help woven into lessons says when it happens in words, so that minutes and sessions add nothing."""
    kind = provision.kind.casefold()
    words = f"{provision.what} {provision.when_where}"
    return any(name in kind for name in ALL_DAY_KINDS) and bool(FREQUENCY.search(words))


def _vague(provision: Provision) -> Iterator[Fault]:
    for field, text in (("what", provision.what), ("when_where", provision.when_where)):
        for phrase in dict.fromkeys(found.casefold() for found in VAGUE.findall(text)):
            yield provision, field, f'"{phrase}" says nothing definite'
