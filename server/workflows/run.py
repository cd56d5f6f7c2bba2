"""What every workflow is given: a door to Google, the catalogue, a clock's reading, and somebody to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from server.plans.ports import Google
from sheets_templates.schema import Catalogue

Progress = Callable[[str, int, int], None]


def in_silence(_step: str, _done: int, _of: int) -> None:
    """Progress nobody watches."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run for one person. ``today`` is the school's date, ``now`` gives epoch seconds, ``run_id`` is unique
    and made of letters and digits. ``publisher`` is the address of the person whose door this is, ``begun`` when the
    run was made."""

    google: Google
    catalogue: Catalogue
    today: date
    now: Callable[[], float]
    run_id: str
    publisher: str
    progress: Progress = in_silence
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "begun", self.now())
