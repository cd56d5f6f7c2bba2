"""transfer export|import|remove: the file that follows a pupil from school to school."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from server.commands import show
from server.commands.school import opened_run
from server.plans.trouble import Invalid
from server.workflows.forgetting import forget
from server.workflows.record_pdf import transfer_pdf
from server.workflows.run import Run
from server.workflows.transfer import Move, ReceivedFile, SentFile, receive, send

NO_SCHOOL = "With --moved say to which school: --to NAME. Nothing was made."
NO_DAY = "{text} is no day. Write it as YYYY-MM-DD."
KEEP_SAFE = "It holds the pupil's whole record: send it by a safe way, and bin your copy."


def export(*, pupil_id: str, path: str, pdf: str | None, to: str, moved: str, **options: Any) -> None:
    """Write the file, and with --to the line in Transfers."""
    if moved and not to:
        raise Invalid(NO_SCHOOL)
    how = how_of(options)
    with opened_run(options) as run:
        move = _move(run, to, moved) if to else None
        told = send(run, pupil_id, move=move, **how)
        pages = transfer_pdf(run, told) if pdf and not told.dry_run else b""
    if not told.dry_run:
        write(path, told.content)
        if pdf:
            write(pdf, pages)
    _show_sent(told, path, as_json=options["as_json"])


def bring_in(*, path: str, from_school: str, moved: str, class_form: str, here_as: str, **options: Any) -> None:
    """Bring a file in."""
    content = Path(path).read_bytes()
    how = how_of(options)
    with opened_run(options) as run:
        move = _move(run, from_school, moved)
        told = receive(run, content, move=move, class_form=class_form, here_as=here_as, **how)
    _show_received(told, as_json=options["as_json"])


def remove(*, pupil_id: str, path: str, confirm: str, **options: Any) -> None:
    """Empty the rows of a pupil whose file is confirmed."""
    how = how_of(options)
    with opened_run(options) as run:
        told = forget(run, pupil_id, Path(path).read_bytes(), confirm=confirm, **how)
    if options["as_json"]:
        show.print_json({"pupil": pupil_id, "rows": dict(told.rows), "code": told.code, "dry_run": told.dry_run})
        return
    counts = ", ".join(f"{tab} {count}" for tab, count in told.rows.items())
    click.echo(f"{'Would empty' if told.dry_run else 'Emptied'}: {counts or 'nothing'}.")
    if told.dry_run:
        click.echo(f"Nothing was changed. To do it, give --confirm {told.code}")


def how_of(options: dict[str, Any]) -> dict[str, Any]:
    """Which school, and whether it is a dry run, taken out of the options."""
    return {name: options.pop(name) for name in ("school_id", "dry_run")}


def _move(run: Run, school: str, moved: str) -> Move:
    try:
        return Move(school=school, moved=date.fromisoformat(moved) if moved else run.today)
    except ValueError as error:
        raise Invalid(NO_DAY.format(text=moved), place="--moved") from error


def write(path: str, content: bytes) -> None:
    """Write one file; raises Invalid where that can't be."""
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        raise Invalid(f"That file can't be written ({error.strerror}). Choose another place.", place=path) from error


def _show_sent(told: SentFile, path: str, *, as_json: bool) -> None:
    rows = sum(1 for _ in told.leaving.file.rows())
    if as_json:
        show.print_json(
            {
                "pupil": told.leaving.file.pupil,
                "rows": rows,
                "left_out": [vars(each) for each in told.left],
                "names_others": [vars(each) for each in told.mentions],
                "rows_without_id": told.unready,
                "logged": told.logged,
                "dry_run": told.dry_run,
            }
        )
        return
    for each in told.left:
        click.echo(f"Stays: {each.what} ({each.count}). {each.why}")
    for found in told.mentions:
        click.echo(f"Look: {found.tab} {found.row_id}, “{found.column}” names {found.pupil_id}. Reword it first.")
    if told.unready:
        click.echo(f"{told.unready} rows have no id yet and are not in the file: run “senplans publish” first.")
    if told.dry_run:
        click.echo(f"Would write {rows} rows. Nothing was changed: this was a dry run.")
    else:
        click.echo(f"{Path(path).name}: {rows} rows. {KEEP_SAFE}{' Noted in Transfers.' if told.logged else ''}")


def _show_received(told: ReceivedFile, *, as_json: bool) -> None:
    done, plan = told.imported, told.arrival
    differs = [
        {"table": c.table, "row": c.row_id, "column": c.column, "here": str(c.before), "file": str(c.after)}
        for c in plan.differs
    ]
    if as_json:
        show.print_json(
            {
                "pupil": plan.pupil,
                "new": plan.is_new,
                "add": len(plan.adds),
                "fill": len(plan.fills),
                "added": done.added,
                "filled": done.filled,
                "differs": differs,
                "renamed": {f"{table}/{old}": new for (table, old), new in plan.renamed.items()},
                "newer": list(told.opened.unknown),
                "newer_without_note": list(plan.unnoted),
                "whole": told.whole,
                "dry_run": told.dry_run,
            }
        )
        return
    for each in differs:
        click.echo(f"Differs, left as it is: {each['table']} {each['row']}, {each['column']}.")
    for text in told.opened.unknown:
        click.echo(text)
    if plan.unnoted:
        click.echo(f"These stand here already and got no note, so keep the file: {', '.join(plan.unnoted)}.")
    if told.dry_run:
        click.echo(f"Would add {len(plan.adds)} rows and fill {len(plan.fills)} cells. Nothing was changed.")
        return
    click.echo(f"{plan.pupil}: {done.added} rows added, {done.filled} cells filled.")
    click.echo(
        "Read back, nothing is missing."
        if told.whole
        else "Read back, something is missing: run it again, then look."
    )
