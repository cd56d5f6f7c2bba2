"""Ask colleagues to read the plans in use, and turn training gaps into dated actions: seen first, written once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from server.plans.model import School
from server.plans.new_ids import NewIds
from server.plans.register import Register
from server.plans.staff_asks import reads_to_ask, training_actions
from server.workflows.entering import Desk, Entered, enter
from server.workflows.run import Run
from sheets_templates.imports.matching import Proposals


def ask_staff(run: Run, *, school_id: str | None = None, dry_run: bool = False) -> Entered:
    """Write the rows that are missing in Who has read and in Actions. A second time there is nothing to write.

    Raises InUse where another run is at work, Invalid where a workbook has no such tab yet."""

    def proposed(school: School, taken: Mapping[str, Collection[str]]) -> Proposals:
        register = Register(school, run.today)
        ids = NewIds(run.catalogue, f"asks/{run.today.isoformat()}", taken)
        return Proposals(adds=(*reads_to_ask(register, ids), *training_actions(register, ids)))

    return enter(run, Desk(school_id=school_id), "", proposed, dry_run=dry_run)
