"""Named ranges carried over an edit that moves whole paragraphs: each end holds on to the paragraph it is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sandbox.docs.edit import Edit
from sandbox.docs.named_ranges import NamedRange
from sandbox.docs.tree import Paragraph, Segment


@dataclass(frozen=True, kw_only=True)
class _Ends:
    """Where a range begins and ends: paragraphs' XML elements and offsets in them."""

    range: NamedRange
    first: Any
    start: int
    last: Any
    end: int


@contextmanager
def following(edit: Edit, segment: Segment) -> Iterator[None]:
    """Within it, paragraphs of the segment may move or go. The ranges move with them; one left without text goes."""
    before = list(segment.paragraphs())
    held = [_ends(one, before) for one in edit.ranges.values() if one.segment == segment.id]
    yield
    places = {paragraph.p: paragraph for paragraph in edit.segment(segment.id).paragraphs()}
    for ends in held:
        _settle(edit, ends, [one.p for one in before], places)


def _ends(one: NamedRange, paragraphs: list[Paragraph]) -> _Ends:
    first = next(paragraph for paragraph in paragraphs if paragraph.end > one.start)
    last = next(paragraph for paragraph in reversed(paragraphs) if paragraph.start < one.end)
    start, end = max(one.start - first.start, 0), min(one.end, last.end) - last.start
    return _Ends(range=one, first=first.p, start=start, last=last.p, end=end)


def _settle(edit: Edit, ends: _Ends, order: list[Any], places: dict[Any, Paragraph]) -> None:
    first = _survivor(order[order.index(ends.first) :], places)
    last = _survivor(reversed(order[: order.index(ends.last) + 1]), places)
    one = ends.range
    if first is not None and last is not None:
        one.start = first.start + (ends.start if first.p is ends.first else 0)
        one.end = last.start + ends.end if last.p is ends.last else last.end
    if first is None or last is None or one.start >= one.end:
        edit.ranges.pop(one.id, None)


def _survivor(paragraphs: Iterable[Any], places: dict[Any, Paragraph]) -> Paragraph | None:
    return next((places[p] for p in paragraphs if p in places), None)
