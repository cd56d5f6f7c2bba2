"""The next turn of a pupil's plan as a draft, with what the review's decision leads to: seen first, written once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from server.plans.after_review import FollowUp, follow_up
from server.plans.applying import applied
from server.plans.model import School
from server.plans.new_ids import NewIds
from server.plans.next_cycle import Draft, next_draft, to_go_on_from
from server.plans.register import Register
from server.plans.trouble import Invalid
from server.workflows.entering import Desk, Entered, enter
from server.workflows.run import Run
from sheets_templates.imports.matching import Proposals

NO_CYCLE = "There is no cycle {cycle} in the workbooks any more. Nothing was changed."
NONE_DUE = "No review of this pupil has been held yet, so there is nothing to go on from. Nothing was changed."
SEVERAL = "This pupil has more than one plan to go on with. Say which cycle: {cycles}."


@dataclass(frozen=True, kw_only=True)
class GoingOn:
    """What the next turn is to be and what else follows, on the school as ``register`` has it before anything was
    written. ``entered`` is None where a person has to be asked first."""

    draft: Draft
    follows: FollowUp
    register: Register
    entered: Entered | None = None

    @property
    def is_written(self) -> bool:
        done = self.entered
        return done is not None and not done.dry_run and bool(done.added or done.written)


def planned(run: Run, school: School, cycle_id: str, taken: Mapping[str, Collection[str]]) -> GoingOn:
    """The next turn and what follows from the review, on a school as read. Raises Invalid for no such cycle."""
    register = Register(school, run.today)
    cycle = register.cycle.get(cycle_id)
    if cycle is None:
        raise Invalid(NO_CYCLE.format(cycle=cycle_id))
    ids = NewIds(run.catalogue, f"next/{cycle_id}", taken)
    follows = follow_up(register, cycle, ids)
    after = Register(applied(school, follows.adds, follows.changes), run.today)
    return GoingOn(draft=next_draft(after, cycle, ids), follows=follows, register=register)


def go_on(run: Run, desk: Desk, pupil_id: str, cycle_id: str = "", *, dry_run: bool = False) -> GoingOn:
    """Draft the next turn after a cycle, or after the only one of the pupil that waits for it, or the last reviewed.

    A second time there is nothing to write. While a question is open without whose answer an outcome would be lost,
    nothing is written at all."""
    told: list[GoingOn] = []

    def proposed(school: School, taken: Mapping[str, Collection[str]]) -> Proposals:
        told.append(planned(run, school, cycle_id or _only(run, school, pupil_id), taken))
        return proposals(told[-1])

    entered = enter(run, desk, pupil_id, proposed, dry_run=dry_run)
    return replace(told[-1], entered=None if told[-1].draft.musts else entered)


def proposals(found: GoingOn) -> Proposals:
    """What is to be written: nothing while somebody has to be asked first."""
    if found.draft.musts:
        return Proposals()
    return Proposals(adds=(*found.draft.adds, *found.follows.adds), fills=found.follows.changes)


def _only(run: Run, school: School, pupil_id: str) -> str:
    due = to_go_on_from(Register(school, run.today), pupil_id)
    if len(due) > 1:
        raise Invalid(SEVERAL.format(cycles=", ".join(cycle.cycle_id for cycle in due)))
    reviewed = [cycle for cycle in school.cycles if cycle.pupil == pupil_id and cycle.review_held_date]
    if not due and not reviewed:
        raise Invalid(NONE_DUE)
    return (due or sorted(reviewed, key=lambda cycle: cycle.review_held_date or date.min, reverse=True))[0].cycle_id
