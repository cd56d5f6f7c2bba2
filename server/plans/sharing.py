"""Who may read which copy. Everything here fails closed: in doubt, nobody is given anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from server.plans.mailbox import address, mailbox
from server.plans.model import Contact, Problem, Pupil, School, Staff

REDACT = "redact"
UNSAID = (
    "Say whether anything is held back from this person: none, redact or no_information. Until then they get nothing."
)
NO_ADDRESS = "This is not an e-mail address, so this person has been given nothing. Type one address."
SAME_MAILBOX = "Somebody who must get nothing uses this address too, so nothing goes there. Ask for another address."
OPEN_KINDS = frozenset({"none", REDACT})


def is_entitled(contact: Contact) -> bool:
    """Whether this contact may have a copy and an invitation (R51, R53).

    Only a restriction that was read and is known to allow it does so."""
    return contact.receives_plan_copy and contact.restriction_kind in OPEN_KINDS


def barred_mailboxes(contacts: Iterable[Contact]) -> frozenset[str]:
    """Mailboxes of people who must get nothing: a shared mailbox follows the stricter row."""
    return frozenset(mailbox(address(c.email)) for c in contacts if not is_entitled(c)) - {""}


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One person who may open a copy."""

    contact_id: str
    email: str


@dataclass(frozen=True, kw_only=True)
class CopyFor:
    """One household's copy of one pupil's plan, and exactly who may read it."""

    pupil_id: str
    household: str
    readers: tuple[Reader, ...]

    @property
    def key(self) -> str:
        return f"{self.pupil_id}/{self.household}"


def contacts_of(school: School, pupil_id: str) -> tuple[Contact, ...]:
    return tuple(c for c in school.contacts_of.get(pupil_id, ()) if c.pupil == pupil_id)


def invited(school: School, pupil_id: str) -> tuple[Reader, ...]:
    """The parents and carers who may be told about this pupil's meetings."""
    contacts = contacts_of(school, pupil_id)
    barred = barred_mailboxes(contacts)
    return tuple(_readers((c for c in contacts if is_entitled(c)), barred))


def copies_for(school: School, pupil: Pupil) -> tuple[CopyFor, ...]:
    """One copy per household with somebody entitled to it."""
    contacts = contacts_of(school, pupil.pupil_id)
    barred = barred_mailboxes(contacts)
    households = dict.fromkeys(c.household_key for c in contacts if is_entitled(c))
    found = []
    for household in households:
        members = (c for c in contacts if is_entitled(c) and c.household_key == household)
        found.append(CopyFor(pupil_id=pupil.pupil_id, household=household, readers=tuple(_readers(members, barred))))
    return tuple(found)


def _readers(contacts: Iterable[Contact], barred: frozenset[str]) -> Iterator[Reader]:
    given: set[str] = set()
    for contact in contacts:
        email = address(contact.email)
        if email and mailbox(email) not in barred | given:
            given.add(mailbox(email))
            yield Reader(contact_id=contact.contact_id, email=email)


def contact_problems(school: School) -> Iterator[Problem]:
    """Contacts who get nothing because a cell is empty or can't be an address, and what to do."""
    for contact in school.contacts:
        if contact.name and not contact.restriction_kind:
            yield Problem(cell=contact.cell("restriction_kind"), message=UNSAID)
        elif is_entitled(contact) and not address(contact.email):
            yield Problem(cell=contact.cell("email"), message=NO_ADDRESS)
        elif is_entitled(contact) and mailbox(contact.email) in barred_mailboxes(contacts_of(school, contact.pupil)):
            yield Problem(cell=contact.cell("email"), message=SAME_MAILBOX)


def is_senco_team(person: Staff) -> bool:
    """Whether this person's role is on the SENCO team, who see every plan."""
    role = person.role.casefold()
    return "senco" in role or "sendco" in role


def answers_for(school: School, pupils: Collection[str]) -> frozenset[str]:
    """Staff ids of those who answer for one of these pupils every day, or give them help in a running cycle."""
    running = {cycle.cycle_id for cycle in school.cycles if cycle.is_open}
    main = {staff_id for pupil in school.pupils if pupil.pupil_id in pupils for staff_id in pupil.accountable_staff}
    helpers = {p.delivered_by for p in school.provision if p.pupil in pupils and p.cycle in running}
    return frozenset(main | helpers) - {""}


def group_editors(school: School, pupils: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """As ``plan_editors``, for the workbook of some pupils alone: of those ticked, the SENCO team and who answers.

    While no pupil stands there, or one of them names no main adult, nobody who is ticked loses it."""
    allowed, refused = plan_editors(school)
    answering = answers_for(school, pupils)
    near = {address(s.email) for s in school.staff if is_senco_team(s) or s.staff_id in answering}
    far = allowed - near
    sure = pupils and all(p.accountable_staff for p in school.pupils if p.pupil_id in pupils)
    return allowed - far, refused | far if sure else refused


def plan_editors(school: School) -> tuple[frozenset[str], frozenset[str]]:
    """Staff addresses that may edit the plan workbooks, and staff addresses that may not.

    Addresses in neither set were given access by hand and are nobody's business here."""
    staff = [s for s in school.staff if address(s.email)]
    allowed = frozenset(address(s.email) for s in staff if s.edits_plans and not s.external)
    return allowed, frozenset(address(s.email) for s in staff) - allowed
