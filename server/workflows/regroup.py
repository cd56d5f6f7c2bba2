"""Add a class, move pupils between workbooks, and change the shape of the workbooks: each with a dry run.

Settings say which shape a school wants, and a pupil's own row says their class: these workflows make it true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from server.plans.files import group_in, shape_in
from server.plans.groups import WHOLE_SCHOOL, fold
from server.plans.model import Problem, School
from server.plans.moving import Move, misplaced, moves_begun, still_holds_rows
from server.plans.ports import RemoteFile
from server.plans.trouble import Invalid
from server.workflows.carrying import Carried, carry
from server.workflows.keeping import Held, held
from server.workflows.retyping import retype
from server.workflows.run import Run
from server.workflows.survey import Survey, survey
from server.workflows.workbooks import open_group, retire

ONE_FOR_ALL = (
    "This school has one plan workbook for everybody, so no class was added. Write class, year group or key stage "
    "beside “Plan workbooks” in Settings, then run “senplans classes regroup”."
)
NOBODY = "There is no pupil {pupil} in this school's workbooks. Nothing was moved."


@dataclass(frozen=True, kw_only=True)
class PlannedMove:
    """A pupil who moves, from which group's workbook to which, with how many rows."""

    pupil_id: str
    here: str
    wanted: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class Regrouped:
    """What was moved, made and put out of use; with ``dry_run``, what would be. ``waiting`` says why some wait."""

    moves: tuple[PlannedMove, ...] = ()
    moved: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    waiting: tuple[Problem, ...] = ()
    dry_run: bool = False


def add_class(run: Run, name: str, *, school_id: str | None = None, dry_run: bool = False) -> Regrouped:
    """A plan workbook for one more class (or year, or key stage); nothing where it is there already."""
    if dry_run:
        found = survey(run, school_id)
        _refuse_whole(found.school)
        return Regrouped(made=() if found.files.plan_of(name) else (name,), dry_run=True)
    with held(run, school_id) as school:
        _refuse_whole(school.survey.school)
        made = _open(school, [name])
        school.end(school.ledger)
    return Regrouped(made=made)


def _refuse_whole(school: School) -> None:
    if school.settings.shape == WHOLE_SCHOOL:
        raise Invalid(ONE_FOR_ALL)


def regroup(
    run: Run, pupils: Sequence[str] = (), *, to: str = "", school_id: str | None = None, dry_run: bool = False
) -> Regrouped:
    """Move pupils to the workbook that Settings and their own row ask for; all of them where none is named.

    ``to`` types another class into their rows first. Workbooks that are missing are made; those of another shape
    that are left without a row are put out of use. A second run changes nothing."""
    if dry_run:
        found = survey(run, school_id)
        _refuse_unknown(found, pupils)
        return would_move(found, _with_class(found, pupils, to), pupils)
    with held(run, school_id) as school:
        _refuse_unknown(school.survey, pupils)
        carried = finish(school)
        if to and retype(school, {pupil: {"class_form": to} for pupil in pupils}):
            school.look_again()
        return _regrouped(school, pupils, carried)


def finish(school: Held) -> Carried:
    """End the moves that an earlier run began."""
    begun = moves_begun(school.ledger)
    if not begun:
        return Carried()
    carried = carry(school, begun)
    school.note(carried.noted_in(school.ledger))
    school.look_again()
    return carried


def _regrouped(school: Held, pupils: Sequence[str], earlier: Carried) -> Regrouped:
    told, carried = move_misplaced(school, pupils)
    school.end(carried.noted_in(school.ledger))
    moved = (*(move.pupil_id for move in earlier.ended), *told.moved)
    return replace(told, moved=moved, waiting=(*earlier.waiting, *told.waiting))


def move_misplaced(school: Held, pupils: Sequence[str] = ()) -> tuple[Regrouped, Carried]:
    """Under a held lease: make what is missing, move who is misplaced, put out of use what is left empty."""
    planned = tuple(planned_moves(school.survey, school.survey.school, pupils))
    made = _open(school, [move.wanted for move in planned])
    if made:
        school.look_again()
    carried = carry(school, list(_moves(school.survey, planned)))
    told = Regrouped(
        moves=planned,
        moved=tuple(move.pupil_id for move in carried.ended),
        made=made,
        retired=_retire_empty(school),
        waiting=tuple(carried.waiting),
    )
    return told, carried


def planned_moves(found: Survey, school: School, pupils: Iterable[str] = ()) -> Iterator[PlannedMove]:
    """Everybody who stands in another workbook than the one they belong to."""
    wanted_ids = set(pupils)
    groups = {file.file_id: group_in(file) for file in found.files.plans}
    begun = {move.pupil_id for move in moves_begun(found.ledger)}
    for pupil, wanted in misplaced(school, found.homes, found.files.plans):
        if pupil.pupil_id in begun or (wanted_ids and pupil.pupil_id not in wanted_ids):
            continue
        home = found.homes[pupil.pupil_id]
        count = sum(1 for rows in _tables(found, home) for owner in rows if owner == pupil.pupil_id)
        yield PlannedMove(pupil_id=pupil.pupil_id, here=groups[home], wanted=wanted, rows=1 + count)


def _tables(found: Survey, file_id: str) -> Iterator[list[str]]:
    for table in found.readings[file_id].tables.values():
        yield [str(row.values.get("pupil") or "") for row in table.rows]


def _moves(found: Survey, planned: Iterable[PlannedMove]) -> Iterator[Move]:
    for move in planned:
        target = found.files.plan_of(move.wanted)
        if target:
            yield Move(pupil_id=move.pupil_id, source=found.homes[move.pupil_id], target=target.file_id)


def _open(school: Held, groups: Iterable[str]) -> tuple[str, ...]:
    """Make the workbooks of these groups that are missing; the school's files then hold them."""
    made = []
    shape = school.survey.school.settings.shape
    for group in {fold(name): name for name in groups}.values():
        school.stay()
        opened = open_group(school.run, school.survey.files, school.survey.school, group, shape)
        if opened.made:
            made.append(group_in(opened.file))
            school.survey = with_plan(school.survey, opened.file)
    return tuple(made)


def with_plan(found: Survey, file: RemoteFile) -> Survey:
    files = found.files
    retired = tuple(each for each in files.retired if each.file_id != file.file_id)
    return replace(found, files=replace(files, plans=(*files.plans, file), retired=retired))


def _retire_empty(school: Held) -> tuple[str, ...]:
    """Put workbooks of another shape out of use that hold nothing any more."""
    found = school.survey
    others = [f for f in found.files.plans if shape_in(f) != found.school.settings.shape]
    if not others or len(others) == len(found.files.plans):
        return ()
    school.look_again()
    gone = []
    for file in others:
        reading = school.survey.readings.get(file.file_id)
        if reading is not None and not still_holds_rows(reading):
            school.stay()
            retire(school.run, file)
            gone.append(group_in(file))
    return tuple(gone)


def _refuse_unknown(found: Survey, pupils: Iterable[str]) -> None:
    known = {pupil.pupil_id for pupil in found.school.pupils}
    for pupil in pupils:
        if pupil not in known:
            raise Invalid(NOBODY.format(pupil=pupil))


def _with_class(found: Survey, pupils: Iterable[str], to: str) -> School:
    """The school as it will be once the class was typed."""
    chosen: Mapping[str, str] = dict.fromkeys(pupils, to) if to else {}
    pupils_then = (replace(p, class_form=chosen.get(p.pupil_id, p.class_form)) for p in found.school.pupils)
    return replace(found.school, pupils=tuple(pupils_then))


def would_move(found: Survey, school: School, pupils: Sequence[str] = ()) -> Regrouped:
    """Who would move, and which workbooks would be made for them."""
    planned = tuple(planned_moves(found, school, pupils))
    missing = {fold(m.wanted): m.wanted for m in planned if not found.files.plan_of(m.wanted)}
    return Regrouped(moves=planned, made=tuple(missing.values()), dry_run=True)
