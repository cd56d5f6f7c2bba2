"""The cycles that are running now, each with the rows that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from server.plans import cycle as cycles
from server.plans.model import Cycle, Meeting, Outcome, Provision, Pupil, School, View


@dataclass(frozen=True, kw_only=True)
class LiveCycle:
    """An open cycle. ``meetings`` and ``views`` are all of the pupil's, not this cycle's alone."""

    pupil: Pupil
    cycle: Cycle
    before: Cycle | None
    outcomes: tuple[Outcome, ...]
    provision: tuple[Provision, ...]
    meetings: tuple[Meeting, ...]
    views: tuple[View, ...]

    @property
    def step(self) -> int:
        return cycles.step(self.cycle)

    def unmet(self) -> Iterator[Outcome]:
        """The outcomes that no provision of this cycle serves."""
        served = {outcome_id for provision in self.provision for outcome_id in provision.outcomes}
        return (outcome for outcome in self.outcomes if outcome.outcome_id not in served)


def live_cycles(school: School) -> Iterator[LiveCycle]:
    """Every open cycle of a pupil we know, in the order of the Assess tab."""
    pupils = {pupil.pupil_id: pupil for pupil in school.pupils}
    for cycle in school.cycles:
        if not cycle.is_open or cycle.pupil not in pupils:
            continue
        yield LiveCycle(
            pupil=pupils[cycle.pupil],
            cycle=cycle,
            before=cycles.previous(cycle, school.cycles_of.get(cycle.pupil, (cycle,))),
            outcomes=school.outcomes_of.get(cycle.cycle_id, ()),
            provision=school.provision_of.get(cycle.cycle_id, ()),
            meetings=school.meetings_of.get(cycle.pupil, ()),
            views=school.views_of.get(cycle.pupil, ()),
        )


def listed(items: Iterable[str]) -> str:
    """``a, b and c``."""
    *most, last = list(items) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def days(count: int, what: str = "day") -> str:
    """``1 day``, ``2 days``."""
    return f"{count} {what}{'' if count == 1 else 's'}"
