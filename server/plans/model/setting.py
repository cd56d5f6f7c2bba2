"""The school itself: its year, its settings, its staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from server.plans.model.record import Record

DAYS_IN_A_SCHOOL_WEEK = 5
MOST_DAYS = 366 * 20
FIRST_MONTH = 9
"""The school year begins with September."""


@dataclass(frozen=True, kw_only=True)
class Term(Record):
    """One half-term. ``start`` and ``end`` are its first and last school day."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Settings(Record):
    """What the SENCO workbook's Settings tab says of the school. Dates are in ``time_zone``. What each fact means,
    and which values it takes, is told by ``sheets_templates/vocabulary/school_settings.toml``."""

    school_id: str = ""
    name: str = ""
    phase: str = ""
    kind: str = ""
    local_authority: str = ""
    email_domain: str = ""
    time_zone: str = "Europe/London"
    review_interval_weeks: int = 12
    shortest_cycle_weeks: int = 4
    longest_cycle_weeks: int = 14
    gap_days: int = 10
    concern_days: int = 5
    read_days: int = 5
    due_notice_days: int = 14
    copy_days: int = 7
    support_plan_days: int = 10
    most_outcomes: int = 4
    largest_step: int = 5
    fair_percent: int = 80
    ehc_cycles: int = 2
    pack_papers: tuple[str, ...] = ()
    money_line: int = 6000
    advice_service: str = ""
    safeguarding_lead: str = ""
    privacy_assessed: date | None = None
    logo: str = ""
    shape: str = "whole school"
    terms: tuple[Term, ...] = ()
    closed_days: tuple[date, ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    @property
    def is_early_years(self) -> bool:
        """Whether the whole setting works under the early-years framework."""
        return self.phase.strip().upper() == "EYFS"

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The half-terms as ordinals, first to last day, merged where they overlap; all of time without any."""
        if not self.terms:
            return ((date.min.toordinal(), date.max.toordinal()),)
        merged: list[tuple[int, int]] = []
        for first, last in sorted((term.start.toordinal(), term.end.toordinal()) for term in self.terms):
            if last < first:
                continue
            if merged and first <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], last))
            else:
                merged.append((first, last))
        return tuple(merged)

    @cached_property
    def school_days(self) -> tuple[int, ...]:
        """Every school day of the half-terms as ordinals, in order; none where they are missing or too long."""
        if not self.terms or sum(last - first for first, last in self.spans) > MOST_DAYS:
            return ()
        closed = set(self.days_lost)
        days = (day for first, last in self.spans for day in range(first, last + 1))
        return tuple(day for day in days if (day - 1) % 7 < DAYS_IN_A_SCHOOL_WEEK and day not in closed)

    @cached_property
    def term_ends(self) -> Mapping[int, tuple[date, ...]]:
        """The last days of the half-terms, in order, by the year in which their school year began."""
        found: dict[int, list[date]] = {}
        for term in self.terms:
            if term.start <= term.end:
                found.setdefault(term.start.year - (term.start.month < FIRST_MONTH), []).append(term.end)
        return {year: tuple(sorted(ends)) for year, ends in found.items()}

    @cached_property
    def days_lost(self) -> tuple[int, ...]:
        """Closed Mondays to Fridays inside the half-terms, as ordinals, in order."""
        ordinals = {day.toordinal() for day in self.closed_days if day.isoweekday() <= DAYS_IN_A_SCHOOL_WEEK}
        return tuple(sorted(day for day in ordinals if any(first <= day <= last for first, last in self.spans)))


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
