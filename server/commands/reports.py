"""report provision-map|governors|inspection|retention: what a school's rows say of the school as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from server.commands import show
from server.commands.school import opened_run
from server.commands.transfer import write
from server.plans.adult_hours import OverBooked, Week
from server.plans.effects import Effect
from server.plans.governors import Part, governors_report
from server.plans.governors_pages import governors_document
from server.plans.inspection import contents, inspection_parts
from server.plans.money import pounds
from server.plans.provision_map import ProvisionMap, PupilCost, provision_map
from server.plans.register import Register
from server.plans.retention import Kept, retention_list
from server.workflows.access import COPIES, SHARED, access
from server.workflows.papers import as_pdf
from server.workflows.record_pdf import record_pdf
from server.workflows.survey import survey
from sheets_templates.document import build_docx

PENCE = 2
PACK_TITLE = "SEN inspection pack"
PACK = "Made on {day} from the school's workbooks, about pupil {pupil}. For the SENCO team: show it, don't leave it."
FOR_STAFF = "for the SENCO team alone; bin your copy afterwards."


def provision_map_of(*, school_id: str | None, as_json: bool, **who: Any) -> None:
    """What help costs, whose time it takes and what it changed. For staff."""
    with opened_run({**who, "as_json": as_json}) as run:
        found = provision_map(Register(survey(run, school_id).school, run.today))
    if as_json:
        show.print_json(_map_json(found))
    else:
        _print_map(found)


def governors(*, path: str, school_id: str | None, dry_run: bool, as_json: bool, **who: Any) -> None:
    """Counts alone, as PDF; a dry run writes and makes nothing."""
    with opened_run({**who, "as_json": as_json}) as run:
        found = survey(run, school_id)
        parts = governors_report(Register(found.school, run.today))
        pdf = b""
        if not dry_run:
            spec = governors_document(parts, school=found.school.settings.name, day=run.today)
            folder = found.files.folder.file_id if found.files.folder else ""
            pdf = as_pdf(run.google.drive, folder, build_docx(spec, has_logo=False))
    if not dry_run:
        write(path, pdf)
    _show_governors(parts, path, dry_run=dry_run, as_json=as_json)


def inspection(*, pupil_id: str, path: str, school_id: str | None, dry_run: bool, as_json: bool, **who: Any) -> None:
    """One pupil's pack as PDF; a dry run only says what would be in it."""
    with opened_run({**who, "as_json": as_json}) as run:
        held = access(run, pupil_id, school_id=school_id)
        parts = inspection_parts(run.catalogue, held.every, (SHARED, COPIES))
        listed = contents(parts)
        about = [PACK.format(pupil=pupil_id, day=run.today.isoformat()), *listed]
        pdf = b"" if dry_run else record_pdf(run, held.found, parts, title=PACK_TITLE, about=about)
    if not dry_run:
        write(path, pdf)
    if as_json:
        show.print_json({"pupil_id": pupil_id, "dry_run": dry_run, "parts": list(listed)})
        return
    for line in listed:
        click.echo(line)
    click.echo("Nothing was written: this was a dry run." if dry_run else f"{Path(path).name}: {FOR_STAFF}")


def retention(*, school_id: str | None, as_json: bool, **who: Any) -> None:
    """Until when the files of those who left are kept."""
    with opened_run({**who, "as_json": as_json}) as run:
        found = retention_list(Register(survey(run, school_id).school, run.today))
    if as_json:
        show.print_json({"files": [_kept_json(row) for row in found]})
        return
    table = Table("Pupil", "Left", "Kept until", "What to do")
    for row in found:
        table.add_row(row.pupil_id, str(row.left or ""), str(row.until or ""), row.in_words)
    Console().print(table if found else "Nobody has left. Nothing to look at.")


def _kept_json(row: Kept) -> dict[str, Any]:
    until = row.until.isoformat() if row.until else None
    return {"pupil_id": row.pupil_id, "left": str(row.left or ""), "keep_until": until, "state": row.state}


def _show_governors(parts: Iterable[Part], path: str, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        show.print_json({"dry_run": dry_run, "parts": {part.title: dict(part.facts) for part in parts}})
        return
    for part in parts:
        table = Table("What", "How many", title=part.title)
        for label, count in part.facts or (("Too few pupils to show", ""),):
            table.add_row(label, count)
        Console().print(table)
    click.echo("Nothing was written: this was a dry run." if dry_run else f"{Path(path).name}: counts alone.")


def _print_map(found: ProvisionMap) -> None:
    console = Console()
    _print_costs(console, found.costs)
    _print_hours(console, found.weeks)
    for row in found.over_booked:
        console.print(f"[yellow]{_over(row)}[/yellow]")
    _print_effects(console, found.effects)


def _over(row: OverBooked) -> str:
    week, booked, own = row.monday, _hours(row.booked), _hours(row.can_give)
    return f"{row.staff_id}: {booked} hours in the week of {week}, and {own} to give. Share the help out anew."


def _print_costs(console: Console, costs: Iterable[PupilCost]) -> None:
    table = Table("Pupil", "This cycle", "In a year", title="What help costs")
    for row in costs:
        table.add_row(row.pupil_id, pounds(row.cycle), row.in_words)
    console.print(table)


def _print_hours(console: Console, weeks: Iterable[Week]) -> None:
    table = Table("Week of", "Role", "Hours", title="Adults' hours")
    for week in weeks:
        for role, hours in week.by_role.items():
            table.add_row(str(week.monday), role, _hours(hours))
    console.print(table)


def _print_effects(console: Console, effects: Iterable[Effect]) -> None:
    table = Table("Help", "Tried", "Worked", "Not a fair test", "Ratings rose by", title="What was tried")
    for row in effects:
        rose = "" if row.gain is None else f"{row.gain:+.1f}"
        table.add_row(row.name, str(row.tried), str(row.worked), str(row.unfair or ""), rose)
    console.print(table)


def _hours(hours: float) -> str:
    return f"{round(hours, PENCE):g}"


def _map_json(found: ProvisionMap) -> dict[str, Any]:
    return {
        "day": found.day.isoformat(),
        "cost": {"cycle": _rounded(found.cycle), "year": _rounded(found.year)},
        "pupils": [_cost_json(row) for row in found.costs],
        "weeks": [
            {"monday": week.monday.isoformat(), "by_role": dict(week.by_role), "by_adult": dict(week.by_adult)}
            for week in found.weeks
        ],
        "over_booked": [{**vars(row), "monday": row.monday.isoformat()} for row in found.over_booked],
        "effects": [{**vars(row), "gain": _rounded(row.gain)} for row in found.effects],
    }


def _cost_json(row: PupilCost) -> dict[str, Any]:
    costs = {"cycle": _rounded(row.cycle), "year": _rounded(row.year)}
    return {"pupil_id": row.pupil_id, "cycle_id": row.cycle_id, **costs, "line": row.line, "above": row.is_above}


def _rounded(amount: float | None) -> float | None:
    return None if amount is None else round(amount, PENCE)
