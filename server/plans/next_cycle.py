"""The draft of a pupil's next turn, from the one whose review was held. Pure: it says what to write, and asks.

Outcomes that were not met go on with a new start (where the child is now); those achieved, stopped or stepped down
do not. Help that made a difference and is kept goes with them. What nobody has decided becomes a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from server.plans import fates, next_help, turns
from server.plans.copy_words import day_in_words
from server.plans.fates import CARRIED, ENDED, STEP_DOWN, said
from server.plans.model import Cycle, Plan, Record, Review
from server.plans.new_ids import NewIds
from server.plans.next_date import NextDate, next_date
from server.plans.next_rows import cycle_values, help_values, history, outcome_values
from server.plans.register import Register
from server.plans.results import SECURE, result
from sheets_templates.imports.matching import Add

NOT_HELD = "The review of {cycle} has not been held yet, so there is nothing to go on from."
GONE = "This pupil is not at the school now, so no cycle follows."
NO_SEN = "This pupil has no SEN support now, so no cycle follows. Change the SEN status in Pupils if that is wrong."
LATER = "{cycle} is not the last cycle of its plan: go on from {last}."
STEPPED_DOWN = "The review decided on step-down, so no cycle follows."
PLAN_ENDED = "This plan has ended, so no cycle follows. Start a cycle in Assess if another plan is to go on."
SHORTENED = (
    "After weak progress the next look comes no later than last time, so {day} was put in place of {wanted}. "
    "To keep the later day, write it in and say why."
)
NOTHING_LEFT = "No outcome goes on. What is to be different next?"
NO_DAY = "When is the next review? Settings name no half-terms so far ahead."
OFF_DAY = "The review chose {day}, which is not a school day. Which day is it to be?"


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a person has to decide, at the cell where they do. Without the answers to ``must`` nothing is drafted."""

    row: Record
    field: str
    words: str
    must: bool = False


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The next turn: rows to be written, what becomes of each outcome and row of help, and what is to be asked.

    ``carried`` and ``kept`` lead from the last turn's rows to the new ones, ``ended`` are outcomes that don't go on.
    ``refusal`` says why no turn follows; ``standing`` is the open turn that is there already."""

    before: Cycle
    plan: str = ""
    number: int = 0
    cycle_id: str = ""
    review_due: date | None = None
    adds: tuple[Add, ...] = ()
    carried: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    ended: tuple[str, ...] = ()
    asks: tuple[Question, ...] = ()
    refusal: str = ""
    standing: str = ""

    @property
    def musts(self) -> tuple[Question, ...]:
        return tuple(ask for ask in self.asks if ask.must)

    @property
    def is_ready(self) -> bool:
        """Whether there is something to write and nobody has to be asked first."""
        return bool(self.adds) and not self.musts


def next_draft(register: Register, cycle: Cycle, ids: NewIds) -> Draft:
    """What to write so that the next turn stands as a draft. Where an open turn stands, nothing: never two."""
    refusal = _refusal(register, cycle)
    if refusal:
        return Draft(before=cycle, refusal=refusal)
    plan = turns.goes_on_in(register, cycle) or ""
    standing = turns.open_turns(register, cycle.pupil, plan)
    if standing:
        return Draft(before=cycle, plan=plan, standing=standing[-1].cycle_id)
    return _composed(register, cycle, plan, ids)


def to_go_on_from(register: Register, pupil_id: str) -> tuple[Cycle, ...]:
    """The turns of a pupil after which another is due: the last of each plan, ended, with none open."""
    return tuple(cycle for cycle in turns.ended_last(register, pupil_id) if not _refusal(register, cycle))


def review_of(register: Register, cycle: Cycle) -> Review | None:
    """The record of a turn's review, the last where there are several."""
    rows = register.reviews.get(cycle.cycle_id, ())
    return max(rows, key=lambda row: row.date or date.min) if rows else None


def _refusal(register: Register, cycle: Cycle) -> str:
    pupil = register.here.get(cycle.pupil)
    if pupil is None:
        return GONE
    if cycle.is_open:
        return NOT_HELD.format(cycle=cycle.cycle_id)
    if pupil.sen_status == "N":
        return NO_SEN
    plan = turns.goes_on_in(register, cycle)
    if plan is None:
        return PLAN_ENDED
    last = next(row for row in reversed(turns.turns(register, cycle.pupil, plan)) if not row.is_open)
    if last.cycle_id != cycle.cycle_id:
        return LATER.format(cycle=cycle.cycle_id, last=last.cycle_id)
    review = review_of(register, cycle)
    return STEPPED_DOWN if review and said(review.next_step) == STEP_DOWN else ""


def _composed(register: Register, cycle: Cycle, plan: str, ids: NewIds) -> Draft:
    outcomes = register.outcomes.get(cycle.cycle_id, ())
    becomes = {row.outcome_id: fates.fate(row, stopped=_stopped(cycle)) for row in outcomes}
    before = turns.turns(register, cycle.pupil, plan)
    draft = Draft(
        before=cycle,
        plan=plan,
        number=1 + max((row.cycle_number or 0 for row in before), default=0),
        cycle_id=ids("cycles"),
        carried={name: ids("outcomes") for name, what in becomes.items() if what == CARRIED},
        ended=tuple(name for name, what in becomes.items() if what == ENDED),
    )
    given = register.provision.get(cycle.cycle_id, ())
    kept = {row.provision_id: ids("provision") for row in given if next_help.goes_on(row, draft.carried)}
    when = next_date(register, cycle, review_of(register, cycle), cycle.review_held_date or register.today)
    draft = replace(draft, kept=kept, review_due=when.day)
    return replace(draft, adds=tuple(_rows(register, draft)), asks=tuple(_asks(register, draft, when)))


def _stopped(cycle: Cycle) -> bool:
    return cycle.review_held_date is None


def _rows(register: Register, draft: Draft) -> Iterator[Add]:
    cycle, pupil = draft.before, draft.before.pupil
    outcomes = register.outcomes.get(cycle.cycle_id, ())
    given = register.provision.get(cycle.cycle_id, ())
    is_named = any(row.plan_id == draft.plan for row in register.of(Plan, pupil))
    values = cycle_values(cycle, draft.number, draft.plan if is_named else "", draft.review_due)
    if told := history(cycle, [row for row in outcomes if result(row) in SECURE], given):
        values["history"] = told
    yield Add(table="cycles", row_id=draft.cycle_id, pupil=pupil, values=values)
    for row in outcomes:
        if name := draft.carried.get(row.outcome_id):
            values = outcome_values(row, draft.cycle_id, draft.review_due)
            yield Add(table="outcomes", row_id=name, pupil=pupil, values={**values, "pupil": pupil})
    for each in given:
        if name := draft.kept.get(each.provision_id):
            values = help_values(each, draft.cycle_id, next_help.serves(each, draft.carried))
            yield Add(table="provision", row_id=name, pupil=pupil, values={**values, "pupil": pupil})


def _asks(register: Register, draft: Draft, when: NextDate) -> Iterator[Question]:
    cycle = draft.before
    for row in register.outcomes.get(cycle.cycle_id, ()):
        for where, words, must in fates.asks(row, stopped=_stopped(cycle)):
            yield Question(row=row, field=where, words=words, must=must)
    for each in register.provision.get(cycle.cycle_id, ()):
        yield from (Question(row=each, field=at, words=words) for at, words in next_help.asks(each, draft.carried))
    if not draft.carried:
        yield Question(row=cycle, field="needs_summary", words=NOTHING_LEFT)
    review = review_of(register, cycle)
    place = "next_review_date" if review else "review_due_date"
    yield from (Question(row=review or cycle, field=place, words=words) for words in _about_the_day(when))


def _about_the_day(when: NextDate) -> Iterator[str]:
    if when.day is None:
        yield NO_DAY
    elif when.shortened_from:
        yield SHORTENED.format(day=day_in_words(when.day), wanted=day_in_words(when.shortened_from))
    elif when.off_day:
        yield OFF_DAY.format(day=day_in_words(when.day))
