"""``senplans templates``: the 17 templates, what each asks for, whether it is sound, and how it looks for a pupil."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from server.cli import as_json, identity, school, today
from server.commands import show, templates_check, templates_forms
from server.commands.sample_place import sample_place
from server.plans.model import School
from server.plans.ports import Drive
from server.plans.trouble import Invalid
from server.workflows import papers
from server.workflows.logo import logo_of
from server.workflows.papers import Paper
from sheets_templates import plan_templates
from sheets_templates.document import Logo, load_spec
from sheets_templates.document_overflow import overflows
from sheets_templates.plan_templates import PlanTemplate

NO_FILE = "Say where to put it: --pdf FILE, or --docx FILE to skip Google."


@click.group("templates")
def templates() -> None:
    """The plans, letters, forms and records a school writes: look at them, check them, see one for a pupil."""


@templates.command("list")
@as_json
def list_all(*, as_json: bool) -> None:
    """Every template, who reads it and what it is for."""
    rows = [_summary(template) for template in plan_templates.load().values()]
    if as_json:
        show.print_json({"templates": rows})
        return
    _print_table(
        ("Template", "What it is", "When it is used", "Read by", "Fields"), [tuple(r.values()) for r in rows]
    )


def _summary(template: PlanTemplate) -> dict[str, str]:
    return {
        "template": template.key,
        "name": template.name,
        "use": template.use,
        "readers": load_spec(template.key).view.name,
        "fields": str(len(list(template.fields))),
    }


def _print_table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    table = Table(*heads, box=None)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


@templates.command("show")
@click.argument("key")
@as_json
def show_one(*, key: str, as_json: bool) -> None:
    """The sections and fields of one template: where each is kept and who reads it."""
    template = plan_templates.load().get(key)
    if template is None:
        raise Invalid(papers.NO_TEMPLATE, place=key)
    rows = [(section.name, *_field_row(field)) for section in template.sections for field in section.fields]
    heads = ("section", "field", "required", "read_by", "kept")
    if as_json:
        show.print_json({**_summary(template), "fields": [dict(zip(heads, row, strict=True)) for row in rows]})
        return
    click.echo(f"{template.name}: {template.use}. Version {template.version}.")
    _print_table(("Section", "Field", "Needed", "Who sees it", "Kept in"), rows)


def _field_row(field: plan_templates.TemplateField) -> tuple[str, str, str, str]:
    return field.label, field.required, field.audience, ", ".join(field.at) or "worked out"


templates.add_command(templates_forms.recognise)


templates.add_command(templates_check.check)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a preview is made: the school as read, and the folder that holds the Doc for a moment."""

    school: School
    drive: Drive
    folder_id: str
    today: date
    logo: Logo | None = None


@templates.command("preview")
@click.option("--pupil", "pupil_id", required=True, metavar="ID", help="For which pupil.")
@click.option("--template", "key", metavar="KEY", help="Which template; every one that fits where it is left out.")
@click.option("--household", default="", metavar="H", help="For which household; the first where it is left out.")
@click.option("--pdf", type=click.Path(dir_okay=False), help="Print it through Drive into this file.")
@click.option("--docx", type=click.Path(dir_okay=False), help="Write the document itself, without Drive.")
@click.option("--sample", is_flag=True, help="Take a pupil of the invented schools, on this machine alone.")
@school
@identity
@today
@as_json
def preview(*, sample: bool, pupil_id: str, as_json: bool, **options: Any) -> None:
    """A template filled for a pupil, as its reader sees it. With several, each file's name ends in the template's."""
    wanted = {name: options.pop(name) for name in ("key", "household", "pdf", "docx")}
    if not (wanted["pdf"] or wanted["docx"]):
        raise Invalid(NO_FILE)
    with _sample_place(pupil_id) if sample else _school_place(options, quiet=as_json) as place:
        rows = [_previewed(place, paper, wanted) for paper in _papers(place, pupil_id, wanted)]
    if as_json:
        show.print_json({"pupil": pupil_id, "papers": rows})
        return
    for row in rows:
        said = " ".join(filter(None, (", ".join(row["files"]) + _pages(row["pages"]), row["left"])))
        click.echo(f"{row['template']}: {said}")


def _papers(place: Place, pupil_id: str, wanted: dict[str, Any]) -> Iterator[Paper]:
    household, key = wanted["household"], wanted["key"]
    if key is None:
        yield from papers.papers(place.school, pupil_id, household=household, today=place.today, logo=place.logo)
        return
    reader = papers.reader_of(place.school, pupil_id, key, household, place.today)
    yield papers.paper(reader, key, place.logo, anyway=True)


def _previewed(place: Place, paper: Paper, wanted: dict[str, Any]) -> dict[str, Any]:
    if not paper.docx:
        return {"template": paper.key, "left": paper.left, "files": [], "pages": 0, "overflows": []}
    files, pages = [], 0
    if wanted["docx"]:
        files.append(_write(wanted["docx"], paper.docx, "" if wanted["key"] else paper.key))
    if wanted["pdf"]:
        pdf = papers.as_pdf(place.drive, place.folder_id, paper.docx)
        pages = papers.pages_in(pdf)
        files.append(_write(wanted["pdf"], pdf, "" if wanted["key"] else paper.key))
    wide = [f"{problem.place}: {problem.message}" for problem in overflows(paper.docx)]
    return {"template": paper.key, "left": paper.left, "files": files, "pages": pages, "overflows": wide}


def _write(path: str, content: bytes, key: str) -> str:
    """Write one file; with a ``key`` its name ends in it: ``P06.pdf`` becomes ``P06-ehc_pack.pdf``."""
    file = Path(path)
    file = file.with_name(f"{file.stem}-{key}{file.suffix}") if key else file
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Invalid(f"That file can't be written ({error.strerror}). Choose another place.", place=path) from error
    return str(file)


def _pages(count: int) -> str:
    return f" ({count} page{'' if count == 1 else 's'})" if count else ""


@contextmanager
def _school_place(options: dict[str, Any], *, quiet: bool) -> Iterator[Place]:
    from server import settings as setting
    from server import wiring
    from server.workflows.survey import survey

    school_id = options.pop("school_id")
    settings = setting.read(**options)
    with wiring.door(settings) as google, show.progress(quiet=quiet) as tell:
        run = wiring.new_run(settings, google, progress=tell)
        found = survey(run, school_id)
        logo = logo_of(google.drive, found.files, found.school.settings)
        folder = found.files.folder.file_id if found.files.folder else ""
        yield Place(school=found.school, drive=google.drive, folder_id=folder, today=run.today, logo=logo)


@contextmanager
def _sample_place(pupil_id: str) -> Iterator[Place]:
    """The sample school that has the pupil, in a pretend Google that lives for one command."""
    with sample_place() as place:
        found = [each for each in place.schools if any(p.pupil_id == pupil_id for p in each.pupils)]
        if not found:
            raise Invalid("The sample has no such pupil. Its pupils are P01 to P12.", place=pupil_id)
        yield Place(school=found[0], drive=place.drive, folder_id=place.folder_id, today=place.today)
