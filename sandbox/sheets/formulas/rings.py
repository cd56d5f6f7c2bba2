"""Cells that depend on themselves, found while formulas are worked out (Tarjan's strongly connected components)."""

from __future__ import annotations

Place = tuple[int, int, int]


class Rings:
    """Says of each formula whether it lies on a ring of formulas, whichever of them was begun with.

    ``_open`` numbers the formulas whose rings aren't complete; ``_reach`` holds, for each formula under way, the
    lowest number that it led back to, or None."""

    def __init__(self) -> None:
        self._open: dict[Place, int] = {}
        self._reach: list[int | None] = []

    @property
    def depth(self) -> int:
        """How many formulas are under way."""
        return len(self._reach)

    def enter(self, place: Place) -> None:
        """This formula is being worked out from now on."""
        self._open[place] = len(self._open)
        self._reach.append(None)

    def closes(self, place: Place) -> bool:
        """Whether the formula under way, by asking for this place, is on a ring with it."""
        number = self._open.get(place)
        if number is not None and self._reach:
            self._lead_back(number)
        return number is not None

    def leave(self, place: Place) -> bool:
        """This formula is worked out: whether it lies on a ring."""
        number, reach = self._open[place], self._reach.pop()
        if reach is None or reach >= number:
            while self._open.popitem()[0] != place:
                pass
        elif self._reach:
            self._lead_back(reach)
        return reach is not None

    def _lead_back(self, number: int) -> None:
        reach = self._reach[-1]
        self._reach[-1] = number if reach is None else min(reach, number)
