"""R11: an outcome is a difference for the child, not a service; and there are few of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R11",
    force="local",
    source="Code of Practice 9.64 to 9.66; Islington, Sutton and Redcar guidance",
    title="An outcome is a difference for the child",
    for_parents="An aim says what will be different for your child.",
)
PURPOSE = re.compile(r"\bso that\b", re.IGNORECASE)
SERVICE = re.compile(
    r"\b(?:access(?:es|ing)?|attend(?:s|ing)?|receiv(?:e|es|ing))\b"
    r"|\b(?:have|has|having|get|gets)\b.{0,80}?\b(?:hours?|sessions?|(?-i:TA|TAs)|teaching assistants?)\b",
    re.IGNORECASE | re.DOTALL,
)


def check(register: Register, _today: date) -> Iterator[Finding]:
    """Advice on live outcomes that read as a service, and on more than four of them (or as Settings say)."""
    for live in register.live:
        for outcome in live.outcomes:
            if reads_as_service(outcome.outcome):
                yield RULE.finding(
                    "info",
                    outcome,
                    "outcome",
                    f"{outcome.outcome_id} reads as a service to be given, not as a difference for the child",
                    "Say what the child will do or feel; put the service in Provision.",
                    pupil_id=live.pupil.pupil_id,
                )
        if len(live.outcomes) > register.settings.most_outcomes:
            yield RULE.finding(
                "info",
                live.cycle,
                "cycle_id",
                f"{len(live.outcomes)} live outcomes; three or four are as many as most plans can carry",
                "Keep the outcomes that matter most this cycle.",
                pupil_id=live.pupil.pupil_id,
            )


def reads_as_service(outcome: str) -> bool:
    """Whether the outcome, up to its purpose ("so that …"), is about being given something."""
    return bool(SERVICE.search(PURPOSE.split(outcome, maxsplit=1)[0]))
