"""R20: reviews come neither too soon to judge nor too late to help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.cycle import started
from server.plans.model import Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.terms import teaching_weeks

RULE = Rule(
    id="R20",
    force="should",
    source="Code of Practice 6.65; Hertfordshire SENDIASS; Torbay and Bristol early years",
    title="A cycle lasts 4 to 14 teaching weeks",
    for_parents="We look at how things go about once a term. In nursery we look every six to eight weeks.",
)


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One finding per live cycle planned for under 4, or for over 14 teaching weeks without a reason
    (weeks as Settings say)."""
    for live in register.live:
        start, due = started(live.cycle), live.cycle.review_due_date
        if start is None or due is None or due <= start:
            continue
        weeks = teaching_weeks(register.settings, start, due)
        shortest, longest = register.settings.shortest_cycle_weeks, register.settings.longest_cycle_weeks
        if shortest <= weeks <= longest or (weeks > longest and live.cycle.longer_because.strip()):
            continue
        usual = register.settings.review_interval_weeks
        yield RULE.finding(
            "amber",
            live.cycle,
            "review_due_date",
            f"The review due {due} is {weeks:.1f} teaching weeks after the start, "
            f"{f'under {shortest}' if weeks < shortest else f'over {longest}'}",
            f"Choose a date nearer to your usual {usual} weeks, or say in Assess why it is to be longer.",
        )
