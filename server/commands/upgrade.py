"""upgrade: new tabs, columns and choices for workbooks of an earlier version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from server.commands import show
from server.commands.school import NO_PUBLISHER, opened_run
from server.plans.trouble import Invalid
from server.workflows.upgrade import Upgraded
from server.workflows.upgrade import upgrade as bring_up


def upgrade(*, school_id: str | None, dry_run: bool, as_json: bool, **who: Any) -> None:
    """Bring every workbook of a school up to date, or say what that would add."""
    with opened_run({**who, "as_json": as_json}) as run:
        if not run.publisher and not dry_run:
            raise Invalid(NO_PUBLISHER)
        done = bring_up(run, school_id=school_id, dry_run=dry_run)
    if as_json:
        show.print_json(_json(done))
    else:
        for line in _lines(done):
            click.echo(line)


def _json(done: Upgraded) -> dict[str, Any]:
    return {
        "school_id": done.school_id,
        "dry_run": done.dry_run,
        "workbooks": [
            {
                "name": each.name,
                "tabs": list(each.upgrade.tabs),
                "columns": list(each.upgrade.columns),
                "choices": list(each.upgrade.choices),
                "refused": each.upgrade.refusal,
            }
            for each in done.workbooks
        ],
    }


def _lines(done: Upgraded) -> Iterator[str]:
    for each in done.workbooks:
        yield f"{each.name}: {each.told}"
    yield "Nothing was changed." if done.dry_run else "Nothing that was there was changed."
