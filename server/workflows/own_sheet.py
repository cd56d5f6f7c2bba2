"""A school's own sheet or list, read from Drive and brought in: looked at first, and only as it was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from server.plans.ports import SPREADSHEET, RemoteFile
from server.plans.trouble import Invalid, NotVisible
from server.workflows.import_rows import Imported, Wanted, import_rows
from server.workflows.run import Run
from server.workflows.survey import survey
from sheets_templates.imports.google_sheet import FIELDS, book_of_answer
from sheets_templates.imports.grid import BadFile, Book
from sheets_templates.imports.own import Kind, OwnSource, read_own, with_sen
from sheets_templates.imports.people import Name
from sheets_templates.imports.source import book_of_file

NOT_OPEN = (
    "That file can't be opened by this account. Nothing was changed. Open it in Google Sheets, open this panel "
    "beside it and give SEN Plans access to it; a file in Drive is given by selecting it there."
)
ANOTHER_KIND = "That is no sheet. Choose a Google Sheet, or an .xlsx, .ods or .csv file. Nothing was changed."
OUR_OWN = "That is one of SEN Plans' own files, not a sheet to bring in. Nothing was changed."
CHANGED_SINCE = "The sheet was changed after you looked at it. Nothing was written. Look at it once more."
_CELLS = ("spreadsheet", "csv", "excel", "text/plain", "tab-separated", "octet-stream")


@dataclass(frozen=True, kw_only=True)
class SheetChoices:
    """What a person decided: what columns mean (by key), ``kind``, whether only pupils with SEN come in, whether the
    source's value is taken where a cell says something else."""

    kind: Kind | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    sen_only: bool = False
    update: bool = False


@dataclass(frozen=True, kw_only=True)
class OwnSheet:
    """A file in Drive, and what was read from it."""

    file: RemoteFile
    source: OwnSource


def look(run: Run, file_id: str, choices: SheetChoices, *, school_id: str | None = None) -> OwnSheet:
    """Read a source as its columns are understood and chosen; nothing is written. Two calls; where
    pupils are named by first names alone, the school's workbooks are read to tell who they are.

    Raises NotVisible where it can't be opened, Invalid with the reason where it can't be read."""
    file = run.google.drive.find(file_id)
    if file is None:
        raise NotVisible(NOT_OPEN)
    if file.properties:
        raise Invalid(OUR_OWN)
    try:
        source = read_for(run, _book(run, file), choices, school_id=school_id)
    except BadFile as error:
        raise Invalid(f"{error} No workbook was changed.") from error
    return OwnSheet(file=file, source=source)


def read_for(run: Run, book: Book, choices: SheetChoices, *, school_id: str | None = None) -> OwnSource:
    """A book as read for a school: its pupils are looked up only where the book names some by less than a name."""
    source = read_own(book, kind=choices.kind, choices=choices.columns, today=run.today)
    if not source.asks_who:
        return source
    names = names_of(run, school_id)
    return read_own(book, kind=choices.kind, choices=choices.columns, today=run.today, pupils=names)


def names_of(run: Run, school_id: str | None) -> tuple[Name, ...]:
    """The names of a school's pupils."""
    pupils = survey(run, school_id).school.pupils
    return tuple(Name(first=p.first_name, last=p.last_name, known=p.known_as) for p in pupils)


def _book(run: Run, file: RemoteFile) -> Book:
    if file.mime_type == SPREADSHEET:
        return book_of_answer(run.google.sheets.standing(file.file_id, FIELDS))
    if not any(word in file.mime_type for word in _CELLS):
        raise Invalid(ANOTHER_KIND)
    return book_of_file(run.google.drive.download(file.file_id), file.name)


def bring_in(
    run: Run,
    file_id: str,
    choices: SheetChoices,
    *,
    school_id: str | None = None,
    mark: str = "",
    dry_run: bool = False,
) -> tuple[OwnSheet, Imported]:
    """Bring a source into the school's workbooks, or with ``dry_run`` say what would come.

    ``mark`` is the source's as somebody saw it: raises Invalid, nothing written, where it says something else now."""
    own = look(run, file_id, choices, school_id=school_id)
    if mark and own.source.mark != mark:
        raise Invalid(CHANGED_SINCE)
    rows = with_sen(own.source.rows) if choices.sen_only else own.source.rows
    wanted = Wanted(rows=rows, links=own.source.links)
    done = import_rows(run, wanted, school_id=school_id, update=choices.update, dry_run=dry_run)
    return own, replace(done, dry_run=dry_run)
