"""Worklists about parents who are to be told, heard or asked, and colleagues who are to read."""

from __future__ import annotations

from server.plans.cycle import started
from server.plans.model import Concern, Finding, ReadTick, Referral
from server.plans.terms import add_school_days
from server.plans.worklists.desk import Desk, Worklist, no_dates
from server.plans.worklists.item import NO_DATES, WITH_ADVICE, Dates


def _plan_start(desk: Desk, told: Finding) -> Dates:
    """The plan may not start without it, so it was due when the plan did."""
    begun = [day for row in desk.live_of(told.pupil_id) if (day := started(row.cycle))]
    return Dates(until=min(begun, default=None))


def _raised(desk: Desk, told: Finding) -> Dates:
    row = desk.row(Concern, told.row)
    if row is None or row.raised is None:
        return NO_DATES
    settings = desk.register.settings
    return Dates(since=row.raised, until=add_school_days(settings, row.raised, settings.concern_days))


def _given(desk: Desk, told: Finding) -> Dates:
    row = desk.row(ReadTick, told.row)
    if row is None or row.given is None:
        return NO_DATES
    settings = desk.register.settings
    return Dates(since=row.given, until=add_school_days(settings, row.given, settings.read_days))


def _sent(desk: Desk, told: Finding) -> Dates:
    row = desk.row(Referral, told.row)
    return Dates(since=row.sent) if row else NO_DATES


LISTS = (
    Worklist(key="notifications", title="Parents not notified", rules={"R01": _plan_start, "R02": _plan_start}),
    Worklist(key="concerns", title="Concerns not answered", rules={"R05": _raised}),
    Worklist(key="agreements", title="Referrals without agreement", rules={"R07": _sent}),
    Worklist(key="reads", title="Plans not read by staff", rules={"R16": _given}, levels=WITH_ADVICE),
    Worklist(key="restrictions", title="Who must not have a copy", rules=dict.fromkeys(("R52", "R53"), no_dates)),
)
