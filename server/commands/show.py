"""Results for people (rich) and for machines (one JSON object). Sentences are made here, at the edge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from server.plans.model import Finding, Problem
from server.plans.trouble import Invalid, Trouble
from server.workflows.round import RoundResult
from server.workflows.run import Progress as Tell
from server.workflows.run import in_silence

SHOWN_LEVELS = ("block", "red", "amber", "prompt", "info", "staff")
STYLES = {"block": "bold red", "red": "red", "amber": "yellow", "prompt": "cyan", "info": "dim", "staff": "dim"}


@contextmanager
def port_taken(port: int) -> Iterator[None]:
    """A port that somebody else listens on, as a sentence."""
    try:
        yield
    except OSError as error:
        raise Invalid(f"Port {port} can't be used ({error.strerror}). Choose another with --port.") from error


def sentence(trouble: Trouble) -> str:
    """What happened, with its place."""
    place = f" ({trouble.place})" if isinstance(trouble, Invalid) and trouble.place else ""
    return f"{trouble.message}{place}"


def print_json(data: Mapping[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


@contextmanager
def progress(*, quiet: bool) -> Iterator[Tell]:
    """A progress bar for long work; nothing where a machine reads."""
    if quiet:
        yield in_silence
        return
    count = TextColumn("{task.completed}/{task.total}")
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        count,
        transient=True,
        console=Console(stderr=True),
    ) as bars:
        task = bars.add_task("Reading", total=None)

        def tell(step: str, done: int, of: int) -> None:
            bars.update(task, description=step, completed=done, total=of)

        yield tell


def finding_json(finding: Finding) -> dict[str, str]:
    names = ("rule", "level", "pupil_id", "cell", "message", "action", "force", "source")
    return {name: getattr(finding, name) for name in names}


def problem_json(problem: Problem) -> dict[str, str]:
    return {"cell": problem.cell, "message": problem.message}


def round_json(result: RoundResult) -> dict[str, Any]:
    """What a round found and did, or would do."""
    plan, done = result.plan, result.done
    return {
        "school_id": plan.survey.files.school_id,
        "dry_run": result.dry_run,
        "problems": [problem_json(p) for p in result.problems],
        "findings": [finding_json(f) for f in result.findings],
        "planned": {
            "copies": len(plan.publication.writes),
            "removals": len(plan.publication.removals),
            "additions": len(plan.publication.additions),
            "events": len(plan.reviews.writes),
        },
        "done": {
            "copies": ["/".join(name) for name in done.written],
            "permissions": sum(outcome.done for outcome in done.permissions),
            "events": sum(outcome.done for outcome in done.events),
        },
        "refused": [outcome.message for outcome in result.refused],
        "notes": list(result.notes),
    }


def print_findings(findings: Iterable[Finding], problems: Iterable[Problem]) -> None:
    """Findings as a table, most urgent first; then the cells that could not be read."""
    console = Console()
    table = Table("Rule", "Level", "Pupil", "Cell", "What and what to do", title="Checks")
    shown = [f for f in findings if f.level in SHOWN_LEVELS]
    for finding in shown:
        text = f"{finding.message} {finding.action}".strip()
        row = (finding.rule, finding.level, finding.pupil_id, finding.cell, text)
        table.add_row(*row, style=STYLES.get(finding.level, ""))
    console.print(table if shown else "Nothing is missing, due or late.")
    for problem in problems:
        console.print(f"[yellow]{problem.cell}[/yellow]: {problem.message}")


def print_round(result: RoundResult) -> None:
    """One line for what happened, and one for each thing Google would not do."""
    console = Console()
    plan, done = result.plan, result.done
    if result.dry_run:
        console.print(
            f"Would write {len(plan.publication.writes)} copies, change {_permission_count(result)} permissions and "
            f"{len(plan.reviews.writes)} events. Nothing was changed."
        )
        return
    shared = sum(outcome.done for outcome in done.permissions)
    booked = sum(outcome.done for outcome in done.events)
    console.print(f"{len(done.written)} copies written, {shared} permissions changed, {booked} events changed.")
    for line in (*(outcome.message for outcome in result.refused), *result.notes):
        console.print(f"[yellow]{line}[/yellow]")


def _permission_count(result: RoundResult) -> int:
    publication = result.plan.publication
    first = sum(len(write.wanted.copy.readers) for write in publication.writes if not write.file_id)
    return len(publication.removals) + len(publication.additions) + first + len(result.plan.staff)
