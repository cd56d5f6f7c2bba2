"""A check kept quiet for one pupil, or heard again: a row of Exceptions, planned first and written once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from server.plans.model import School
from server.plans.quiet import Wish, keep_quiet, speak_again
from server.plans.register import Register
from server.workflows.entering import Desk, Entered, enter
from server.workflows.run import Run
from sheets_templates.imports.matching import Proposals


def quieten(run: Run, desk: Desk, wish: Wish, *, dry_run: bool = False) -> Entered:
    """Add the row that keeps a check quiet. A second time there is nothing to write."""

    def proposed(school: School, taken: Mapping[str, Collection[str]]) -> Proposals:
        return keep_quiet(Register(school, run.today), wish, run.catalogue, taken)

    return enter(run, desk, wish.pupil_id, proposed, dry_run=dry_run)


def hear_again(run: Run, desk: Desk, pupil_id: str, exception_id: str, *, dry_run: bool = False) -> Entered:
    """End such a row as of today. A second time there is nothing to write."""

    def proposed(school: School, _taken: Mapping[str, Collection[str]]) -> Proposals:
        return speak_again(Register(school, run.today), pupil_id, exception_id)

    return enter(run, desk, pupil_id, proposed, dry_run=dry_run)
