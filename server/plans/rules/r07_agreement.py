"""R07: no specialist is asked before somebody who may agree has agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding, Pupil, Referral
from server.plans.register import Register
from server.plans.rights import holds_own_rights
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed

RULE = Rule(
    id="R07",
    force="should",
    source="Code of Practice 5.39, 5.48; Hertfordshire SENDIASS",
    title="A specialist is asked only once it is agreed",
    for_parents="We ask a specialist about your child only when you have said yes. From 16 your child says it.",
    mover="senco",
)
YOUNG_PERSON = "young person"
HOW_TO_GO_ON = (
    "Ask a parent with parental responsibility, or the young person, and write in Referrals who agreed and when. "
    "Until then send nothing more, and ask the service to wait."
)


def check(register: Register, today: date) -> Iterator[Finding]:
    """Per referral: a block where it is sent without who agreed and when (or before that day); amber while one waits
    for agreement, or where a parent agreed although the right was the young person's; info where capacity or scope
    are not written down."""
    if not register.sees_contacts:
        return
    for referral in register.all(Referral):
        pupil = register.here.get(referral.pupil)
        if pupil is None:
            continue
        if not (referral.agreed_by.strip() and referral.agreed_date):
            yield from _unagreed(referral, today)
        else:
            yield from _agreed(referral, referral.agreed_date, pupil)


def _unagreed(referral: Referral, _today: date) -> Iterator[Finding]:
    gaps = [] if referral.agreed_by.strip() else [("agreed_by", "who agreed")]
    gaps += [] if referral.agreed_date else [("agreed_date", "when")]
    missing = listed(name for _, name in gaps)
    if referral.sent is not None:
        message = f"{referral.referral_id} is marked sent on {referral.sent}, but it is not written down {missing}"
        yield RULE.finding("block", referral, gaps[0][0], message, HOW_TO_GO_ON)
    elif referral.service.strip() or referral.question.strip():
        yield RULE.finding(
            "amber",
            referral,
            gaps[0][0],
            f"{referral.referral_id} waits for agreement: it is not written down {missing}",
            "Ask a parent with parental responsibility, or the young person, before you send it.",
        )


def _agreed(referral: Referral, agreed: date, pupil: Pupil) -> Iterator[Finding]:
    if referral.sent is not None and agreed > referral.sent:
        message = f"{referral.referral_id} is marked sent on {referral.sent}, before the agreement of {agreed}"
        yield RULE.finding("block", referral, "sent", message, f"Correct the dates if they are wrong. {HOW_TO_GO_ON}")
    if _parent_spoke_for_young_person(referral, agreed, pupil):
        yield RULE.finding(
            "amber",
            referral,
            "agreed_capacity",
            f"{referral.referral_id} was agreed by a parent on {agreed}, when the right was the young person's own",
            "Ask the young person too, unless they lack the capacity to decide this, and write it down.",
        )
    gaps = [] if referral.agreed_capacity.strip() else [("agreed_capacity", "in what capacity")]
    gaps += [] if any(text.strip() for text in referral.shared) else [("shared", "what may be shared")]
    if gaps and referral.sent is not None and referral.report_date is None:
        yield RULE.finding(
            "info",
            referral,
            gaps[0][0],
            f"{referral.referral_id} was agreed, but it is not written down {listed(name for _, name in gaps)}",
            "Write it in Referrals, so that nobody shares more than was agreed.",
        )


def _parent_spoke_for_young_person(referral: Referral, agreed: date, pupil: Pupil) -> bool:
    capacity = referral.agreed_capacity.strip().casefold()
    return capacity not in ("", YOUNG_PERSON) and holds_own_rights(pupil, agreed)
