"""Counts that nobody can be picked out of: what fewer than five pupils stand behind is never told by itself. Pure.

A small count is put together with others, and the next larger one with them where they would still be too few; so
neither a row nor what is missing from the sum gives a small number away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

FEWEST = 5
"""So many different pupils have to stand behind a number."""
OTHERS = "Others, too few to show one by one"
TOO_FEW = "Too few pupils to show"


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One row of a table of counts."""

    label: str
    count: int


def together(things: Mapping[str, Sequence[str]]) -> tuple[Counted, ...]:
    """Things counted by label, in the order given. Each thing is told by the id of its pupil; a label that nothing
    has is left out. No row at all where fewer than five pupils have anything."""
    shown = {label: whose for label, whose in things.items() if _is_many(whose)}
    hidden = {label: whose for label, whose in things.items() if whose and label not in shown}
    while hidden and shown and not _is_many(_all(hidden.values())):
        smallest = min(shown, key=lambda label: (len(set(shown[label])), label))
        hidden[smallest] = shown.pop(smallest)
    rows = [Counted(label=label, count=len(whose)) for label, whose in shown.items()]
    rest = _all(hidden.values())
    return (*rows, Counted(label=OTHERS, count=len(rest))) if _is_many(rest) else tuple(rows)


def share(part: Collection[str], whole: Collection[str]) -> str:
    """How many pupils of a whole, in words: ``12 of 40``, ``none of 40``, ``fewer than 5 of 40``, ``nearly all of
    40``; that the whole is too small where it is."""
    total, count = len(set(whole)), len(set(part) & set(whole))
    if total < FEWEST:
        return TOO_FEW
    if count in (0, total):
        return f"{'all' if count else 'none'} of {total}"
    if count < FEWEST:
        return f"fewer than {FEWEST} of {total}"
    return f"nearly all of {total}" if total - count < FEWEST else f"{count} of {total}"


def enough(whose: Iterable[str]) -> bool:
    """Whether enough different pupils stand behind a sum for it to be told."""
    return _is_many(tuple(whose))


def _is_many(whose: Sequence[str]) -> bool:
    return len(set(whose)) >= FEWEST


def _all(groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(pupil for group in groups for pupil in group)
