"""A school held under its lease for a piece of work: read after the lease was taken, given back at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from server.plans.files import SchoolFiles
from server.plans.ledger import Ledger
from server.plans.ports import Request
from server.workflows.install import lease_of
from server.workflows.lease import SECONDS, Lease, acquire, given_back
from server.workflows.repair import repair, repairs_needed
from server.workflows.run import Run
from server.workflows.survey import Survey, choose_school, survey_files
from server.workflows.workbooks import fill_empty
from sheets_templates.ledger import ledger_requests


@dataclass
class Held:
    """A school as read under the lease. Every batch to its SENCO workbook renews the lease first."""

    run: Run
    lease: Lease
    survey: Survey
    ledger: Ledger
    renewed: float = 0.0

    def look_again(self, files: SchoolFiles | None = None) -> None:
        """Read the school again, after something was changed in it."""
        self.survey = survey_files(self.run, files or self.survey.files)

    def note(self, ledger: Ledger) -> None:
        """Write the ledger down, where it says something new."""
        if ledger.rows() != self.ledger.rows():
            self.ledger = ledger
            self._senco(ledger_requests(self.run.catalogue, "senplans", ledger.rows()))

    def stay(self) -> None:
        """Before a write elsewhere: fails where somebody took over, and renews long before the lease runs out."""
        if self.run.now() - self.renewed > SECONDS / 3:
            self._senco(())

    def _senco(self, requests: Sequence[Request]) -> None:
        self.renewed = self.run.now()
        self.run.google.sheets.batch(self.lease.spreadsheet_id, [*self.lease.renew(self.run.now()), *requests])

    def end(self, ledger: Ledger) -> None:
        """Write the ledger down and give the lease back, in one batch."""
        changed = ledger.rows() != self.ledger.rows()
        lines = ledger_requests(self.run.catalogue, "senplans", ledger.rows()) if changed else ()
        guarded = [*self.lease.renew(self.run.now()), *lines] if changed else []
        self.ledger = ledger
        self.run.google.sheets.batch(self.lease.spreadsheet_id, [*guarded, *self.lease.release()])


def ended(run: Run, survey: Survey) -> bool:
    """Give their tabs to workbooks that a run which died had only begun to make; whether there were any."""
    for file in survey.files.unmade:
        fill_empty(run, survey.school, file)
    return bool(survey.files.unmade)


@contextmanager
def held(run: Run, school_id: str | None) -> Iterator[Held]:
    """Take the school's lease and read it. The work ends with ``Held.end``; trouble gives the lease back.

    Raises InUse where another run is at work."""
    files = choose_school(run.google.drive.list_files(), school_id)
    assert files.senco is not None
    lease = lease_of(run, files.senco.file_id)
    acquire(run.google.sheets, lease, run.now())
    with given_back(run.google.sheets, lease):
        survey = survey_files(run, choose_school(run.google.drive.list_files(), files.school_id))
        if ended(run, survey) or repair(run, survey.senco_id, repairs_needed(run, survey)):
            survey = survey_files(run, choose_school(run.google.drive.list_files(), files.school_id))
        yield Held(run=run, lease=lease, survey=survey, ledger=survey.ledger, renewed=run.now())
