"""Columns that come again: ``Target 2`` is the second ``Target``, by its number or by the heading above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sheets_templates.text import comparable

_SLOT = re.compile(r"^(?:(\d)(?:st|nd|rd|th)?[\s.):-]+)?(.*?)(?:[\s#(-]*(\d)\)?)?$")


def slot_of(heading: str) -> tuple[str, int]:
    """A heading without the number of its repetition: ``Target 2`` is the second ``Target``."""
    match = _SLOT.match(" ".join(heading.split()))
    if not match or not match[2] or not any(letter.isalpha() for letter in match[2]):
        return heading, 0
    number = match[1] or match[3]
    joined = match[3] and re.search(r"\d\)?$", heading) and re.search(r"[\d:/-]\d\)?$", heading)
    return (match[2].strip(" -–:.("), int(number)) if number and not joined else (heading, 0)


def slots_of(headings: Mapping[int, str], groups: Mapping[int, str]) -> dict[int, tuple[str, int]]:
    """Each column's heading without its number, and the number of the repetition it belongs to (0: none)."""
    based = {column: slot_of(text) for column, text in headings.items()}
    numbered: dict[str, set[int]] = {}
    for base, number in based.values():
        if number:
            numbered.setdefault(comparable(base), set()).add(number)
    repeats = {base for base, numbers in numbered.items() if len(numbers) > 1}
    texts = [comparable(text) for text in headings.values()]
    found: dict[int, tuple[str, int]] = {}
    seen: dict[str, int] = {}
    for column, text in headings.items():
        base, number = based[column]
        group = slot_of(groups.get(column, ""))[1]
        same = comparable(text)
        seen[same] = seen.get(same, 0) + 1
        if number and (comparable(base) in repeats or (number in set().union(*numbered.values()) and repeats)):
            found[column] = base, number
        elif group:
            found[column] = text, group
        else:
            found[column] = text, seen[same] if texts.count(same) > 1 else 0
    return found


def alike(column: int, slots: Mapping[int, tuple[str, int]], columns: Mapping[int, Sequence[object]]) -> list[object]:
    """What stands under a column and under its repetitions: they mean the same."""
    base, slot = slots[column]
    same = [c for c, (text, number) in slots.items() if slot and number and comparable(text) == comparable(base)]
    return [value for c in same or [column] for value in columns.get(c, ())]
