"""The turns of each of a pupil's plans, one after the other. A pupil may have several plans, each with turns of its
own and never more than one of them open; a plan that became another goes on in that one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from server.plans.cycle import started
from server.plans.model import Cycle, Plan
from server.plans.register import Register

BECAME = "became another plan"
RELATIONAL = "relational"


def plan_of(register: Register, cycle: Cycle) -> str:
    """The id of the plan a turn belongs to: the one it names, else the pupil's only one, or only one that runs."""
    return cycle.plan or _only(register.of(Plan, cycle.pupil)) or _only(running(register, cycle.pupil))


def running(register: Register, pupil_id: str) -> tuple[Plan, ...]:
    """The pupil's plans that have not ended."""
    return tuple(row for row in register.of(Plan, pupil_id) if row.ended is None)


def goes_on_in(register: Register, cycle: Cycle) -> str | None:
    """The plan that the turn after this one belongs to; None where the plan ended and no other took its place."""
    plan = plan_of(register, cycle)
    row = next((each for each in register.of(Plan, cycle.pupil) if each.plan_id == plan), None)
    if heir := _heir(register, cycle.pupil, plan):
        return heir
    if row is None or row.ended is None:
        return plan
    is_handed_on = row.why_ended.strip().casefold() == BECAME
    return (_only(_learning(running(register, cycle.pupil))) or None) if is_handed_on else None


def turns(register: Register, pupil_id: str, plan: str) -> tuple[Cycle, ...]:
    """The turns of one plan, those of plans that became it too; the latest last, open ones after all others."""
    cycles = register.cycles.get(pupil_id, ())
    own = (row for row in cycles if plan in (plan_of(register, row), goes_on_in(register, row)))
    return tuple(sorted(own, key=_age))


def open_turns(register: Register, pupil_id: str, plan: str) -> tuple[Cycle, ...]:
    return tuple(cycle for cycle in turns(register, pupil_id, plan) if cycle.is_open)


def ended_last(register: Register, pupil_id: str) -> tuple[Cycle, ...]:
    """The last turn of each of a pupil's plans where that turn is over."""
    plans = dict.fromkeys(goes_on_in(register, cycle) for cycle in register.cycles.get(pupil_id, ()))
    last = (turns(register, pupil_id, plan)[-1] for plan in plans if plan is not None)
    return tuple(cycle for cycle in last if not cycle.is_open)


def _heir(register: Register, pupil_id: str, plan: str) -> str:
    """The plan for learning that began when the turns of this one were over, the latest of several; "" for none."""
    known = {row.plan_id for row in _learning(register.of(Plan, pupil_id))}
    others = {row.plan_id for row in register.of(Plan, pupil_id)} - known
    cycles = register.cycles.get(pupil_id, ())
    own = [row for row in cycles if plan_of(register, row) == plan]
    if plan in others or not own or any(row.is_open for row in own):
        return ""
    over = max(_end(row) for row in own)
    begun: dict[str, date] = {}
    for row in cycles:
        name = plan_of(register, row)
        if name != plan and name in known:
            begun[name] = min(begun.get(name, date.max), started(row) or date.max)
    after = {name: day for name, day in begun.items() if day >= over}
    return max(after, key=lambda name: after[name], default="")


def _learning(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """All but relational plans, which stand beside the others and take nobody's place."""
    return tuple(row for row in plans if row.kind.strip().casefold() != RELATIONAL)


def _only(plans: Iterable[Plan]) -> str:
    found = tuple(plans)
    return found[0].plan_id if len(found) == 1 else ""


def _end(cycle: Cycle) -> date:
    return cycle.review_held_date or cycle.stopped or date.min


def _age(cycle: Cycle) -> tuple[bool, date, int, str]:
    return (cycle.is_open, _end(cycle), cycle.cycle_number or 0, cycle.cycle_id)
