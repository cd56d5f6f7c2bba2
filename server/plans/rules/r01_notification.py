"""R01: parents are told, formally, before SEN support is carried out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from server.plans.cycle import DO
from server.plans.model import Contact, Finding, Notification, Pupil, Record, Settings
from server.plans.register import LiveCycle, Register
from server.plans.rights import holds_own_rights
from server.plans.rules.notices import is_notice
from server.plans.rules.rule import Rule
from server.plans.sharing import is_entitled

RULE = Rule(
    id="R01",
    force="must",
    source="Children and Families Act 2014 s.68; Code of Practice 5.38, 5.40, 6.48",
    title="Parents are notified before the plan starts",
    for_parents="We tell you before extra help starts. We write down the day.",
)
FOR_PRIVATE_NURSERIES = replace(RULE, force="should", source="Code of Practice 5.38, 5.40")
"""The Act binds schools and maintained nurseries; a private nursery is bound by the Code."""
OVERRIDE = " The SENCO may decide otherwise: a row in Exceptions for R01, with the reason and the SENCO's name."


def check(register: Register, today: date) -> Iterator[Finding]:
    """One finding per entitled parent of a K pupil with a live cycle and no complete notification: a block before
    the plan starts, red after. In a private nursery the SENCO may lift it, with a reason; elsewhere nobody may."""
    if not register.sees_contacts:
        return
    for live in register.live:
        if live.pupil.sen_status != "K":
            continue
        told = _told(live.pupil, register.notifications.get(live.pupil.pupil_id, ()), today)
        if live.pupil.pupil_id in told and holds_own_rights(live.pupil, today):
            continue
        entitled = [row for row in register.contacts.get(live.pupil.pupil_id, ()) if is_entitled(row)]
        yield from _findings(register, live, entitled, told)


def _told(pupil: Pupil, notifications: tuple[Notification, ...], today: date) -> set[str]:
    """Who has been told; a notification that names no contact went to the young person."""
    return {row.contact or pupil.pupil_id for row in notifications if _is_complete(row, today)}


def _is_complete(row: Notification, today: date) -> bool:
    """Dated, by some method, and of SEN support."""
    return is_notice(row) and row.date is not None and row.date <= today and bool(row.method.strip())


def _findings(register: Register, live: LiveCycle, entitled: list[Contact], told: set[str]) -> Iterator[Finding]:
    if not entitled:
        yield _finding(
            register,
            live,
            live.pupil,
            "No parent or carer who may be told of SEN support is listed in Contacts",
            "Add the parents or carers in Contacts, notify them, and record it in Notifications.",
        )
    for contact in entitled:
        if contact.contact_id not in told:
            yield _finding(
                register,
                live,
                contact,
                f"{contact.contact_id} has no notification of SEN support with a date and a method",
                "Tell this parent, then record the date, the method and the recipient in Notifications.",
            )


def _finding(register: Register, live: LiveCycle, row: Record, message: str, action: str) -> Finding:
    private = _is_private_nursery(register.settings)
    rule = FOR_PRIVATE_NURSERIES if private else RULE
    level = "red" if live.step >= DO else "block"
    found = rule.finding(level, row, row.id_field, message, action + (OVERRIDE if private else ""))
    return replace(found, lifted_by="senco" if private else "")


def _is_private_nursery(settings: Settings) -> bool:
    kind = settings.kind.casefold()
    return "private" in kind and (settings.is_early_years or "nurser" in kind)
