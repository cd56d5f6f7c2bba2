"""R58: the school has assessed what these records mean for people's privacy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R58",
    force="must",
    source="UK GDPR art. 6(1)(e), 9(2)(g) and 35; Data Protection Act 2018 sch. 1",
    title="A data protection impact assessment is done",
    for_parents="The school keeps the plan to help your child. The law allows that. We ask for your consent where "
    "you may say no: to a referral, a photo, or more sharing.",
    mover="head",
    of_school=True,
)


def check(register: Register, today: date) -> Iterator[Finding]:
    """Info, of the school as a whole, until Settings name the day of the assessment."""
    done = register.settings.privacy_assessed
    if not register.sees_contacts or not register.school.pupils or (done is not None and done <= today):
        return
    yield RULE.finding(
        "info",
        register.settings,
        "privacy_assessed",
        "Settings name no day on which a data protection impact assessment was done",
        "Ask your data protection officer; then enter its day under From, beside Data protection assessment.",
    )
