"""A review in the side panel: the workflows, with the workbooks that whoever sits in front of it may write into."""

from __future__ import annotations

from server.panel_school import own_school, teachers_workbooks
from server.plans.review_forms import Typed
from server.plans.trouble import NotVisible
from server.web.ports import Caller
from server.workflows.entering import Desk
from server.workflows.next_cycle import GoingOn, go_on
from server.workflows.review_record import Recorded, close_review, record
from server.workflows.run import Run

NOTHING_OPEN = "No plan workbook is open to you here. Open it, and this panel beside it. Nothing was changed."


def desk_of(run: Run, caller: Caller) -> Desk:
    """The school this person publishes for, else the plan workbooks they opened to us."""
    files = run.google.drive.list_files()
    if school_id := own_school(files, caller.spreadsheet_id):
        return Desk(school_id=school_id)
    workbooks = tuple(file.file_id for file in teachers_workbooks(files, caller.spreadsheet_id))
    if not workbooks:
        raise NotVisible(NOTHING_OPEN)
    return Desk(workbooks=workbooks)


def recorded(run: Run, caller: Caller, pupil_id: str, typed: Typed) -> Recorded:
    return record(run, desk_of(run, caller), pupil_id, typed)


def closed(run: Run, caller: Caller, pupil_id: str, cycle_id: str) -> Recorded:
    return close_review(run, desk_of(run, caller), pupil_id, cycle_id)


def next_turn(run: Run, caller: Caller, pupil_id: str, cycle_id: str, *, write: bool) -> GoingOn:
    return go_on(run, desk_of(run, caller), pupil_id, cycle_id, dry_run=not write)
