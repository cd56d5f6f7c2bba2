"""What stands beside the cycles of a pupil: plans, promises, changes of status, and who has read what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.plans.model.record import Day, Record


@dataclass(frozen=True, kw_only=True)
class Plan(Record):
    """One plan of a pupil. A cycle that names none belongs to the pupil's only plan."""

    plan_id: str
    pupil: str = ""
    kind: str = ""
    started: date | None = None
    ended: date | None = None
    why_ended: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Action(Record):
    """What somebody promised to do by a day. ``staff_only`` ones never reach a parent."""

    action_id: str
    pupil: str = ""
    review: str = ""
    action: str = ""
    owner: str = ""
    due: date | None = None
    status: str = ""
    done: date | None = None
    about: str = ""
    staff_only: bool = False

    @property
    def is_open(self) -> bool:
        return self.done is None and self.status.casefold() not in ("done", "dropped")


@dataclass(frozen=True, kw_only=True)
class StatusChange(Record):
    status_id: str
    pupil: str = ""
    since: date | None = None
    sen_status: str = ""
    primary_need: str = ""
    tier: str = ""
    why: str = ""
    parents_told: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReadTick(Record):
    """One adult asked to read one plan."""

    read_id: str
    pupil: str = ""
    cycle: str = ""
    staff: str = ""
    given: date | None = None
    read: bool = False
    read_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class EhcOutcome(Record):
    """An outcome in the words of the council's plan."""

    ehc_outcome_id: str
    pupil: str = ""
    outcome: str = ""
    since: date | None = None
    ended: date | None = None


@dataclass(frozen=True, kw_only=True)
class Exemption(Record):
    """One check kept quiet for one pupil, with the reason. ``row`` "" means all of the pupil's rows, ``until``
    None for as long as the reason holds."""

    exception_id: str
    pupil: str = ""
    rule: str = ""
    row: str = ""
    until: date | None = None
    reason: str = ""
    by_staff: str = ""
    decided: date | None = None


@dataclass(frozen=True, kw_only=True)
class Question(Record):
    """What a colleague asks the SENCO about carrying out a plan."""

    question_id: str
    pupil: str = ""
    asked: date | None = None
    by_staff: str = ""
    words: str = ""
    answer: str = ""
    answered: date | None = None


@dataclass(frozen=True, kw_only=True)
class Strategy(Record):
    """Help in the school's library."""

    strategy_id: str
    name: str = ""
    needs: tuple[str, ...] = ()
    kind: str = ""
    what: str = ""
    usual: str = ""
    measure: str = ""
    expertise: str = ""
    evidence_basis: str = ""
    evidence_note: str = ""
    page: str = ""
    next_check: Day | None = None
