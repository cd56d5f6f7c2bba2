"""Which cycle, review and meetings a copy speaks of. Pure; needs no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from server.plans.copy_words import day_in_words
from server.plans.model import Cycle, Meeting, Review, School, View
from sheets_templates.ids import leading_id


@dataclass(frozen=True, kw_only=True)
class PlanChoice:
    """``cycle`` is the one shown; ``meetings`` are those booked after the last review, soonest first."""

    pupil_id: str
    cycle: Cycle | None = None
    newest: Cycle | None = None
    last_review: Review | None = None
    meetings: tuple[Meeting, ...] = ()

    @property
    def note(self) -> str:
        """Says so when the plan shown has been reviewed and the next is not agreed yet."""
        if self.cycle is None or self.cycle.is_open:
            return ""
        held = day_in_words(self.cycle.review_held_date)
        when = f" on {held}" if held else ""
        return f"We are agreeing the next plan. What you read here is the plan that we reviewed{when}."

    @property
    def version(self) -> str:
        """``Plan 3, started 14 September 2026.``"""
        if self.cycle is None:
            return ""
        number = f"Plan {self.cycle.cycle_number}" if self.cycle.cycle_number else "This plan"
        start = day_in_words(self.cycle.plan_agreed_date or self.cycle.assess_date)
        return f"{number}, started {start}." if start else f"{number}."

    @property
    def review_due(self) -> date | None:
        """When the next review is due, whether or not it is booked."""
        if self.newest is not None and self.newest.is_open:
            return self.newest.review_due_date
        return self.last_review.next_review_date if self.last_review else None

    def recent(self, views: Iterable[View]) -> tuple[View, ...]:
        """The pupil's views of the newest cycle that has any, the latest first."""
        mine = [view for view in views if leading_id(view.pupil) == self.pupil_id and view.words.strip()]
        cycles = {self.newest.cycle_id if self.newest else "", self.cycle.cycle_id if self.cycle else ""}
        chosen = [view for view in mine if leading_id(view.cycle) in cycles]
        if not chosen and self.last_review:
            reviewed = leading_id(self.last_review.cycle)
            chosen = [view for view in mine if leading_id(view.cycle) == reviewed]
        return tuple(sorted(chosen, key=lambda view: (view.date or date.min, view.view_id), reverse=True))


def choose(school: School, pupil_id: str) -> PlanChoice:
    """The newest plan that has outcomes: the open one, or the last that was reviewed while the next is a draft."""
    cycles = sorted(school.cycles_of.get(pupil_id, ()), key=_age)
    with_outcomes = [cycle for cycle in cycles if cycle.cycle_id in school.outcomes_of]
    agreed = [cycle for cycle in with_outcomes if not cycle.is_open or cycle.plan_agreed_date]
    reviews = [review for review in school.reviews_of.get(pupil_id, ()) if review.date]
    last_review = max(reviews, key=lambda review: review.date or date.min, default=None)
    since = last_review.date if last_review and last_review.date else date.min
    return PlanChoice(
        pupil_id=pupil_id,
        cycle=next(reversed(agreed or with_outcomes or cycles), None),
        newest=next(reversed(cycles), None),
        last_review=last_review,
        meetings=_booked(school.meetings_of.get(pupil_id, ()), since),
    )


def _age(cycle: Cycle) -> tuple[int, date, str]:
    return (cycle.cycle_number or 0, cycle.assess_date or cycle.plan_agreed_date or date.min, cycle.cycle_id)


def _booked(meetings: Iterable[Meeting], since: date) -> tuple[Meeting, ...]:
    booked = [m for m in meetings if m.is_booked and m.date and m.date >= since]
    return tuple(sorted(booked, key=lambda m: (m.date or date.min, str(m.start_time or ""), m.meeting_id)))
