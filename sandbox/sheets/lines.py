"""What happens to positions on one axis when lines (rows or columns) are inserted, deleted or moved.

Every structural change is one of these three; cells, ranges and formulas all follow the same arithmetic: ``point``
is where one line went and ``span`` where a run of them did. None means that it is gone."""

from __future__ import annotations

from dataclasses import dataclass

OPEN_END = 1 << 40


@dataclass(frozen=True, slots=True)
class Insert:
    """``count`` new lines before line ``at``. A range grows only when they come strictly inside it."""

    at: int
    count: int

    def point(self, index: int) -> int:
        return index if index < self.at else index + self.count

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.point(start), self.point(end - 1) + 1


@dataclass(frozen=True, slots=True)
class Delete:
    """Lines ``start`` to ``end`` (excluded) go."""

    start: int
    end: int

    def point(self, index: int) -> int | None:
        if self.start <= index < self.end:
            return None
        return index if index < self.start else index - (self.end - self.start)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        left, right = self._pull(start), self._pull(end)
        return (left, right) if left < right else None

    def _pull(self, edge: int) -> int:
        return edge - max(0, min(edge, self.end) - self.start)


@dataclass(frozen=True, slots=True)
class Move:
    """Lines ``start`` to ``end`` go before the line that was at ``to`` when the move began."""

    start: int
    end: int
    to: int

    def point(self, index: int) -> int:
        count = self.end - self.start
        landing = self.to if self.to <= self.start else self.to - count
        if self.start <= index < self.end:
            return landing + index - self.start
        rest = index if index < self.start else index - count
        return rest if rest < landing else rest + count

    def span(self, start: int, end: int) -> tuple[int, int]:
        if self.start <= start and end <= self.end:
            return self.point(start), self.point(start) + end - start
        remaining = Delete(self.start, self.end).span(start, end)
        landing = self.to if self.to <= self.start else self.to - (self.end - self.start)
        assert remaining is not None  # some line of the span is outside the moved block
        return Insert(landing, self.end - self.start).span(*remaining)


LineEdit = Insert | Delete | Move
