"""``senplans templates check``: tags, width and length of the built-in documents; the tags of a school's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from server.cli import as_json
from server.commands import show, templates_forms
from server.commands.sample_place import sample_place
from server.plans.copy_words import counted
from server.workflows import papers
from sheets_templates import plan_templates
from sheets_templates.document import build_docx, load_spec
from sheets_templates.document import check as problems_of
from sheets_templates.document_overflow import overflows
from sheets_templates.document_problem import TemplateProblem


@click.command("check")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--staff", is_flag=True, help="Check your own FILE as a document for staff.")
@click.option("--pages", is_flag=True, help="Also fill and print each for the sample pupils, and count its pages.")
@as_json
def check(*, file: Path | None, staff: bool, pages: bool, as_json: bool) -> None:
    """Look for unknown tags, and for anything wider than the page, in every built-in document; with FILE, in your
    own template (.docx): also for tags that leak what only staff may read, and for what it leaves out."""
    if file is not None:
        templates_forms.check_form(file, readers="staff" if staff else "household", as_json=as_json)
        return
    rows = [_checked(key) for key in plan_templates.load()]
    rows = list(_printed(rows)) if pages else rows
    if as_json:
        show.print_json({"templates": rows})
    else:
        for row in rows:
            click.echo(_told(row))
    if any(row["problems"] for row in rows):
        raise click.exceptions.Exit(1)


def _checked(key: str) -> dict[str, Any]:
    spec = load_spec(key)
    docx = build_docx(spec)
    found = _said((*problems_of(docx, spec.view), *overflows(docx)))
    return {"template": key, "tags": 0 if found else len(papers.built_in(key).tags), "problems": found}


def _said(problems: Iterable[TemplateProblem]) -> list[str]:
    return [f"{problem.place}: {problem.message}" for problem in problems]


def _told(row: dict[str, Any]) -> str:
    told = f"{row['template']}: {'; '.join(row['problems']) or 'good'}, {row['tags']} tags"
    if "pages" not in row:
        return told
    if not row["pupils"]:
        return f"{told}, fits no sample pupil"
    return f"{told}, {counted(row['pupils'], 'sample pupil')}, {counted(row['pages'], 'page')} at most"


def _printed(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each row with the sample pupils it fits, what is too wide when filled, and the pages of the longest."""
    with sample_place() as sample:
        filled: dict[str, list[bytes]] = defaultdict(list)
        for school in sample.schools:
            for pupil in school.pupils:
                for each in papers.papers(school, pupil.pupil_id, today=sample.today):
                    filled[each.key] += filter(None, [each.docx])
        for row in rows:
            mine = filled[row["template"]]
            wide = sorted({problem for docx in mine for problem in _said(overflows(docx))})
            longest = max(mine, key=len, default=b"")
            pages = papers.pages_in(papers.as_pdf(sample.drive, sample.folder_id, longest)) if longest else 0
            yield {**row, "problems": [*row["problems"], *wide], "pupils": len(mine), "pages": pages}
