"""Closing a review: allowed once nothing lacks; then the day it was held stands in Assess and the meeting as held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from server.plans.close_check import Lack, lacks
from server.plans.fates import said
from server.plans.model import Cycle, Meeting, Review
from server.plans.next_cycle import review_of
from server.plans.register import Register
from sheets_templates.imports.matching import Change, Proposals

COPIES_WITHIN = timedelta(days=7)
TOOK_PART = frozenset({"whole meeting", "start only", "part"})


def lacking(register: Register, cycle: Cycle) -> tuple[Lack, ...]:
    """What has to be written down before the review is closed: all but the day in Assess, which closing writes."""
    return tuple(lack for lack in lacks(register, cycle) if lack.field != "review_held_date")


def copies_due(register: Register, cycle: Cycle) -> date | None:
    """The day by which the family has the updated plan and the notes."""
    review = review_of(register, cycle)
    day = (review.date if review else None) or cycle.review_held_date
    return day + COPIES_WITHIN if day else None


def closing(register: Register, cycle: Cycle) -> Proposals:
    """What closes a review; nothing where something lacks, or where it is closed already."""
    review = review_of(register, cycle)
    if review is None or review.date is None or not cycle.is_open or lacking(register, cycle):
        return Proposals()
    held = Change(
        table="cycles", row_id=cycle.cycle_id, pupil=cycle.pupil, column="review_held_date", after=review.date
    )
    meetings = [
        change for row in register.meetings.get(cycle.pupil, ()) for change in _held(register, row, cycle, review)
    ]
    return Proposals(
        fills=(held, *(change for change in meetings if change.fills)),
        changes=tuple(change for change in meetings if not change.fills),
    )


def _held(register: Register, meeting: Meeting, cycle: Cycle, review: Review) -> Iterator[Change]:
    """The meeting booked for this review on its day took place."""
    if not meeting.is_booked or meeting.cycle != cycle.cycle_id or meeting.date != review.date:
        return
    senco = register.pupils[cycle.pupil].senco_staff if cycle.pupil in register.pupils else ""
    there = {
        "parent_present": bool(review.parents_present.strip()),
        "senco_present": bool(senco) and senco in review.staff_present,
        "pupil_present": said(review.child_participation) in TOOK_PART,
    }
    row = {"table": "meetings", "row_id": meeting.meeting_id, "pupil": meeting.pupil}
    yield Change(**row, column="status", after="Held", before=meeting.status)
    for column, is_so in there.items():
        if is_so and not getattr(meeting, column):
            yield Change(**row, column=column, after=True)
