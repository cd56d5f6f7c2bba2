"""What governors may know: counts alone, of the whole school, none of them small. No name, no class, no words. Pure.

Every label comes from the product's own lists, never from a cell: what somebody typed can't reach the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from server.plans import meeting_count
from server.plans.fidelity import of_cycle
from server.plans.model import Cycle
from server.plans.money import pounds
from server.plans.own_words import choice_of
from server.plans.provision_map import LINE_IS, PupilCost, provision_map
from server.plans.register import Register
from server.plans.results import result
from server.plans.school_year import year_of
from server.plans.small_numbers import enough, share, together
from server.plans.terms import add_months
from sheets_templates.catalogue import load
from sheets_templates.schema import Column

WITH_SUPPORT = ("K", "E")
UNSAID = "Not said, or said otherwise"
A_YEAR = 12
HUNDREDS = -2


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the report: a table of counts, or of facts that are counts already."""

    title: str
    facts: tuple[tuple[str, str], ...]


def governors_report(register: Register) -> tuple[Part, ...]:
    """The report of one school on the register's day; a part without anything to tell says so."""
    made = _Counts(register)
    return (
        Part(title="Pupils with SEN support or an EHC plan", facts=made.pupils_by("sen_status")),
        Part(title="Pupils by main need", facts=made.pupils_by("primary_need")),
        Part(title="Pupils by level of help", facts=made.pupils_by("tier")),
        Part(title="Plans", facts=tuple(made.plans())),
        Part(title="Meetings with parents", facts=tuple(made.meetings())),
        Part(title="Results of outcomes reviewed in the last twelve months", facts=made.results()),
        Part(title="Difference made by help reviewed in the last twelve months", facts=made.effects()),
        Part(title="Help that is running", facts=tuple(made.running())),
        Part(title="Money for a school year of the help that is written down", facts=tuple(made.money())),
    )


class _Counts:
    def __init__(self, register: Register) -> None:
        self.register = register
        self.pupils = [each for each in register.here.values() if each.sen_status.strip().upper() in WITH_SUPPORT]
        self.ids = frozenset(each.pupil_id for each in self.pupils)
        self.since = add_months(register.today, -A_YEAR)

    def pupils_by(self, column: str) -> tuple[tuple[str, str], ...]:
        told = ((getattr(each, column), each.pupil_id) for each in self.pupils)
        return _table(load().table("pupils").column(column), told)

    def plans(self) -> Iterator[tuple[str, str]]:
        opened = {live.pupil.pupil_id for live in self.register.live}
        today = self.register.today
        late = {live.pupil.pupil_id for live in self.register.live if _is_before(live.cycle.review_due_date, today)}
        yield "Pupils with a plan that is running", share(opened, self.ids)
        yield "Of those, pupils whose review is overdue", share(late, opened & self.ids)
        for row in together(self._kept()):
            yield f"Reviews of the last twelve months: {row.label}", str(row.count)

    def _kept(self) -> dict[str, list[str]]:
        """Whose reviews were held by the day they were due, and whose later."""
        kept: dict[str, list[str]] = {"in time": [], "late": []}
        for each in self._reviewed():
            if each.review_due_date and each.review_held_date:
                kept["late" if each.review_held_date > each.review_due_date else "in time"].append(each.pupil)
        return kept

    def meetings(self) -> Iterator[tuple[str, str]]:
        year = year_of(self.register.today).before
        asked = [each for each in self.pupils if meeting_count.applies(self.register, each)]
        counts = {each.pupil_id: meeting_count.count(self.register, each, year) for each in asked}
        due = {pupil_id for pupil_id, found in counts.items() if found.due}
        met = {pupil_id for pupil_id in due if not counts[pupil_id].is_short}
        yield f"Pupils with every meeting that {year.name} asked for", share(met, due)

    def results(self) -> tuple[tuple[str, str], ...]:
        rows = (row for each in self._reviewed() for row in self.register.outcomes.get(each.cycle_id, ()))
        return _table(load().table("outcomes").column("result"), ((result(row), row.pupil) for row in rows))

    def effects(self) -> tuple[tuple[str, str], ...]:
        rows = (row for each in self._reviewed() for row in self.register.provision.get(each.cycle_id, ()))
        told = ((row.effect, row.pupil) for row in rows if row.effect.strip())
        return _table(load().table("provision").column("effect"), told)

    def running(self) -> Iterator[tuple[str, str]]:
        live = [each for each in self.register.live if each.pupil.pupil_id in self.ids]
        kinds = ((row.kind, each.pupil.pupil_id) for each in live for row in each.provision)
        yield from _table(load().table("provision").column("kind"), kinds)
        found = [(each.pupil.pupil_id, took) for each in live for _, took in of_cycle(self.register, each.cycle)]
        expected = sum(took.expected for _, took in found)
        if expected and enough(pupil_id for pupil_id, _ in found):
            delivered = sum(min(took.delivered, took.expected) for _, took in found)
            yield "Sessions that took place, of those to be expected by now", f"{int(delivered * 100 / expected)}%"

    def money(self) -> Iterator[tuple[str, str]]:
        costed = [each for each in provision_map(self.register).costs if each.year and each.pupil_id in self.ids]
        whose = {each.pupil_id for each in costed}
        if not enough(whose):
            return
        yield f"For {len(whose)} pupils together, about", pounds(round(_sum(costed), HUNDREDS))
        if not self.register.settings.is_early_years:
            above = {each.pupil_id for each in costed if each.is_above}
            line = f"Pupils above {pounds(self.register.settings.money_line)} ({LINE_IS})"
            yield line, share(above, whose)

    def _reviewed(self) -> list[Cycle]:
        """Cycles of these pupils reviewed in the last twelve months."""
        mine = (each for each in self.register.school.cycles if each.pupil in self.ids)
        return [each for each in mine if each.review_held_date and self._is_of_the_year(each.review_held_date)]

    def _is_of_the_year(self, day: date) -> bool:
        return self.since < day <= self.register.today


def _sum(costs: Iterable[PupilCost]) -> float:
    return sum(each.year or 0 for each in costs)


def _is_before(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _table(column: Column, told: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Counts by the column's own choices; a value that is none of them counts with what was not said."""
    things: dict[str, list[str]] = {each.label or each.value: [] for each in column.choices}
    things[UNSAID] = []
    for value, pupil_id in told:
        choice = choice_of(column, value)
        things[(choice.label or choice.value) if choice else UNSAID].append(pupil_id)
    return tuple((row.label, str(row.count)) for row in together(things))
