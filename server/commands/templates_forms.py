"""``senplans templates recognise`` and ``check FILE``: what a school's own form asks for, before anything is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from server.cli import as_json
from server.commands import show
from server.plans.form_words import confidence_in_words
from server.plans.trouble import Invalid
from sheets_templates.document_problem import TemplateRefused
from sheets_templates.form_check import check_tags
from sheets_templates.form_nearby import Proposal
from sheets_templates.form_propose import recognise as recognised
from sheets_templates.form_tagging import tag_copy
from sheets_templates.record_tags import Readers

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.command("recognise")
@_FILE
@click.option(
    "--copy", "copy_to", type=click.Path(dir_okay=False, path_type=Path), help="Write the tagged copy here."
)
@click.option("--staff", is_flag=True, help="For staff: fields that parents may not read get tags too.")
@as_json
def recognise(*, file: Path, copy_to: Path | None, staff: bool, as_json: bool) -> None:
    """The labels of your own form (.docx), the field proposed for each, and what is left. The file is only read."""
    docx = file.read_bytes()
    readers: Readers = "staff" if staff else "household"
    try:
        found, copy = recognised(docx), tag_copy(docx, readers=readers)
    except TemplateRefused as refused:
        raise Invalid(refused.problems[0].message, place=refused.problems[0].place) from refused
    if copy_to is not None:
        if copy_to.resolve() == file.resolve():
            raise Invalid("The copy would replace the form itself. Choose another name.", place=str(copy_to))
        copy_to.write_bytes(copy.docx)
    rows = [_row(proposal) for proposal in found.proposals]
    left = [{"label": each.label, "where": each.where, "reason": each.reason} for each in copy.left]
    if as_json:
        show.print_json({"file": file.name, "readers": readers, "labels": rows, "left": left})
        return
    _print(rows, left)


def _row(proposal: Proposal) -> dict[str, Any]:
    spot = proposal.spot
    return {
        "label": proposal.label,
        "where": spot.where,
        "answer": spot.answer,
        "placement": spot.placement,
        "field": proposal.field or None,
        "score": proposal.score if proposal.field else 0.0,
        "confidence": confidence_in_words(proposal),
        "others": [each.field for each in proposal.others],
        "repeats": proposal.repeats,
    }


def _print(rows: list[dict[str, Any]], left: list[dict[str, str]]) -> None:
    table = Table("Label", "Where", "Field", "How sure", box=None)
    for row in rows:
        table.add_row(row["label"], row["where"], row["field"] or "–", row["confidence"])
    Console().print(table)
    click.echo(f"{len(rows)} labels, {len(left)} left as they are:")
    for each in left:
        click.echo(f"  {each['label']} ({each['where']}): {each['reason']}")


def check_form(file: Path, *, readers: Readers, as_json: bool) -> None:
    """Tell what is wrong with the tags of a school's own template, and what it leaves out; exit 1 for a bad one."""
    checked = check_tags(file.read_bytes(), readers=readers)
    problems = [f"{problem.place}: {problem.message}" for problem in checked.problems]
    if as_json:
        show.print_json(
            {
                "problems": problems,
                "missing": list(checked.missing),
                "missing_by_part": {part: list(labels) for part, labels in checked.missing_parts},
                "nearest_template": checked.template,
            }
        )
    else:
        for line in problems or ["Every tag is good."]:
            click.echo(line)
        for part, labels in checked.missing_parts:
            click.echo(f"Not shown, though {checked.template} must say it – {part}: {'; '.join(labels)}")
    if problems:
        raise click.exceptions.Exit(1)
