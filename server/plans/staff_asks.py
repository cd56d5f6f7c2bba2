"""What colleagues are asked for once a plan is in use: to read it, and to learn what its help takes. Pure.

Each is a row that a person sees first. Planned again after it was written, there is nothing to write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from server.plans.cycle import DO
from server.plans.model import Action, Provision, ReadTick, Training
from server.plans.new_ids import NewIds
from server.plans.register import LiveCycle, Register
from server.plans.rules.r16_reads import adults
from server.plans.rules.r18_training import Needs, gaps
from server.plans.terms import add_school_days
from sheets_templates.imports.matching import Add
from sheets_templates.text import comparable

TRAINING_DAYS = 30
"""School days in which a gap should be closed, until somebody agrees another day."""
SENCO = "SENCO"


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """An adult who gives help without the training it takes, as far as the Training tab knows that training."""

    pupil_id: str
    provision: Provision
    skill: str


def reads_to_ask(register: Register, ids: NewIds) -> Iterator[Add]:
    """A row in Who has read for each adult who teaches a pupil whose plan is in use and was not asked to read it."""
    for live in register.live:
        if live.step >= DO:
            asked = {row.staff for row in register.of(ReadTick, live.pupil.pupil_id) if row.cycle == _name(live)}
            for staff_id in adults(register, live):
                if staff_id not in asked:
                    values = {"cycle": _name(live), "staff": staff_id, "given": register.today}
                    yield _add(ids, "reads", live.pupil.pupil_id, values)


def lacking(register: Register) -> Iterator[Lacking]:
    """Help of a running turn whose giver has no valid training in the skill it names.

    Only skills that the Training tab speaks of are judged: a school that keeps no such list is asked nothing.
    Visiting specialists are their own service's to train."""
    rows = [row for row in register.all(Training) if row.skill.strip()]
    kept = {comparable(row.skill) for row in rows}
    able = {(row.staff, comparable(row.skill)) for row in rows if _is_valid(row, register.today)}
    for live in register.live:
        for help_given in live.provision:
            skill, giver = comparable(help_given.expertise), register.staff.get(help_given.delivered_by)
            if skill in kept and giver and not giver.external and (giver.staff_id, skill) not in able:
                yield Lacking(pupil_id=live.pupil.pupil_id, provision=help_given, skill=help_given.expertise.strip())


def _is_valid(row: Training, today: date) -> bool:
    return row.completed is not None and row.completed <= today and (row.renew_by is None or today <= row.renew_by)


def training_actions(register: Register, ids: NewIds) -> Iterator[Add]:
    """A dated action for staff alone for each training gap that nothing dated takes up, written or worked out."""
    if not register.sees_contacts:
        return
    needs = Needs(register)
    planned = {(row.staff, comparable(row.skill)) for row in register.all(Training) if row.due and not row.completed}
    for pupil_id in register.here:
        for gap, help_given in gaps(register, pupil_id).values():
            if not needs.takes_up(gap, help_given, pupil_id):
                yield _action(register, ids, pupil_id, gap)
    for each in lacking(register):
        words = f"{each.provision.delivered_by}: {each.skill}, for {each.provision.provision_id}"
        giver = each.provision.delivered_by
        if (giver, comparable(each.skill)) not in planned and not _stands(register, each.pupil_id, words):
            yield _action(register, ids, each.pupil_id, words)


def _stands(register: Register, pupil_id: str, words: str) -> bool:
    return any(comparable(row.action) == comparable(words) for row in register.of(Action, pupil_id))


def _action(register: Register, ids: NewIds, pupil_id: str, words: str) -> Add:
    values = {
        "action": words,
        "owner": SENCO,
        "due": add_school_days(register.settings, register.today, TRAINING_DAYS),
        "status": "Open",
        "about": "Training",
        "staff_only": True,
    }
    return _add(ids, "actions", pupil_id, values)


def _add(ids: NewIds, table: str, pupil_id: str, values: dict[str, object]) -> Add:
    return Add(table=table, row_id=ids(table), pupil=pupil_id, values={"pupil": pupil_id, **values})


def _name(live: LiveCycle) -> str:
    return live.cycle.cycle_id
