"""Findings and problems as lines of a card."""

from __future__ import annotations

from collections.abc import Iterable

from google.apps import card_v1 as card

from addon.cards.kit import LEVEL_NAMES, call, line, short
from addon.views import FindingLine, Links, ProblemLine


def finding_lines(findings: Iterable[FindingLine], links: Links | None = None) -> list[card.Widget]:
    """One line each. With ``links``, a line opens the pupil's card and says whose it is."""
    return [_finding(found, links) for found in findings]


def problem_lines(problems: Iterable[ProblemLine]) -> list[card.Widget]:
    return [line(short(problem.message), above=problem.cell) for problem in problems]


def _finding(found: FindingLine, links: Links | None) -> card.Widget:
    level = LEVEL_NAMES.get(found.level, found.level)
    place = f"{found.cell} · " if found.cell else ""
    return line(
        f"{short(found.who, 80)}: {short(found.message)}" if links else short(found.message),
        above=f"{level} · {found.rule}" if found.rule else level,
        below=f"{place}{short(found.action)}",
        tap=call(links.pupil, pupil=found.pupil_id) if links and found.pupil_id else None,
    )
