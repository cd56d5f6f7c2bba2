"""Worklists about the help: what falls short, who falls behind, what staff need to learn, what is out of date."""

from __future__ import annotations

from collections.abc import Iterator

from server.plans.cycle import started
from server.plans.model import Cycle, Finding, Provision, Training
from server.plans.practitioners import practitioners
from server.plans.terms import add_months
from server.plans.worklists.desk import Desk, Worklist
from server.plans.worklists.item import NO_DATES, Dates, Item

A_YEAR = 12
"""Months after which an assessment is looked at again, whatever else happens."""


def _begun(desk: Desk, told: Finding) -> Dates:
    row = desk.row(Provision, told.row)
    cycle = desk.register.cycle.get(row.cycle) if row else None
    if row is None or cycle is None:
        return NO_DATES
    return Dates(since=row.start_date or started(cycle), until=cycle.review_due_date)


def _training_due(desk: Desk, told: Finding) -> Dates:
    row = desk.row(Training, told.row)
    return Dates(until=row.due) if row else NO_DATES


def _adults(desk: Desk) -> Iterator[Item]:
    """Adults who gave less than is fair of what they were to give."""
    for adult in practitioners(desk.register):
        if adult.is_short:
            yield Item(
                pupil_id="",
                what=f"{adult.staff_id or 'Nobody named'} gave {adult.delivered} of "
                f"{adult.expected:.0f} sessions, {adult.percent}%",
                level="staff",
                mover="senco",
                action="Look at the timetable together: fewer sessions, another adult, or another time.",
                row=adult.staff_id,
                staff=desk.movers("senco", None),
                staff_only=True,
            )


def _assessments(desk: Desk) -> Iterator[Item]:
    """Pupils with SEN whose newest assessment is more than a year old."""
    register = desk.register
    for pupil in register.here.values():
        cycles = register.cycles.get(pupil.pupil_id, ()) if pupil.sen_status in ("K", "E") else ()
        dated = [row for row in cycles if row.assess_date]
        newest = max(dated, key=lambda row: row.assess_date or desk.today, default=None)
        if newest is None or newest.assess_date is None:
            continue
        again = add_months(newest.assess_date, A_YEAR)
        if again < desk.today:
            yield _old(newest, Dates(since=newest.assess_date, until=again), pupil.accountable_staff)


def _old(cycle: Cycle, dates: Dates, staff: tuple[str, ...]) -> Item:
    return Item(
        pupil_id=cycle.pupil,
        what=f"The newest assessment is of {dates.since}, more than a year ago",
        level="amber",
        mover="teacher",
        action="Look again at what is hard and what helps, with the parents, and enter it in Assess.",
        since=dates.since,
        until=dates.until,
        cell=cycle.cell("assess_date"),
        row=cycle.cycle_id,
        staff=staff,
    )


LISTS = (
    Worklist(
        key="delivery", title="Help given too seldom", rules={"R25": _begun}, levels=frozenset({"amber", "red"})
    ),
    Worklist(key="adults", title="Adults who fall behind", more=_adults),
    Worklist(key="training", title="Training needs", rules={"R18": _training_due}),
    Worklist(key="assessments", title="Assessments more than a year old", more=_assessments),
)
