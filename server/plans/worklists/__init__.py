"""Worklists: everything that waits, sorted by what kind of work it is, each line saying whose move is next.

Pure functions of a school's register and of what the rules found. What is history stands on none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from server.plans.model import Finding
from server.plans.register import Register
from server.plans.rules import LEVELS, RULES
from server.plans.worklists import council, giving, people, plans, promises, reviews
from server.plans.worklists.desk import Desk, Worklist, no_dates
from server.plans.worklists.item import MOVERS, Item

__all__ = ["LISTS", "MOVERS", "Item", "Listed", "Worklist", "by_mover", "mine", "worklists"]

NAMED = (
    *reviews.LISTS,
    *people.LISTS,
    *giving.LISTS,
    *promises.LISTS,
    *plans.LISTS,
    *council.LISTS,
)
SPOKEN_FOR = frozenset(rule for worklist in NAMED for rule in worklist.rules)
REST = Worklist(
    key="other",
    title="Everything else",
    rules={rule.id: no_dates for rule, _ in RULES if rule.id not in SPOKEN_FOR},
)
LISTS = (*NAMED, REST)
"""Every worklist, in the order in which they are shown."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One worklist of a school on a day, gravest line first, then by the day it should be done."""

    key: str
    title: str
    items: tuple[Item, ...] = ()

    @property
    def late(self) -> int:
        """How many of its lines should have been done by now."""
        return sum(item.is_late for item in self.items)


def worklists(register: Register, found: Iterable[Finding]) -> tuple[Listed, ...]:
    """Every worklist that has a line, from what the rules found on that day."""
    desk = Desk(register, found)
    made = (
        Listed(key=each.key, title=each.title, items=tuple(sorted(each.items(desk), key=_urgency))) for each in LISTS
    )
    return tuple(listed for listed in made if listed.items)


def mine(lists: Iterable[Listed], staff_id: str) -> tuple[Listed, ...]:
    """The same lists with that colleague's own moves alone."""
    own = (
        Listed(key=row.key, title=row.title, items=tuple(item for item in row.items if staff_id in item.staff))
        for row in lists
    )
    return tuple(row for row in own if staff_id and row.items)


def by_mover(lists: Iterable[Listed]) -> Mapping[str, int]:
    """How many lines wait for each, in the order of ``MOVERS``; those that wait for nobody of a kind are left out."""
    counted = Counter(item.mover for row in lists for item in row.items)
    return {mover: counted[mover] for mover in MOVERS if counted[mover]}


def _urgency(item: Item) -> tuple[int, date, str, str]:
    return LEVELS.index(item.level), item.until or date.max, item.pupil_id, item.what
