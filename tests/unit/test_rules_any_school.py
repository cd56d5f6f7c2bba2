"""No school, however half-filled, makes the rules fall over."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.plans.model import (
    Contact,
    Cycle,
    EhcPlan,
    LogEntry,
    Meeting,
    Notification,
    Outcome,
    Paper,
    Provision,
    Pupil,
    Record,
    Review,
    School,
    Settings,
    Staff,
    Term,
    View,
)
from server.plans.register import PAPERS
from server.plans.rules import LEVELS, RULES, findings

IDS = st.sampled_from(["", "P1", "P2", "C1", "O1"])
TEXT = st.sampled_from(["", " ", "K", "E", "N", "NSA", "Do", "Plan", "Closed", "Booked", "Held", "child", "5 of 6"])
DATES = st.none() | st.dates()
NUMBERS = st.none() | st.floats(0, 500)
RATINGS = st.none() | st.integers(-5, 99)
COMMON = {"cells": st.just({"any": "Tab!A2"})}
LISTS = st.lists(IDS, max_size=2).map(tuple)


def rows(kind: type, **fields: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(st.builds(kind, **COMMON, **fields), max_size=2).map(tuple)


ROLES = st.sampled_from(["", "SENCO", "Teaching assistant", "Class teacher", "safeguarding concern"])
CHOICES = ["", "K", "N", "Closed", "Training", "My Support Plan", "R01", "R12", "r36 ", "Parental responsibility"]
DAYS = st.none() | st.dates(date(2025, 9, 1), date(2027, 9, 1)) | st.dates()
BY_TYPE: dict[str, st.SearchStrategy] = {
    "str": st.sampled_from(
        [*CHOICES, "P1", "C1", "O1", "ST1", "sexual abuse", "no safeguarding concern", "\x00 \ud800"]
    ),
    "date | None": DAYS,
    "Day | None": DAYS,
    "bool": st.booleans(),
    "int | None": st.none() | st.integers(-5, 10**9),
    "float | None": NUMBERS,
    "tuple[str, ...]": LISTS,
}
"""What a cell may give, by the type of its field."""


def papers(kind: type[Record]) -> st.SearchStrategy:
    """Up to two rows of a tab, every column with some value that its type allows."""
    declared = {name: BY_TYPE[told] for name, told in kind.declared.items() if name != kind.id_field}
    declared["pupil"] = IDS
    row = st.builds(Paper, **COMMON, paper_id=IDS, pupil=IDS, values=st.fixed_dictionaries(declared))
    return st.lists(row, max_size=2).map(tuple)


TABS = {table: papers(kind) for kind, table in PAPERS.items()}


@st.composite
def tabs(draw: st.DrawFn) -> dict[str, tuple[Paper, ...]]:
    """Some of the tabs that are read as papers."""
    return {name: draw(TABS[name]) for name in draw(st.sets(st.sampled_from(sorted(TABS)), max_size=5))}


SCHOOLS = st.builds(
    School,
    settings=st.builds(
        Settings,
        kind=st.sampled_from(["", "Academy", "Private nursery"]),
        phase=st.sampled_from(["", "EYFS"]),
        safeguarding_lead=TEXT,
        privacy_assessed=DATES,
        pack_papers=st.sampled_from([(), ("reports",)]),
        terms=rows(Term, name=TEXT, start=st.dates(), end=st.dates()),
        closed_days=st.lists(st.dates(), max_size=2).map(tuple),
    ),
    pupils=rows(
        Pupil,
        pupil_id=IDS,
        dob=DATES,
        sen_status=TEXT,
        primary_need=TEXT,
        secondary_need=TEXT,
        accountable_staff=LISTS,
        senco_staff=IDS,
        sen_identified=DATES,
        joined=DATES,
        left=DATES,
    ),
    cycles=rows(
        Cycle,
        cycle_id=IDS,
        pupil=IDS,
        stage=TEXT,
        assess_date=DATES,
        cycle_number=st.none() | st.integers(-1, 2),
        plan_agreed_date=DATES,
        review_due_date=DATES,
        review_held_date=DATES,
        needs_summary=TEXT,
    ),
    outcomes=rows(
        Outcome,
        outcome_id=IDS,
        cycle=IDS,
        outcome=st.text(max_size=20),
        target=st.text(max_size=20),
        baseline_rating=RATINGS,
        expected_rating=RATINGS,
        midpoint_rating=RATINGS,
        actual_rating=RATINGS,
        target_date=DATES,
    ),
    provision=rows(
        Provision,
        provision_id=IDS,
        cycle=IDS,
        outcomes=LISTS,
        what=st.text(max_size=20),
        weeks=NUMBERS,
        sessions_per_week=NUMBERS,
        sessions_delivered=st.none() | st.integers(0, 500),
        start_date=DATES,
        training_gap=TEXT,
        decision=st.sampled_from(["", "Keep"]),
    ),
    log=rows(LogEntry, log_id=IDS, provision=IDS, date=DATES, delivered=st.booleans()),
    reviews=rows(
        Review,
        review_id=IDS,
        cycle=IDS,
        date=DATES,
        overall_progress=st.sampled_from(["", "Less than expected", "Little or none", "Better than expected"]),
        next_step=st.sampled_from(["", "Hold PCP / My Support Plan"]),
        cause_for_concern=st.booleans(),
        copy_sent=DATES,
    ),
    meetings=rows(
        Meeting,
        meeting_id=IDS,
        pupil=IDS,
        cycle=IDS,
        date=DATES,
        status=TEXT,
        type=st.sampled_from(["", "PCP", "Parents' evening", "Early discussion"]),
        parent_present=st.booleans(),
    ),
    views=rows(View, view_id=IDS, pupil=IDS, who=TEXT, date=DATES, words=TEXT),
    contacts=rows(Contact, contact_id=IDS, pupil=IDS, receives_plan_copy=st.booleans(), restriction_kind=TEXT),
    notifications=rows(Notification, notification_id=IDS, pupil=IDS, contact=IDS, date=DATES, method=TEXT),
    ehc_plans=rows(EhcPlan, ehc_id=IDS, pupil=IDS, issued=DATES),
    staff=rows(Staff, staff_id=IDS, name=TEXT, role=ROLES, external=st.booleans()),
    papers=tabs(),
    sees_contacts=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(SCHOOLS, st.dates())
def test_findings_never_fail_and_are_always_complete(school: School, today: date) -> None:
    known = {rule.id for rule, _ in RULES}
    of_school = {rule.id for rule, _ in RULES if rule.of_school}
    pupils = {row.pupil_id for row in school.pupils}
    for found in findings(school, today):
        assert found.level in LEVELS
        assert found.rule in known
        assert found.pupil_id in pupils or (not found.pupil_id and found.rule in of_school)
        assert found.message
        assert found.action


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(SCHOOLS, st.dates())
def test_a_teachers_view_never_speaks_of_contacts(school: School, today: date) -> None:
    teacher = School(**{**school.__dict__, "sees_contacts": False})
    silent = {"R01", "R02", "R07", "R18", "R40", "R51", "R58", "R60", "R61", "R64"}
    assert not [row for row in findings(teacher, today) if row.rule in silent]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(SCHOOLS, st.dates())
def test_no_row_of_exceptions_silences_a_stop_or_a_duty_in_law(school: School, today: date) -> None:
    bare = School(**{**school.__dict__, "papers": {k: v for k, v in school.papers.items() if k != "exceptions"}})
    with_rows, without = set(findings(school, today)), set(findings(bare, today))
    assert with_rows <= without
    for lost in without - with_rows:
        assert lost.pupil_id
        assert lost.lifted_by == "senco" or (lost.level != "block" and lost.force != "must")
