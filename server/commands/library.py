"""library fill|show: the school's own collection of help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from server.commands import show
from server.commands.school import opened_run
from server.plans.library import Suggestion, for_needs, suggestions
from server.plans.register import Register
from server.plans.trouble import Invalid
from server.workflows.library import fill_library
from server.workflows.survey import survey
from sheets_templates.library_file import library_rows
from sheets_templates.starter_library import StrategyRow, starter_library

SHOWN = 12


def fill(
    *, needs: tuple[str, ...], path: str | None, school_id: str | None, dry_run: bool, as_json: bool, **who: Any
) -> None:
    """Add what the Library lacks of a file, or of what we bring along."""
    rows = _wanted(path, needs)
    with opened_run({**who, "as_json": as_json}) as run:
        told = fill_library(run, rows, school_id=school_id, dry_run=dry_run)
    if as_json:
        show.print_json({"added": list(told.names), "unseen": list(told.unseen), "dry_run": told.dry_run})
        return
    click.echo(f"{'Would add' if dry_run else 'Added'} {len(told.names)} kinds of help to the Library.")
    for name in told.names:
        click.echo(f"  {name}")


def _wanted(path: str | None, needs: tuple[str, ...]) -> tuple[StrategyRow, ...]:
    try:
        rows = library_rows(Path(path).read_text("utf-8-sig")) if path else starter_library()
        return for_needs(rows, needs)
    except UnicodeDecodeError as error:
        raise Invalid("This file is no text in UTF-8. Save it as “CSV UTF-8” and try again.") from error
    except ValueError as error:
        raise Invalid(str(error)) from error


def suggest(*, pupil_id: str, school_id: str | None, as_json: bool, **who: Any) -> None:
    """What the Library has for a pupil."""
    with opened_run({**who, "as_json": as_json}) as run:
        register = Register(survey(run, school_id).school, run.today)
    if pupil_id not in register.pupils:
        raise Invalid(f"There is no pupil {pupil_id} in the workbooks.")
    found = suggestions(register, pupil_id)
    if as_json:
        show.print_json({"pupil": pupil_id, "help": [_as_json(each) for each in found]})
        return
    for each in found[:SHOWN]:
        click.echo(f"{each.strategy.name}: {_said(each)}")
    if len(found) > SHOWN:
        click.echo(f"… and {len(found) - SHOWN} more in the Library tab.")


def _said(each: Suggestion) -> str:
    told = [f"with this pupil {each.with_pupil.in_words}"] if each.with_pupil.tried else []
    return "; ".join([*told, f"here: {each.here.in_words}"])


def _as_json(each: Suggestion) -> dict[str, object]:
    return {
        "name": each.strategy.name,
        "for_need": each.for_need,
        "with_pupil": dict(each.with_pupil.effects),
        "here": dict(each.here.effects),
        "measure": each.strategy.measure,
    }
