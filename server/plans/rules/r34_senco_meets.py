"""R34: the SENCO meets the parents at least once a school year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans import meeting_count
from server.plans.meeting_count import Count
from server.plans.model import Finding, Pupil
from server.plans.register import Register
from server.plans.rights import holds_own_rights
from server.plans.rules.r33_three_meetings import SEEN
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R34",
    force="local",
    source="Devon DIAS factsheet",
    title="The SENCO meets the parents once a year",
    for_parents="The SENCO leads on extra help. Once a year or more, the SENCO comes to meet you.",
    mover="senco",
)
LATE = 2
"""So many terms over without one, and this year's is late."""


def check(register: Register, today: date) -> Iterator[Finding]:
    """Red where the SENCO was at none of last year's meetings with a parent; amber where two of this year's terms are
    over without one. An assistant SENCO's coming is not ticked as the SENCO's."""
    for pupil in register.here.values():
        if meeting_count.applies(register, pupil):
            who = "the young person" if holds_own_rights(pupil, today) else "the parent"
            for year in meeting_count.counts(register, pupil):
                if not year.with_senco and (year.due > 0 if year.is_over else year.due_by_now >= LATE):
                    yield _none(pupil, year, who)


def _none(pupil: Pupil, year: Count, who: str) -> Finding:
    return RULE.finding(
        "red" if year.is_over else "amber",
        pupil,
        "senco_staff",
        f"{year.year.name}: SENCO met {who} at no meeting" + ("" if year.is_over else " so far"),
        "Come to the next meeting, and tick in Meetings that the SENCO was there." + (SEEN if year.is_over else ""),
    )
