"""A small school in a sandbox, runs over it through the real clients, and what stands afterwards."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sandbox.server import RunningSandbox
from server import wiring
from server.demo.sample import SampleFile, Starter, load, starters
from server.demo.world import World
from server.google.transport import Probe
from server.workflows.install import install
from server.workflows.planning import Ask
from server.workflows.round import RoundResult, play_round
from server.workflows.run import Run
from sheets_templates import catalogue

TODAY = date(2026, 11, 23)
ANY_DAY = 1_795_000_000.0
SMALL = "S3"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


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


def small_sample() -> SampleFile:
    """The three pupils of the secondary school, without their long delivery log."""
    whole = load()
    return SampleFile(anchor=whole.anchor, tables={**whole.tables, "log": whole.tables["log"][:0]})


@dataclass
class Town:
    """One school of a file of plans. ``now`` is the service's clock, in epoch seconds."""

    world: World
    school_id: str = SMALL
    now: float = ANY_DAY
    today: date = TODAY
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

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
        with wiring.door(settings, probe=probe) as google:
            yield Run(
                google=google,
                catalogue=catalogue.load(),
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

    def calls(self) -> Counter[str]:
        """Calls since the journal was last emptied, by method; batches by what is in them."""
        journal = self.sandbox.workspace.journal
        return Counter(entry["method"] for entry in journal if entry.get("kind") not in ("oauth", "batch"))

    def writes(self) -> int:
        journal = self.sandbox.workspace.journal
        return sum(bool(e.get("write")) for e in journal if e.get("kind") not in ("oauth", "batch"))

    def forget_calls(self) -> None:
        self.sandbox.workspace.journal.clear()

    def state(self) -> dict[str, Any]:
        """Everything that stands at Google, with ids exchanged for what they are ids of."""
        with self.run() as run:
            return _State(run).read()


class _State:
    def __init__(self, run: Run) -> None:
        self.run = run
        self.google = run.google
        self.names: dict[str, str] = {}

    def read(self) -> dict[str, Any]:
        files = self.google.drive.list_files()
        for file in files:
            kind = [file.properties.get(f"senplans_{key}", "") for key in ("kind", "pupil", "household", "group")]
            self.names[file.file_id] = "/".join(part for part in kind if part)
        calendars = [c for c in (self.google.calendar.find_calendar("senplans:"),) if c]
        self.names |= {calendar: "CALENDAR" for calendar in calendars}
        return {
            "files": sorted(self._file(file) for file in files),
            "events": [self._events(calendar) for calendar in calendars],
            "grids": {
                self.names[f.file_id]: self._grids(f.file_id, f.properties["senplans_kind"])
                for f in files
                if f.properties.get("senplans_kind") in ("senco", "plan")
            },
            "ranges": [
                dict(self.google.sheets.named_ranges(f.file_id))
                for f in files
                if f.properties.get("senplans_kind") == "senco"
            ],
        }

    def _file(self, file: Any) -> tuple[Any, ...]:
        grants = tuple(sorted((p.role, p.type, p.email) for p in file.permissions or ()))
        text = ""
        if file.properties.get("senplans_kind") == "copy":
            text = self.google.drive.export_text(file.file_id)
        return self.names[file.file_id], file.name, grants, text, file.properties.get("senplans_view", "")[:32]

    def _events(self, calendar: str) -> list[Any]:
        listing = self.google.calendar.list_events(calendar)
        assert listing is not None
        return sorted((e.event_id, e.status, e.summary, e.start, e.end, e.guests) for e in listing.events)

    def _grids(self, file_id: str, which: str) -> list[Any]:
        sheet_ids = [table.sheet_id for table in self.run.catalogue.workbook(which)]
        grids = self.google.sheets.read(file_id, sheet_ids)
        return [[[self._named(cell) for cell in row] for row in grids[sheet_id]] for sheet_id in sheet_ids]

    def _named(self, cell: Any) -> Any:
        if not isinstance(cell, str):
            return cell
        for file_id, name in self.names.items():
            cell = cell.replace(file_id, f"<{name}>")
        return MOMENT.sub("<moment>", cell)
