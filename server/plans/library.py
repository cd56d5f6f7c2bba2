"""The school's library of help: what made a difference here, and what to offer when a plan is written. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from server.plans.model import Provision, Strategy
from server.plans.register import Register
from sheets_templates.catalogue import load
from sheets_templates.imports.matching import Add
from sheets_templates.starter_library import StrategyRow
from sheets_templates.text import comparable

MADE_A_DIFFERENCE = ("strong", "some")
NOT_TRIED = ("", "not delivered")


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How often help was judged at a review, by its effect in small letters. Help that did not take place is no
    trial."""

    effects: Mapping[str, int] = field(default_factory=dict)

    @property
    def tried(self) -> int:
        return sum(self.effects.values())

    @property
    def worked(self) -> int:
        return sum(self.effects.get(effect, 0) for effect in MADE_A_DIFFERENCE)

    @property
    def in_words(self) -> str:
        return f"made a difference {self.worked} of {self.tried} times" if self.tried else "not tried here yet"


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One row of the library for one pupil: how it went with this pupil, and in the whole school."""

    strategy: Strategy
    for_need: bool
    with_pupil: Tally
    here: Tally


@dataclass(frozen=True, kw_only=True)
class Tried:
    """Every judged row of help by the strategy it is an example of: one look through the school's rows."""

    here: Mapping[str, Tally]
    with_pupil: Mapping[tuple[str, str], Tally]


def tried(register: Register) -> Tried:
    """What was tried and how it went, by the strategy's name, and by (pupil, name)."""
    names = _names(register)
    here: dict[str, Counter[str]] = {}
    with_pupil: dict[tuple[str, str], Counter[str]] = {}
    for row in register.school.provision:
        name, effect = _strategy_of(row, names), row.effect.strip().casefold()
        if name and effect not in NOT_TRIED:
            here.setdefault(name, Counter())[effect] += 1
            with_pupil.setdefault((row.pupil, name), Counter())[effect] += 1
    return Tried(
        here={name: Tally(effects=counts) for name, counts in here.items()},
        with_pupil={key: Tally(effects=counts) for key, counts in with_pupil.items()},
    )


def suggestions(register: Register, pupil_id: str) -> tuple[Suggestion, ...]:
    """Everything in the library for one pupil: first what worked with this pupil before, then what is for the pupil's
    needs, by how it went here, and last what made no difference with them. A need orders help; it rules none out."""
    pupil, found = register.pupils[pupil_id], tried(register)
    needs = {code for code in (pupil.primary_need, pupil.secondary_need) if code}
    rows = {comparable(row.name): row for row in reversed(register.all(Strategy)) if row.name.strip()}
    offered = (
        Suggestion(
            strategy=row,
            for_need=bool(needs & set(row.needs)),
            with_pupil=found.with_pupil.get((pupil_id, name), Tally()),
            here=found.here.get(name, Tally()),
        )
        for name, row in rows.items()
    )
    return tuple(sorted(offered, key=_order))


def _order(each: Suggestion) -> tuple[object, ...]:
    before, here = each.with_pupil, each.here
    failed = bool(before.tried and not before.worked)
    share = here.worked / here.tried if here.tried else 0.5
    return failed, not before.worked, not each.for_need, -share, comparable(each.strategy.name)


def missing_rows(standing: Collection[str], rows: Iterable[StrategyRow], names: Iterable[str]) -> tuple[Add, ...]:
    """The rows whose name no row of a library has yet, with the given ids. A second time there are none."""
    taken, ids = {comparable(name) for name in standing}, iter(names)
    adds: list[Add] = []
    for row in rows:
        name = comparable(str(row["name"]))
        if name not in taken:
            taken.add(name)
            adds.append(Add(table="library", row_id=next(ids), pupil="", values=row))
    return tuple(adds)


def for_needs(rows: Iterable[StrategyRow], needs: Collection[str]) -> tuple[StrategyRow, ...]:
    """The rows that are for one of the needs; all of them where none is named. Raises ValueError for no such need."""
    codes = {choice.value for choice in load().table("library").column("needs").choices}
    if strange := sorted(set(needs) - codes):
        raise ValueError(f"There is no need {', '.join(strange)}. Needs are {', '.join(sorted(codes))}.")
    return tuple(row for row in rows if not needs or set(needs) & set(_codes(row)))


def _codes(row: StrategyRow) -> tuple[str, ...]:
    found = row["needs"]
    return found if isinstance(found, tuple) else ()


def _names(register: Register) -> dict[str, str]:
    """Each strategy's name, by its id and by itself; class workbooks hold the same one under several ids."""
    rows = [row for row in register.all(Strategy) if row.name.strip()]
    return {comparable(row.name): comparable(row.name) for row in rows} | {
        row.strategy_id: comparable(row.name) for row in rows
    }


def _strategy_of(row: Provision, names: Mapping[str, str]) -> str:
    """The strategy that the help names, or else is called like."""
    return names.get(row.strategy) or names.get(comparable(row.what), "")
