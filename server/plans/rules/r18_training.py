"""R18: a training gap becomes something that somebody does by a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Action, Finding, Provision, Training
from server.plans.register import Register
from server.plans.rules.rule import Rule
from sheets_templates.text import comparable

RULE = Rule(
    id="R18",
    force="should",
    source="Code of Practice 5.40",
    title="A training gap becomes a dated action",
    mover="senco",
    of_school=True,
)
ABOUT = "training"


def check(register: Register, today: date) -> Iterator[Finding]:
    """For staff alone: one finding per training gap of a pupil's help that no dated row in Training, and no dated
    staff action, has taken up; one, of the school as a whole, per row of Training that is past its day."""
    if not register.sees_contacts:
        return
    needs = Needs(register)
    for pupil_id in register.here:
        for gap, provision in gaps(register, pupil_id).values():
            if not needs.takes_up(gap, provision, pupil_id):
                yield _open(gap, provision, pupil_id)
    yield from _overdue(register, today)


def gaps(register: Register, pupil_id: str) -> dict[str, tuple[str, Provision]]:
    """Each gap once, with the latest row that names it."""
    rows = (row for cycle in register.cycles.get(pupil_id, ()) for row in register.provision.get(cycle.cycle_id, ()))
    return {comparable(row.training_gap): (row.training_gap.strip(), row) for row in rows if row.training_gap.strip()}


class Needs:
    """What Training and Actions say is being done about it."""

    def __init__(self, register: Register) -> None:
        rows = [row for row in register.all(Training) if row.completed or row.due]
        self.skills = {comparable(row.skill) for row in rows}
        self.reasons = {word for row in rows for word in row.why.replace(",", " ").replace(";", " ").split()}
        dated = [row for row in register.all(Action) if row.due or row.done]
        self.actions = {(row.pupil, comparable(row.action)) for row in dated}
        self.followed = {row.pupil for row in dated if row.about.strip().casefold() == ABOUT}

    def takes_up(self, gap: str, provision: Provision, pupil_id: str) -> bool:
        """By the name of the skill, the id of the help, an action in the same words, or one about training."""
        said = comparable(gap)
        return (
            said in self.skills
            or provision.provision_id in self.reasons
            or (pupil_id, said) in self.actions
            or pupil_id in self.followed
        )


def _open(gap: str, provision: Provision, pupil_id: str) -> Finding:
    return RULE.finding(
        "staff",
        provision,
        "training_gap",
        f"Training need: {gap}",
        f"Add it in Training with a day, and write {provision.provision_id} under why; or as a staff-only action.",
        pupil_id=pupil_id,
    )


def _overdue(register: Register, today: date) -> Iterator[Finding]:
    for row in register.all(Training):
        if row.completed is None and row.due is not None and row.due < today:
            yield RULE.finding(
                "staff",
                row,
                "due",
                f"Training need {row.training_id} was due {row.due}",
                "Book it, or agree a new day; enter the day it was completed.",
            )
