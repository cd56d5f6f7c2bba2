"""install, check, publish and sync: the workflows, for the person whose token is given."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from server import settings as setting
from server import wiring
from server.commands import show
from server.demo import sample
from server.plans.files import of_school
from server.plans.trouble import Invalid
from server.workflows.install import Starter, missing_parts
from server.workflows.install import install as make
from server.workflows.planning import Ask
from server.workflows.round import RoundResult, play_round
from server.workflows.run import Run
from server.workflows.survey import survey

NO_PUBLISHER = "Say whose account this is with --publisher EMAIL: that address alone may edit the hidden tabs."


@contextmanager
def opened_run(options: dict[str, Any]) -> Iterator[Run]:
    """A run for whoever the options name, with progress to watch."""
    given = {name: options.pop(name, None) for name in ("token", "publisher", "google_url", "today")}
    settings = setting.read(**given)
    with wiring.door(settings) as google, show.progress(quiet=options["as_json"]) as tell:
        yield wiring.new_run(settings, google, progress=tell)


def install(
    *, school_id: str, name: str, path: str | None, workbooks: str, dry_run: bool, as_json: bool, **who: Any
) -> None:
    """Make what is missing, then play the first round."""
    starter = dataclasses.replace(_starter(school_id, name, path), shape=workbooks.replace("-", " "))
    with opened_run({**who, "as_json": as_json}) as run:
        missing = _missing(run, starter) if dry_run else ()
        if dry_run:
            _say_missing(missing, as_json=as_json)
            return
        if not run.publisher:
            raise Invalid(NO_PUBLISHER)
        installed = make(run, starter)
        result = play_round(run, Ask(), school_id=school_id, installed=installed)
    _show(result, as_json=as_json, extra={"made": list(installed.made)})


def _missing(run: Run, starter: Starter) -> tuple[str, ...]:
    return missing_parts(run, of_school(run.google.drive.list_files(), starter.school_id), starter)


def _starter(school_id: str, name: str, path: str | None) -> Starter:
    """An empty school with its own facts, or one school of a file of plans under this id and name."""
    if path is None:
        facts = {"School id": school_id, "School name": name, "Time zone": "Europe/London"}
        rows = [{"setting": key, "value": value} for key, value in facts.items()]
        return Starter(school_id=school_id, name=name, tables={"settings": rows})
    found = {starter.school_id: starter for starter in sample.starters(sample.load(Path(path)))}
    if school_id not in found:
        raise Invalid(f"The file holds no school {school_id}. It has: {', '.join(found)}.", place=path)
    return dataclasses.replace(found[school_id], name=name)


def _say_missing(missing: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        show.print_json({"dry_run": True, "would_make": list(missing)})
    else:
        click.echo(f"Would make: {', '.join(missing)}." if missing else "Everything is there already.")


def check(*, school_id: str | None, as_json: bool, **who: Any) -> None:
    with opened_run({**who, "as_json": as_json}) as run:
        found = survey(run, school_id)
    if as_json:
        findings = [show.finding_json(f) for f in found.findings]
        problems = [show.problem_json(p) for p in found.problems]
        told = {"findings": findings, "problems": problems, "notes": list(found.notes)}
        show.print_json({"school_id": found.files.school_id, **told})
    else:
        show.print_findings(found.findings, found.problems)
        for note in found.notes:
            click.echo(note)


def publish(*, school_id: str | None, dry_run: bool, as_json: bool, **who: Any) -> None:
    _round(Ask(sync=False, dry_run=dry_run), school_id, as_json=as_json, who=who)


def sync(*, school_id: str | None, dry_run: bool, as_json: bool, **who: Any) -> None:
    _round(Ask(publish=False, dry_run=dry_run), school_id, as_json=as_json, who=who)


def _round(ask: Ask, school_id: str | None, *, as_json: bool, who: dict[str, Any]) -> None:
    with opened_run({**who, "as_json": as_json}) as run:
        result = play_round(run, ask, school_id=school_id)
    _show(result, as_json=as_json)


def _show(result: RoundResult, *, as_json: bool, extra: dict[str, Any] | None = None) -> None:
    if as_json:
        show.print_json({**(extra or {}), **show.round_json(result)})
    else:
        show.print_round(result)
