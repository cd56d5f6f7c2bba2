"""R52: from the summer a pupil turns 16 the rights are their own, and so is the choice of who sees the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Contact, Finding, Pupil
from server.plans.register import Register
from server.plans.rights import holds_own_rights
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R52",
    force="must",
    source="Children and Families Act 2014 s.83; Code of Practice 8.13 to 8.18",
    title="Young people hold their own rights",
    for_parents="From the summer your child turns 16, they choose who sees the plan, if they are able to.",
    mover="senco",
)
UNASKED = ("", "not asked yet")


def check(register: Register, today: date) -> Iterator[Finding]:
    """A stop for each parent whom the young person keeps out; a prompt where nobody has asked the young person."""
    for pupil in register.school.pupils:
        if pupil.sen_status in ("K", "E") and pupil.left is None and holds_own_rights(pupil, today):
            contacts = register.contacts.get(pupil.pupil_id, ())
            yield from (_kept_out(contact) for contact in contacts if contact.restriction_kind == "no_information")
            yield from _unasked(pupil, contacts)


def _kept_out(contact: Contact) -> Finding:
    return RULE.finding(
        "block",
        contact,
        "restriction_kind",
        f"{contact.name or contact.contact_id} must not receive the plan (young person's decision)",
        "Nothing is sent to this person. If the young person changes their mind, record it in Contacts.",
    )


def _unasked(pupil: Pupil, contacts: tuple[Contact, ...]) -> Iterator[Finding]:
    shares = any(contact.receives_plan_copy for contact in contacts)
    if shares and pupil.own_choice.strip().casefold() in UNASKED:
        yield RULE.finding(
            "prompt",
            pupil,
            "own_choice",
            "The rights are the young person's own now, and nobody has written down whom they let see the plan",
            "Ask, and enter their choice in Pupils and Contacts. Say who acts for them if they can't choose.",
        )
