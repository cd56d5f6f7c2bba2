"""A small school in a sandbox, runs over it through the real clients, and what stands afterwards."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import clients
import snapshots
import standing
from browser_person import Person, Tab

from sandbox import faults
from sandbox.server import RunningSandbox
from server import wiring
from server.demo.sample import SampleFile, Starter, load, starters
from server.demo.world import CLIENT, SCOPES, World
from server.google.credentials import person
from server.google.door import Door
from server.google.retry import Waiting
from server.google.transport import Probe
from server.plans.files import SchoolFiles, of_school
from server.plans.ports import RemoteEvent, RemoteFile
from server.settings import Settings
from server.workflows.install import install
from server.workflows.planning import Ask
from server.workflows.round import RoundResult, play_round
from server.workflows.run import Run
from sheets_templates import catalogue
from sheets_templates.schema import Catalogue

TODAY = date(2026, 11, 23)
ANY_DAY = 1_795_000_000.0
SMALL = "S3"
SPARE = 12


class Killed(BaseException):
    """The process died here."""


@dataclass
class Killer:
    """Dies at the ``nth`` request, before it leaves or after its answer came. Counts from 1; 0 never."""

    nth: int = 0
    after: bool = False
    seen: int = 0

    def sending(self, method: str, url: str) -> None:
        self.seen += 1
        if self.seen == self.nth and not self.after:
            raise Killed

    def answered(self, method: str, url: str) -> None:
        if self.seen == self.nth and self.after:
            raise Killed


@dataclass
class Between:
    """Does something right before the ``nth`` request leaves. Counts from 1; 0 before every one."""

    act: Callable[[], object]
    nth: int = 0
    seen: int = 0

    def sending(self, method: str, url: str) -> None:
        self.seen += 1
        if self.nth in (0, self.seen):
            self.act()

    def answered(self, method: str, url: str) -> None:
        """Nothing."""


@cache
def few_spare_rows() -> Catalogue:
    """The tables as they are, with a few spare rows where schools get a hundred: a sandbox works on every one."""
    real = catalogue.load()
    tables = {key: replace(table, spare_rows=min(table.spare_rows, SPARE)) for key, table in real.tables.items()}
    return replace(real, tables=tables)


@cache
def small_sample() -> SampleFile:
    """The three pupils of the secondary school, without their long delivery log."""
    whole = load()
    return SampleFile(anchor=whole.anchor, tables={**whole.tables, "log": whole.tables["log"][:0]})


@cache
def begun_snapshot(sample: SampleFile | None = None) -> snapshots.Snapshot:
    """What stands after the small school's first round."""
    town = Town(snapshots.world_of(sample or small_sample(), TODAY))
    town.begin()
    town.forget_calls()
    return snapshots.take(town.world.sandbox.workspace)


@dataclass
class Town:
    """One school of a file of plans. ``now`` is the service's clock, in epoch seconds; ``catalogue`` has few spare
    rows, unless what is made here must be what the command line makes."""

    world: World
    school_id: str = SMALL
    now: float = ANY_DAY
    today: date = TODAY
    slept: list[float] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    catalogue: Catalogue = field(default_factory=lambda: few_spare_rows())

    @property
    def sandbox(self) -> RunningSandbox:
        return self.world.sandbox

    @property
    def starter(self) -> Starter:
        return next(s for s in starters(self.world.sample) if s.school_id == self.school_id)

    @property
    def senco(self) -> str:
        return self.world.senco(self.school_id).email

    @contextmanager
    def run(self, probe: Probe | None = None) -> Iterator[Run]:
        settings = self.world.settings(self.school_id)
        waiting = Waiting(sleep=self.slept.append, clock=lambda: sum(self.slept), dice=lambda: 0.0)
        with Door(person(settings.token), wiring.endpoints(settings), waiting=waiting, probe=probe) as google:
            yield Run(
                google=google,
                catalogue=self.catalogue,
                today=self.today,
                now=lambda: self.now,
                run_id=f"run{next(self.ids)}",
                publisher=self.senco,
            )

    def begin(self, probe: Probe | None = None, ask: Ask | None = None) -> RoundResult:
        """Install whatever is missing and play a round, as the set-up does."""
        with self.run(probe) as run:
            installed = install(run, self.starter)
            return play_round(run, ask or Ask(), school_id=self.school_id, installed=installed)

    def play(self, ask: Ask | None = None, probe: Probe | None = None) -> RoundResult:
        with self.run(probe) as run:
            return play_round(run, ask or Ask(), school_id=self.school_id)

    def fault(self, **rule: Any) -> None:
        faults.add(self.sandbox.workspace, faults.Rule(**rule))

    def end_faults(self) -> None:
        faults.clear(self.sandbox.workspace)

    def journal(self) -> list[dict[str, Any]]:
        """The service's own calls, batches as one entry and their parts as one each; not what people did."""
        return [e for e in self.sandbox.workspace.journal if e.get("client") == CLIENT and e.get("kind") != "oauth"]

    def calls(self) -> Counter[str]:
        """Calls since the journal was last emptied, by method; batches by what is in them."""
        return Counter(entry["method"] for entry in self.journal() if entry.get("kind") != "batch")

    def writes(self) -> int:
        return sum(bool(e.get("write")) for e in self.journal() if e.get("kind") != "batch")

    def forget_calls(self) -> None:
        self.sandbox.workspace.journal.clear()

    def state(self) -> dict[str, Any]:
        """Everything that stands at Google, with ids exchanged for what they are ids of."""
        return standing.state(self.sandbox.workspace)

    def as_person(self, email: str) -> Person:
        return Person(self.world, email)

    def tab(self, title: str, by: str = "") -> Tab:
        """A tab opened by a person, the SENCO unless somebody else is named."""
        table = next(t for t in catalogue.load().tables.values() if t.title == title)
        return self.as_person(by or self.senco).open(self.workbook(table.workbook), table)

    def edit(self, tab: str, column: str, row: int | str, value: object, *, raw: bool = False) -> None:
        """Type into one cell, its row told by number or by id."""
        opened = self.tab(tab)
        opened.type(column, opened.row_of(row) if isinstance(row, str) else row, value, raw=raw)

    def workbook(self, which: str) -> str:
        files = self.files()
        found = files.senco if which == "senco" else files.plans[0]
        assert found is not None
        return found.file_id

    def files(self) -> SchoolFiles:
        with self.run() as run:
            return of_school(run.google.drive.list_files(), self.school_id)

    def copy(self, pupil: str, household: str) -> RemoteFile:
        (found,) = self.files().copies[pupil, f"{pupil}-{household}"]
        return found

    def readers(self, pupil: str, household: str) -> set[tuple[str, str]]:
        """Address and role of everybody but the owner."""
        grants = self.copy(pupil, household).permissions or ()
        return {(p.email or p.type, p.role) for p in grants if p.role != "owner"}

    def text(self, pupil: str, household: str) -> str:
        with self.run() as run:
            return run.google.drive.export_text(self.copy(pupil, household).file_id)

    @property
    def calendar_id(self) -> str:
        with self.run() as run:
            found = run.google.calendar.find_calendar("senplans:")
        assert found
        return found

    def events(self) -> dict[str, RemoteEvent]:
        """Events by id, cancelled ones too."""
        with self.run() as run:
            listing = run.google.calendar.list_events(self.calendar_id)
        assert listing
        return {event.event_id: event for event in listing.events}

    def event(self, meeting: str) -> RemoteEvent:
        """The newest event of a meeting."""
        own = [e for e in self.events().values() if e.properties.get("senplans_meeting") == meeting]
        return max(own, key=lambda e: int(e.properties["senplans_generation"]))

    def meeting_status(self, meeting: str) -> str:
        """What the row of a meeting says of its event."""
        tab = self.tab("Meetings")
        return tab.cell("in_calendar", tab.row_of(meeting))

    def edit_ledger(self, lines: Sequence[Sequence[object]]) -> None:
        """Put these lines in place of all that ``_senplans`` says, as somebody who unhid it might."""
        tab = self.tab("_senplans")
        tab.empty()
        tab.lengthen(len(lines))
        tab.fill([["", *line] for line in lines])

    def ledger(self) -> list[list[str]]:
        """The lines of ``_senplans``."""
        return [[str(cell) for cell in row[1:]] for row in self.tab("_senplans").rows()[1:] if any(row)]

    def read_as(self, email: str, file_id: str) -> str:
        """A Doc's text as this person reads it. Raises NotVisible where they can't."""
        settings = Settings(google_url=self.sandbox.url, token=self.world.reading_token(email))
        with wiring.door(settings) as google:
            return google.drive.export_text(file_id)

    def app_drive(self) -> Any:
        """Drive as the service may use it, for what no workflow does."""
        return clients.service(self.sandbox, "drive", "v3", self.senco, scopes=SCOPES, client_id=CLIENT)
