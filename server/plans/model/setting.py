"""The school itself: its year, its settings, its staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.plans.model.record import Record


@dataclass(frozen=True, kw_only=True)
class Term(Record):
    """One half-term. ``start`` and ``end`` are its first and last school day."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Settings(Record):
    """What the SENCO workbook's Settings tab says of the school. Dates are in ``time_zone``."""

    school_id: str = ""
    name: str = ""
    phase: str = ""
    kind: str = ""
    local_authority: str = ""
    email_domain: str = ""
    time_zone: str = "Europe/London"
    review_interval_weeks: int = 12
    advice_service: str = ""
    logo: str = ""
    shape: str = "whole school"
    terms: tuple[Term, ...] = ()
    closed_days: tuple[date, ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    @property
    def is_early_years(self) -> bool:
        """Whether the whole setting works under the early-years framework."""
        return self.phase.strip().upper() == "EYFS"


@dataclass(frozen=True, kw_only=True)
class Staff(Record):
    staff_id: str
    name: str = ""
    role: str = ""
    email: str = ""
    external: bool = False
    hours_per_week: float | None = None
    edits_plans: bool = False
    note: str = ""
