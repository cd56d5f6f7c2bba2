"""How a line of values goes on: numbers and dates by their step, texts by the number at their end, days and months.

Otherwise the values repeat. By default what has a step goes on and a single number repeats; the alternate series
copies what would have gone on, and counts a single number up. Source: Apps Script's AutoFillSeries (increments or
copies) and the discovery document ("differs based on the type and amount of source data"); which of the two a single
number takes, and that values without one common step repeat, is assumed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from sandbox.sheets.model import Entered

Continued = Callable[[int], Entered]

_ENDING = re.compile(r"(.*?)([0-9]+)", re.DOTALL)
_CYCLES = [
    [name.casefold() for name in names if name]
    for names in (calendar.day_name, calendar.day_abbr, calendar.month_name, calendar.month_abbr)
]


def continued(values: Sequence[Entered], *, dated: bool, alternate: bool) -> Continued:
    """The value at any place of the line, place 0 being the first of ``values``; places before it are negative."""
    step = _numbers(values) or _texts(values) or _cycle(values)
    single_number = len(values) == 1 and isinstance(values[0], float) and not dated
    goes_on = step is not None and alternate == single_number
    if step is None or not goes_on:
        return lambda place: values[place % len(values)]
    return step


def _numbers(values: Sequence[Entered]) -> Continued | None:
    numbers = [value for value in values if isinstance(value, float)]
    if len(numbers) < len(values):
        return None
    steps = {round(after - before, 9) for before, after in pairwise(numbers)} or {1.0}
    return _by_step(numbers[0], steps)


def _by_step(first: float, steps: set[float]) -> Continued | None:
    if len(steps) > 1:
        return None
    step = next(iter(steps))
    return lambda place: first + step * place


def _texts(values: Sequence[Entered]) -> Continued | None:
    found = [_ENDING.fullmatch(value) if isinstance(value, str) else None for value in values]
    parts = [(match[1], match[2]) for match in found if match]
    if len(parts) < len(values) or len({stem for stem, _ in parts}) > 1:
        return None
    line = _numbers([float(digits) for _, digits in parts])
    stem, digits = parts[0]
    return None if line is None else lambda place: stem + str(_whole(line(place))).zfill(len(digits))


def _whole(value: Entered) -> int:
    return abs(int(value)) if isinstance(value, float) else 0


def _cycle(values: Sequence[Entered]) -> Continued | None:
    for names in _CYCLES:
        texts = [value.casefold() for value in values if isinstance(value, str)]
        places = [names.index(text) for text in texts if text in names]
        if len(places) == len(values):
            line = _numbers([float(place) for place in places])
            return None if line is None else _named_line(line, names, str(values[0]))
    return None


def _named_line(line: Continued, names: list[str], model: str) -> Continued:
    def at(place: int) -> Entered:
        value = line(place)
        name = names[int(value) % len(names)] if isinstance(value, float) else ""
        return name.upper() if model.isupper() else name.title() if model[:1].isupper() else name

    return at
