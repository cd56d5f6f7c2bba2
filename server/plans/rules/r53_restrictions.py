"""R53: whoever a court or a young person keeps out gets nothing, at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Contact, Finding
from server.plans.register import Register
from server.plans.rights import holds_own_rights
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R53",
    force="must",
    source="Education Act 1996 s.576; orders of a court; DfE guidance on parental responsibility",
    title="Restrictions are kept at once",
    mover="senco",
)
COURT = "court"


def check(register: Register, today: date) -> Iterator[Finding]:
    """A stop for each contact who must get nothing; R52 speaks where a young person decided it themselves."""
    for pupil_id, contacts in register.contacts.items():
        pupil = register.pupils.get(pupil_id)
        if pupil is None or (pupil.sen_status in ("K", "E") and holds_own_rights(pupil, today)):
            continue
        for contact in contacts:
            if contact.restriction_kind == "no_information":
                yield _barred(contact)
                if not contact.restriction.strip():
                    yield _unexplained(contact)


def _barred(contact: Contact) -> Finding:
    by_court = " (court order)" if COURT in contact.restriction.casefold() else ""
    return RULE.finding(
        "block",
        contact,
        "restriction_kind",
        f"{contact.name or contact.contact_id} must not receive copies, invitations or letters{by_court}",
        "Nothing is sent, and what was shared is taken back. Only the head or the SENCO lifts this, in Contacts.",
    )


def _unexplained(contact: Contact) -> Finding:
    return RULE.finding(
        "amber",
        contact,
        "restriction",
        f"{contact.contact_id} must get nothing, but no order, person or date is written down",
        "Write which order or decision it is, who saw it, and when.",
    )
