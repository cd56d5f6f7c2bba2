"""What help costs (R60): rate × hours × sessions × weeks ÷ group size, and what was bought once. Pounds. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from server.plans.model import Paper, Provision, School
from sheets_templates.ids import leading_id

WEEKS_IN_A_SCHOOL_YEAR = 38
SHORTEST_TO_ANNUALISE = 4
NOTIONAL = 6000
"""The line that councils compare with; not an entitlement or a cap."""


def sessions_planned(provision: Provision) -> float:
    """How many sessions the plan means: so many a week for so many weeks."""
    return (provision.sessions_per_week or 0) * (provision.weeks or 0)


def hours_a_week(provision: Provision) -> float:
    """Adult hours a week for this pupil: a group shares its adult."""
    minutes = (provision.minutes_per_session or 0) * (provision.sessions_per_week or 0)
    return minutes / 60 / (provision.group_size or 1)


def cost(school: School, provision: Provision) -> float | None:
    """What the help costs for this pupil in its cycle; None where no money is written down for it."""
    found = money_of(school, provision)
    return None if found is None else spent(provision, _number(found, "hourly_rate"), _number(found, "one_off"))


def spent(provision: Provision, hourly_rate: float, one_off: float) -> float:
    """Pounds for this pupil while the help lasts."""
    return hourly_rate * hours_a_week(provision) * (provision.weeks or 0) + one_off


def spent_in_a_year(provision: Provision, hourly_rate: float, one_off: float) -> float:
    """Pounds over a school year, for help that lasts four weeks or more; shorter help costs what it costs."""
    weeks = provision.weeks or 0
    counted = WEEKS_IN_A_SCHOOL_YEAR if weeks >= SHORTEST_TO_ANNUALISE else weeks
    return hourly_rate * hours_a_week(provision) * counted + one_off


def annual_cost(school: School, provision: Provision) -> float | None:
    """The same over a school year; None where no money is written down for it."""
    found = money_of(school, provision)
    if found is None:
        return None
    return spent_in_a_year(provision, _number(found, "hourly_rate"), _number(found, "one_off"))


def total(costs: Iterable[float | None]) -> float | None:
    """The sum of what is known; None where nothing is."""
    known = [each for each in costs if each is not None]
    return sum(known) if known else None


def money_of(school: School, provision: Provision) -> Paper | None:
    """The row of the Money tab about this help."""
    rows = school.papers.get("costs", ())
    return next(
        (row for row in rows if leading_id(str(row.values.get("provision") or "")) == provision.provision_id), None
    )


def pounds(amount: float | None) -> str:
    """``£1,234.50``; "" for nothing known."""
    return "" if amount is None else f"£{amount:,.2f}".removesuffix(".00")


def _number(row: Paper, key: str) -> float:
    value = row.values.get(key)
    return float(value) if isinstance(value, int | float) else 0.0
