"""The side panel's workbooks: upgraded, and pupils moved to where they belong, each after a look first."""

from __future__ import annotations

from collections.abc import Iterator

from addon.views import WorkbooksView
from server.web.ports import Done
from server.workflows.regroup import regroup, would_move
from server.workflows.run import Run
from server.workflows.survey import Survey, survey
from server.workflows.upgrade import Upgraded, upgrade

AS_IT_WAS = "Nothing that was there was changed."
ADDED = "{name}: {told}."


def offered(run: Run, school_id: str) -> WorkbooksView:
    """What an upgrade would add, and who would move. Writes nothing."""
    found = survey(run, school_id)
    workbooks = upgrade(run, school_id=school_id, dry_run=True).workbooks if found.older else ()
    moves, labels = would_move(found, found.school), _labels(found)
    return WorkbooksView(
        upgrades=tuple((each.name, each.told) for each in workbooks),
        can_upgrade=found.older,
        moves=tuple((labels.get(m.pupil_id, m.pupil_id), f"{m.here} → {m.wanted}") for m in moves.moves),
        would_make=moves.made,
    )


def _labels(found: Survey) -> dict[str, str]:
    return {pupil.pupil_id: pupil.label for pupil in found.school.pupils}


def upgraded(run: Run, school_id: str) -> Done:
    """Every workbook of the school with what the newer version brings."""
    done = upgrade(run, school_id=school_id)
    happened = tuple(_added(done))
    return Done(
        happened=happened or ("Every workbook was up to date already.",),
        not_changed=(AS_IT_WAS,),
        next_steps=tuple(each.upgrade.refusal for each in done.workbooks if each.upgrade.refusal),
        changed=bool(happened),
    )


def _added(done: Upgraded) -> Iterator[str]:
    for each in done.workbooks:
        if each.upgrade.tabs or each.upgrade.columns or each.upgrade.choices:
            yield ADDED.format(name=each.name, told=each.told)


def moved(run: Run, school_id: str) -> Done:
    """Everybody in the workbook they belong to."""
    done = regroup(run, school_id=school_id)
    happened = [f"Moved: {', '.join(done.moved)}."] if done.moved else []
    happened += [f"Made the workbook of {', '.join(done.made)}."] if done.made else []
    happened += [f"Empty now, kept and out of use: {', '.join(done.retired)}."] if done.retired else []
    return Done(
        happened=tuple(happened) or ("Everybody stood in the right workbook already.",),
        not_changed=("Parents' copies and the calendar stayed as they are.",),
        next_steps=("“Share with parents” gives the new teachers their workbook.",) if done.moved else (),
        problems=done.waiting,
        changed=bool(happened),
    )
