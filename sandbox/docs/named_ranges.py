"""Named ranges: places in a document that keep their name while the text about them changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(kw_only=True)
class NamedRange:
    """One range under a name. Names may recur, ids don't."""

    id: str
    name: str
    segment: str
    start: int
    end: int


def resource(ranges: Mapping[str, NamedRange]) -> dict[str, Any]:
    """All ranges by name, as ``documents.get`` gives them."""
    found: dict[str, Any] = {}
    for one in ranges.values():
        group = found.setdefault(one.name, {"name": one.name, "namedRanges": []})
        place = {"startIndex": one.start, "endIndex": one.end} | ({"segmentId": one.segment} if one.segment else {})
        group["namedRanges"].append({"namedRangeId": one.id, "name": one.name, "ranges": [place]})
    return found


def inserted(ranges: dict[str, NamedRange], segment: str, at: int, length: int) -> None:
    """Move the ranges for new text. What is inserted within a range belongs to it, at its edges not."""
    for one in ranges.values():
        if one.segment == segment:
            one.start += length if one.start >= at else 0
            one.end += length if one.end > at else 0


def removed(ranges: dict[str, NamedRange], segment: str, start: int, end: int) -> None:
    """Move the ranges for text that is gone. A range with no text left is gone too."""
    for one in list(ranges.values()):
        if one.segment == segment:
            one.start, one.end = (_after(at, start, end) for at in (one.start, one.end))
            if one.start == one.end:
                del ranges[one.id]


def _after(at: int, start: int, end: int) -> int:
    return at if at <= start else max(start, at - (end - start))
