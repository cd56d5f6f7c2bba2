"""The provision map of a whole school: what help costs, whose time it takes, what it changed. Staff only. Pure.

£6,000 (or the school's own line) is what councils compare with, not an entitlement or a cap; early-years settings
have no such line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from server.plans.adult_hours import OverBooked, Week, over_booked, weeks
from server.plans.cycle import started
from server.plans.effects import Effect, effects
from server.plans.model import Cycle
from server.plans.money import pounds, spent, spent_in_a_year, total
from server.plans.register import Register

LINE_IS = "not an entitlement or a cap"


@dataclass(frozen=True, kw_only=True)
class PupilCost:
    """What the help of a pupil's latest cycle costs; None where no money is written down for it."""

    pupil_id: str
    cycle_id: str
    cycle: float | None
    year: float | None
    line: int | None

    @property
    def is_above(self) -> bool:
        """Whether a year of it costs more than the line."""
        return self.line is not None and self.year is not None and self.year > self.line

    @property
    def in_words(self) -> str:
        """``£13,585 a year: above £6,000 (not an entitlement or a cap)``; "" where nothing is known."""
        if self.year is None:
            return ""
        if self.line is None:
            return f"{pounds(self.year)} a year"
        where = "above" if self.is_above else "at" if self.year == self.line else "below"
        return f"{pounds(self.year)} a year: {where} {pounds(self.line)} ({LINE_IS})"


@dataclass(frozen=True, kw_only=True)
class ProvisionMap:
    """The whole school's map. ``weeks`` are this school week and those after it."""

    day: date
    costs: tuple[PupilCost, ...]
    weeks: tuple[Week, ...]
    over_booked: tuple[OverBooked, ...]
    effects: tuple[Effect, ...]

    @property
    def cycle(self) -> float | None:
        return total(each.cycle for each in self.costs)

    @property
    def year(self) -> float | None:
        return total(each.year for each in self.costs)


def provision_map(register: Register) -> ProvisionMap:
    """The map of the pupils who are here, on the register's day."""
    planned = weeks(register, register.today)
    return ProvisionMap(
        day=register.today,
        costs=tuple(_costs(register)),
        weeks=planned,
        over_booked=over_booked(register, planned),
        effects=effects(register),
    )


def latest_cycle(register: Register, pupil_id: str, today: date) -> Cycle | None:
    """The pupil's cycle that began last, by that day."""
    begun = [each for each in register.cycles.get(pupil_id, ()) if _began(each) <= today]
    return max(begun, key=_began, default=None)


def cycle_cost(register: Register, cycle: Cycle) -> float | None:
    """Pounds for the cycle's help while it lasts; None where no money is written down."""
    return total(
        spent(row, money.hourly_rate or 0, money.one_off or 0)
        for row in register.provision.get(cycle.cycle_id, ())
        if (money := register.costs.get(row.provision_id))
    )


def annual_cost(register: Register, cycle: Cycle) -> float | None:
    """Pounds for a school year of the cycle's help (R60); None where no money is written down."""
    return total(
        spent_in_a_year(row, money.hourly_rate or 0, money.one_off or 0)
        for row in register.provision.get(cycle.cycle_id, ())
        if (money := register.costs.get(row.provision_id))
    )


def _costs(register: Register) -> Iterator[PupilCost]:
    line = None if register.settings.is_early_years else register.settings.money_line
    for pupil_id in register.here:
        cycle = latest_cycle(register, pupil_id, register.today)
        if cycle is not None:
            yield PupilCost(
                pupil_id=pupil_id,
                cycle_id=cycle.cycle_id,
                cycle=cycle_cost(register, cycle),
                year=annual_cost(register, cycle),
                line=line,
            )


def _began(cycle: Cycle) -> date:
    return started(cycle) or date.max
