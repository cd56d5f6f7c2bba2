"""R23: reviews are held when they are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding
from server.plans.register import LiveCycle, Register
from server.plans.reminders import REMINDERS, due_reminder
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days

RULE = Rule(
    id="R23",
    force="default",
    source="Code of Practice 5.43; SEN Plans default",
    title="Reviews are held on time",
    for_parents="We ask what you and your child think two weeks before we meet.",
)


def check(register: Register, today: date) -> Iterator[Finding]:
    """Amber within 14 days of a review (or as Settings say), red once it is past; history where one was held late."""
    for live in register.live:
        yield from _coming(live, register.settings.due_notice_days, today)
    for cycle in register.school.cycles:
        due, held = cycle.review_due_date, cycle.review_held_date
        if cycle.pupil in register.pupils and due is not None and held is not None and held > due:
            yield RULE.finding(
                "history",
                cycle,
                "review_held_date",
                f"{cycle.cycle_id} reviewed {days((held - due).days)} late",
                "Nothing to do: kept in the record of this cycle.",
            )


def _coming(live: LiveCycle, notice: int, today: date) -> Iterator[Finding]:
    due = live.cycle.review_due_date
    if due is None or (due - today).days > notice:
        return
    level, state, action = _how_soon(due, today)
    yield RULE.finding(level, live.cycle, "review_due_date", f"Review due {due} {state}", action)


def _how_soon(due: date, today: date) -> tuple[str, str, str]:
    """Level, words and action; before the first reminder's day, what that one will ask for."""
    left = (due - today).days
    if left < 0:
        return "red", f"is {days(-left)} overdue", "Hold the review, or agree and record a new date."
    if left == 0:
        return "amber", "is today", "Hold the review today, and write it down in Review."
    return "amber", f"in {days(left)}", (due_reminder(due, today) or REMINDERS[0]).what
