"""A review written down through a card: one form at a time, by row id, read again before it is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from server.plans.applying import applied
from server.plans.model import School
from server.plans.new_ids import NewIds
from server.plans.register import Register
from server.plans.review_close import closing
from server.plans.review_forms import Entry, Typed, entry
from server.workflows.entering import Desk, Entered, Taken, enter
from server.workflows.run import Run
from sheets_templates.imports.matching import Proposals


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What came of it: ``entry`` says why nothing was written, if so; ``register`` is how things stand now."""

    register: Register
    entered: Entered
    entry: Entry = field(default_factory=Entry)

    @property
    def is_written(self) -> bool:
        return bool(self.entered.added or self.entered.written)


def record(run: Run, desk: Desk, pupil_id: str, typed: Typed) -> Recorded:
    """Write down what was typed into one form. The same again writes nothing; a row changed meanwhile is left."""
    told: list[Entry] = [Entry()]

    def proposed(school: School, taken: Taken) -> Proposals:
        ids = NewIds(run.catalogue, _salt(typed), {} if typed.form == "action" else taken)
        told.append(_once(entry(Register(school, run.today), ids, typed), taken))
        return Proposals() if told[-1].is_refused else told[-1].proposals

    entered = enter(run, desk, pupil_id, proposed)
    return Recorded(register=_after(run, entered), entered=entered, entry=told[-1])


def close_review(run: Run, desk: Desk, pupil_id: str, cycle_id: str) -> Recorded:
    """Close a review of which nothing lacks. What lacks, or is closed already, is left as it is."""

    def proposed(school: School, _taken: Taken) -> Proposals:
        register = Register(school, run.today)
        cycle = register.cycle.get(cycle_id)
        return closing(register, cycle) if cycle else Proposals()

    entered = enter(run, desk, pupil_id, proposed)
    return Recorded(register=_after(run, entered), entered=entered)


def _once(found: Entry, taken: Taken) -> Entry:
    """An action that was written before has the id that this one would get: a second tap makes none."""
    adds = found.proposals.adds
    if any(add.row_id in taken.get(add.table, ()) for add in adds):
        return Entry()
    return found


def _salt(typed: Typed) -> str:
    told = sorted(typed.values.items()) if typed.form == "action" else []
    return f"{typed.form}/{typed.cycle_id}/{hashlib.sha256(repr(told).encode()).hexdigest()}"


def _after(run: Run, entered: Entered) -> Register:
    found, school = entered.proposals, entered.school
    if entered.is_whole:
        school = applied(school, found.adds, (*found.fills, *found.changes))
    return Register(school, run.today)
