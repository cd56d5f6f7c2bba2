"""access export and mis export: what a school hands over on request, as files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from server.commands import show
from server.commands.school import opened_run
from server.commands.transfer import how_of, write
from server.plans.access_file import kept_from
from server.plans.mis_flags import flagged, flags
from server.plans.transfer.pages import Part
from server.workflows.access import AccessFile, access
from server.workflows.record_pdf import record_pdf
from server.workflows.run import Run
from server.workflows.survey import survey

TITLE = "Everything held about {pupil}"
ALL = "For the school alone: this has everything, also about others. Hand over the other one, once looked through."
PROPOSED = "A proposal: {count} things are left out, listed in {name}. Go through them before this is handed over."


def export(*, pupil_id: str, folder: str, asked_by: str, pdf: bool, **options: Any) -> None:
    """Write the two answers and the list of what the second leaves out."""
    how = how_of(options)
    with opened_run(options) as run:
        told = access(run, pupil_id, asked_by=asked_by, school_id=how["school_id"])
        files = {} if how["dry_run"] else _files(run, told, pdf=pdf)
    for name, content in files.items():
        write(str(Path(folder) / name), content)
    _show(told, sorted(files), dry_run=how["dry_run"], as_json=options["as_json"])


def _files(run: Run, told: AccessFile, *, pdf: bool) -> dict[str, bytes]:
    listed = f"{told.pupil_id}-left-out.txt"
    answers = {
        "all": (told.every, ALL),
        "proposed": (told.proposed, PROPOSED.format(count=len(told.omitted), name=listed)),
    }
    found = {listed: "".join(f"{line}\n" for line in kept_from(told.omitted)).encode()}
    for name, (every, about) in answers.items():
        found[f"{told.pupil_id}-{name}.json"] = _json(told.pupil_id, every, about)
        if pdf:
            title = TITLE.format(pupil=told.pupil_id)
            found[f"{told.pupil_id}-{name}.pdf"] = record_pdf(run, told.found, every, title=title, about=[about])
    return found


def _json(pupil_id: str, every: Sequence[Part], about: str) -> bytes:
    held = {part.title: [{"row": name, "says": dict(facts)} for name, facts in part.rows] for part in every}
    whole = {"pupil": pupil_id, "about": about, "held": held}
    return f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n".encode("utf-8", "replace")


def _show(told: AccessFile, files: Sequence[str], *, dry_run: bool, as_json: bool) -> None:
    rows = sum(len(part.rows) for part in told.every)
    if as_json:
        omitted = [vars(each) for each in told.omitted]
        show.print_json(
            {"pupil": told.pupil_id, "rows": rows, "left_out": omitted, "files": list(files), "dry_run": dry_run}
        )
        return
    for line in kept_from(told.omitted):
        click.echo(f"Look: {line}")
    click.echo(
        f"{rows} rows. Nothing was written: this was a dry run." if dry_run else f"Written: {', '.join(files)}."
    )


def mis(*, path: str, **options: Any) -> None:
    """Write the flags."""
    how = how_of(options)
    with opened_run(options) as run:
        found = survey(run, how["school_id"]).school
        count, lines = len(list(flagged(found, run.today))), flags(found, run.today)
    if not how["dry_run"]:
        write(path, lines.encode("utf-8-sig", "replace"))
    if options["as_json"]:
        show.print_json({"pupils": count, "dry_run": how["dry_run"]})
    else:
        name = Path(path).name
        click.echo(
            f"Would write {count} pupils."
            if how["dry_run"]
            else f"{name}: {count} pupils. It names them: keep it safe."
        )
