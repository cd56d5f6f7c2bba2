"""The account of an import: every cell of the source, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from sheets_templates.imports.grid import SourceCell

JOINED = frozenset({"actual", "when_where", "exit_measure", "other_professionals"})
"""Fields of words to which a second cell adds; elsewhere a row's first value stands."""

Verdict = Literal["taken", "changed", "left", "ask"]


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a cell's value goes: ``row`` is the import's own name for a row (``P1``, ``P1-O2``)."""

    table: str
    row: str
    field: str
    value: object


@dataclass(frozen=True, kw_only=True)
class Line:
    """One cell. ``why`` says how its value was changed, why it was left, or what to ask."""

    tab: str
    cell: str
    text: str
    verdict: Verdict
    why: str = ""
    to: tuple[Target, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something a person should settle; ``default`` is what happens if nobody does."""

    where: str
    question: str
    default: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    lines: tuple[Line, ...]
    questions: tuple[Question, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        return Counter(line.verdict for line in self.lines)


Rows = Mapping[tuple[str, str], Mapping[str, object]]


def _apart(before: object, value: object) -> bool:
    """Whether two texts say different things."""
    return isinstance(before, str) and isinstance(value, str) and value not in before


@dataclass
class Account:
    """Collects what becomes of each cell. A cell is accounted for once; what comes later adds targets."""

    lines: dict[tuple[str, str], Line] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    rows: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)

    def has(self, cell: SourceCell) -> bool:
        return (cell.tab, cell.address) in self.lines

    def take(self, cell: SourceCell, targets: Iterable[Target], how: str = "", ask: str = "") -> None:
        """Put a cell's values into their rows. A row's first value for a field stands; another one is asked about."""
        kept: list[Target] = []
        for target in targets:
            row = self.rows.setdefault((target.table, target.row), {})
            before = row.setdefault(target.field, target.value)
            if target.field in JOINED and _apart(before, target.value):
                row[target.field] = f"{before}; {target.value}"
                kept.append(target)
            elif before == target.value or (target.field in JOINED and str(target.value) in str(before)):
                kept.append(target)
            else:
                ask = ask or f"another row says “{before}”, which was kept"
        verdict: Verdict = "ask" if ask else "changed" if how else "taken"
        self._note(cell, verdict, ask or how, tuple(kept))

    def leave(self, cell: SourceCell, why: str) -> None:
        self._note(cell, "left", why, ())

    def ask(self, cell: SourceCell, why: str, question: str = "", default: str = "") -> None:
        """Leave a cell out and put a question about it."""
        self._note(cell, "ask", why, ())
        if question:
            self.question(f"{cell.tab}!{cell.address}", question, default)

    def question(self, where: str, question: str, default: str = "") -> None:
        asked = Question(where=where, question=question, default=default)
        if asked not in self.questions:
            self.questions.append(asked)

    def _note(self, cell: SourceCell, verdict: Verdict, why: str, targets: tuple[Target, ...]) -> None:
        name = cell.tab, cell.address
        before = self.lines.get(name)
        if before is None:
            text = cell.text
            self.lines[name] = Line(tab=cell.tab, cell=cell.address, text=text, verdict=verdict, why=why, to=targets)
        elif targets:
            rank = max(before.verdict, verdict, key=("left", "taken", "changed", "ask").index)
            self.lines[name] = Line(
                tab=cell.tab,
                cell=cell.address,
                text=before.text,
                verdict=rank,
                why=before.why or why,
                to=tuple(dict.fromkeys((*before.to, *targets))),
            )

    def whole(self, cell: SourceCell, empty: str) -> None:
        """Tell of a cell with label and answer under its whole text; ``empty`` says why one without answer stays."""
        before = self.lines.get((cell.tab, cell.address))
        if before is None:
            self.leave(cell, empty)
            return
        verdict: Verdict = "changed" if before.verdict == "taken" else before.verdict
        why = before.why or "label and answer in one cell"
        self.lines[cell.tab, cell.address] = replace(before, text=cell.text, verdict=verdict, why=why)

    def report(self) -> Report:
        return Report(lines=tuple(self.lines.values()), questions=tuple(self.questions))
