"""One tap of the day's list, written into Do: seen again under a lease, written once, nothing the second time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from server.plans.model import School
from server.plans.today_log import noted
from server.plans.trouble import Invalid
from server.workflows.entering import Desk, Entered, enter
from server.workflows.run import Run
from sheets_templates.imports.matching import Proposals

LONGEST_AGO = 14
TOO_OLD = "This list is not of today or the last two weeks. Nothing was changed. Write it in Do instead."


@dataclass(frozen=True, kw_only=True)
class Tap:
    """Which session of which day, and whether it took place. ``by_staff`` "" means who was to give it."""

    pupil_id: str
    provision_id: str
    day: date
    number: int = 1
    took_place: bool
    by_staff: str = ""


def note_session(run: Run, desk: Desk, tap: Tap, *, dry_run: bool = False) -> Entered:
    """Write down a session. Raises Invalid where the day has no such session, or is none of the last two weeks."""
    if not 0 <= (run.today - tap.day).days <= LONGEST_AGO:
        raise Invalid(TOO_OLD)

    def proposed(school: School, _taken: Mapping[str, Collection[str]]) -> Proposals:
        return noted(
            school,
            tap.day,
            tap.provision_id,
            tap.number,
            took_place=tap.took_place,
            by_staff=tap.by_staff,
        )

    return enter(run, desk, tap.pupil_id, proposed, dry_run=dry_run)
