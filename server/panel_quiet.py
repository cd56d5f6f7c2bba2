"""Checks kept quiet from the side panel: by the publisher in any workbook, by a teacher in those they opened."""

from __future__ import annotations

from server.panel_school import own_school, teachers_workbooks
from server.plans.quiet import Wish
from server.plans.trouble import NotVisible
from server.web.ports import Caller, Done
from server.workflows.entering import Desk, Entered
from server.workflows.quieting import hear_again, quieten
from server.workflows.run import Run

QUIET = "The check stays quiet {until}. The reason stands in Exceptions."
ALREADY = "The check was quiet already."
HEARD = "The check speaks again. Its row in Exceptions is kept, with the reason."
SPOKE = "The check spoke already."
NOTHING_ELSE = "Nothing else was changed, and parents see nothing of it."
MOVED = "The row of Exceptions was being edited just then, so it was left as it is. Try again."
NO_PLANS = "No plans are open to you here. Nothing was changed."


def kept_quiet(run: Run, caller: Caller, wish: Wish) -> Done:
    """The check kept quiet, as it was wished."""
    done = quieten(run, desk_of(run, caller), wish)
    until = f"until {wish.until.day} {wish.until:%B %Y}" if wish.until else "for good"
    return _told(done, QUIET.format(until=until), ALREADY)


def heard_again(run: Run, caller: Caller, pupil_id: str, exception_id: str) -> Done:
    """The check heard again from today on."""
    return _told(hear_again(run, desk_of(run, caller), pupil_id, exception_id), HEARD, SPOKE)


def _told(done: Entered, happened: str, nothing: str) -> Done:
    changed = bool(done.added or done.written)
    return Done(
        happened=(happened if changed else MOVED if done.moved else nothing,),
        not_changed=(NOTHING_ELSE,),
        changed=changed,
    )


def desk_of(run: Run, caller: Caller) -> Desk:
    """Where this person may write. Raises NotVisible where nothing is open to them."""
    files = run.google.drive.list_files()
    if school_id := own_school(files, caller.spreadsheet_id):
        return Desk(school_id=school_id)
    opened = tuple(file.file_id for file in teachers_workbooks(files, caller.spreadsheet_id))
    if not opened:
        raise NotVisible(NO_PLANS)
    return Desk(workbooks=opened)
