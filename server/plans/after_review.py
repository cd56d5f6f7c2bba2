"""What a review's decision asks for beyond the next turn: drafts that a person sees first, each made once.

A referral and its action, a My Support Plan in which the turns go on, the end of a plan that is no longer needed, a
request for an EHC needs assessment. Nothing is sent and no status is changed: those stay with people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from server.plans import turns
from server.plans.copy_words import day_in_words
from server.plans.fates import said
from server.plans.model import Action, Cycle, EhcRequest, Plan, Referral, Review, StatusChange
from server.plans.new_ids import NewIds
from server.plans.next_cycle import review_of
from server.plans.register import Register
from server.plans.terms import add_school_days
from sheets_templates.imports.matching import Add, Change

SPECIALIST, PCP = "seek specialist advice", "hold pcp / my support plan"
EHC, STEP_DOWN = "consider ehc needs assessment request", "step down to universal"
SUPPORT_PLAN = "My Support Plan"
BECOMES_SHARED = frozenset({"sen support", "early years"})
SENCO = "SENCO"
SOON, LATER = 10, 30
"""School days in which what follows from a review should be done."""

NEEDS_SENCO = "The SENCO workbook is not open to you, so the SENCO makes the {what}."
HAS_EHC = (
    "A pupil with an EHC plan does not step down by a school's decision: the council decides at an annual review."
)


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """Rows and cells that follow from a decision, what they are in words, and what a person has to do instead."""

    adds: tuple[Add, ...] = ()
    changes: tuple[Change, ...] = ()
    told: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.adds or self.changes)


Piece = Add | Change | str
Follow = Callable[[Register, Cycle, Review, NewIds], Iterator[Piece]]


def follow_up(register: Register, cycle: Cycle, ids: NewIds) -> FollowUp:
    """What the decisions of a turn's review lead to and does not stand yet."""
    review = review_of(register, cycle)
    if review is None or cycle.review_held_date is None or cycle.pupil not in register.here:
        return FollowUp()
    pieces = [
        piece
        for decision in decisions(register, cycle, review)
        for piece in FOLLOWS[decision](register, cycle, review, ids)
    ]
    asks = [*_asks(register, cycle, review, pieces)]
    shut = [p for p in pieces if isinstance(p, Add) and _is_shut(register, ids, p)]
    return FollowUp(
        adds=tuple(p for p in pieces if isinstance(p, Add) and p not in shut),
        changes=tuple(p for p in pieces if isinstance(p, Change)),
        told=tuple(p for p, after in pairwise([*pieces, ""]) if isinstance(p, str) and after not in shut),
        asks=tuple(dict.fromkeys(asks)),
    )


def decisions(register: Register, cycle: Cycle, review: Review) -> tuple[str, ...]:
    """The review's own decision, and those about single outcomes; stepping down is for the review alone to say."""
    of_outcomes = (said(row.decision) for row in register.outcomes.get(cycle.cycle_id, ()))
    found = (said(review.next_step), *(decision for decision in of_outcomes if decision != STEP_DOWN))
    return tuple(dict.fromkeys(decision for decision in found if decision in FOLLOWS))


def _specialist(register: Register, cycle: Cycle, review: Review, ids: NewIds) -> Iterator[Piece]:
    day = _day(cycle, review)
    if all(row.sent is not None and row.sent < day for row in register.of(Referral, cycle.pupil)):
        yield "A referral as a draft. It can't be sent before the parents' agreement is written down in it."
        yield _add(ids, "referrals", cycle, {})
    if not _has_action(register, cycle, review, "Referral"):
        words = "Ask the parents for their agreement to specialist advice, then complete and send the referral."
        yield from _action(register, cycle, review, ids, words, "Referral", SOON)


def _support_plan(register: Register, cycle: Cycle, review: Review, ids: NewIds) -> Iterator[Piece]:
    day, plans = _day(cycle, review), turns.running(register, cycle.pupil)
    if not any(said(row.kind) == said(SUPPORT_PLAN) for row in plans):
        yield "A My Support Plan as a draft. The cycles go on inside it."
        yield _add(ids, "plans", cycle, {"kind": SUPPORT_PLAN, "started": day})
        words = "Book the person-centred meeting with the family and all who help, and write the My Support Plan."
        yield from _action(register, cycle, review, ids, words, "Review", SOON)
    for row in plans:
        if said(row.kind) in BECOMES_SHARED and cycle.plan in ("", row.plan_id):
            yield f"Plan {row.plan_id} ends: it becomes the My Support Plan."
            yield from _ending(row, day, "Became another plan")


def _request(register: Register, cycle: Cycle, review: Review, ids: NewIds) -> Iterator[Piece]:
    day = _day(cycle, review)
    if all(row.sent is not None and row.sent < day for row in register.of(EhcRequest, cycle.pupil)):
        yield "A request for an EHC needs assessment as a draft. Nothing is sent."
        yield _add(ids, "ehc_requests", cycle, {"requester": "School / setting"})
    if not _has_action(register, cycle, review, "EHC"):
        words = (
            "Decide with the parents and the head whether to ask for an EHC needs assessment, and gather evidence."
        )
        yield from _action(register, cycle, review, ids, words, "EHC", LATER)


def _step_down(register: Register, cycle: Cycle, review: Review, ids: NewIds) -> Iterator[Piece]:
    if register.pupils[cycle.pupil].sen_status == "E":
        return
    day = _day(cycle, review)
    noted = register.of(StatusChange, cycle.pupil)
    if not any(said(row.sen_status) == "n" and (row.since or day) >= day for row in noted):
        yield "A line in Status history: no SEN support from the day of the review, once the parents were told."
        values = {
            "since": day,
            "sen_status": "N",
            "tier": "Universal",
            "why": f"Step-down decided at the review of {day}",
        }
        yield _add(ids, "status_history", cycle, values)
        words = "Tell the parents in writing that SEN support ends, then change the SEN status in Pupils."
        yield from _action(register, cycle, review, ids, words, "Review", SOON)
    plan = turns.plan_of(register, cycle)
    for row in turns.running(register, cycle.pupil):
        if row.plan_id == plan:
            yield f"Plan {row.plan_id} ends: it is no longer needed."
            yield from _ending(row, day, "No longer needs SEN support")


FOLLOWS: Mapping[str, Follow] = {SPECIALIST: _specialist, PCP: _support_plan, EHC: _request, STEP_DOWN: _step_down}


def _asks(register: Register, cycle: Cycle, review: Review, pieces: list[Piece]) -> Iterator[str]:
    if said(review.next_step) == STEP_DOWN and register.pupils[cycle.pupil].sen_status == "E":
        yield HAS_EHC
    if not register.sees_contacts:
        for piece in pieces:
            if isinstance(piece, Add) and piece.table in ("referrals", "ehc_requests"):
                yield NEEDS_SENCO.format(what="referral" if piece.table == "referrals" else "request")


def _is_shut(register: Register, ids: NewIds, add: Add) -> bool:
    """Whether a row stands in the SENCO workbook, which not everybody can open."""
    return not register.sees_contacts and ids.catalogue.table(add.table).workbook == "senco"


def _has_action(register: Register, cycle: Cycle, review: Review, about: str) -> bool:
    """Whether an action of that kind stands for this review."""
    return any(r.review == review.review_id and r.about == about for r in register.of(Action, cycle.pupil))


def _action(
    register: Register, cycle: Cycle, review: Review, ids: NewIds, words: str, about: str, days: int
) -> Iterator[Piece]:
    due = add_school_days(register.settings, max(_day(cycle, review), register.today), days)
    yield f"An action for the SENCO by {day_in_words(due)}: {words}"
    values = {
        "review": review.review_id,
        "action": words,
        "owner": SENCO,
        "due": due,
        "status": "Open",
        "about": about,
    }
    yield _add(ids, "actions", cycle, values)


def _add(ids: NewIds, table: str, cycle: Cycle, values: Mapping[str, object]) -> Add:
    return Add(table=table, row_id=ids(table), pupil=cycle.pupil, values={"pupil": cycle.pupil, **values})


def _ending(plan: Plan, day: date, why: str) -> Iterator[Change]:
    told = {"ended": day, **({} if plan.why_ended else {"why_ended": why})}
    for column, after in told.items():
        yield Change(table="plans", row_id=plan.plan_id, pupil=plan.pupil, column=column, after=after)


def _day(cycle: Cycle, review: Review) -> date:
    return cycle.review_held_date or review.date or date.max
