"""cycles due and next: which pupils wait for their next cycle, and its draft."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from server.commands import show
from server.commands.school import opened_run
from server.plans.model import Cycle
from server.plans.next_cycle import to_go_on_from
from server.plans.register import Register
from server.workflows.entering import Desk
from server.workflows.next_cycle import GoingOn, go_on
from server.workflows.survey import survey


def due(*, school_id: str | None, as_json: bool, **who: Any) -> None:
    """Which cycles have ended with none after them."""
    with opened_run({**who, "as_json": as_json}) as run:
        register = Register(survey(run, school_id).school, run.today)
    found = [cycle for pupil_id in register.here for cycle in to_go_on_from(register, pupil_id)]
    if as_json:
        show.print_json({"due": [_cycle_json(cycle) for cycle in found]})
    else:
        _print_due(found)


def _cycle_json(cycle: Cycle) -> dict[str, Any]:
    ended = cycle.review_held_date or cycle.stopped
    return {"pupil_id": cycle.pupil, "cycle_id": cycle.cycle_id, "ended": str(ended or "")}


def _print_due(found: Iterable[Cycle]) -> None:
    table = Table("Pupil", "After cycle", "Ended")
    for cycle in found:
        table.add_row(*_cycle_json(cycle).values())
    Console().print(table if table.row_count else "Nobody waits for a next cycle.")


def next_cycle(*, pupil: str, cycle: str, school_id: str | None, dry_run: bool, as_json: bool, **who: Any) -> None:
    """The draft of a pupil's next cycle, and what follows from the review."""
    with opened_run({**who, "as_json": as_json}) as run:
        told = go_on(run, Desk(school_id=school_id), pupil, cycle, dry_run=dry_run)
    if as_json:
        show.print_json(_json(told, dry_run=dry_run))
    else:
        _print(told, dry_run=dry_run)


def _json(told: GoingOn, *, dry_run: bool) -> dict[str, Any]:
    draft = told.draft
    return {
        "dry_run": dry_run,
        "after": draft.before.cycle_id,
        "cycle_id": draft.cycle_id,
        "number": draft.number,
        "review_due": str(draft.review_due or ""),
        "carried": dict(draft.carried),
        "ended": list(draft.ended),
        "kept": dict(draft.kept),
        "follows": list(told.follows.told),
        "to_decide": [_ask(where, words) for where, words, must in _asks(told) if not must],
        "to_settle_first": [_ask(where, words) for where, words, must in _asks(told) if must],
        "refusal": draft.refusal,
        "standing": draft.standing,
        "written": told.is_written,
    }


def _asks(told: GoingOn) -> Iterable[tuple[str, str, bool]]:
    yield from ((ask.row.cell(ask.field), ask.words, ask.must) for ask in told.draft.asks)
    yield from (("", words, False) for words in told.follows.asks)


def _ask(where: str, words: str) -> dict[str, str]:
    return {"cell": where, "question": words}


def _print(told: GoingOn, *, dry_run: bool) -> None:
    draft = told.draft
    if draft.refusal or draft.standing:
        click.echo(draft.refusal or f"Cycle {draft.standing} stands already and is open: no other is drafted.")
    else:
        verb = "Would draft" if dry_run or not told.is_written else "Drafted"
        click.echo(
            f"{verb} cycle {draft.number} after {draft.before.cycle_id}, review due {draft.review_due or 'open'}."
        )
        click.echo(
            f"Outcomes that go on: {', '.join(draft.carried) or 'none'}. Ended: {', '.join(draft.ended) or 'none'}."
        )
        click.echo(f"Help that goes on: {', '.join(draft.kept) or 'none'}.")
    for line in told.follows.told:
        click.echo(line)
    for where, words, must in _asks(told):
        click.echo(f"{'First: ' if must else 'To decide: '}{words}{f' ({where})' if where else ''}")
    if not told.is_written:
        click.echo("Nothing was changed.")
