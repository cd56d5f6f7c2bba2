"""R02: parents have their part in the assessment first, are notified next, and then the plan starts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.cycle import previous
from server.plans.model import Concern, ContactNote, Cycle, EarlyNote, Finding, Notification
from server.plans.register import Register
from server.plans.rules.notices import is_notice
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R02",
    force="should",
    source="Code of Practice 6.48",
    title="Parents are heard first, then notified, and then the plan starts",
    for_parents="First we listen to you. Then we tell you that extra help will start. Only then does it start.",
)


def check(register: Register, _today: date) -> Iterator[Finding]:
    """For the first cycle of a K pupil: amber where the first notification came after the plan was agreed (history
    once the cycle is closed), or where no word of a parent is dated on or before it."""
    if not register.sees_contacts:
        return
    for pupil in register.here.values():
        cycles = register.cycles.get(pupil.pupil_id, ())
        first = _first(cycles) if pupil.sen_status == "K" else None
        notice = _first_notice(register.notifications.get(pupil.pupil_id, ()))
        if first is not None and notice is not None and notice.date is not None:
            yield from _order(register, first, notice, notice.date)


def _first(cycles: tuple[Cycle, ...]) -> Cycle | None:
    """The cycle that began it all; None where the workbook starts in the middle."""
    found = next((cycle for cycle in cycles if cycle.cycle_number == 1), None)
    return found if found is not None and previous(found, cycles) is None else None


def _first_notice(rows: tuple[Notification, ...]) -> Notification | None:
    dated = [row for row in rows if row.date is not None and is_notice(row)]
    return min(dated, key=lambda row: row.date or date.max, default=None)


def _order(register: Register, first: Cycle, notice: Notification, told: date) -> Iterator[Finding]:
    agreed = first.plan_agreed_date
    if agreed is not None and told > agreed:
        yield RULE.finding(
            "amber" if first.is_open else "history",
            notice,
            "date",
            f"The first notification is dated {told}, after the plan was agreed on {agreed}",
            "Correct the date if it is wrong. If it is right, talk with the parents about it, and note that.",
            mover="senco",
        )
    elif first.is_open and not _heard_by(register, first, told):
        yield RULE.finding(
            "amber",
            first,
            "parents_consulted_date",
            f"No word of a parent is dated on or before the notification of {told}",
            "Enter in Assess when the parents had their say. If they had not, hear them now.",
        )


def _heard_by(register: Register, first: Cycle, told: date) -> bool:
    """Whether some talk with a parent, or a parent's own words, came on or before that day."""
    pupil_id = first.pupil
    days = [
        first.parents_consulted_date,
        *(row.date for row in register.views.get(pupil_id, ()) if row.who.casefold() == "parent"),
        *(row.date for row in register.meetings.get(pupil_id, ()) if row.is_held and row.parent_present),
        *(row.date for row in register.of(EarlyNote, pupil_id)),
        *(row.date for row in register.of(ContactNote, pupil_id)),
        *(row.raised for row in register.of(Concern, pupil_id)),
    ]
    return any(day is not None and day <= told for day in days)
