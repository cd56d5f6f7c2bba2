"""R01: parents are told, formally, before SEN support is carried out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.cycle import DO
from server.plans.model import Contact, Finding, Notification, Pupil, School, grouped
from server.plans.rights import holds_own_rights
from server.plans.rules.live import LiveCycle, live_cycles
from server.plans.rules.rule import Rule
from server.plans.sharing import is_entitled

RULE = Rule(
    id="R01",
    force="must",
    source="Children and Families Act 2014 s.68; Code of Practice 5.38, 5.40, 6.48",
    title="Parents are notified before the plan starts",
)


def check(school: School, today: date) -> Iterator[Finding]:
    """One finding per entitled parent of a K pupil with a live cycle and no complete notification."""
    if not school.sees_contacts:
        return
    notifications = grouped(school.notifications, lambda row: row.pupil)
    for live in live_cycles(school):
        if live.pupil.sen_status != "K":
            continue
        told = _told(live.pupil, notifications.get(live.pupil.pupil_id, ()), today)
        if live.pupil.pupil_id in told and holds_own_rights(live.pupil, today):
            continue
        entitled = [row for row in school.contacts_of.get(live.pupil.pupil_id, ()) if is_entitled(row)]
        yield from _findings(school, live, entitled, told)


def _told(pupil: Pupil, notifications: tuple[Notification, ...], today: date) -> set[str]:
    """Who has been told; a notification that names no contact went to the young person."""
    return {row.contact or pupil.pupil_id for row in notifications if _is_complete(row, today)}


def _is_complete(row: Notification, today: date) -> bool:
    """Dated, by some method, and of SEN support: an invitation or a notice of its end is another letter."""
    is_notice = not row.kind or "notification" in row.kind.casefold()
    return is_notice and row.date is not None and row.date <= today and bool(row.method.strip())


def _findings(school: School, live: LiveCycle, entitled: list[Contact], told: set[str]) -> Iterator[Finding]:
    level = _level(school, live)
    pupil_id = live.pupil.pupil_id
    if not entitled:
        yield RULE.finding(
            level,
            pupil_id,
            live.pupil.cell("pupil_id"),
            "No parent or carer who may be told of SEN support is listed in Contacts",
            "Add the parents or carers in Contacts, notify them, and record it in Notifications.",
        )
    for contact in entitled:
        if contact.contact_id not in told:
            yield RULE.finding(
                level,
                pupil_id,
                contact.cell("contact_id"),
                f"{contact.contact_id} has no notification of SEN support with a date and a method",
                "Tell this parent, then record the date, the method and the recipient in Notifications.",
            )


def _level(school: School, live: LiveCycle) -> str:
    """A private nursery should notify (the Code); every other setting must (the Act)."""
    if "private" in school.settings.kind.casefold():
        return "amber"
    return "red" if live.step >= DO else "block"
