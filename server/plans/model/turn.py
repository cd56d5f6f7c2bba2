"""One turn of Assess, Plan, Do, Review, and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.plans.model.record import Day, Record


@dataclass(frozen=True, kw_only=True)
class Cycle(Record):
    """One turn of Assess, Plan, Do, Review: a row of the Assess tab."""

    cycle_id: str
    pupil: str = ""
    cycle_number: int | None = None
    plan: str = ""
    stage: str = ""
    assess_date: date | None = None
    plan_agreed_date: date | None = None
    review_due_date: date | None = None
    review_held_date: date | None = None
    stopped: date | None = None
    stopped_because: str = ""
    needs_summary: str = ""
    barrier_and_removal: str = ""
    history: str = ""
    needs_by_area: tuple[str, ...] = ()
    attainment: tuple[str, ...] = ()
    assessments: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    specialist_advice: tuple[str, ...] = ()
    length: str = ""
    longer_because: str = ""
    midpoint_check: str = ""
    update_to_parents: str = ""
    child_views: str = ""
    parents_consulted: str = ""
    parents_consulted_date: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether the cycle is still running: no review was held, and it was not stopped without one."""
        return self.review_held_date is None and self.stopped is None


@dataclass(frozen=True, kw_only=True)
class Outcome(Record):
    outcome_id: str
    pupil: str = ""
    cycle: str = ""
    area: str = ""
    need: str = ""
    horizon: str = ""
    outcome: str = ""
    why_it_matters: str = ""
    target: str = ""
    measure: str = ""
    baseline: str = ""
    baseline_rating: int | None = None
    expected: str = ""
    expected_rating: int | None = None
    midpoint_rating: int | None = None
    impact_type: str = ""
    target_date: date | None = None
    home_part: str = ""
    child_part: str = ""
    actual: str = ""
    actual_rating: int | None = None
    result: str = ""
    decision: str = ""
    goal_score: int | None = None
    goal_weight: float | None = None
    carried_from: str = ""
    ehc_outcome: str = ""
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class Provision(Record):
    """The help: what is additional to or different from what everyone gets."""

    provision_id: str
    pupil: str = ""
    cycle: str = ""
    outcomes: tuple[str, ...] = ()
    what: str = ""
    kind: str = ""
    tier: str = ""
    additional: bool = False
    delivered_by: str = ""
    expertise: str = ""
    when_where: str = ""
    group_size: float | None = None
    minutes_per_session: float | None = None
    sessions_per_week: float | None = None
    days: tuple[str, ...] = ()
    weeks: float | None = None
    start_date: date | None = None
    evidence_basis: str = ""
    evidence_note: str = ""
    strategy: str = ""
    entry_measure: str = ""
    exit_measure: str = ""
    sessions_delivered: int | None = None
    right_person: str = ""
    often_enough: str = ""
    reaction: str = ""
    training_gap: str = ""
    effect: str = ""
    decision: str = ""
    kept_because: str = ""
    carried_from: str = ""


@dataclass(frozen=True, kw_only=True)
class LogEntry(Record):
    log_id: str
    pupil: str = ""
    provision: str = ""
    date: date | None = None
    delivered: bool = False
    by_staff: str = ""
    response: int | None = None
    place: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Review(Record):
    review_id: str
    pupil: str = ""
    cycle: str = ""
    date: date | None = None
    minutes: float | None = None
    mode: str = ""
    type: str = ""
    led_by: str = ""
    note_taker: str = ""
    staff_present: tuple[str, ...] = ()
    parents_present: str = ""
    apologies: str = ""
    child_participation: str = ""
    child_view: str = ""
    home_view: str = ""
    school_view: str = ""
    aspirations_right: str = ""
    impact_summary: str = ""
    quality: str = ""
    overall_progress: str = ""
    next_step: str = ""
    cause_for_concern: bool = False
    parent_agreement: str = ""
    parent_comment: str = ""
    actions: tuple[str, ...] = ()
    mis_updated: Day | None = None
    staff_note: str = ""
    next_review_date: Day | None = None
    copy_sent: Day | None = None
