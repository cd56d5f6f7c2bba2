"""R57: calendars and subject lines carry initials and nothing else of a pupil."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R57",
    force="default",
    source="SEN Plans default",
    title="Calendars and subject lines show initials only",
    for_parents="Calendar entries show your child's initials. They never show a name or a need.",
)


def check(register: Register, _today: date) -> Iterator[Finding]:
    """Info per pupil with a booked meeting whose names are empty, so that the calendar has no initials to show.

    That titles hold no more than initials is how events are made, and nothing that a school types changes it."""
    for pupil in register.here.values():
        booked = any(meeting.is_booked for meeting in register.meetings.get(pupil.pupil_id, ()))
        if booked and not pupil.initials:
            yield RULE.finding(
                "info",
                pupil,
                "first_name",
                "A meeting is booked, but there is no name to take initials from",
                "Enter the first and last name; the calendar shows their initials and nothing else.",
            )
