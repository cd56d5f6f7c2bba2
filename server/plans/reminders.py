"""Which reminder of a review is due on a day (rule R23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """So many ``days`` before the review: what is to be done, and by whom."""

    days: int
    what: str
    mover: str = "teacher"


REMINDERS = (
    Reminder(days=21, what="Confirm the date with the parents, and invite whoever is to come.", mover="senco"),
    Reminder(days=14, what="Ask for the child's and the parents' views, and confirm the meeting."),
    Reminder(days=7, what="Chase views that have not come, and rate the outcomes so far."),
    Reminder(days=1, what="Print the briefing, and have the last outcomes and the log to hand."),
)


def due_reminder(due: date, today: date) -> Reminder | None:
    """The last reminder whose day has come: 21, 14, 7 or 1 days before; none earlier, or once the day has come.

    Asked on any day between, so a day without a run loses no reminder."""
    left = (due - today).days
    if left < REMINDERS[-1].days:
        return None
    return min((row for row in REMINDERS if left <= row.days), key=lambda row: row.days, default=None)
