"""Carry out a planned round: take away first, write Docs, note them down, only then share, then the calendar.

Every batch sent to the SENCO workbook renews the lease first, so a run that was taken for dead can write no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from server.plans.files import COPY_KIND, REDACTED, VIEW, properties
from server.plans.ledger import Entry
from server.plans.ports import EventOutcome, PermissionChange, PermissionOutcome, Request
from server.plans.publishing import COPY_MESSAGE, CopyName, DocWrite
from server.workflows.lease import SECONDS, Lease
from server.workflows.planning import RoundPlan, calendar_marker
from server.workflows.run import Run
from sheets_templates.ledger import ledger_requests

PLANS_A_BATCH = 20
CALENDAR_NAME = "SEN reviews"


@dataclass
class Performed:
    """What was done so far, as far as Google has confirmed it."""

    docs: dict[CopyName, str] = field(default_factory=dict)
    written: list[CopyName] = field(default_factory=list)
    permissions: list[PermissionOutcome] = field(default_factory=list)
    events: list[EventOutcome] = field(default_factory=list)
    calendar_id: str = ""


@dataclass
class Performer:
    """Does one planned round for one school."""

    run: Run
    plan: RoundPlan
    lease: Lease
    done: Performed = field(default_factory=Performed)
    renewed: float = 0.0

    def perform(self) -> Performed:
        self.renewed = self.run.begun
        self.done.docs = dict(self.plan.publication.kept)
        self._change(self.plan.publication.removals)
        for file in self.plan.publication.trash:
            self.run.google.drive.trash(file.file_id)
        self._publish()
        self._change(self.plan.staff)
        self._sync()
        return self.done

    def _publish(self) -> None:
        writes = self.plan.publication.writes
        additions = list(self.plan.publication.additions)
        for start in range(0, len(writes), PLANS_A_BATCH):
            chunk = writes[start : start + PLANS_A_BATCH]
            for number, write in enumerate(chunk, start + 1):
                self.run.progress("Writing copies", number, len(writes))
                self._write(write)
            created = [write for write in chunk if not write.file_id]
            if created:
                self._note_down()
                additions += self._first_readers(created)
        self._change(additions)

    def _write(self, write: DocWrite) -> None:
        self._stay()
        wanted = write.wanted
        docx = self.plan.template.parsed.render(self.plan.views[wanted.name].as_mapping(made_on=self.run.today))
        marks = {VIEW: wanted.view_hash, REDACTED: "yes" if wanted.redacted else "no"}
        if write.file_id:
            self.run.google.drive.update_document(write.file_id, wanted.title, marks, docx)
        else:
            self.done.docs[wanted.name] = self._create(write, marks, docx)
        self.done.written.append(wanted.name)

    def _create(self, write: DocWrite, marks: dict[str, str], docx: bytes) -> str:
        copy, files = write.wanted.copy, self.plan.survey.files
        assert files.folder is not None
        own = properties(files.school_id, COPY_KIND, pupil=copy.pupil_id, household=copy.household)
        made = self.run.google.drive.create_document(write.wanted.title, files.folder.file_id, {**own, **marks}, docx)
        return made.file_id

    def _note_down(self) -> None:
        """Write the new Docs' ids into the ledger before anybody is given them."""
        rows = self.plan.survey.ledger.with_entries(self._doc_entries()).rows()
        self._senco(ledger_requests(self.run.catalogue, "senplans", rows))

    def _doc_entries(self) -> Iterator[Entry]:
        for wanted in self.plan.wanted:
            if wanted.name in self.done.docs:
                yield doc_entry(self.plan, self.done, wanted.name, self.run.today)

    def _stay(self) -> None:
        """In long work, renew the lease long before it runs out."""
        if self.run.now() - self.renewed > SECONDS / 3:
            self._senco(())

    def _senco(self, requests: Sequence[Request]) -> None:
        self.renewed = self.run.now()
        guarded = [*self.lease.renew(self.run.now()), *requests]
        self.run.google.sheets.batch(self.lease.spreadsheet_id, guarded)

    def _first_readers(self, created: Iterable[DocWrite]) -> Iterator[PermissionChange]:
        for write in created:
            for reader in write.wanted.copy.readers:
                yield PermissionChange(
                    file_id=self.done.docs[write.wanted.name], email=reader.email, message=COPY_MESSAGE
                )

    def _change(self, changes: Sequence[PermissionChange]) -> None:
        if changes:
            self._stay()
            self.run.progress("Sharing", 0, len(changes))
            self.done.permissions += self.run.google.drive.change_permissions(changes)

    def _sync(self) -> None:
        self.done.calendar_id = self.plan.calendar_id
        writes = self.plan.reviews.writes
        if not writes:
            return
        self._stay()
        if not self.done.calendar_id:
            self.done.calendar_id = self._make_calendar()
        self.run.progress("Booking reviews", 0, len(writes))
        self.done.events += self.run.google.calendar.write_events(self.done.calendar_id, writes)

    def _make_calendar(self) -> str:
        survey = self.plan.survey
        text = f"Review meetings of SEN plans, kept by the SEN plans add-on.\n{calendar_marker(survey)}"
        return self.run.google.calendar.create_calendar(
            f"{CALENDAR_NAME} – {survey.school.settings.name}", text, survey.school.settings.time_zone
        )


def doc_entry(plan: RoundPlan, done: Performed, name: CopyName, today: date) -> Entry:
    """The ledger's line of a copy: when its content last changed, and to what."""
    key = "/".join(name)
    before = plan.survey.ledger.get("doc", key)
    same = before is not None and before.remote_id == done.docs[name] and name not in done.written
    wanted = next(w for w in plan.wanted if w.name == name)
    return Entry(
        kind="doc",
        key=key,
        remote_id=done.docs[name],
        hash=wanted.view_hash if wanted.ready or before is None else before.hash,
        time=before.time if same and before else today.isoformat(),
    )
