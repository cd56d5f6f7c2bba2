"""A label and its answer in one cell: ``Name of child: Bea Sample``, ``Good at – swimming``, one or several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sheets_templates.imports.columns import known
from sheets_templates.imports.grid import SourceCell, Tab
from sheets_templates.imports.layout import Layout

_PAIR = re.compile(r"([^:\n]{2,60}?)\s*(?::|\s[–—-](?=\s|$))\s*(.*)", re.DOTALL)
_SURE = 0.85
_STYLE = 3
"""So many known labels make a tab one where every ``words: words`` is a label with its answer."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A label and an answer, both as cells at the place where they stand together. The answer may be empty."""

    cell: SourceCell
    label: SourceCell
    answer: SourceCell


def pairs_in(tab: Tab, layout: Layout) -> tuple[Pair, ...]:
    """Every pair outside a tab's tables. Labels nobody knows count where the tab is full of known ones."""
    outside = [cell for cell in tab.cells.values() if layout.owner(cell.row) is None and not cell.formula]
    found = [(pair, known(pair.label.text, label=True) >= _SURE) for cell in outside for pair in pairs_of(cell)]
    styled = sum(sure for _, sure in found) >= _STYLE
    colon = {pair.cell.address for pair, _ in found if styled and ":" in pair.cell.text}
    return tuple(pair for pair, sure in found if sure or pair.cell.address in colon)


def pairs_of(cell: SourceCell) -> Iterator[Pair]:
    """A cell's pairs: one on each line where every line has one, else one for the whole cell."""
    if not isinstance(cell.value, str):
        return
    lines = [line for line in cell.text.splitlines() if line.strip()]
    matches = [_PAIR.fullmatch(line.strip()) for line in lines]
    if len(lines) < 2 or not all(matches):
        matches = [_PAIR.fullmatch(cell.text.strip())]
    for match in matches:
        if match:
            yield Pair(cell=cell, label=replace(cell, value=match[1]), answer=replace(cell, value=match[2].strip()))
