"""R44: the papers of an annual review go out in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import EhcPlan, Finding
from server.plans.register import Register
from server.plans.rules.annual_review import ReviewDates, review_dates
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days

RULE = Rule(
    id="R44",
    force="must",
    source="SEND Regulations 2014 reg. 20; councils' pages",
    title="Annual-review papers go out two weeks before and after",
    for_parents="Each year we meet about the EHC plan. You have all the papers two weeks before.",
    mover="senco",
)
NOTICE = 7
LONGEST_HISTORY = 182
Paper = tuple[str, str, date | None, str]


def check(register: Register, today: date) -> Iterator[Finding]:
    """For each paper of a booked or held review that has not gone out: amber within a week of its day, then red."""
    for plan in register.school.ehc_plans:
        pupil = register.pupils.get(plan.pupil)
        if pupil and plan.meeting_on and (today - plan.meeting_on).days <= LONGEST_HISTORY:
            yield from _unsent(plan, review_dates(plan, pupil), today)


def _unsent(plan: EhcPlan, dates: ReviewDates, today: date) -> Iterator[Finding]:
    papers: tuple[Paper, ...] = (
        ("invited", "Invitations were to go out", dates.invite_by, "senco"),
        ("advice_circulated", "Advice was to be sent round", dates.advice_by, "senco"),
        ("report_sent", "The report is to reach everybody invited", dates.report_by, "senco"),
        ("decided", "The council is to decide", dates.decision_by, "council"),
    )
    for field, what, by, mover in papers:
        sent = getattr(plan, field)
        if by is None:
            continue
        if sent is None and (by - today).days <= NOTICE:
            yield _finding(plan, field, what, by, today, mover)
        elif sent is not None and sent > by:
            yield RULE.finding(
                "history", plan, field, f"{what} by {by}; done {days((sent - by).days)} late", "Kept in the record."
            )


def _finding(plan: EhcPlan, field: str, what: str, by: date, today: date, mover: str) -> Finding:
    late = (today - by).days
    state = f"{days(late)} late" if late > 0 else f"in {days(-late)}" if late else "today"
    return RULE.finding(
        "red" if late > 0 else "amber",
        plan,
        field,
        f"{what} by {by}: {state}",
        "Send it now, and enter the day." if mover == "senco" else "Ask the council, and enter the day it decided.",
        mover=mover,
    )
