"""The smallest school in order, and the same with one thing changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from server.plans.model import (
    Contact,
    Cycle,
    Finding,
    Meeting,
    Notification,
    Outcome,
    Paper,
    Provision,
    Pupil,
    School,
    Settings,
    Term,
)
from server.plans.rules import findings

TODAY = date(2026, 11, 23)
SETTINGS = Settings(
    kind="Community primary",
    privacy_assessed=date(2026, 9, 1),
    terms=(
        Term(name="Autumn 1", start=date(2026, 9, 2), end=date(2026, 10, 23)),
        Term(name="Autumn 2", start=date(2026, 11, 2), end=date(2026, 12, 18)),
        Term(name="Spring 1", start=date(2027, 1, 4), end=date(2027, 2, 12)),
        Term(name="Spring 2", start=date(2027, 2, 22), end=date(2027, 3, 25)),
        Term(name="Summer 1", start=date(2027, 4, 12), end=date(2027, 5, 28)),
        Term(name="Summer 2", start=date(2027, 6, 7), end=date(2027, 7, 21)),
    ),
)
PUPIL = Pupil(
    pupil_id="P1",
    first_name="Sam",
    last_name="Example",
    dob=date(2018, 5, 1),
    sen_status="K",
    primary_need="SLCN",
    accountable_staff=("ST1",),
    aspiration_child="To tell jokes",
)
CYCLE = Cycle(
    cycle_id="P1-C1",
    pupil="P1",
    stage="Do",
    assess_date=date(2026, 9, 21),
    plan_agreed_date=date(2026, 9, 21),
    review_due_date=date(2026, 12, 14),
    needs_summary="Short sentences",
    child_views="I like talking to Sam",
    parents_consulted="By phone",
    parents_consulted_date=date(2026, 9, 18),
)
OUTCOME = Outcome(
    outcome_id="O1",
    pupil="P1",
    cycle="P1-C1",
    area="Communication and interaction",
    outcome="By December Sam will link ideas so that stories make sense",
    target="Use 3 linking words in a retell",
    measure="Scored retell",
    baseline="1 linking word",
    baseline_rating=3,
    expected="3 linking words",
    expected_rating=6,
    target_date=date(2026, 12, 14),
)
PROVISION = Provision(
    provision_id="V1",
    pupil="P1",
    cycle="P1-C1",
    outcomes=("O1",),
    what="Narrative group",
    kind="Small group",
    delivered_by="ST2",
    expertise="Narrative training",
    when_where="Library, mornings",
    group_size=3,
    minutes_per_session=25,
    sessions_per_week=3,
    weeks=11,
    sessions_delivered=24,
)
MEETING = Meeting(
    meeting_id="M1", pupil="P1", cycle="P1-C1", date=date(2026, 12, 14), status="Booked", type="Termly review"
)
CONTACT = Contact(contact_id="C1", pupil="P1", receives_plan_copy=True, restriction_kind="none")
NOTIFICATION = Notification(notification_id="N1", pupil="P1", contact="C1", date=date(2026, 9, 18), method="Letter")
READS = tuple(
    Paper(
        paper_id=f"RD-{staff}",
        pupil="P1",
        values={"pupil": "P1", "cycle": "P1-C1", "staff": staff, "given": date(2026, 9, 21), "read": True},
    )
    for staff in ("ST1", "ST2")
)
SCHOOL = School(
    settings=SETTINGS,
    pupils=(PUPIL,),
    cycles=(CYCLE,),
    outcomes=(OUTCOME,),
    provision=(PROVISION,),
    meetings=(MEETING,),
    contacts=(CONTACT,),
    notifications=(NOTIFICATION,),
    papers={"reads": READS},
)


def said(school: School, rule: str, today: date = TODAY) -> list[Finding]:
    return [row for row in findings(school, today) if row.rule == rule]


def levels(school: School, rule: str, today: date = TODAY) -> list[str]:
    return [row.level for row in said(school, rule, today)]


def pupil(**changes: Any) -> School:
    return replace(SCHOOL, pupils=(replace(PUPIL, **changes),))


def cycle(**changes: Any) -> School:
    return replace(SCHOOL, cycles=(replace(CYCLE, **changes),))


def outcome(**changes: Any) -> School:
    return replace(SCHOOL, outcomes=(replace(OUTCOME, **changes),))


def provision(**changes: Any) -> School:
    return replace(SCHOOL, provision=(replace(PROVISION, **changes),))


def meeting(**changes: Any) -> School:
    return replace(SCHOOL, meetings=(replace(MEETING, **changes),))
