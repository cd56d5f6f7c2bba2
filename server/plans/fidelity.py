"""How much of the help that was planned took place (rule R25).

For a live cycle the Do tab's rows are counted against the sessions that school days so far had room for; for a closed
one, what Provision says was delivered (or, where it says nothing, the Do tab) against what was planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from server.plans.cycle import started
from server.plans.model import Cycle, LogEntry, Provision, Settings
from server.plans.register import Register
from server.plans.terms import teaching_weeks

FAIR = 80
"""Per cent of the sessions: less is not a fair test of the help."""
FEWEST = 4
"""So many sessions are to have been expected before a live cycle is judged."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """Sessions of one row of help. ``expected`` is a whole number at review, may be a part of one before."""

    delivered: int
    expected: float
    fair: int = FAIR

    @property
    def is_short(self) -> bool:
        """Whether less took place than is fair."""
        return self.delivered * 100 < self.expected * self.fair

    @property
    def percent(self) -> int:
        """Of the sessions expected, in whole per cent; never rounded up to what is fair."""
        if self.expected <= 0:
            return 100
        share = round(self.delivered * 100 / self.expected)
        return min(share, self.fair - 1) if self.is_short else share


def per_week(provision: Provision) -> float:
    """Sessions a week, by number or by the days named; 0 where the help is not counted in sessions."""
    return provision.sessions_per_week or float(len(provision.days))


def so_far(
    settings: Settings, provision: Provision, log: Iterable[LogEntry], began: date | None, today: date
) -> Delivery | None:
    """Delivered, and to be expected before today in the weeks the help lasts; None where nothing can be counted."""
    start = provision.start_date or began
    weekly = per_week(provision)
    if start is None or weekly <= 0 or start > today:
        return None
    weeks = teaching_weeks(settings, start - timedelta(days=1), today - timedelta(days=1))
    if provision.weeks is not None:
        weeks = min(weeks, provision.weeks)
    rows = [row for row in log if row.date is None or row.date <= today]
    delivered = _delivered(rows) if rows else provision.sessions_delivered or 0
    return Delivery(delivered=delivered, expected=weekly * weeks, fair=settings.fair_percent)


def at_review(
    settings: Settings, provision: Provision, log: Iterable[LogEntry], began: date | None, held: date
) -> Delivery | None:
    """Delivered of the sessions planned, in the weeks begun by the review; None where either is not known."""
    delivered = provision.sessions_delivered
    if delivered is None:
        rows = [row for row in log if row.date is None or row.date <= held]
        delivered = _delivered(rows) if rows else None
    planned = round(per_week(provision) * _weeks_by(settings, provision, began, held))
    if delivered is None or planned <= 0:
        return None
    return Delivery(delivered=delivered, expected=planned, fair=settings.fair_percent)


def of_cycle(register: Register, cycle: Cycle) -> Iterator[tuple[Provision, Delivery]]:
    """Each row of a cycle's help that can be counted: at its review, or so far where none was held."""
    yield from register.once(_of_cycle, cycle)


def _of_cycle(register: Register, cycle: Cycle) -> tuple[tuple[Provision, Delivery], ...]:
    return tuple(_counted(register, cycle))


def _counted(register: Register, cycle: Cycle) -> Iterator[tuple[Provision, Delivery]]:
    began, held = started(cycle), cycle.review_held_date
    for provision in register.provision.get(cycle.cycle_id, ()):
        log = register.log.get(provision.provision_id, ())
        if held is not None:
            found = at_review(register.settings, provision, log, began, held)
        else:
            found = so_far(register.settings, provision, log, began, cycle.stopped or register.today)
        if found is not None:
            yield provision, found


def is_past_midpoint(settings: Settings, cycle: Cycle, today: date) -> bool:
    """Whether half of the school days to the review are behind us; without a review date, half of the usual weeks."""
    start, due = started(cycle), cycle.review_due_date
    if start is None:
        return False
    usual = float(settings.review_interval_weeks)
    planned = teaching_weeks(settings, start, due) if due is not None and due > start else usual
    return 2 * teaching_weeks(settings, start, today) >= planned


def _weeks_by(settings: Settings, provision: Provision, began: date | None, held: date) -> float:
    """The weeks planned, or as many as had begun by the review where that came first."""
    start = provision.start_date or began
    if start is None:
        return provision.weeks or 0
    begun = ceil(teaching_weeks(settings, start - timedelta(days=1), held))
    return begun if provision.weeks is None else min(provision.weeks, begun)


def _delivered(log: Iterable[LogEntry]) -> int:
    return sum(row.delivered for row in log)
