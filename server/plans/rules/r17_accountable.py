"""R17: one teacher or key person answers for the pupil, whoever gives the help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding, Pupil, Staff
from server.plans.register import Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R17",
    force="should",
    source="Code of Practice 5.42, 6.52",
    title="One teacher or key person answers for the pupil",
    for_parents="One teacher, or in nursery one key person, answers for your child every day. That stays so whoever "
    "gives the help.",
    mover="senco",
)
NOT_TEACHERS = ("teaching assistant", "hlta", "elsa", "mentor")
TAKES_OVER = "Name the class, subject or form teacher, or the key person. Whoever gives the help stays in Provision."


def check(register: Register, _today: date) -> Iterator[Finding]:
    """Per pupil with SEN: red where the main adult is an assistant or a visitor; amber where, between two plans,
    nobody or more than one is named (while a plan runs, R10 says that)."""
    running = {live.pupil.pupil_id for live in register.live}
    for pupil in register.here.values():
        if pupil.sen_status in ("K", "E"):
            yield from _wrong_people(register, pupil)
            if pupil.pupil_id not in running:
                yield from _wrong_number(pupil)


def _wrong_people(register: Register, pupil: Pupil) -> Iterator[Finding]:
    for staff_id in dict.fromkeys(pupil.accountable_staff):
        person = register.staff.get(staff_id)
        why = _why_not(person) if person else ""
        if why:
            yield RULE.finding("red", pupil, "accountable_staff", f"The main adult {staff_id} {why}", TAKES_OVER)


def _why_not(person: Staff) -> str:
    if person.external:
        return "is a visitor to the school"
    role = person.role.strip().casefold()
    return f"is a {person.role.strip()}, who helps but does not answer for the pupil" if role in NOT_TEACHERS else ""


def _wrong_number(pupil: Pupil) -> Iterator[Finding]:
    count = len(set(pupil.accountable_staff) - {""})
    if count != 1:
        state = f"{count} main adults are named" if count else "No main adult is named"
        yield RULE.finding("amber", pupil, "accountable_staff", f"{state}; one is to answer", TAKES_OVER)
