"""What one tap writes into Do: that a session took place, or did not. The same tap twice writes one row."""

from __future__ import annotations

from datetime import date

from server.plans.model import School
from server.plans.register import Register
from server.plans.today import Session, row_id, sessions
from server.plans.trouble import Invalid
from sheets_templates.imports.matching import Add, Change, Proposals

NOT_TODAY = "This session is not on the day's list any more. Nothing was changed. Open the list again."


def noted(
    school: School,
    day: date,
    provision_id: str,
    number: int,
    *,
    took_place: bool,
    by_staff: str = "",
) -> Proposals:
    """The row of Do to add, or the tick to change. Nothing where it says so already. Raises Invalid where the day has
    no such session.

    The row's id follows from the help, the day and the session's number, so that two taps can't make two rows."""
    found = next((row for row in sessions(Register(school, day), day) if row.key == (provision_id, number)), None)
    if found is None:
        raise Invalid(NOT_TODAY)
    if found.entry is not None:
        return _changed(found, took_place=took_place)
    name = row_id(provision_id, day, number)
    values = {
        "pupil": found.pupil.pupil_id,
        "provision": provision_id,
        "date": day,
        "delivered": took_place,
        **({"by_staff": by_staff} if by_staff else {}),
    }
    return Proposals(adds=(Add(table="log", row_id=name, pupil=found.pupil.pupil_id, values=values),))


def _changed(session: Session, *, took_place: bool) -> Proposals:
    entry = session.entry
    if entry is None or entry.delivered == took_place:
        return Proposals(same=1)
    change = Change(
        table="log",
        row_id=entry.log_id,
        pupil=session.pupil.pupil_id,
        column="delivered",
        after=took_place,
        before=entry.delivered,
    )
    return Proposals(changes=(change,))
