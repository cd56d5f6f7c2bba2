"""The rows of a next turn: what is taken over from the last one, and what is left for people to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from server.plans.fates import CHANGE, aim, said
from server.plans.model import Cycle, Outcome, Provision
from sheets_templates.text import MAX_CELL

OUTCOME_KEPT = (
    *("area", "need", "horizon", "outcome", "why_it_matters", "measure", "impact_type", "home_part", "child_part"),
    *("ehc_outcome", "goal_weight"),
)
HELP_KEPT = (
    *("what", "kind", "tier", "additional", "delivered_by", "expertise", "when_where", "group_size"),
    *("minutes_per_session", "sessions_per_week", "days", "weeks", "evidence_basis", "evidence_note", "strategy"),
)
CYCLE_KEPT = ("needs_summary", "barrier_and_removal", "needs_by_area", "specialist_advice", "length")
WORKED = frozenset({"strong", "some"})
FIRST_STEP = "Assess"
LONGEST_HISTORY = MAX_CELL // 4

Values = dict[str, object]


def cycle_values(cycle: Cycle, number: int, plan: str, due: date | None) -> Values:
    """The new row of Assess. What has to be looked at again, such as views and attainment, is left empty."""
    return _filled(
        {
            "pupil": cycle.pupil,
            "cycle_number": number,
            "plan": plan,
            "stage": FIRST_STEP,
            "review_due_date": due,
            **{key: getattr(cycle, key) for key in CYCLE_KEPT},
        }
    )


def history(cycle: Cycle, reached: Iterable[Outcome], help_given: Iterable[Provision]) -> str:
    """What was known before, and what this turn adds: what was reached, and which help made a difference."""
    name = f"cycle {cycle.cycle_number}" if cycle.cycle_number else cycle.cycle_id
    goals = "; ".join(text for row in reached if (text := _line(row.target or row.outcome)))
    worked = "; ".join(f"{_line(row.what)} ({said(row.effect)})" for row in help_given if said(row.effect) in WORKED)
    lines = [cycle.history.strip()]
    lines += [f"Reached in {name}: {goals}."] if goals else []
    lines += [f"What worked in {name}: {worked}."] if worked else []
    return "\n".join(line for line in lines if line)[-LONGEST_HISTORY:]


def outcome_values(outcome: Outcome, cycle_id: str, due: date | None) -> Values:
    """An unmet outcome with its new start: where the child is now."""
    aimed = aim(outcome)
    return _filled(
        {
            "pupil": outcome.pupil,
            "cycle": cycle_id,
            **{key: getattr(outcome, key) for key in OUTCOME_KEPT},
            "target": "" if said(outcome.decision) == CHANGE else outcome.target,
            "baseline": outcome.actual,
            "baseline_rating": outcome.actual_rating,
            "expected": outcome.expected if aimed is not None else "",
            "expected_rating": aimed,
            "target_date": due,
            "carried_from": outcome.outcome_id,
        }
    )


def help_values(provision: Provision, cycle_id: str, outcomes: tuple[str, ...]) -> Values:
    """Help that goes on, for the outcomes of the new turn; measured from where it was measured last."""
    return _filled(
        {
            "pupil": provision.pupil,
            "cycle": cycle_id,
            "outcomes": outcomes,
            **{key: getattr(provision, key) for key in HELP_KEPT},
            "entry_measure": provision.exit_measure,
            "carried_from": provision.provision_id,
        }
    )


def _filled(values: Mapping[str, object]) -> Values:
    return {key: value for key, value in values.items() if value not in (None, "", (), False)}


def _line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")
