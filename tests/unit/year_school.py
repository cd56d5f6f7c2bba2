"""One pupil with a year of cycles behind them, for the tests of rules that look back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from server.plans.model import (
    Contact,
    Cycle,
    Finding,
    LogEntry,
    Meeting,
    Outcome,
    Paper,
    Provision,
    Pupil,
    Review,
    School,
    Settings,
    Term,
)
from server.plans.register import Register
from server.plans.rules import RULES
from server.plans.rules.exemptions import audible

TODAY = date(2026, 11, 23)
TERMS = tuple(
    Term(name="", start=start, end=end)
    for start, end in (
        (date(2025, 9, 2), date(2025, 10, 24)),
        (date(2025, 11, 3), date(2025, 12, 19)),
        (date(2026, 1, 5), date(2026, 2, 13)),
        (date(2026, 2, 23), date(2026, 3, 27)),
        (date(2026, 4, 13), date(2026, 5, 22)),
        (date(2026, 6, 1), date(2026, 7, 21)),
        (date(2026, 9, 2), date(2026, 10, 23)),
        (date(2026, 11, 2), date(2026, 12, 18)),
        (date(2027, 1, 4), date(2027, 2, 12)),
        (date(2027, 2, 22), date(2027, 3, 25)),
        (date(2027, 4, 12), date(2027, 5, 28)),
        (date(2027, 6, 7), date(2027, 7, 21)),
    )
)
SETTINGS = Settings(phase="Primary", kind="Community primary", terms=TERMS)
PUPIL = Pupil(pupil_id="P1", dob=date(2018, 5, 1), sen_status="K", tier="Targeted", sen_identified=date(2025, 9, 15))
BEFORE = Cycle(
    cycle_id="C1",
    pupil="P1",
    stage="Closed",
    assess_date=date(2026, 4, 20),
    plan_agreed_date=date(2026, 4, 20),
    review_due_date=date(2026, 7, 7),
    review_held_date=date(2026, 7, 7),
    needs_summary="Short sentences",
)
LIVE = replace(
    BEFORE,
    cycle_id="C2",
    stage="Do",
    assess_date=date(2026, 9, 14),
    plan_agreed_date=date(2026, 9, 14),
    review_due_date=date(2026, 12, 3),
    review_held_date=None,
)
REVIEW = Review(
    review_id="R1",
    pupil="P1",
    cycle="C1",
    date=date(2026, 7, 7),
    led_by="ST1",
    note_taker="ST2",
    staff_present=("ST1", "ST2"),
    parents_present="Ann Parent",
    child_participation="Part",
    child_view="I like it",
    home_view="Calmer",
    impact_summary="Reads more.",
    overall_progress="As expected",
    next_step="Leave as it is",
    parent_agreement="Agree",
    next_review_date=date(2026, 12, 3),
    copy_sent=date(2026, 7, 9),
)
DONE = Outcome(
    outcome_id="O1", pupil="P1", cycle="C1", baseline_rating=2, expected_rating=6, actual_rating=5, result=""
)
NEXT = replace(DONE, outcome_id="O2", cycle="C2", actual_rating=None)
GIVEN = Provision(
    provision_id="V1",
    pupil="P1",
    cycle="C1",
    outcomes=("O1",),
    what="Narrative group",
    kind="Small group",
    sessions_per_week=3,
    weeks=11,
    start_date=date(2026, 4, 20),
    evidence_basis="Published programme",
    sessions_delivered=33,
    effect="Some",
    decision="Tweak",
)
GIVING = replace(
    GIVEN,
    provision_id="V2",
    cycle="C2",
    outcomes=("O2",),
    start_date=date(2026, 9, 14),
    sessions_delivered=27,
    effect="",
    decision="",
)
CONTACT = Contact(contact_id="K1", pupil="P1", receives_plan_copy=True, restriction_kind="none")
SCHOOL = School(
    settings=SETTINGS,
    pupils=(PUPIL,),
    contacts=(CONTACT,),
    cycles=(BEFORE, LIVE),
    reviews=(REVIEW,),
    outcomes=(DONE, NEXT),
    provision=(GIVEN, GIVING),
)


def said(school: School, rule: str, today: date = TODAY) -> list[Finding]:
    """What one rule says, exemptions applied."""
    register = Register(school, today)
    check = next(check for known, check in RULES if known.id == rule)
    return list(audible(register, check(register, today), today))


def levels(school: School, rule: str, today: date = TODAY) -> list[str]:
    return [row.level for row in said(school, rule, today)]


def pupil(**changes: Any) -> School:
    return replace(SCHOOL, pupils=(replace(PUPIL, **changes),))


def before(**changes: Any) -> School:
    return replace(SCHOOL, cycles=(replace(BEFORE, **changes), LIVE))


def live(**changes: Any) -> School:
    return replace(SCHOOL, cycles=(BEFORE, replace(LIVE, **changes)))


def review(**changes: Any) -> School:
    return replace(SCHOOL, reviews=(replace(REVIEW, **changes),))


def done(**changes: Any) -> School:
    return replace(SCHOOL, outcomes=(replace(DONE, **changes), NEXT))


def given(**changes: Any) -> School:
    return replace(SCHOOL, provision=(replace(GIVEN, **changes), GIVING))


def giving(**changes: Any) -> School:
    return replace(SCHOOL, provision=(GIVEN, replace(GIVING, **changes)))


def cycles_that_went(*progress: str) -> School:
    """Closed cycles one after the other, a term each, that went like this; none is live."""
    starts = (date(2025, 9, 15), date(2026, 1, 12), date(2026, 4, 20), date(2026, 9, 14))[: len(progress)]
    ends = (date(2025, 12, 8), date(2026, 3, 23), date(2026, 7, 7), date(2026, 11, 16))
    cycles = tuple(
        replace(BEFORE, cycle_id=f"C{n}", plan_agreed_date=start, review_due_date=end, review_held_date=end)
        for n, (start, end) in enumerate(zip(starts, ends, strict=False), start=1)
    )
    reviews = tuple(
        replace(REVIEW, review_id=f"R{n}", cycle=f"C{n}", date=ends[n - 1], overall_progress=went)
        for n, went in enumerate(progress, start=1)
    )
    return replace(SCHOOL, cycles=cycles, reviews=reviews, outcomes=(), provision=())


def with_paper(school: School, table: str, **values: Any) -> School:
    """One row of a tab that has no field of its own."""
    paper = Paper(paper_id="X1", pupil="P1", values={"pupil": "P1", **values})
    return replace(school, papers={**school.papers, table: (*school.papers.get(table, ()), paper)})


def sessions(provision_id: str, days: Iterable[date], *, delivered: bool = True) -> tuple[LogEntry, ...]:
    return tuple(
        LogEntry(log_id=f"L{n}", pupil="P1", provision=provision_id, date=day, delivered=delivered)
        for n, day in enumerate(days)
    )


def met(*days: date, **changes: Any) -> tuple[Meeting, ...]:
    meeting = Meeting(
        meeting_id="M1", pupil="P1", type="Termly review", status="Held", parent_present=True, senco_present=True
    )
    return tuple(replace(meeting, meeting_id=f"M{n}", **{"date": day, **changes}) for n, day in enumerate(days))
