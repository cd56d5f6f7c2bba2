"""What the card of one finding shows: why it is there, what to do, who helps, and whether it may be kept quiet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from addon.views import FindingLine, QuietLine


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """One check of one pupil's row, or of the school. ``said`` is what it says today; ``binding`` how binding it is;
    ``deciders`` are those who may keep it quiet, by id, none where nobody may; ``kept`` what stands in Exceptions
    about it; ``typed`` and ``until`` what was entered before something was missing, which ``wrong`` names."""

    rule: str
    title: str
    pupil_id: str = ""
    who: str = ""
    row: str = ""
    said: tuple[FindingLine, ...] = ()
    why: str = ""
    how: str = ""
    helpers: tuple[str, ...] = ()
    source: str = ""
    binding: str = ""
    for_parents: str = ""
    why_not_quiet: str = ""
    deciders: Mapping[str, str] = field(default_factory=dict)
    decider: str = ""
    kept: tuple[QuietLine, ...] = ()
    typed: str = ""
    until: date | None = None
    wrong: str = ""
