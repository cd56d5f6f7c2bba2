"""Worklists of what colleagues asked and what somebody promised to do, in school or at home."""

from __future__ import annotations

from collections.abc import Iterator

from server.plans.model import Action, Question, Review
from server.plans.worklists.desk import Desk, Worklist
from server.plans.worklists.item import Item

ANSWER = "Answer it in Questions, with the day, so that everyone who gives the help can read it."
DO_IT = "Do it, and enter the day in Actions; or agree another day."


def _questions(desk: Desk) -> Iterator[Item]:
    """Questions to the SENCO that have no answer yet."""
    for row in desk.register.all(Question):
        pupil = desk.register.here.get(row.pupil)
        if row.answered is None and not row.answer.strip() and row.words.strip() and (pupil or not row.pupil):
            yield Item(
                pupil_id=row.pupil,
                what=f"{row.question_id}: a question to the SENCO has no answer",
                level="amber",
                mover="senco",
                action=ANSWER,
                since=row.asked,
                cell=row.cell("words"),
                row=row.question_id,
                staff=desk.movers("senco", pupil),
            )


def _actions(desk: Desk) -> Iterator[Item]:
    """Open actions that are due soon, late, or have no day."""
    notice = desk.register.settings.due_notice_days
    for row in desk.register.all(Action):
        if row.is_open and row.action.strip() and row.pupil in desk.register.here:
            left = (row.due - desk.today).days if row.due else 0
            if left <= notice:
                yield _action(desk, row, is_late=left < 0)


def _action(desk: Desk, row: Action, *, is_late: bool) -> Item:
    review = desk.row(Review, row.review) if row.review else None
    mover, staff = _who(desk, row)
    state = f"was due {row.due}" if is_late else f"due {row.due}" if row.due else "has no day"
    level = "red" if is_late else "amber"
    return Item(
        pupil_id=row.pupil,
        what=f"Action {row.action_id} {state}",
        level="staff" if row.staff_only else level,
        mover=mover,
        action="Ask how it is going, and note the answer in Actions." if mover == "parent" else DO_IT,
        since=review.date if review else None,
        until=row.due,
        cell=row.cell("action"),
        row=row.action_id,
        staff=staff,
        staff_only=row.staff_only,
    )


def _who(desk: Desk, row: Action) -> tuple[str, tuple[str, ...]]:
    """A colleague by id or name; anybody else is a parent, unless nobody is named."""
    owner = row.owner.strip()
    found = desk.register.staff.get(owner) or desk.register.staff.get(owner.partition(" ")[0])
    staff_id = found.staff_id if found else desk.staff_named.get(owner.casefold(), "")
    pupil = desk.register.pupils[row.pupil]
    if staff_id:
        return ("senco" if staff_id in desk.movers("senco", pupil) else "teacher"), (staff_id,)
    if not owner or row.staff_only:
        return "teacher", pupil.accountable_staff
    return "parent", ()


LISTS = (
    Worklist(key="questions", title="Questions to the SENCO", more=_questions),
    Worklist(key="actions", title="Actions due", more=_actions),
)
