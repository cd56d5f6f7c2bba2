"""R51: everybody who is a parent in law gets their own copy, and nothing of one home shows in another's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from server.plans.model import Contact, Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.sharing import REDACT, is_entitled

RULE = Rule(
    id="R51",
    force="must",
    source="Education Act 1996 s.576; DfE guidance on parental responsibility",
    title="Each parent gets their own copy",
    for_parents="Each parent or carer who may have the plan gets their own copy. No copy tells of another home.",
    mover="senco",
)
UNSHOWN = re.compile(r"\s*\b(?:must|may|can|is|are)\b.*$", re.IGNORECASE | re.DOTALL)
"""What a restriction says after what it is about."""
COUNT = ("no", "one", "Two", "Three", "Four", "Five", "Six")


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One note per pupil with several recipients of different standing, saying who they are and what is left out."""
    for pupil_id, contacts in register.contacts.items():
        if pupil_id in register.pupils:
            recipients = [contact for contact in contacts if is_entitled(contact)]
            if _needs_a_note(recipients):
                yield _note(recipients, pupil_id)
            yield from _without_copy(contacts)


def _needs_a_note(recipients: list[Contact]) -> bool:
    homes = {contact.household_key for contact in recipients}
    mixed = any(not contact.parental_responsibility for contact in recipients)
    return len(homes) > 1 and (mixed or any(contact.restriction_kind == REDACT for contact in recipients))


def _note(recipients: list[Contact], pupil_id: str) -> Finding:
    who = ", ".join(f"{_relationship(contact)} ({_standing(contact)})" for contact in recipients)
    left_out = [contact for contact in recipients if contact.restriction_kind == REDACT]
    redacted = "".join(f"; {_redaction(contact)}" for contact in left_out)
    number = COUNT[len(recipients)] if len(recipients) < len(COUNT) else str(len(recipients))
    return RULE.finding(
        "info",
        recipients[0],
        "contact_id",
        f"{number} recipients: {who}{redacted}",
        "Nothing to do: each household has its own copy. Look at a copy before you share it for the first time.",
        pupil_id=pupil_id,
    )


def _relationship(contact: Contact) -> str:
    """``mother``, ``carer``, ``local authority``."""
    text = contact.relationship.split(" (")[0].strip().casefold() or "contact"
    return "carer" if text.endswith("carer") else text


def _standing(contact: Contact) -> str:
    return "PR" if contact.parental_responsibility else "care, no PR" if contact.lives_with_child else "no PR"


def _redaction(contact: Contact) -> str:
    said = UNSHOWN.sub("", contact.restriction).strip()
    what = said[:1].lower() + said[1:] if said else "what the restriction says"
    return f"redact {what} from {_relationship(contact)}'s copy"


def _without_copy(contacts: tuple[Contact, ...]) -> Iterator[Finding]:
    """Parents in law who get no copy although nothing forbids it."""
    for contact in contacts:
        is_parent = contact.parental_responsibility or contact.lives_with_child
        if is_parent and contact.restriction_kind == "none" and not contact.receives_plan_copy:
            yield RULE.finding(
                "info",
                contact,
                "receives_plan_copy",
                f"{contact.contact_id} counts as a parent but gets no copy, and no restriction says why",
                "Tick that they receive a copy, or write the restriction down.",
            )
