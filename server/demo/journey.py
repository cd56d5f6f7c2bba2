"""The whole round headless: every school of a file installed, checked, shared and booked, twice, and then looked at
with each person's own eyes. Prints nothing; gives one JSON object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from time import perf_counter
from typing import Any

from server import wiring
from server.demo.sample import SampleFile, starters
from server.demo.world import World
from server.plans.files import of_school
from server.plans.model import Problem
from server.plans.ports import RemoteFile
from server.plans.publishing import CopyName, readers_of
from server.settings import Settings
from server.workflows.install import Installed, Starter, install
from server.workflows.planning import Ask
from server.workflows.round import RoundResult, play_round
from server.workflows.run import Progress, in_silence


@dataclass
class Played:
    """One school after a run."""

    starter: Starter
    installed: Installed | None
    result: RoundResult


@dataclass
class Journey:
    """Plays rounds in a world and keeps the latest result of each school."""

    world: World
    progress: Progress = in_silence
    played: dict[str, Played] = field(default_factory=dict)
    install_problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    runs: list[dict[str, Any]] = field(default_factory=list)

    def play(self, name: str, schools: Iterable[Starter], *, new: bool) -> None:
        """One run over all schools, with the sandbox's own count of its calls."""
        journal = self.world.sandbox.workspace.journal
        first, begun = len(journal), perf_counter()
        for starter in schools:
            self.played[starter.school_id] = self._school(starter, new=new)
        calls = [entry for entry in journal[first:] if entry.get("kind") != "oauth"]
        self.runs.append(
            {
                "name": name,
                "calls": dict(sorted(Counter(entry["method"] for entry in calls).items())),
                "writes": sum(bool(entry.get("write")) for entry in calls if entry.get("kind") != "batch"),
                "seconds": round(perf_counter() - begun, 3),
            }
        )

    def _school(self, starter: Starter, *, new: bool) -> Played:
        settings = self.world.settings(starter.school_id)
        with wiring.door(settings) as google:
            run = wiring.new_run(settings, google, today=self.world.today, progress=self.progress)
            installed = install(run, starter) if new else None
            result = play_round(run, Ask(), school_id=starter.school_id, installed=installed)
            if installed:
                self.install_problems[starter.school_id] = installed.problems + result.repairs
            return Played(starter, installed, result)

    def report(self) -> dict[str, Any]:
        """The JSON object that ``senplans demo --once --json`` prints."""
        return {
            "today": self.world.today.isoformat(),
            "schools": [self._school_report(played) for played in self.played.values()],
            "runs": self.runs,
        }

    def _school_report(self, played: Played) -> dict[str, Any]:
        result, school_id = played.result, played.starter.school_id
        files = result.plan.survey.files
        problems = (*self.install_problems.get(school_id, ()), *result.problems)
        return {
            "setting_id": school_id,
            "senco_workbook_id": result.plan.survey.senco_id,
            "plan_workbook_ids": [file.file_id for file in files.plans],
            "problems": [{"cell": p.cell, "message": p.message} for p in problems],
            "findings": [
                {"rule": f.rule, "level": f.level, "pupil_id": f.pupil_id, "cell": f.cell, "message": f.message}
                for f in result.findings
            ],
            "events": self._events(result),
            "copies": self._copies(result),
        }

    def _events(self, result: RoundResult) -> list[dict[str, Any]]:
        """Events as Calendar holds them, not as we meant them."""
        settings = self.world.settings(result.plan.survey.files.school_id)
        with wiring.door(settings) as google:
            listing = google.calendar.list_events(result.done.calendar_id) if result.done.calendar_id else None
        standing = {e.event_id: e for e in (listing.events if listing else ()) if e.status != "cancelled"}
        return [
            {
                "id": event_id,
                "meeting_id": booking.meeting_id,
                "pupil_id": booking.pupil_id,
                "cycle_id": booking.cycle_id,
                "start": standing[event_id].start,
                "end": standing[event_id].end,
                "guests": sorted(standing[event_id].guests),
            }
            for booking, event_id in result.plan.reviews.events.values()
            if event_id in standing
        ]

    def _copies(self, result: RoundResult) -> list[dict[str, Any]]:
        """Copies as they stand in Drive: who may open each, and what its first reader reads there."""
        settings = self.world.settings(result.plan.survey.files.school_id)
        with wiring.door(settings) as google:
            files = of_school(google.drive.list_files(), result.plan.survey.files.school_id)
        return [self._copy(name, file) for name, found in files.copies.items() for file in found]

    def _copy(self, name: CopyName, file: RemoteFile) -> dict[str, Any]:
        readers = readers_of(file)
        text = self._read(readers[0], file.file_id) if readers else ""
        return {
            "pupil_id": name[0],
            "household": name[1],
            "doc_id": file.file_id,
            "readers": list(readers),
            "text": text,
        }

    def _read(self, email: str, file_id: str) -> str:
        with wiring.door(self._as(email)) as google:
            return google.drive.export_text(file_id)

    def _as(self, email: str) -> Settings:
        return Settings(google_url=self.world.sandbox.url, token=self.world.reading_token(email))


def once(sample: SampleFile, today: date, progress: Progress = in_silence) -> Mapping[str, Any]:
    """Install and run every school, run again, and report."""
    schools = starters(sample)
    with World(sample, today) as world:
        journey = Journey(world, progress)
        journey.play("first", schools, new=True)
        journey.play("second", schools, new=False)
        return journey.report()
