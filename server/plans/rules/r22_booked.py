"""R22: every open cycle has a meeting booked for its review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.cycle import ASSESS
from server.plans.model import Finding, Meeting
from server.plans.register import LiveCycle, Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R22",
    force="local",
    source="Devon DIAS factsheet",
    title="Every open cycle has a booked meeting",
    for_parents="You always know the day of the next meeting.",
)


def check(register: Register, today: date) -> Iterator[Finding]:
    """One finding per open cycle without a booked meeting to come. A cancelled one is not a booking."""
    for live in register.live:
        due = live.cycle.review_due_date
        if due is None and live.step == ASSESS:
            continue
        if not any(_is_for(live, meeting, today) for meeting in live.meetings):
            yield RULE.finding(
                "amber",
                live.cycle,
                "review_due_date",
                f"No meeting booked for the review due {due}" if due else "No meeting booked for the review",
                f"Add a booked row in Meetings and name {live.cycle.cycle_id} in it.",
            )


def _is_for(live: LiveCycle, meeting: Meeting, today: date) -> bool:
    """Booked, to come or on the very day of the review; by its cycle or, if it names none, by that day."""
    if not meeting.is_booked or meeting.date is None:
        return False
    on_the_day = meeting.date == live.cycle.review_due_date
    if meeting.cycle:
        return meeting.cycle == live.cycle.cycle_id and (meeting.date >= today or on_the_day)
    return on_the_day
