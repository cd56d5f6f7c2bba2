"""R35: the updated plan and the notes reach the parents within seven days of the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from server.plans import progress
from server.plans.model import Finding, Pupil
from server.plans.progress import Reviewed
from server.plans.register import Register
from server.plans.rights import holds_own_rights
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days, listed
from server.plans.sharing import is_entitled

RULE = Rule(
    id="R35",
    force="local",
    source="Devon DIAS factsheet; Code of Practice 6.71",
    title="Plan and notes are shared within seven days",
    for_parents="Within a week of each meeting you have the notes and the updated plan.",
)
SOON = 2
"""Days before the last that it begins to press."""
A_YEAR = timedelta(days=365)


def check(register: Register, today: date) -> Iterator[Finding]:
    """Amber on days 5 to 7 after a plan's last review, red from day 8 (or as Settings say), where nothing was sent;
    history where it was sent late, or a review before the last one names no day."""
    for pupil in register.school.pupils:
        for done in progress.reviewed(register, pupil.pupil_id):
            for row in done:
                yield from _sent_late(register, row)
            for row in done[:-1]:
                if _sent(register, row) is None:
                    yield _finding("history", row, f"No copy is recorded after {_met(row)}")
            if _sent(register, done[-1]) is None and _has_recipient(register, pupil, today):
                yield from _waiting(register, done[-1])


def _waiting(register: Register, row: Reviewed) -> Iterator[Finding]:
    passed = register.today - _met(row)
    gone = row.cycle.pupil not in register.here
    last = register.settings.copy_days
    if passed.days >= last - SOON:
        level = "history" if gone or passed > A_YEAR else "red" if passed.days > last else "amber"
        yield _finding(
            level,
            row,
            f"Plan copy not sent {days(passed.days)} after meeting of {_met(row)}",
            _to_do(register, row),
            "senco" if register.pupils[row.cycle.pupil].ready_to_share else "teacher",
        )


def _to_do(register: Register, row: Reviewed) -> str:
    """The steps left: a next plan, its tick, the sharing. A copy given out by hand needs none of them."""
    steps = [
        "begin the next cycle" if not progress.is_renewed(register, row) else "",
        "tick Ready to share" if not register.pupils[row.cycle.pupil].ready_to_share else "",
        "share the copies",
    ]
    told = listed(step for step in steps if step)
    return f"{told[:1].upper()}{told[1:]}; or enter in Review the day you gave plan and notes out by hand."


def _sent_late(register: Register, row: Reviewed) -> Iterator[Finding]:
    sent = _sent(register, row)
    if sent is not None and (took := (sent - _met(row)).days) > register.settings.copy_days:
        yield _finding("history", row, f"Copy took {days(took)} after {_met(row)}")


def _finding(level: str, row: Reviewed, message: str, action: str = "", mover: str = "") -> Finding:
    place, field = (row.review, "copy_sent") if row.review else (row.cycle, "review_held_date")
    if level == "history":
        action = "Nothing to do: kept in the record of this cycle."
    return RULE.finding(level, place, field, message, action, mover=mover, pupil_id=row.cycle.pupil)


def _met(row: Reviewed) -> date:
    return (row.review.date if row.review else None) or row.held


def _sent(register: Register, row: Reviewed) -> date | None:
    """The first of the two: given out by hand, or noted by sharing."""
    by_hand = row.review.copy_sent if row.review else None
    noted = register.school.copies_sent.get(row.review.review_id) if row.review else None
    return min((day for day in (by_hand, noted) if day), default=None)


def _has_recipient(register: Register, pupil: Pupil, today: date) -> bool:
    """Whether anybody is to have it: a contact who may, or the young person. Without the SENCO workbook neither that
    is known nor what was shared, so nothing is said."""
    contacts = register.contacts.get(pupil.pupil_id, ())
    return register.sees_contacts and (holds_own_rights(pupil, today) or any(map(is_entitled, contacts)))
