"""Findings and problems as lines of a card."""

from __future__ import annotations

from collections.abc import Iterable

from google.apps import card_v1 as card

from addon.cards.kit import LEVEL_NAMES, call, line, short
from addon.views import FindingLine, Links, ProblemLine


def finding_lines(findings: Iterable[FindingLine], links: Links | None = None) -> list[card.Widget]:
    """One line each. With ``links``, a line opens the pupil's card and says whose it is; one of the whole school
    opens its own."""
    return [_finding(found, links) for found in findings]


def explained_lines(findings: Iterable[FindingLine], links: Links) -> list[card.Widget]:
    """One line each, which opens why the check says so and what to do."""
    return [_line(found, short(found.message), _why(found, links)) for found in findings]


def problem_lines(problems: Iterable[ProblemLine]) -> list[card.Widget]:
    return [line(short(problem.message), above=problem.cell) for problem in problems]


def _finding(found: FindingLine, links: Links | None) -> card.Widget:
    if links is None:
        return _line(found, short(found.message), None)
    tap = call(links.pupil, pupil=found.pupil_id) if found.pupil_id else _why(found, links)
    return _line(found, f"{short(found.who, 80)}: {short(found.message)}", tap)


def _why(found: FindingLine, links: Links) -> card.OnClick:
    told = {"pupil": found.pupil_id, "rule": found.rule, "row": found.row}
    return call(links.finding, **{name: value for name, value in told.items() if value})


def _line(found: FindingLine, text: str, tap: card.OnClick | None) -> card.Widget:
    level = LEVEL_NAMES.get(found.level, found.level)
    place = f"{found.cell} · " if found.cell else ""
    above = f"{level} · {found.rule}" if found.rule else level
    return line(text, above=above, below=f"{place}{short(found.action)}", tap=tap)
