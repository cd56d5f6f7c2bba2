"""The school year, 1 September to 31 August, and its three terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.plans.model import Settings
from server.plans.model.setting import FIRST_MONTH
from server.plans.terms import school_year

AUTUMN, SPRING, SUMMER = 1, 2, 3
TERM_NAMES = {AUTUMN: "autumn", SPRING: "spring", SUMMER: "summer"}
USUAL_ENDS = {AUTUMN: (12, 31), SPRING: (4, 15), SUMMER: (8, 31)}
"""Month and day by which each term is over in a school whose Settings name no half-terms."""


@dataclass(frozen=True)
class SchoolYear:
    """The year that begins on 1 September of ``first``."""

    first: int

    @property
    def start(self) -> date:
        return date(self.first, FIRST_MONTH, 1)

    @property
    def end(self) -> date:
        return school_year(self.start)[1]

    @property
    def name(self) -> str:
        """``2025/26``."""
        return f"{self.first}/{(self.first + 1) % 100:02}"

    @property
    def before(self) -> SchoolYear:
        return SchoolYear(max(self.first - 1, date.min.year))

    def holds(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end


def year_of(day: date) -> SchoolYear:
    return SchoolYear(school_year(day)[0].year)


def term_number(settings: Settings, day: date) -> int:
    """1, 2 or 3: the term that is running on the day, or else the next of its school year."""
    year = year_of(day)
    return next((number for number in (AUTUMN, SPRING) if day <= last_day(settings, year, number)), SUMMER)


def last_day(settings: Settings, year: SchoolYear, number: int) -> date:
    """The last school day of a term, where Settings name the year's six half-terms or three terms; else the day by
    which it is usually over."""
    ends = settings.term_ends.get(year.first, ())
    if len(ends) in (SUMMER, 2 * SUMMER):
        return ends[number * len(ends) // SUMMER - 1]
    month, day = USUAL_ENDS[number]
    return date(year.start.year if month >= FIRST_MONTH else year.end.year, month, day)
