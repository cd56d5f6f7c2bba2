"""R56: whoever may ask for all that is held about a pupil has it within a month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from server.plans.model import AccessRequest, Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days
from server.plans.terms import add_months

RULE = Rule(
    id="R56",
    force="must",
    source="UK GDPR art. 12 and 15; ICO guidance for education",
    title="Access requests are answered within a month",
    for_parents="You may ask to see what we hold about your child. You have our answer within a month.",
    mover="head",
    of_school=True,
)
NOTICE = 10
LONGEST_MONTHS = 3


def answer_by(request: AccessRequest) -> date | None:
    """One month after it was asked for; a later day where it was extended, three months at most."""
    if request.asked is None:
        return None
    month = add_months(request.asked, 1)
    return min(max(month, request.extended or month), add_months(request.asked, LONGEST_MONTHS))


def check(register: Register, today: date) -> Iterator[Finding]:
    """For each unanswered request: info, amber from ten days before its day, red after it. One about somebody who is
    in no workbook any more is the school's own."""
    if not register.sees_contacts:
        return
    for request in register.all(AccessRequest):
        by = answer_by(request)
        if by is None or request.answered is not None:
            continue
        left = (by - today).days
        state = f"{days(-left)} late" if left < 0 else f"in {days(left)}"
        found = RULE.finding(
            "red" if left < 0 else "amber" if left <= NOTICE else "info",
            request,
            "answered",
            f"Access request {request.request_id} is to be answered by {by}: {state}",
            "Make the subject-access export, take out what is about others, hand it over, and enter the day.",
        )
        yield found if request.pupil in register.pupils else replace(found, pupil_id="")
