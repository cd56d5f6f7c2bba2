"""What was tried across the school, how often it worked, and what difference it made. Pure.

Help is one intervention where it names the same strategy of the library, or else is called the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from server.plans.fidelity import of_cycle
from server.plans.model import Outcome, Provision, Strategy
from server.plans.register import Register
from sheets_templates.ids import leading_id
from sheets_templates.text import comparable

WORKED = ("strong", "some")
NOT_DELIVERED = "not delivered"


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One intervention. ``tried`` is how often its effect was judged, ``worked`` how often that was strong or some,
    ``unfair`` how often it was judged though too few sessions took place, ``missed`` how often it did not take
    place. ``gain`` is by how much the ratings (1 to 10) of its outcomes rose on average; None without any."""

    name: str
    tried: int
    worked: int
    unfair: int = 0
    missed: int = 0
    pupils: int = 0
    gain: float | None = None

    @property
    def in_words(self) -> str:
        """``worked 3 of 4 times``."""
        return f"worked {self.worked} of {self.tried} times" if self.tried else "not judged yet"


@dataclass(frozen=True)
class _Trial:
    pupil: str
    name: str
    effect: str
    short: bool
    outcomes: tuple[Outcome, ...]


def effects(register: Register) -> tuple[Effect, ...]:
    """Every intervention that was judged at a review, or did not take place; what worked most often first."""
    groups: dict[str, list[_Trial]] = defaultdict(list)
    for key, trial in _trials(register):
        groups[key].append(trial)
    return tuple(sorted((_effect(trials) for trials in groups.values()), key=_order))


def gain(outcomes: Iterable[Outcome]) -> float | None:
    """By how much ratings rose on average, of the outcomes rated before and after; each outcome counts once."""
    rises = {
        each.outcome_id: each.actual_rating - each.baseline_rating
        for each in outcomes
        if each.actual_rating is not None and each.baseline_rating is not None
    }
    return sum(rises.values()) / len(rises) if rises else None


def _effect(trials: list[_Trial]) -> Effect:
    counted = Counter(trial.effect for trial in trials)
    judged = [trial for trial in trials if trial.effect != NOT_DELIVERED]
    return Effect(
        name=trials[0].name,
        tried=len(judged),
        worked=sum(counted[effect] for effect in WORKED),
        unfair=sum(trial.short for trial in judged),
        missed=counted[NOT_DELIVERED],
        pupils=len({trial.pupil for trial in trials}),
        gain=gain(outcome for trial in judged for outcome in trial.outcomes),
    )


def _order(each: Effect) -> tuple[object, ...]:
    return -(each.worked / each.tried if each.tried else 0.0), -each.tried, comparable(each.name)


def _trials(register: Register) -> Iterator[tuple[str, _Trial]]:
    names = {row.strategy_id: row.name.strip() for row in register.all(Strategy) if row.name.strip()}
    for cycle_id, rows in register.provision.items():
        judged = [row for row in rows if row.effect.strip()]
        if not judged:
            continue
        short, outcomes = _short(register, cycle_id), register.outcomes.get(cycle_id, ())
        for row in judged:
            name = names.get(leading_id(row.strategy)) or row.strategy.strip() or row.what.strip() or row.provision_id
            yield comparable(name), _trial(row, name, row.provision_id in short, outcomes)


def _trial(row: Provision, name: str, short: bool, outcomes: Iterable[Outcome]) -> _Trial:
    served = tuple(outcome for outcome in outcomes if outcome.outcome_id in row.outcomes)
    return _Trial(row.pupil, name, row.effect.strip().casefold(), short, served)


def _short(register: Register, cycle_id: str) -> frozenset[str]:
    """The rows of a cycle's help of which less took place than is fair."""
    cycle = register.cycle.get(cycle_id)
    if cycle is None:
        return frozenset()
    return frozenset(row.provision_id for row, delivery in of_cycle(register, cycle) if delivery.is_short)
