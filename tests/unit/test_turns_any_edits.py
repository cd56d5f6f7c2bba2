"""Any sequence of legal edits to a pupil's turns: never two open turns of a plan, no outcome lost, no closed review
changed by our hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from year_school import SETTINGS

from server.plans.after_review import follow_up
from server.plans.applying import applied
from server.plans.fates import ACHIEVED, STEP_DOWN, STOP, said
from server.plans.model import Cycle, Outcome, Provision, Pupil, Record, Review, School
from server.plans.new_ids import NewIds
from server.plans.next_cycle import next_draft
from server.plans.register import Register
from server.plans.results import SECURE, result
from server.plans.turns import goes_on_in
from sheets_templates.catalogue import load
from sheets_templates.imports.matching import Add

CATALOGUE = load()
DECISIONS = ("", "Leave as it is", "Tweak", "Change a lot", "Stop and replace", "Achieved – new outcome")
NEXT_STEPS = (
    *("Leave as it is", "Tweak", "Seek specialist advice", "Hold PCP / My Support Plan", "Step down to universal"),
    "Consider EHC needs assessment request",
)
RATINGS = st.one_of(st.none(), st.integers(1, 10))


class Turns(RuleBasedStateMachine):
    """One pupil with a plan for learning and a relational plan beside it, through a few school years."""

    def __init__(self) -> None:
        super().__init__()
        self.today = date(2025, 9, 8)
        self.made = 0
        self.school = School(
            settings=SETTINGS, pupils=(Pupil(pupil_id="P1", sen_status="K", joined=date(2020, 9, 1)),)
        )
        self.frozen: dict[str, Record] = {}
        self.gone_on: set[str] = set()
        for plan_id, kind in (("PL1", "SEN support"), ("PL2", "Relational")):
            values = {"pupil": "P1", "kind": kind, "started": self.today}
            self.school = applied(self.school, [Add(table="plans", row_id=plan_id, pupil="P1", values=values)])

    @property
    def register(self) -> Register:
        return Register(self.school, self.today)

    def name(self, letter: str) -> str:
        self.made += 1
        return f"{letter}{self.made}"

    def open_turns(self) -> list[Cycle]:
        return [cycle for cycle in self.school.cycles if cycle.is_open]

    def is_here(self) -> bool:
        return bool(self.register.here)

    @rule(days=st.integers(1, 60))
    def time_passes(self, days: int) -> None:
        self.today = min(self.today + timedelta(days=days), date(2027, 7, 1))

    @precondition(lambda self: self.is_here())
    @rule(plan=st.sampled_from(("PL1", "PL2", "")))
    def a_teacher_starts_the_first_turn_of_a_plan(self, plan: str) -> None:
        if not any(cycle.plan == plan for cycle in self.school.cycles) and len(self.school.cycles) < 3:
            cycle = Cycle(cycle_id=self.name("C"), pupil="P1", cycle_number=1, plan=plan, plan_agreed_date=self.today)
            lines = {goes_on_in(self.register, row) for row in self.school.cycles}
            if goes_on_in(Register(replace(self.school, cycles=(cycle,)), self.today), cycle) not in lines:
                self.school = replace(self.school, cycles=(*self.school.cycles, cycle))

    @precondition(lambda self: self.open_turns())
    @rule(data=st.data(), helped=st.booleans())
    def an_outcome_is_written(self, data: st.DataObject, helped: bool) -> None:
        cycle = data.draw(st.sampled_from(self.open_turns()))
        outcome = Outcome(
            outcome_id=self.name("O"), pupil="P1", cycle=cycle.cycle_id, baseline_rating=3, expected_rating=6
        )
        self.school = replace(self.school, outcomes=(*self.school.outcomes, outcome))
        if helped:
            effect = data.draw(st.sampled_from(("Strong", "Some", "None", "")))
            given = Provision(
                provision_id=self.name("V"),
                pupil="P1",
                cycle=cycle.cycle_id,
                outcomes=(outcome.outcome_id,),
                what="Help",
                effect=effect,
                decision=data.draw(st.sampled_from(("Keep", "Stop", ""))),
            )
            self.school = replace(self.school, provision=(*self.school.provision, given))

    @precondition(lambda self: any(row.outcome_id not in self.frozen for row in self.school.outcomes))
    @rule(data=st.data(), rating=RATINGS, decision=st.sampled_from(DECISIONS))
    def an_outcome_is_rated(self, data: st.DataObject, rating: int | None, decision: str) -> None:
        free = [row.outcome_id for row in self.school.outcomes if row.outcome_id not in self.frozen]
        name = data.draw(st.sampled_from(free))
        rated = (
            replace(row, actual_rating=rating, decision=decision) if row.outcome_id == name else row
            for row in self.school.outcomes
        )
        self.school = replace(self.school, outcomes=tuple(rated))

    @precondition(lambda self: self.open_turns())
    @rule(data=st.data(), step=st.sampled_from(NEXT_STEPS))
    def a_review_is_held(self, data: st.DataObject, step: str) -> None:
        cycle = data.draw(st.sampled_from(self.open_turns()))
        review = Review(review_id=self.name("R"), pupil="P1", cycle=cycle.cycle_id, date=self.today, next_step=step)
        self._end(cycle, review_held_date=self.today)
        self.school = replace(self.school, reviews=(*self.school.reviews, review))

    @precondition(lambda self: self.open_turns())
    @rule(data=st.data())
    def a_turn_ends_without_a_review(self, data: st.DataObject) -> None:
        self._end(data.draw(st.sampled_from(self.open_turns())), stopped=self.today)

    def _end(self, cycle: Cycle, **days: Any) -> None:
        ended = (replace(row, **days) if row is cycle else row for row in self.school.cycles)
        self.school = replace(self.school, cycles=tuple(ended))

    @rule()
    def the_pupil_leaves_or_comes_back(self) -> None:
        (pupil,) = self.school.pupils
        if self.is_here():
            moved = replace(pupil, left=self.today)
        else:
            moved = replace(pupil, joined=self.today + timedelta(days=1))
            self.today += timedelta(days=1)
        self.school = replace(self.school, pupils=(moved,))

    @precondition(lambda self: self.school.cycles)
    @rule(data=st.data())
    def it_goes_on(self, data: st.DataObject) -> None:
        """What the button does: what follows from the review, and the draft of the next turn."""
        cycle = data.draw(st.sampled_from(self.school.cycles))
        ids = NewIds(CATALOGUE, f"next/{cycle.cycle_id}", self._taken())
        follows = follow_up(self.register, cycle, ids)
        after = applied(self.school, follows.adds, follows.changes)
        draft = next_draft(Register(after, self.today), cycle, ids)
        if draft.musts:
            return
        before = self.school
        self.school = applied(after, draft.adds)
        assert all(row in self.school.reviews for row in before.reviews)
        if draft.adds:
            assert self.is_here()
            self.gone_on.add(cycle.cycle_id)
            self._freeze(cycle)
        assert not self._again(cycle), "a second time there is nothing to write"

    def _again(self, cycle: Cycle) -> bool:
        ids = NewIds(CATALOGUE, f"next/{cycle.cycle_id}", self._taken())
        follows = follow_up(self.register, cycle, ids)
        return bool(follows.adds or follows.changes or next_draft(self.register, cycle, ids).adds)

    def _taken(self) -> dict[str, list[str]]:
        tables: dict[str, tuple[Record, ...]] = {
            "cycles": self.school.cycles,
            "outcomes": self.school.outcomes,
            "provision": self.school.provision,
        }
        papers = {table: [row.paper_id for row in rows] for table, rows in self.school.papers.items()}
        return {**{table: [row.id for row in rows] for table, rows in tables.items()}, **papers}

    def _freeze(self, cycle: Cycle) -> None:
        rows: tuple[Record, ...] = (*self.school.outcomes, *self.school.provision, *self.school.reviews)
        self.frozen |= {row.id: row for row in rows if getattr(row, "cycle", "") == cycle.cycle_id}

    @invariant()
    def never_two_open_turns_of_a_plan(self) -> None:
        register = self.register
        plans = [goes_on_in(register, cycle) for cycle in self.open_turns()]
        assert len(plans) == len(set(plans))

    @invariant()
    def no_outcome_is_lost(self) -> None:
        """Each outcome of a turn that was gone on from is carried, reached, or ended by somebody's decision."""
        carried = {row.carried_from for row in self.school.outcomes}
        for row in self.school.outcomes:
            if row.cycle in self.gone_on and row.outcome_id not in carried:
                assert result(row) in SECURE or said(row.decision) in (ACHIEVED, STOP, STEP_DOWN)

    @invariant()
    def no_outcome_goes_on_twice(self) -> None:
        carried = [row.carried_from for row in self.school.outcomes if row.carried_from]
        assert len(carried) == len(set(carried))

    @invariant()
    def a_closed_review_stays_as_it_was(self) -> None:
        rows: tuple[Record, ...] = (*self.school.outcomes, *self.school.provision, *self.school.reviews)
        assert all(self.frozen.get(row.id, row) == row for row in rows)
        assert self.frozen.keys() <= {row.id for row in rows}

    @invariant()
    def every_row_points_at_rows_that_are_there(self) -> None:
        cycles = {cycle.cycle_id for cycle in self.school.cycles}
        outcomes = {row.outcome_id for row in self.school.outcomes}
        assert all(row.cycle in cycles for row in self.school.outcomes)
        assert all(set(row.outcomes) <= outcomes for row in self.school.provision)


TestTurns = Turns.TestCase
TestTurns.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
