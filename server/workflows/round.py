"""The whole round for one school: read, plan, and where anything is to change, take the lease, look again, do it.

An idle round writes nothing and costs one read per workbook, one files.list and one events.list."""

from __future__ import annotations

from dataclasses import dataclass, field

from server.plans.files import SchoolFiles
from server.plans.model import Finding, Problem
from server.plans.moving import moves_begun
from server.plans.ports import EventOutcome, PermissionOutcome
from server.plans.publishing import CopyName
from server.plans.trouble import Trouble
from server.workflows.closing import close, needs_closing
from server.workflows.install import Installed, lease_of
from server.workflows.keeping import Held, ended
from server.workflows.lease import Lease, acquire, given_back
from server.workflows.performing import Performed, Performer
from server.workflows.planning import Ask, RoundPlan, plan_round
from server.workflows.regroup import finish
from server.workflows.repair import repair, repairs_needed
from server.workflows.run import Run
from server.workflows.survey import choose_school


@dataclass(frozen=True, kw_only=True)
class RoundResult:
    """What a round found and did. With ``dry_run`` nothing was done: ``plan`` says what would be. ``repairs`` tells
    of copied rows that got an id of their own."""

    plan: RoundPlan
    done: Performed = field(default_factory=Performed)
    dry_run: bool = False
    repairs: tuple[Problem, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.plan.survey.findings

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.repairs + self.plan.survey.problems + self.plan.reviews.conflicts

    @property
    def written(self) -> tuple[CopyName, ...]:
        return tuple(self.done.written)

    @property
    def refused(self) -> tuple[PermissionOutcome | EventOutcome, ...]:
        """What Google would not do, each with a sentence for the SENCO."""
        permissions = [outcome for outcome in self.done.permissions if not outcome.done]
        return (*permissions, *(outcome for outcome in self.done.events if not outcome.done))

    @property
    def notes(self) -> tuple[str, ...]:
        return self.plan.notes


def play_round(
    run: Run, ask: Ask, *, school_id: str | None = None, installed: Installed | None = None
) -> RoundResult:
    """Check a school and make true what ``ask`` covers.

    ``installed`` spares the first run a listing and, where that run made the school, a second reading: it holds the
    lease already. Raises InUse where another run is at work."""
    files = installed.files if installed else choose_school(run.google.drive.list_files(), school_id)
    if installed and installed.holds_lease and files.senco:
        lease = lease_of(run, files.senco.file_id)
        with given_back(run.google.sheets, lease):
            return _carry_out(run, ask, plan_round(run, files, ask), lease, fresh=True)
    plan = plan_round(run, files, ask)
    begun = repairs_needed(run, plan.survey) or moves_begun(plan.survey.ledger) or plan.survey.files.unmade
    busy = begun or plan.changes_google or needs_closing(run, plan)
    if ask.dry_run or not busy:
        return RoundResult(plan=plan, done=_nothing(plan), dry_run=ask.dry_run)
    lease = lease_of(run, plan.survey.senco_id)
    acquire(run.google.sheets, lease, run.now())
    with given_back(run.google.sheets, lease):
        return _carry_out(run, ask, plan, lease, fresh=False)


def _carry_out(run: Run, ask: Ask, plan: RoundPlan, lease: Lease, *, fresh: bool) -> RoundResult:
    """Do it, under a held lease. ``fresh`` says that the plan was made while it was held."""
    begun = ended(run, plan.survey)
    repaired = repair(run, plan.survey.senco_id, repairs_needed(run, plan.survey))
    if begun or repaired or not fresh:
        plan = plan_round(run, _listed_again(run, plan.survey.files), ask)
    waiting: tuple[Problem, ...] = ()
    if moves_begun(plan.survey.ledger):
        school = Held(run=run, lease=lease, survey=plan.survey, ledger=plan.survey.ledger, renewed=run.now())
        waiting = tuple(finish(school).waiting)
        plan = plan_round(run, plan.survey.files, ask)
    performer = Performer(run=run, plan=plan, lease=lease)
    try:
        performer.perform()
    except Trouble:
        close(run, plan, performer.done, lease)
        raise
    close(run, plan, performer.done, lease)
    return RoundResult(
        plan=plan,
        done=performer.done,
        repairs=(*(told for row in repaired if (told := row.problem)), *waiting),
    )


def _listed_again(run: Run, files: SchoolFiles) -> SchoolFiles:
    """What stands now that nobody else can be changing it: somebody may have between our look and our lease."""
    return choose_school(run.google.drive.list_files(), files.school_id)


def _nothing(plan: RoundPlan) -> Performed:
    return Performed(docs=dict(plan.publication.kept), calendar_id=plan.calendar_id)
