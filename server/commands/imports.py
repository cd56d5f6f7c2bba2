"""import pupils and import plans: a file or sheet of a school's own, into its workbooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from server.commands import import_show, show
from server.commands.school import opened_run
from server.plans.trouble import Invalid
from server.workflows.import_rows import Imported, Wanted, import_rows
from server.workflows.own_sheet import names_of
from server.workflows.run import Run
from sheets_templates.imports.google_sheet import FIELDS, book_of_answer
from sheets_templates.imports.grid import BadFile, Book
from sheets_templates.imports.headings import fields
from sheets_templates.imports.mis import read_mis
from sheets_templates.imports.own import with_sen
from sheets_templates.imports.report import Report
from sheets_templates.imports.sheet import read_book
from sheets_templates.imports.source import book_of_file

NOT_THERE = (
    "There is no file {name}. Give an .xlsx, .ods or .csv file, or the id of a Google Sheet this account may open."
)
_FILES = (".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".txt")


def pupils(*, path: str, sen_only: bool, report: str | None, as_json: bool, **options: Any) -> None:
    """Pupils and contacts from an MIS export."""
    with opened_run({**_who(options), "as_json": as_json}) as run:
        found = _refused(lambda: read_mis(_bytes(path), today=run.today))
        rows = with_sen(found.rows) if sen_only else found.rows
        result = import_rows(run, Wanted(rows=rows), **_how(options))
    _show(result, found.report, report, as_json=as_json)


def plans(*, source: str, chosen: tuple[str, ...], report: str | None, as_json: bool, **options: Any) -> None:
    """Targets, help and what stands with them from a school's own sheet."""
    mapping = _mapping(chosen)
    with opened_run({**_who(options), "as_json": as_json}) as run:
        book = _refused(lambda: _book(run, source))
        found = read_book(book, mapping=mapping)
        if found.short_names or found.unnamed:
            found = read_book(book, mapping=mapping, pupils=names_of(run, options["school_id"]))
        result = import_rows(run, Wanted(rows=found.rows, links=found.links), **_how(options))
    _show(result, found.report, report, as_json=as_json, proposals=found.proposals)


def _who(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name not in ("school_id", "update", "dry_run")}


def _how(options: dict[str, Any]) -> dict[str, Any]:
    return {name: options[name] for name in ("school_id", "update", "dry_run")}


def _refused(read: Any) -> Any:
    """What ``read`` gives; a file that can't be used as our own kind of trouble."""
    try:
        return read()
    except BadFile as error:
        raise Invalid(f"{error} No workbook was changed.") from error


def _bytes(path: str) -> bytes:
    return Path(path).read_bytes()


def _book(run: Run, source: str) -> Book:
    """A workbook file, or a Google Sheet by its id or its address."""
    path = Path(source)
    if path.suffix.casefold() in _FILES or path.exists():
        if not path.is_file():
            raise Invalid(NOT_THERE.format(name=path.name))
        return book_of_file(path.read_bytes(), path.name)
    file_id = source.partition("/d/")[2].partition("/")[0] or source
    return book_of_answer(run.google.sheets.standing(file_id, FIELDS))


def _mapping(chosen: tuple[str, ...]) -> dict[str, str]:
    """``Heading=table.column`` pairs, an empty right side to leave a column out."""
    found = {}
    for pair in chosen:
        heading, equals, field = pair.rpartition("=")
        if not equals or (field.strip() and field.strip() not in fields()):
            known = ", ".join(fields())
            raise Invalid(f"--map takes HEADING=FIELD, where FIELD is empty or one of: {known}.", place=pair)
        found[heading.strip()] = field.strip()
    return found


def _show(result: Imported, account: Report, path: str | None, *, as_json: bool, proposals: Any = None) -> None:
    told = import_show.as_data(result, account)
    if path:
        Path(path).write_text(json.dumps(import_show.account_data(account), ensure_ascii=False, indent=2), "utf-8")
    if as_json:
        show.print_json(told)
    else:
        import_show.print_import(result, account, proposals or {})
        if path:
            click.echo(f"What became of every cell stands in {Path(path).name}. It names pupils: keep it safe.")
