"""Worklists about reviews, meetings and what goes home after them."""

from __future__ import annotations

from datetime import date, timedelta

from server.plans.cycle import started
from server.plans.model import Cycle, Finding, Review
from server.plans.worklists.desk import Desk, Worklist, no_dates
from server.plans.worklists.item import NO_DATES, Dates


def of_cycle(desk: Desk, told: Finding) -> Dates:
    """From the start of a cycle to the day its review is due."""
    cycle = desk.register.cycle.get(told.row)
    return Dates(since=started(cycle), until=cycle.review_due_date) if cycle else NO_DATES


def _after_meeting(desk: Desk, told: Finding) -> Dates:
    review = desk.row(Review, told.row)
    cycle = desk.register.cycle.get(review.cycle if review else told.row)
    met = (review.date if review else None) or (cycle.review_held_date if cycle else None)
    return Dates(since=met, until=met + timedelta(days=desk.register.settings.copy_days)) if met else NO_DATES


def _without_turn(desk: Desk, told: Finding) -> Dates:
    held = [day for row in desk.register.cycles.get(told.pupil_id, ()) if (day := _ended(row))]
    return Dates(since=max(held, default=None))


def _ended(cycle: Cycle) -> date | None:
    return cycle.review_held_date or cycle.stopped


LISTS = (
    Worklist(key="overdue", title="Reviews overdue", rules={"R23": of_cycle}, levels=frozenset({"red"})),
    Worklist(key="due", title="Reviews due", rules={"R23": of_cycle}, levels=frozenset({"amber"})),
    Worklist(key="not-booked", title="Reviews not booked", rules={"R22": of_cycle}),
    Worklist(key="not-shared", title="Plans not shared after a meeting", rules={"R35": _after_meeting}),
    Worklist(key="meetings", title="Meetings with parents", rules={"R33": no_dates, "R34": no_dates}),
    Worklist(key="no-turn", title="No plan running", rules={"R04": _without_turn}),
)
