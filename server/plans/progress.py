"""How a pupil's cycles went, one after the other (rules R24, R36, R37, R38)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from server.plans.model import Cycle, Review
from server.plans.register import Register
from server.plans.results import NOT_RATED, STUCK, result

BETTER, AS_EXPECTED = "better than expected", "as expected"
LESS, LITTLE = "less than expected", "little or none"
WEAK = (LESS, LITTLE)
PCP = "pcp"


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """A cycle whose review was held, with its row of the Review tab if there is one. ``progress`` in small letters,
    "" where nobody said."""

    cycle: Cycle
    review: Review | None
    held: date
    progress: str

    @property
    def is_weak(self) -> bool:
        return self.progress in WEAK


def reviewed(register: Register, pupil_id: str) -> tuple[Reviewed, ...]:
    """A pupil's reviewed cycles of all plans, the latest last."""
    found = (_reviewed(register, cycle) for cycle in register.cycles.get(pupil_id, ()))
    return tuple(sorted((row for row in found if row), key=lambda row: (row.held, row.cycle.cycle_id)))


def latest(register: Register) -> Iterator[tuple[str, Reviewed]]:
    """The last review of each pupil here who had one."""
    for pupil_id in register.here:
        if found := reviewed(register, pupil_id):
            yield pupil_id, found[-1]


def weak_run(cycles: tuple[Reviewed, ...]) -> tuple[Reviewed, ...]:
    """The weak cycles in a row up to the last; those of which nobody said how they went neither count nor end it."""
    told = [row for row in cycles if row.progress]
    return tuple(reversed(list(takewhile(lambda row: row.is_weak, reversed(told)))))


def _reviewed(register: Register, cycle: Cycle) -> Reviewed | None:
    if cycle.review_held_date is None:
        return None
    rows = register.reviews.get(cycle.cycle_id, ())
    review = max(rows, key=lambda row: row.date or date.min) if rows else None
    said = " ".join(review.overall_progress.casefold().split()) if review else ""
    progress = said or _by_outcomes(register, cycle)
    return Reviewed(cycle=cycle, review=review, held=cycle.review_held_date, progress=progress)


def _by_outcomes(register: Register, cycle: Cycle) -> str:
    """Little or none where no outcome moved; more than that is for people to judge."""
    results = [result(outcome) for outcome in register.outcomes.get(cycle.cycle_id, ())]
    told = [name for name in results if name != NOT_RATED]
    return LITTLE if told and all(name in STUCK for name in told) else ""


def person_centred(register: Register, pupil_id: str, since: date) -> date | None:
    """The day of the first person-centred meeting held or booked on that day or later."""
    meetings = register.meetings.get(pupil_id, ())
    found = (row.date for row in meetings if row.type.strip().casefold() == PCP and (row.is_held or row.is_booked))
    return min((day for day in found if day is not None and day >= since), default=None)
