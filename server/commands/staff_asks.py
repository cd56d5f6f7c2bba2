"""ask-staff: rows in Who has read and in Actions for what colleagues are asked."""

from __future__ import annotations

from typing import Any

import click

from server.commands import show
from server.commands.school import opened_run
from server.workflows.staff_asks import ask_staff
from sheets_templates.imports.matching import Add


def run(*, school_id: str | None, dry_run: bool, as_json: bool, **who: Any) -> None:
    """Ids alone: what is printed may be kept by a machine."""
    with opened_run({**who, "as_json": as_json}) as opened:
        told = ask_staff(opened, school_id=school_id, dry_run=dry_run)
    reads = [add for add in told.proposals.adds if add.table == "reads"]
    training = [add for add in told.proposals.adds if add.table == "actions"]
    if as_json:
        show.print_json(
            {
                "reads": [_read(add) for add in reads],
                "training": [_action(add) for add in training],
                "dry_run": dry_run,
            }
        )
        return
    verb = "Would ask" if dry_run else "Asked"
    click.echo(f"{verb} for {len(reads)} readings of plans, and dated {len(training)} training gaps.")
    for add in reads:
        click.echo(f"  {add.values['staff']} to read {add.values['cycle']}")
    for add in training:
        click.echo(f"  {add.values['action']} by {add.values['due']}")


def _read(add: Add) -> dict[str, object]:
    return {key: add.values[key] for key in ("pupil", "cycle", "staff")}


def _action(add: Add) -> dict[str, object]:
    return {"pupil": add.pupil, "action": add.values["action"], "due": str(add.values["due"])}
