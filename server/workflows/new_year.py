"""A new school year: old closed cycles to the archive, everybody up a year, each to the workbook of their new class.

Noted in the ledger before the first cell is typed, so a run cut short is gone on with and nobody goes up twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from server.plans.ledger import Entry, Ledger
from server.plans.model import Problem, School
from server.plans.rollover import (
    BEGUN,
    ENDED,
    KEPT_CYCLES,
    RISE,
    YEAR,
    Rise,
    after,
    is_year,
    leavers,
    rises,
    rises_noted,
    to_archive,
    unmapped,
    year_before,
    year_beginning,
)
from server.plans.trouble import Invalid
from server.workflows.archiving import archive
from server.workflows.keeping import Held, held
from server.workflows.regroup import PlannedMove, finish, move_misplaced, planned_moves
from server.workflows.retyping import retype
from server.workflows.run import Run
from server.workflows.survey import survey

NO_YEAR = "That is not a school year. Write it like 2026-27."


@dataclass(frozen=True, kw_only=True)
class NewYear:
    """What a roll-over did; with ``dry_run``, what it would do. ``before`` is the year of the archive.

    ``leaving`` are pupil ids for a person to decide on; ``unmapped`` classes keep their name."""

    year: str
    before: str
    already: bool = False
    archived: tuple[str, ...] = ()
    rises: tuple[Rise, ...] = ()
    leaving: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    moves: tuple[PlannedMove, ...] = ()
    made: tuple[str, ...] = ()
    waiting: tuple[Problem, ...] = ()
    dry_run: bool = False


def start_new_year(
    run: Run,
    *,
    classes: Mapping[str, str],
    year: str = "",
    keep: int = KEPT_CYCLES,
    school_id: str | None = None,
    dry_run: bool = False,
) -> NewYear:
    """Roll a school over to ``year``, once. ``classes`` says what each class becomes; ``keep`` how many closed cycles
    stay with each pupil. Open cycles are never touched."""
    year = year or year_beginning(run.today)
    if not is_year(year):
        raise Invalid(NO_YEAR, place=year)
    if dry_run:
        found = survey(run, school_id)
        told = _planned(found.school, found.ledger, year, classes, keep)
        moves = planned_moves(found, after(found.school, told.rises))
        return replace(told, moves=() if told.already else tuple(moves), dry_run=True)
    with held(run, school_id) as school:
        finish(school)
        return _roll_over(school, year, classes, keep)


def _planned(school: School, ledger: Ledger, year: str, classes: Mapping[str, str], keep: int) -> NewYear:
    known = ledger.get(YEAR, year)
    before = year_before(year)
    if known and known.agreed == ENDED:
        return NewYear(year=year, before=before, already=True)
    noted = rises_noted(ledger) if known else tuple(rises(school, classes))
    risen = {rise.pupil_id for rise in noted}
    return NewYear(
        year=year,
        before=before,
        archived=tuple(cycle.cycle_id for cycle in to_archive(school, keep)),
        rises=noted,
        leaving=tuple(p.pupil_id for p in leavers(school) if p.pupil_id not in risen),
        unmapped=() if known else unmapped(school, classes),
    )


def _roll_over(school: Held, year: str, classes: Mapping[str, str], keep: int) -> NewYear:
    told = _planned(school.survey.school, school.ledger, year, classes, keep)
    if told.already:
        school.end(school.ledger)
        return told
    begun = Entry(kind=YEAR, key=year, agreed=BEGUN)
    school.note(school.ledger.with_entries([begun, *(rise.entry for rise in told.rises)]))
    away = archive(school, told.before, to_archive(school.survey.school, keep))
    if away.cycles:
        school.look_again()
    _bring_up(school, told.rises)
    regrouped, carried = move_misplaced(school)
    late = _still_to_rise(school, told.rises)
    ledger = carried.noted_in(school.ledger)
    school.end(ledger if late or away.waiting or carried.waiting else _ended(ledger, year))
    return replace(
        told,
        archived=tuple(cycle.cycle_id for cycle in away.cycles),
        moves=tuple(move for move in regrouped.moves if move.pupil_id in regrouped.moved),
        made=regrouped.made,
        waiting=(*away.waiting, *regrouped.waiting),
    )


def _ended(ledger: Ledger, year: str) -> Ledger:
    ended = Entry(kind=YEAR, key=year, agreed=ENDED)
    return ledger.with_entries([ended], [entry.name for entry in ledger.of_kind(RISE)])


def _bring_up(school: Held, risen: Sequence[Rise]) -> None:
    pupils = {pupil.pupil_id: pupil for pupil in school.survey.school.pupils}
    changes = {r.pupil_id: cells for r in risen if r.pupil_id in pupils and (cells := r.cells(pupils[r.pupil_id]))}
    if retype(school, changes):
        school.look_again()


def _still_to_rise(school: Held, risen: Sequence[Rise]) -> bool:
    """Whether somebody's row could not be typed into this time."""
    pupils = {pupil.pupil_id: pupil for pupil in school.survey.school.pupils}
    return any(rise.cells(pupils[rise.pupil_id]) for rise in risen if rise.pupil_id in pupils)
