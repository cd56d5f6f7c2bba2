"""R42: the council's time for an EHC needs assessment runs from the day it got the request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from server.plans.model import EhcRequest, Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days
from server.plans.terms import weeks_from

RULE = Rule(
    id="R42",
    force="must",
    source="SEND Regulations 2014 reg. 5, 10 and 13; Code of Practice 9.8, 9.41 to 9.44",
    title="The council answers within 6, 16 and 20 weeks",
    for_parents="The council says within 6 weeks if it will look into your child's needs. A final plan comes by "
    "week 20.",
    mover="council",
)
NOTICE = 14
CLOSED = "no"


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """One answer the council owes: the field that records it, by when, and what it is."""

    field: str
    due: date
    what: str


def milestones(request: EhcRequest) -> tuple[Milestone, ...]:
    """What the council still owes on a request it has received, in order; nothing once it has said no."""
    if request.received is None or CLOSED in (request.assess_decision.casefold(), request.plan_decision.casefold()):
        return ()
    owed = (
        ("assess_decided", 6, "decides whether to assess"),
        ("plan_decided", 16, "decides whether to make a plan"),
        ("final_plan", 20, "issues the final plan"),
    )
    return tuple(
        Milestone(field=field, due=weeks_from(request.received, weeks), what=what)
        for field, weeks, what in owed
        if getattr(request, field) is None
    )


def check(register: Register, today: date) -> Iterator[Finding]:
    """The next answer that the council owes: amber within 14 days, red once it is late."""
    if not register.sees_contacts:
        return
    for request in register.all(EhcRequest):
        if request.pupil in register.pupils:
            for milestone in milestones(request)[:1]:
                yield _next(request, milestone, today)
            if request.sent and request.received is None:
                yield _unconfirmed(request)


def _next(request: EhcRequest, milestone: Milestone, today: date) -> Finding:
    left = (milestone.due - today).days
    state = f"{days(-left)} late" if left < 0 else f"in {days(left)}"
    return RULE.finding(
        "red" if left < 0 else "amber" if left <= NOTICE else "info",
        request,
        milestone.field,
        f"The council {milestone.what} by {milestone.due}: {state}",
        "Ask the council, and record its answer." if left <= NOTICE else "Nothing to do yet.",
    )


def _unconfirmed(request: EhcRequest) -> Finding:
    return RULE.finding(
        "prompt",
        request,
        "received",
        "The EHC request is sent, but not the day the council received it: its time runs from there",
        "Ask the council for the date, and enter it.",
        mover="senco",
    )
