"""R04: a pupil with SEN is never long without a live cycle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.cycle import started
from server.plans.model import Cycle, Finding, Pupil
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days
from server.plans.terms import school_days_between

RULE = Rule(
    id="R04",
    force="default",
    source="Devon DIAS factsheet",
    title="Every pupil with SEN has a live cycle",
    for_parents="Help goes on from one plan to the next, without a long gap.",
)
ACTION = "Start the next cycle in Assess, or change the pupil's SEN status."


def check(register: Register, today: date) -> Iterator[Finding]:
    """One finding per K or E pupil who has been without a live cycle for more than ten school days
    (or as Settings say)."""
    for pupil in register.here.values():
        own = register.cycles.get(pupil.pupil_id, ())
        if pupil.sen_status in {"K", "E"} and not any(cycle.is_open for cycle in own):
            yield from _gap(register, pupil, own, today)


def _gap(register: Register, pupil: Pupil, cycles: tuple[Cycle, ...], today: date) -> Iterator[Finding]:
    since, event = _since(pupil, cycles)
    if since is None:
        message = "No live cycle, and no review or identification date to count from"
    elif (gap := school_days_between(register.settings, since, today)) > register.settings.gap_days:
        message = f"No live cycle {days(gap, 'school day')} after {event} {since}"
    else:
        return
    yield RULE.finding("amber", pupil, "pupil_id", message, ACTION)


def _since(pupil: Pupil, cycles: tuple[Cycle, ...]) -> tuple[date | None, str]:
    if held := [cycle.review_held_date for cycle in cycles if cycle.review_held_date]:
        return max(held), "last review"
    if begun := [start for cycle in cycles if (start := started(cycle))]:
        return max(begun), "last cycle began on"
    return pupil.sen_identified, "SEN identified on"
