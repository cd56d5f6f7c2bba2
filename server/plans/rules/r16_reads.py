"""R16: every adult who teaches the pupil has read the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.cycle import DO, started
from server.plans.model import Finding, ReadTick
from server.plans.register import LiveCycle, Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days, listed
from server.plans.terms import school_days_between

RULE = Rule(
    id="R16",
    force="should",
    source="Code of Practice 6.49; Devon DIAS factsheet",
    title="Every adult who teaches the pupil has read the plan",
    for_parents="Every adult who teaches your child reads the plan.",
)


def check(register: Register, today: date) -> Iterator[Finding]:
    """From Do on: amber per adult who was asked and has not ticked for more than five school days (Settings may say
    otherwise); info per plan in use as long that some adult was not asked to read."""
    for live in register.live:
        if live.step >= DO:
            rows = _of_cycle(register, live)
            yield from _unread(register, live, rows, today)
            yield from _unasked(register, live, rows, today)


def adults(register: Register, live: LiveCycle) -> tuple[str, ...]:
    """Ids of the school's own staff who answer for the pupil or give this cycle's help."""
    named = [*live.pupil.accountable_staff, *(row.delivered_by for row in live.provision)]
    return tuple(dict.fromkeys(name for name in named if name and not _is_visitor(register, name)))


def _is_visitor(register: Register, staff_id: str) -> bool:
    person = register.staff.get(staff_id)
    return person is not None and person.external


def _of_cycle(register: Register, live: LiveCycle) -> tuple[ReadTick, ...]:
    rows = register.of(ReadTick, live.pupil.pupil_id)
    return tuple(row for row in rows if row.cycle == live.cycle.cycle_id)


def _unread(register: Register, live: LiveCycle, rows: tuple[ReadTick, ...], today: date) -> Iterator[Finding]:
    for row in rows:
        if row.read or row.read_on is not None or row.given is None or not row.staff:
            continue
        waiting = school_days_between(register.settings, row.given, today)
        if waiting > register.settings.read_days:
            yield RULE.finding(
                "amber",
                row,
                "read",
                f"{row.staff} was asked {days(waiting, 'school day')} ago to read {live.cycle.cycle_id}",
                "Ask them again, and help them find the plan. They tick it in Who has read.",
            )


def _unasked(register: Register, live: LiveCycle, rows: tuple[ReadTick, ...], today: date) -> Iterator[Finding]:
    began = started(live.cycle)
    if began is None or school_days_between(register.settings, began, today) <= register.settings.read_days:
        return
    asked = {row.staff for row in rows}
    missing = [name for name in adults(register, live) if name not in asked]
    if missing:
        yield RULE.finding(
            "info",
            live.cycle,
            "plan_agreed_date",
            f"{live.cycle.cycle_id}: nobody asked {listed(missing)} to read the plan",
            "Add a row for each adult in Who has read; each ticks it once they have read the plan.",
        )
