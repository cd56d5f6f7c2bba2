"""How a pupil's cycles went, one after the other (rules R24, R36, R37, R38)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from server.plans.cycle import started
from server.plans.model import Cycle, Plan, Review
from server.plans.register import Register
from server.plans.results import NOT_RATED, STUCK, result

BETTER, AS_EXPECTED = "better than expected", "as expected"
LESS, LITTLE = "less than expected", "little or none"
WEAK = (LESS, LITTLE)
PCP, RELATIONAL = "pcp", "relational"


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


def strands(register: Register, pupil_id: str) -> tuple[tuple[Cycle, ...], ...]:
    """A pupil's cycles as they follow each other: those of learning plans, whichever became which, and those of a
    relational plan beside them. At least one strand; the first is the plans' for learning."""
    cycles = register.cycles.get(pupil_id, ())
    plans = register.of(Plan, pupil_id)
    relational = {plan.plan_id for plan in plans if plan.kind.strip().casefold() == RELATIONAL}
    beside = tuple(cycle for cycle in cycles if cycle.plan in relational)
    return (tuple(cycle for cycle in cycles if cycle.plan not in relational), beside) if beside else (cycles,)


def in_order(register: Register, cycles: Iterable[Cycle]) -> tuple[Reviewed, ...]:
    """Those of the cycles that were reviewed, the latest last."""
    found = (register.once(_reviewed, cycle) for cycle in cycles)
    return tuple(sorted((row for row in found if row), key=lambda row: (row.held, row.cycle.cycle_id)))


def reviewed(register: Register, pupil_id: str) -> Iterator[tuple[Reviewed, ...]]:
    """A pupil's reviewed cycles, strand by strand, the latest of each last; no strand without any."""
    for cycles in strands(register, pupil_id):
        if found := in_order(register, cycles):
            yield found


def latest(register: Register) -> Iterator[tuple[str, Reviewed]]:
    """The last review of each strand of each pupil who is here."""
    for pupil_id in register.here:
        for found in reviewed(register, pupil_id):
            yield pupil_id, found[-1]


def weak_run(cycles: tuple[Reviewed, ...]) -> tuple[Reviewed, ...]:
    """The weak cycles in a row up to the last; those of which nobody said how they went neither count nor end it."""
    told = [row for row in cycles if row.progress]
    return tuple(reversed(list(takewhile(lambda row: row.is_weak, reversed(told)))))


def review_of(register: Register, cycle: Cycle) -> Review | None:
    """A cycle's row in Review; the latest where there are several."""
    rows = register.reviews.get(cycle.cycle_id, ())
    return max(rows, key=lambda row: row.date or date.min, default=None)


def _reviewed(register: Register, cycle: Cycle) -> Reviewed | None:
    if cycle.review_held_date is None:
        return None
    review = review_of(register, cycle)
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


def is_renewed(register: Register, last: Reviewed) -> bool:
    """Whether a next plan was begun on the day of the review or later, and is still running."""
    cycles = register.cycles.get(last.cycle.pupil, ())
    return any((start := started(cycle)) is not None and cycle.is_open and start >= last.held for cycle in cycles)
