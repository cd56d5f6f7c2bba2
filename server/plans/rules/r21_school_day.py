"""R21: a review is due after the start, on a day when the school is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.cycle import started
from server.plans.model import Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.terms import is_school_day

RULE = Rule(
    id="R21",
    force="default",
    source="SEN Plans default",
    title="A review date is a school day after the start",
    for_parents="We meet on a school day.",
)


def check(register: Register, _today: date) -> Iterator[Finding]:
    """A finding for each live review date that is not after the start, or not a school day."""
    for live in register.live:
        start, due = started(live.cycle), live.cycle.review_due_date
        if due is None:
            continue
        if start is not None and due <= start:
            yield RULE.finding(
                "amber",
                live.cycle,
                "review_due_date",
                f"The review due {due} is not after the start of {start}",
                "Correct one of the two dates in Assess.",
            )
        if not is_school_day(register.settings, due):
            yield RULE.finding(
                "amber",
                live.cycle,
                "review_due_date",
                f"The review due {due} is not a school day in this school's calendar",
                "Choose a school day; if next year's half-terms are missing, add them in Settings.",
            )
